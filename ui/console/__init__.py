"""The command line, without a line of Qt."""
