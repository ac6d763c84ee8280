"""What folds in the panels: the sections of Properties under their headings, and what most people never open."""
