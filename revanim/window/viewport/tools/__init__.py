"""What a hand takes to the picture: each tool is a file, and the strip, the keys and the hints follow from it."""
