"""Clinic, people, protocols."""
