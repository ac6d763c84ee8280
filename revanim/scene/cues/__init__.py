"""What says how a scene is shown, one in a file."""
