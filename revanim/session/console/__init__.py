"""Python over the scene that is open: what a person types or runs, and nothing else."""
