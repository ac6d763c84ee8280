"""Every flow there is."""
