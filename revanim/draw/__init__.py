"""One picture from one frame, the same on screen and in a file."""
