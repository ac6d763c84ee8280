"""Solid things: lit spheres, tubes and surfaces, painted into an image with a depth buffer."""
