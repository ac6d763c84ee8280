"""What a person can choose once and for all: the sheet and its search follow from this folder."""
