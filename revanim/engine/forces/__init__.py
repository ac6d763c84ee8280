"""The menu of forces: one file each."""
