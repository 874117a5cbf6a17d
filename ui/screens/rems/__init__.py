"""The room of the REMS forms."""
