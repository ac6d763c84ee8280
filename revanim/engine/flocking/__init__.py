"""What bodies of a flock see of each other, and how they turn together."""
