"""Meshes of other tools: a reader for each format, and polygons cut into triangles."""
