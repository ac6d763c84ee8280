"""F3: everything that can be done or added, found by its words."""
