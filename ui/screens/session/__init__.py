"""One session at the chair: chart, sheet, due list, entry line and everything that is done."""
