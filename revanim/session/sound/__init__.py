"""The sound of the session: added, heard while the scene plays and is scrubbed."""
