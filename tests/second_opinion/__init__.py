"""A second implementation of the clinical rules, written from their text, to check the first."""
