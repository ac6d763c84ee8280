"""The welcome page: a gallery of scenes that move."""
