"""How a hand moves the camera."""
