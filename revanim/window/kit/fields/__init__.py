"""What values are typed, dragged and chosen in."""
