"""SVG drawings as shapes: what they paint, where, and what of it can be seen."""
