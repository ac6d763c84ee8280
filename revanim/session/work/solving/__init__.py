"""From keyframes to a motion: what may change, the solve and its candidate, loops, and how far a launch can aim."""
