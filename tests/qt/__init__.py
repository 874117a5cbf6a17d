"""Widgets, models, charts and screens, drawn without a screen."""
