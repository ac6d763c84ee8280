"""A file here is a kind of file that becomes a scene of its own."""
