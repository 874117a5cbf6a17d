"""The ways to open a record: its keys, the slots that hold them, and how both are changed."""
