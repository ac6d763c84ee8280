"""What is learnt: small networks whose weights are parameters like all others."""
