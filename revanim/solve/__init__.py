"""Motion from keyframes: what may change, what it costs, and how it is brought down."""
