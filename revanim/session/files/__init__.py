"""What is kept on the disk: scenes, recovery, settings, and the log."""
