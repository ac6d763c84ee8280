"""What is done to the scene that is open: each part of the work is one file."""
