"""The styles: each file declares one way to paint bodies and lines."""
