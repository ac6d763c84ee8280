"""Formulas: values written as arithmetic of the frame, with the same bits on every machine."""
