"""Rehearsals: reading them, playing them, summing them up."""
