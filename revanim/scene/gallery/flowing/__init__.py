"""Scenes in which a fluid carries everything."""
