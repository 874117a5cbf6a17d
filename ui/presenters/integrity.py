"""The audit desk's other page: whether the record itself is whole, and what is missing of it."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Protocol

from monitor.errors import MonitorError
from monitor.history import HistoryGap
from monitor.ledger import Finding
from monitor.people import CLINICIANS, Author, Role
from ui.presenters.shield_face import intact_words
from ui.presenters.watching import LOW, MEGABYTE, Watched
from ui.presenters.words import grouped
from ui.wording import sentence
from ui.wording.findings import ADVICE, bound_words, finding_words

WHAT_IT_DOES = (
    "Every entry is held against the one before it, and every table and kept file against the "
    "entries. It only reads; charting goes on meanwhile."
)
DIGITS = 12
"""So many of a hash are shown, as at the foot of a report; `chairside check` prints them all."""


@dataclass(frozen=True, slots=True)
class GapFace:
    """What is missing of the record's history.

    Attributes:
        said: What, and since when.
        noted: Who noted it, or that nobody has.
        means: What it means until it is explained.
        can_note: Whether whoever is there may note it now.
        can_explain: Whether whoever is there may explain it now.
    """

    said: str
    noted: str
    means: str
    can_note: bool
    can_explain: bool


@dataclass(frozen=True, slots=True)
class IntegrityFace:
    """The page.

    Attributes:
        said: The sentence of how it stands.
        tone: "good", "text_2" or "alert".
        glyph: The same as a sign.
        more: Quiet words under it.
        share: How far a check has come, from 0 to 1; None where none is under way.
        found: The findings, a sentence each.
        nothing: What stands in their place where there are none.
        facts: (name, value) of what can be noted down.
        bound: Since when a rewritten record could not be told.
        action: The words on the button.
        running: Whether the button stops a check.
        gap: What is missing; None where nothing is.
    """

    said: str
    tone: str
    glyph: str
    more: str
    share: float | None
    found: tuple[str, ...]
    nothing: str
    facts: tuple[tuple[str, str], ...]
    bound: str
    action: str
    running: bool
    gap: GapFace | None


class IntegrityView(Protocol):
    """What the presenter asks of the page."""

    def show_integrity(self, face: IntegrityFace) -> None:
        """Show how the record stands; what is typed in a field stays."""
        ...

    def show_refusal(self, said: str) -> None:
        """Say why a gap was not noted or explained; empty takes it away."""
        ...

    def clear_reason(self) -> None:
        """Empty the field of the explanation: it was taken."""
        ...


@dataclass(frozen=True, slots=True, kw_only=True)
class IntegrityDoors:
    """What the page needs of the world.

    Attributes:
        author: Who is there.
        check: Begins a check of the whole record.
        cancel: Stops it.
        note: Notes that a part of the record is missing.
        explain: Explains it, with a reason.
    """

    author: Callable[[], Author]
    check: Callable[[], None]
    cancel: Callable[[], None]
    note: Callable[[], None]
    explain: Callable[[str], None]
    zone: dt.tzinfo


class IntegrityPresenter:
    """Shows how the record stands, and lets what is missing be noted and explained."""

    def __init__(self, view: IntegrityView, doors: IntegrityDoors) -> None:
        self._view, self._doors = view, doors
        self._watched = Watched()

    def show(self, watched: Watched) -> None:
        """Show what is known now; a refusal goes with the gap that it was about."""
        if watched.gap != self._watched.gap:
            self._view.show_refusal("")
        self._watched = watched
        self._view.show_integrity(integrity_face(watched, self._doors.author(), self._doors.zone))

    @property
    def findings(self) -> Sequence[Finding]:
        """Return what the last check of the record found."""
        return self._watched.findings

    def refresh(self) -> None:
        """Show it again: somebody else may be there."""
        self.show(self._watched)

    def press(self) -> None:
        """Begin the check of everything, or stop it."""
        if self._watched.share is not None and self._watched.whole:
            self._doors.cancel()
        else:
            self._doors.check()

    def note(self) -> bool:
        """Note that a part of the record is missing; tell whether that was taken."""
        return self._try(self._doors.note)

    def explain(self, reason: str) -> None:
        """Explain it; a refusal keeps what was typed."""
        if self._try(lambda: self._doors.explain(reason)):
            self._view.clear_reason()

    def _try(self, act: Callable[[], None]) -> bool:
        try:
            act()
        except MonitorError as error:
            self._view.show_refusal(sentence(error))
            return False
        self._view.show_refusal("")
        return True


def integrity_face(watched: Watched, author: Author, zone: dt.tzinfo) -> IntegrityFace:
    """Return the page.

    Args:
        watched: What is known of the record.
        author: Who is there.
        zone: The clinic's time zone.
    """
    said, tone, glyph = _standing(watched, zone)
    running = watched.share is not None and watched.whole
    return IntegrityFace(
        said=said,
        tone=tone,
        glyph=glyph,
        more=_more(watched),
        share=watched.share if running else None,
        found=tuple(finding_words(each, zone) for each in watched.findings),
        nothing="None." if watched.report else "Not known yet.",
        facts=tuple(_facts(watched, zone)),
        bound=bound_words(watched.report.bound, watched.report.head, zone)
        if watched.report
        else "",
        action="Cancel" if running else "Check everything",
        running=running,
        gap=_gap_face(watched.gap, author, zone) if watched.gap else None,
    )


def _standing(watched: Watched, zone: dt.tzinfo) -> tuple[str, str, str]:
    if watched.findings and watched.at:
        count = len(watched.findings)
        what = "1 finding" if count == 1 else f"{count} findings"
        said = f"The record does not agree with itself: {what}"
        return f"{said}, checked {watched.at.astimezone(zone):%H:%M}.", "alert", "shield-warning"
    if watched.trouble:
        return f"Not checked: {watched.trouble}", "alert", "shield-slash"
    if watched.report is None:
        return "The record is being checked.", "text_2", "shield"
    return f"{intact_words(watched, zone)}.", "good", "shield-check"


def _more(watched: Watched) -> str:
    if watched.share is not None and watched.whole:
        return f"Looking at all of it: {int(watched.share * 100)} %. Charting goes on meanwhile."
    if watched.stopped:
        return f"Stopped before the end. {WHAT_IT_DOES}"
    if watched.findings:
        return ADVICE
    return WHAT_IT_DOES


def _facts(watched: Watched, zone: dt.tzinfo) -> list[tuple[str, str]]:
    report = watched.report
    if report is None:
        return []
    whole = watched.whole_at
    when = f"{whole.astimezone(zone):%Y-%m-%d %H:%M}" if whole else "not since the start"
    made = [
        ("Last entry checked", grouped(report.head.seq)),
        ("Its hash begins", report.head.hash[:DIGITS]),
        ("Checkpoints", grouped(report.checkpoints)),
        ("All of it checked", when),
    ]
    if watched.free is not None and watched.free < LOW:
        made.append(("Room on its disk", f"{watched.free // MEGABYTE} MB"))
    return made


def _gap_face(gap: HistoryGap, author: Author, zone: dt.tzinfo) -> GapFace:
    since, until = (f"{at.astimezone(zone):%Y-%m-%d %H:%M}" for at in (gap.since, gap.until))
    span = f"on {since}" if since == until else f"from {since} to {until}"
    noted = "Nobody has noted it yet."
    if gap.noticed_at is not None and gap.noticed_by is not None:
        at = f"{gap.noticed_at.astimezone(zone):%Y-%m-%d %H:%M}"
        noted = f"Noted {at} by {gap.noticed_by.name}, {gap.noticed_by.role.value}."
    return GapFace(
        said=f"A part of the record is missing: what was written {span}.",
        noted=noted,
        means=(
            "Charting goes on. Reports say so, and sessions begun before it was noted are not "
            "signed, until an administrator has explained it."
        ),
        can_note=gap.noticed_at is None and author.role in CLINICIANS | {Role.ADMINISTRATOR},
        can_explain=author.role is Role.ADMINISTRATOR,
    )
