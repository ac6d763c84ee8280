"""What is open, and all that is done to it: one scene, one frame, threads and files; no widgets."""
