"""Files held against a real record, or looked at without one."""
