"""From a double-click to a window."""
