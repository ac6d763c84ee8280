"""What forces and moves are set to: values made from names and numbers, and checked against what is declared."""
