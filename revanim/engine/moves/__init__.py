"""The menu of moves: one file each."""
