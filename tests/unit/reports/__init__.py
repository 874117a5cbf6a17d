"""Tests of paper and tables."""
