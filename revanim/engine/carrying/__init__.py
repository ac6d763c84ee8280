"""How flows carry bodies: the doubled stepping, and velocities that vortices induce."""
