"""Exact motion: integers in, integers out."""
