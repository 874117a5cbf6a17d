"""The house rules, each seen to fail when it is broken."""
