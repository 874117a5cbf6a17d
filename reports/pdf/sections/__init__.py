"""The report's sections, each a list of flowables made from the overview."""
