"""Presets of keys: each is a file that says where it differs from the commands' own keys."""
