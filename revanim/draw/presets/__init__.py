"""Looks to begin with: each file declares one."""
