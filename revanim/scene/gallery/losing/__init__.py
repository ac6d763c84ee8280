"""Scenes that lose energy: to what they hit, to the air, or to a bath; most come to rest."""
