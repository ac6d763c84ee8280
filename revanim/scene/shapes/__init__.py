"""What poses are drawn from: outlines, and points spread evenly over them."""
