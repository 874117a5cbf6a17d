"""Frozen rows, as Qt's tables want them."""
