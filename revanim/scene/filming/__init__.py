"""Ways for the camera to go, one in a file."""
