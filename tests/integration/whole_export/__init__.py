"""Everything of some days, exported from real records into real folders."""
