"""Weights that are learnt: begun without a walk from where the bodies had best fly, then solved for like all else."""
