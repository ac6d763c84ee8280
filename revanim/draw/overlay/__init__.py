"""What is written and drawn over a picture with QPainter: facts, marks, targets, arrows, the legend, the compass."""
