"""Ways of going from key to key, one in a file."""
