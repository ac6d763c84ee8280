"""The tree of the outliner: its rows, and how Qt sees them."""
