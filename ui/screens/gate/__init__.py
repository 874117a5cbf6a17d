"""What stands before the rooms: first start, opening the record, logging in."""
