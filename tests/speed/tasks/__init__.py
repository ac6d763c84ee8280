"""Families of tasks for the solver, drawn anew for every seed: nobody can tune to them."""
