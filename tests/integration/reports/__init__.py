"""Reports as other people's programs see them."""
