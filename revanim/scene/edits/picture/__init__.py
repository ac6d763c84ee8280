"""Edits of how a scene is shown."""
