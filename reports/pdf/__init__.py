"""The session's record as a page."""
