"""The pages that open over the window."""
