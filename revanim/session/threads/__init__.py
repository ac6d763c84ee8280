"""The threads beside the window, how they talk, and what becomes of a mishap."""
