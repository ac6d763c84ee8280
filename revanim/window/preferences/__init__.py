"""The preferences: the sheet and its search follow from this folder."""
