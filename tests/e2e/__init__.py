"""The wired program, from its command line to the files that it leaves."""
