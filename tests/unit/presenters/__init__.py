"""Presenters, told without Qt."""
