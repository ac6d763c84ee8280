"""The curve editor: the picture of a parameter that changes over the frames, and what a hand does to it."""
