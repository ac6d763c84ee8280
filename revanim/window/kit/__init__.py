"""What widgets are made of: colours, icons, fields and gestures."""
