"""The worklist of what waits for a signature."""
