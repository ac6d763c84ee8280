"""What bodies wear: pictures that face the eye, and figures."""
