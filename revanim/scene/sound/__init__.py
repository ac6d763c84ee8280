"""The sound of a scene: read, measured once, and laid along its frames."""
