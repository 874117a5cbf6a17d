"""Everything of a range of days into one folder; window and command line share it, without Qt."""
