"""The menu of schemes: one file each."""
