"""The curves; the only importers of pyqtgraph."""
