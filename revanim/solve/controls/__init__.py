"""What a solver may change: wishes of an artist, bound to a scene, as one vector of numbers."""
