"""What stands in the way of a solve, in one sentence, and what one click would do about it."""
