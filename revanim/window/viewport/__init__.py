"""The viewport: one picture, and the hands that turn it."""
