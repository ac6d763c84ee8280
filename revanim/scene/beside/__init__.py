"""What another process reads, with a library that a damaged file can end."""
