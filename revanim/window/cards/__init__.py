"""Cards over the picture: they ask what to make something of, and stop nothing."""
