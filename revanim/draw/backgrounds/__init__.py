"""The backgrounds: each file declares one thing that can lie behind the bodies."""
