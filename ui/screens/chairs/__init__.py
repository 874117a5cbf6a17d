"""The chairs board: who sits where, what falls due next, overdue first."""
