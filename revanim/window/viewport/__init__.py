"""The viewport: the picture, and what mouse and keyboard do to it."""
