"""Files from frames: every exporter walks the motion, and keeps none of it."""
