"""Sums over many bodies by a tree: what is far is seen as a whole."""
