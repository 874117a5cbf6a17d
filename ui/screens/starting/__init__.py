"""Starting a session."""
