"""Scenes of the gallery that are directed: before a camera that moves, with words."""
