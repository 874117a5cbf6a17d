"""One package a task."""
