"""Memory: the clinic's ledger and what is derived from it, in one encrypted file."""
