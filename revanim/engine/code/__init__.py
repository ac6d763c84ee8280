"""How a function becomes machine code, and where that is kept."""
