"""How a drawn report becomes the file that is kept: archived, then signed."""
