"""How scenes look: usual looks, the names that are known, and colours."""
