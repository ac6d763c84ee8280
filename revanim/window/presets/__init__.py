"""Whose keys the commands have: each preset is a file that says where it differs from the commands' own keys."""
