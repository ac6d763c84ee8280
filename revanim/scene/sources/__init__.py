"""Every source of bodies that belong together."""
