"""Copies of the record: made, looked at, kept for a while, and put back elsewhere."""
