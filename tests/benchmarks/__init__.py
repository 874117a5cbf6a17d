"""What things cost, as ratios: run by hand with `make bench`, never by the tests."""
