"""Hand-written fakes and samples: typed, deterministic, made of nothing real."""
