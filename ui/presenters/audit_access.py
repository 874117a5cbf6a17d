"""The audit desk's list of who looked, what left the program, was verified, or was refused."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from concurrent.futures import Future
from dataclasses import dataclass
from typing import Protocol

from monitor.access_register import AccessRow, Happened
from monitor.errors import MonitorError
from ui.presenters.gate import Run
from ui.presenters.words import grouped
from ui.wording import sentence

HEADS = ("When", "Who", "What", "Session", "SHA-256")
DIGITS = 12
"""So many of a hash are shown in the list; of the chosen row it is shown whole."""

CHOICES: tuple[tuple[str, str], ...] = (
    ("", "Everything"),
    (Happened.EXPORTED.value, "Exports"),
    (Happened.VERIFIED.value, "Verifications"),
    (Happened.REFUSED.value, "Refusals"),
    (Happened.LOOKED.value, "Looks"),
    (Happened.PRESENT.value, "Log-ins and locks"),
)
"""(value, words) of what the list can be limited to."""

NOTHING_YET = "Nobody has looked at anything yet, and nothing has left."
NOTHING_FOUND = "Nothing of that kind holds these words."

GLYPHS = {
    Happened.EXPORTED: "export",
    Happened.VERIFIED: "file-search",
    Happened.REFUSED: "prohibit",
    Happened.LOOKED: "eye",
    Happened.PRESENT: "user",
}
"""The sign of each kind; the words beside it say the same."""

_FORMS = {"pdf": "Report exported", "register pdf": "Register exported, PDF"}
_FORMS |= {"register csv": "Register exported, CSV", "fhir": "Session exported, FHIR"}
_FORMS |= {"everything": "Session exported, everything", "print": "Report printed"}
_FORMS |= {"sessions csv": "Table of sessions saved", "rems": "REMS worksheet exported"}
_FORMS |= {"access csv": "This list saved", "entered late csv": "Entered late, saved as table"}
_FORMS |= {"entered late pdf": "Entered late, saved as PDF"}
_FORMS |= {"begun": "Everything handed out: begun", "finished": "Everything handed out: finished"}
_FORMS |= {"cancelled": "Everything handed out: stopped", "failed": "Everything handed out: failed"}
_LOOKS = {
    "session": "Looked at a session",
    "patient": "Looked at a patient",
    "report": "Read a report",
    "rems form": "Looked at a REMS form",
    "search": "Searched sessions",
    "sample": "Drew a sample",
    "entered late": "Looked at what was entered late",
    "versions": "Compared two versions",
    "access": "Looked at this list",
}
_PRESENCE = {
    "logged in": "Logged in",
    "logged out": "Logged out",
    "screen locked": "Locked the screen",
    "screen unlocked": "Unlocked the screen",
}
_ASKED = {
    "signed": "Signature refused",
    "co-signed": "Co-signature refused",
    "addendum": "Addendum refused",
    "certificate": "Certificate refused",
    "password": "Wrong password",
}
_ANSWERS = {
    "genuine": "Verified: genuine",
    "superseded": "Verified: genuine, newer exists",
    "draft": "Verified: unsigned draft",
    "changed": "Verified: changed",
    "foreign": "Verified: not ours",
    "not-a-pdf": "Verified: no PDF",
    "cannot-tell": "Verified: cannot be told",
}
_ROLES_SEPARATOR = ", "


@dataclass(frozen=True, slots=True)
class AccessFace:
    """One row, as it is shown.

    Attributes:
        cells: (upper, lower) of each column.
        detail: What the cells have no room for: shown of the row that is chosen.
        said: The whole row, to be searched and for a screen reader.
    """

    uid: str
    happened: Happened
    cells: tuple[tuple[str, str], ...]
    detail: str
    said: str


class AccessView(Protocol):
    """What the presenter asks of the page."""

    def show_access(self, rows: tuple[AccessFace, ...], count: str, nothing: str) -> None:
        """Show these rows, how many there are, and what stands there where there are none."""
        ...


@dataclass(frozen=True, slots=True, kw_only=True)
class AccessDoors:
    """What the page needs of the world.

    Attributes:
        show: Reads the list; slow where it is long.
    """

    show: Callable[[], tuple[AccessRow, ...]]
    zone: dt.tzinfo
    run: Run


class AccessPresenter:
    """Shows the part of the list that is asked for."""

    def __init__(self, view: AccessView, doors: AccessDoors) -> None:
        self._view, self._doors = view, doors
        self._faces: tuple[AccessFace, ...] = ()
        self._kind, self._words = "", ""
        self._reading = self._again = self._closed = False

    def refresh(self) -> None:
        """Read the list again: something may have been written."""
        if self._reading:
            self._again = True
            return
        self._reading, self._again = True, False
        self._doors.run(self._read, self._was_read)

    def close(self) -> None:
        """Show nothing any more: the page is gone."""
        self._closed = True

    def choose(self, kind: str) -> None:
        """Show one kind only; empty is all."""
        self._kind = kind
        self._show()

    def search(self, typed: str) -> None:
        """Show what holds all these words, in any case and order."""
        self._words = typed
        self._show()

    def _read(self) -> tuple[AccessFace, ...]:
        return tuple(access_face(row, self._doors.zone) for row in self._doors.show())

    def _was_read(self, future: Future[tuple[AccessFace, ...]]) -> None:
        self._reading = False
        if self._closed:
            return
        try:
            self._faces = future.result()
        except MonitorError as error:
            self._view.show_access((), "", sentence(error))
            return
        self._show()
        if self._again:
            self.refresh()

    def _show(self) -> None:
        words = self._words.casefold().split()
        found = tuple(
            face
            for face in self._faces
            if self._kind in ("", face.happened.value)
            and all(word in face.said.casefold() for word in words)
        )
        nothing = "" if found else NOTHING_FOUND if self._faces else NOTHING_YET
        shown, of = grouped(len(found)), grouped(len(self._faces))
        count = of if len(found) == len(self._faces) else f"{shown} of {of}"
        self._view.show_access(found, count if self._faces else "", nothing)


def access_face(row: AccessRow, zone: dt.tzinfo) -> AccessFace:
    """Return a row as the list shows it."""
    local = row.at.astimezone(zone)
    report = f"version {row.version}, {row.status}" if row.version else ""
    why = _why(row)
    cells = (
        (f"{local:%Y-%m-%d}", f"{local:%H:%M}"),
        (row.by.name, _ROLES_SEPARATOR.join((row.by.role.value, row.station))),
        (what_words(row), why),
        (row.session_code, report),
        (row.sha256[:DIGITS], ""),
    )
    whole = (f"SHA-256 {row.sha256}",) if row.sha256 else ()
    detail = " · ".join(filter(None, (what_words(row), row.session_code, report, why, *whole)))
    said = ", ".join((f"{local:%Y-%m-%d %H:%M}", row.by.name, row.by.role.value, row.station))
    return AccessFace(row.uid, row.happened, cells, detail, f"{said}, {detail}")


def what_words(row: AccessRow) -> str:
    """Say what happened: "Report exported", "Co-signature refused"."""
    words = {
        Happened.EXPORTED: _FORMS,
        Happened.VERIFIED: _ANSWERS,
        Happened.REFUSED: _ASKED,
        Happened.LOOKED: _LOOKS,
        Happened.PRESENT: _PRESENCE,
    }[row.happened]
    return words.get(row.what, f"{row.happened.value.capitalize()}: {row.what}")


def _why(row: AccessRow) -> str:
    """Return what more there is to say: why it was refused, where it went, what was asked."""
    if row.what == "password":
        return "at a log-in or a signature"
    patient = f"record number {row.record_number}" if row.record_number else ""
    to = f"to {row.to}" if row.to else ""
    parts = (row.code.replace("-", " "), patient, row.asked, to)
    return ", ".join(filter(None, parts))
