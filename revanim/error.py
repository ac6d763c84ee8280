"""The one exception for everything a person can do wrong."""


class RevanimError(Exception):
    """One plain sentence: what was wrong, where, and what is allowed."""
