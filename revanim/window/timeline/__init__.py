"""The timeline: a ruler to scrub on, and the transport above it."""
