"""One step each, in order; none knows today's program."""
