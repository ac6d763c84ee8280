"""Bodies that are born and end: who takes part when, and what is walked of a system then."""
