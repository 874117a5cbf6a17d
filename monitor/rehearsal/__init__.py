"""Rehearsals: a text file tells what people did and when, and it is played for real."""
