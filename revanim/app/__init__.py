"""The window: the only room with widgets, threads and timers."""
