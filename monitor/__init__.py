"""The domain: what a treatment session is, knows and may do. Standard library only."""
