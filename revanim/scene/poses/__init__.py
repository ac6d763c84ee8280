"""The menu of poses: where the places that bodies shall reach come from."""
