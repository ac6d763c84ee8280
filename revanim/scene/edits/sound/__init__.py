"""Edits of the sound, and of what follows it."""
