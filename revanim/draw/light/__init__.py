"""Bodies and lines as light that adds up."""
