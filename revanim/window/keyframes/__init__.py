"""What the Keyframes and Solver panels are made of."""
