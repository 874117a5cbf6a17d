"""Files that come back: what is seen in them."""
