"""Judges that are not ours: programs of others that look at what we hand out."""
