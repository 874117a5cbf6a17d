"""What is done at the worklist, key by key, in the real window; all but the password counts."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from tests.qt.signing_office import PASSWORD, Office

SECRET = "password"  # noqa: S105 - what stands for one
"""Stands for the password among the keys."""

NAMED = {"⏎": Qt.Key.Key_Return, "⇥": Qt.Key.Key_Tab, "End": Qt.Key.Key_End}


@dataclass(frozen=True, slots=True)
class DeskDeed:
    """One thing that is done at the worklist.

    Attributes:
        who: The user name of whoever sits there.
        keys: Words that are typed, and keys by name.
        claim: How many keys it is said to cost, the password apart; no pointer at all.
        holds: Tells whether the record, or the folder, then has what was meant.
    """

    name: str
    who: str
    keys: tuple[str, ...]
    claim: int
    holds: Callable[[Office], bool]

    @property
    def row(self) -> str:
        """Return its row of the table."""
        typed = " ".join(part if part == SECRET else f"`{part}`" for part in self.keys)
        more = " and the password" if SECRET in self.keys else ""
        return f"| {self.name} | {typed} | **{self.claim}**{more} | 0 |"


def do(office: Office, deed: DeskDeed) -> int:
    """Do it by key events; returns how many it took, the password apart."""
    count = 0
    for part in deed.keys:
        if part == "⏎" and count:
            office.settle()
        focus = QApplication.focusWidget()
        assert focus is not None, f"nothing takes {part!r}"
        if part in NAMED:
            QTest.keyClick(focus, NAMED[part])
            count += 1
        elif part == SECRET:
            QTest.keyClicks(focus, PASSWORD.format(deed.who))
        else:
            QTest.keyClicks(focus, part)
            count += len(part)
        office.settle()
    return count


def _exported(office: Office) -> bool:
    folder = office.window.keeper.preferences.now.report_folder
    return office.overview.status == "co-signed" and len(office.files(folder)) == 2


DESK_DEEDS = (
    DeskDeed(
        name="A gap explained",
        who="nk",
        keys=("x", "talked over", "⏎"),
        claim=13,
        holds=lambda office: any(g.explanation == "talked over" for g in office.overview.gaps),
    ),
    DeskDeed(
        name="Signed, once nothing stands in the way",
        who="nk",
        keys=("End", "⏎", SECRET, "⏎"),
        claim=3,
        holds=lambda office: office.overview.status == "signed",
    ),
    DeskDeed(
        name="Co-signed and exported",
        who="ds",
        keys=("End", "⏎", SECRET, "⏎", "e"),
        claim=4,
        holds=_exported,
    ),
)
