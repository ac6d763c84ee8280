"""What the artist made: frozen, undoable, saved."""
