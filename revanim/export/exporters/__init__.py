"""A file here is a format: its options, and how it is written."""
