"""What fields have learnt."""
