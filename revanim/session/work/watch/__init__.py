"""What watches the motion, and speaks up by itself."""
