"""How the program puts things: the one place where values and errors become words."""

from __future__ import annotations

from ui.wording.refusals import plainest, sentence

__all__ = ["plainest", "sentence"]
