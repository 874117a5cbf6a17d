"""The tests, by what they need: nothing, a file, Qt, the whole program."""
