"""Sequences of keyframes: planned, walked and corrected; only some of their frames, too."""
