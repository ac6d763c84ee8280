"""What stands beside the viewport: each panel is a file that listens to the session and to nothing else."""
