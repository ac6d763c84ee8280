"""From bodies, forces, flows and moves to a system."""
