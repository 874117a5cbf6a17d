"""What is half-typed and waits: none of it is lost, whatever is begun between."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from monitor.overview import ReadingView


@dataclass(frozen=True, slots=True)
class Half:
    """A half-typed line.

    Attributes:
        amends: The reading that it is to replace; None for a new entry.
    """

    text: str
    amends: ReadingView | None = None


class HalfTyped:
    """The lines that wait, in the order in which they were begun.

    Attributes:
        begun: What was last put into the line for the user: as it stands, nobody has typed it.
        beside: What is typed in the other place, the labelled fields or the line.
    """

    def __init__(self) -> None:
        self.begun = self.beside = ""
        self._kept: list[Half] = []

    @property
    def lines(self) -> list[str]:
        """Return those of new entries."""
        return [half.text for half in self._kept if half.amends is None]

    def unfinished(self, here: str) -> list[str]:
        """Return the lines that somebody has typed at: a word that was put there is none yet."""
        return [line for line in (self.beside, here) if line.strip() and line != self.begun]

    def keep(self, here: str, amends: ReadingView | None) -> None:
        """Keep what is half-typed, here and in the other place, and what it was to replace."""
        self._kept += [Half(line, amends) for line in self.unfinished(here)]
        self.beside = ""

    def put_behind(self, lines: Iterable[str]) -> None:
        """Let these wait too, and take the line that is typed now as typed by somebody."""
        self._kept += map(Half, lines)
        self.begun = ""

    def take(self) -> Half:
        """Return the one that was begun last; an empty one where none waits."""
        return self._kept.pop() if self._kept else Half("")
