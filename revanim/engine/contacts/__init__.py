"""What happens where bodies touch each other, or an obstacle: a force that gives way, and what is lost there."""
