"""What one can ask for on the command line; a file here is a verb."""
