"""What is shown: the window and the command line."""
