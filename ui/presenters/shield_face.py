"""What the shield at the foot of the window shows: the worst that is so, in one sentence."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass, replace

from monitor.history import HistoryGap
from monitor.ledger import Break, Finding
from ui.presenters.shield import shield_words
from ui.presenters.watching import LOW, MEGABYTE, VERY_LOW, Watched
from ui.presenters.words import grouped


@dataclass(frozen=True, slots=True)
class ShieldFace:
    """The shield.

    Attributes:
        tone: "good", "text_2" (nothing to do), "overdue" (soon), "alert" (a person must look).
    """

    said: str
    glyph: str = "shield-check"
    tone: str = "good"

    @property
    def is_quiet(self) -> bool:
        """Tell whether nobody has to do anything."""
        return self.tone in ("good", "text_2")


def shield_face(watched: Watched, zone: dt.tzinfo) -> ShieldFace:
    """Return what the shield shows.

    Args:
        watched: What is known of the record.
        zone: The clinic's time zone.
    """
    worries = list(_worries(watched, zone))
    if not worries:
        return _calm(watched, zone)
    first, more = worries[0], len(worries) - 1
    return replace(first, said=f"{first.said} (and {more} more: see Audit)") if more else first


def _worries(watched: Watched, zone: dt.tzinfo) -> Iterator[ShieldFace]:
    """Give what somebody has to know, the worst first."""
    if watched.gap is not None:
        yield ShieldFace(gap_words(watched.gap, zone), "shield-warning", "alert")
    if other_findings(watched) and watched.at:
        said = shield_words(other_findings(watched), watched.at.astimezone(zone))
        yield ShieldFace(said, "shield-warning", "alert")
    if watched.free is not None and watched.free < VERY_LOW:
        yield ShieldFace(room_words(watched.free), "hard-drives", "alert")
    if watched.unread:
        yield ShieldFace(f"Not readable now: {watched.unread}", "shield-slash", "alert")
    if watched.trouble:
        yield ShieldFace(f"Not checked: {watched.trouble}", "shield-slash", "alert")
    if watched.free is not None and VERY_LOW <= watched.free < LOW:
        yield ShieldFace(room_words(watched.free), "hard-drives", "overdue")


def _calm(watched: Watched, zone: dt.tzinfo) -> ShieldFace:
    share = "" if watched.share is None else f"{int(watched.share * 100)} %"
    if watched.report is None or watched.at is None:
        return ShieldFace(f"Checking the record, {share or '0 %'}", "shield", "text_2")
    said = intact_words(watched, zone)
    if share and watched.whole and watched.whole_at is None:
        said += f"; all of it: {share}"
    return ShieldFace(said)


def intact_words(watched: Watched, zone: dt.tzinfo) -> str:
    """Say that the record is intact, since when, and how much of it was looked at."""
    assert watched.report is not None  # noqa: S101 - nothing is called intact unchecked
    assert watched.at is not None  # noqa: S101 - the same
    first = watched.report.checked_from
    now = watched.at.astimezone(zone)
    said = f"Record intact, checked {now:%H:%M}"
    if first <= 1:
        return said
    said += f" from entry {grouped(first)} on"
    if watched.whole_at is None:
        return said
    whole = watched.whole_at.astimezone(zone)
    when = f"{whole:%H:%M}" if whole.date() == now.date() else f"{whole:%Y-%m-%d %H:%M}"
    return f"{said}, all of it {when}"


def gap_words(gap: HistoryGap, zone: dt.tzinfo) -> str:
    """Say that a part of the record is missing, and what is to be done."""
    todo = "note it and go on" if gap.noticed_at is None else "noted, not explained yet"
    return f"{missing_words(gap, zone)}: {todo}"


def missing_words(gap: HistoryGap, zone: dt.tzinfo) -> str:
    """Say that a part of the record is missing, and since when."""
    return f"A part of the record is missing since {gap.since.astimezone(zone):%Y-%m-%d %H:%M}"


def room_words(free: int) -> str:
    """Say how little room is left on the record's disk."""
    now = " now" if free < VERY_LOW else ""
    return f"Only {free // MEGABYTE} MB are left on the record's disk: make room{now}"


def other_findings(watched: Watched) -> tuple[Finding, ...]:
    """Return what was found, without that which an open gap in the history says already."""
    told = _OF_HISTORY if watched.gap is not None else frozenset()
    return tuple(each for each in watched.findings if each.code not in told)


_OF_HISTORY = frozenset({Break.CUT, Break.ROLLED_BACK, Break.REWRITTEN})
