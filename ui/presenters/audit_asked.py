"""What is asked of the audit desk's search, and how a session that fits is shown."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Sequence
from dataclasses import dataclass

from monitor.errors import Code, InputError
from monitor.overview import SessionOverview
from monitor.searching import Wanted
from ui.wording.fields import GAPS

HEADS = ("Opened", "Session", "Patient", "Protocol", "People", "Gaps and alerts")
FIRST, LAST = "first_day", "last_day"
"""The fields of the days."""

ANYTHING, ANY_ALERT, UNEXPLAINED = "", "alert any", "gap open"
_MOST_PEOPLE = 3
_DATE = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}", re.ASCII)


@dataclass(frozen=True, slots=True)
class Asked:
    """What is typed and chosen on the page."""

    first: str = ""
    last: str = ""
    chair: str = ""
    person: str = ""
    protocol: str = ""
    status: str = ""
    found: str = ANYTHING


@dataclass(frozen=True, slots=True)
class SessionRow:
    """One session, as it is shown.

    Attributes:
        cells: (upper, lower) of each column.
        said: The whole row for a screen reader.
    """

    session_id: str
    code: str
    cells: tuple[tuple[str, str], ...]
    said: str


def wanted_of(asked: Asked) -> Wanted:
    """Return what is asked for, read from what is typed.

    Raises:
        InputError: `not-understood`, field "first_day" or "last_day"; `out-of-range`, field
            "last_day".
    """
    kind, _, which = asked.found.partition(" ")
    unexplained = asked.found == UNEXPLAINED
    wanted = Wanted(
        first=_day(asked.first, FIRST),
        last=_day(asked.last, LAST),
        chair=asked.chair,
        person=asked.person,
        protocol=asked.protocol,
        status=asked.status,
        gap="" if kind != "gap" or unexplained else which,
        unexplained=unexplained,
        alert=which if kind == "alert" else "",
    )
    wanted.check()
    return wanted


def _day(typed: str, field: str) -> dt.date | None:
    typed = typed.strip()
    if not typed:
        return None
    try:
        return dt.date.fromisoformat(typed if _DATE.fullmatch(typed) else "")
    except ValueError:
        raise InputError(Code.NOT_UNDERSTOOD, field, token=typed) from None


def in_words(asked: Asked) -> str:
    """Say what was asked for, as it is put on record: "2026-03-01 to 2026-03-31, chair 2"."""
    days = f"{asked.first or 'the beginning'} to {asked.last or 'today'}"
    parts = (
        days if asked.first or asked.last else "all days",
        f"chair {asked.chair}" if asked.chair else "",
        f"person {asked.person.strip()}" if asked.person.strip() else "",
        f"protocol {asked.protocol}" if asked.protocol else "",
        f"state {asked.status}" if asked.status else "",
        asked.found.replace("gap open", "unexplained gaps"),
    )
    return ", ".join(filter(None, parts))


def session_row(seen: SessionOverview) -> SessionRow:
    """Return a session as the list shows it."""
    at = seen.local(seen.opened_at)
    people = [who.name for who in seen.staff]
    more = f" +{len(people) - _MOST_PEOPLE}" if len(people) > _MOST_PEOPLE else ""
    gaps, alerts = len(seen.gaps), len(seen.alerts)
    open_gaps = sum(not gap.explained for gap in seen.gaps)
    cells = (
        (f"{at:%Y-%m-%d}", f"{at:%H:%M}"),
        (seen.code, f"chair {seen.chair}"),
        (seen.patient.name, seen.patient.number),
        (seen.protocol_title, seen.status + (", rehearsal" if seen.rehearsal else "")),
        (", ".join(people[:_MOST_PEOPLE]) + more, ""),
        (_counted(gaps, "gap", open_gaps), _counted(alerts, "alert")),
    )
    said = ", ".join(filter(None, (part for cell in cells for part in cell)))
    return SessionRow(seen.session_id, seen.code, cells, said)


def _counted(count: int, word: str, open_ones: int = 0) -> str:
    if not count:
        return f"no {word}s"
    words = f"{count} {word}{'' if count == 1 else 's'}"
    return f"{words}, {open_ones} unexplained" if open_ones else words


def found_choices(limits: Sequence[tuple[str, str]]) -> tuple[tuple[str, str], ...]:
    """Return what can be asked to be found in a session: alerts, then gaps.

    Args:
        limits: (id, words) of the limits of the clinic's protocols.
    """
    gaps = [(code, words) for code, words in GAPS.items() if " " not in code]
    return (
        (ANYTHING, "Anything found"),
        (ANY_ALERT, "Any alert"),
        *((f"alert {which}", f"Alert: {words}") for which, words in limits),
        (UNEXPLAINED, "Any unexplained gap"),
        *((f"gap {code}", f"Gap: {_about(words)}") for code, words in gaps),
    )


def _about(words: str) -> str:
    """Return a gap's words without the one thing that it is about in a session."""
    for told, plain in _WHOLE.items():
        words = words.replace(told, plain)
    return re.sub(r" ?\(?\{about\}\)?", "", words).strip()


_WHOLE = {
    "slot {about}": "an observation",
    "alert {about}": "an alert",
    "event {about}": "an event",
    "the rating {about}": "a rating",
    "the vial, lot {about}": "a vial",
    "device {about}": "a device",
    "{about} of the devices": "some of the devices",
}
