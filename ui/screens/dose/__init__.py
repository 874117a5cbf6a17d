"""The dose set-up of a session."""
