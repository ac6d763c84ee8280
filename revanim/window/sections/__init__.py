"""The sections of the Properties panel, each under a heading that folds."""
