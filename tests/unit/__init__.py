"""Tests that touch no disk, no screen and no clock."""
