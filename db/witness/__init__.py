"""What is remembered of the ledger outside of it: a station's signatures, its marks, proofs."""
