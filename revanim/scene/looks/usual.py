"""Looks to begin with: by day, before a dark wall, shining at night, and among the stars."""

from dataclasses import replace

from revanim.scene.scene import Look

DAY = Look(grid=False, axes=False, play="ping-pong")
STUDIO = replace(DAY, background="deep")
NIGHT = replace(DAY, style="glow")
SPACE = Look(style="glow", background="deep", grid=False, axes=False)
