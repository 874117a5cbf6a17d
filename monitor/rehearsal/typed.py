"""Reads what a script holds as text the way a person's typing is read.

"63,4" is 63.4 and "1,205" is refused, when the act is played and not before.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from decimal import Decimal

from monitor.errors import Code, InputError, NotFoundError
from monitor.people import Author
from monitor.rehearsal.script import ScriptAct
from monitor.units import parse_number

Labels = Mapping[str, tuple[str, str]]
"""What was recorded under a label: (what was done, the entry's uid)."""

_SECONDS = re.compile(r"[+-]?[0-9]{1,10}")
_MOMENT = re.compile(r"(?:(?P<day>[0-9-]{10}) )?(?P<time>[0-9]{2}:[0-9]{2}(?::[0-9]{2})?)")


@dataclass(frozen=True, slots=True)
class Around:
    """What an act of a script may name, besides what it says itself.

    Attributes:
        staff: Everyone in the file, in its order.
        zone: The clinic's time zone.
    """

    labels: Labels = field(default_factory=dict)
    staff: tuple[Author, ...] = ()
    zone: dt.tzinfo = dt.UTC

    def uid(self, label: str) -> str:
        """Return the uid of what was recorded under a label.

        Raises:
            NotFoundError: If that act was refused.
        """
        if label not in self.labels:
            raise NotFoundError("entry", name=label)
        return self.labels[label][1]

    def person(self, user: str) -> Author | None:
        """Return somebody of the staff."""
        return next((person for person in self.staff if person.user == user), None)


def number(written: ScriptAct, name: str) -> Decimal | None:
    """Return a number, None where the field is not there."""
    return parse_number(written.text(name), name) if name in written.fields else None


def needed(written: ScriptAct, name: str) -> Decimal:
    """Return a number that must be there."""
    return parse_number(written.text(name), name)


def whole(typed: str, name: str) -> int:
    """Return a whole number.

    Raises:
        InputError: `empty`, or `not-understood` for anything else.
    """
    value = parse_number(typed, name)
    if value != int(value):
        raise InputError(Code.NOT_UNDERSTOOD, name, token=typed)
    return int(value)


def whole_or_none(written: ScriptAct, name: str) -> int | None:
    """Return a whole number, None where the field is not there."""
    return whole(written.text(name), name) if name in written.fields else None


def yes_or_no(written: ScriptAct, name: str) -> bool | None:
    """Return what was said, None where the field is not there."""
    return written.flag(name) if name in written.fields else None


def day(written: ScriptAct, name: str) -> dt.date | None:
    """Return a day, None where the field is not there.

    Raises:
        InputError: `not-understood`.
    """
    if name not in written.fields:
        return None
    try:
        return dt.date.fromisoformat(written.text(name))
    except ValueError:
        raise InputError(Code.NOT_UNDERSTOOD, name, token=written.text(name)) from None


def moment(written: ScriptAct, name: str, zone: dt.tzinfo) -> dt.datetime | None:
    """Return the instant of a local time: of the act's day, unless a day stands before it.

    Raises:
        InputError: `not-understood`.
    """
    if name not in written.fields:
        return None
    typed = written.text(name)
    match = _MOMENT.fullmatch(typed)
    that_day = (match and match["day"]) or f"{written.at.astimezone(zone):%Y-%m-%d}"
    try:
        local = dt.datetime.fromisoformat(f"{that_day} {match['time'] if match else typed}")
    except ValueError:
        raise InputError(Code.NOT_UNDERSTOOD, name, token=typed) from None
    return local.replace(tzinfo=zone).astimezone(dt.UTC)


LONGEST_SLEEP = 7 * 24 * 3600
"""Seconds that a computer of a rehearsal may sleep at most: a week."""


def slept(written: ScriptAct) -> int:
    """Return for how many seconds the computer sleeps.

    Raises:
        InputError: `not-understood` for anything but a whole number, `out-of-range` for none
            at all or more than a week.
    """
    made = seconds(written)
    if not 0 < made <= LONGEST_SLEEP:
        raise InputError(Code.OUT_OF_RANGE, "seconds", value=made, least=1, most=LONGEST_SLEEP)
    return made


def seconds(written: ScriptAct) -> int:
    """Return by how many seconds the wall clock is set; negative for back.

    Raises:
        InputError: `not-understood` for anything but a whole number.
    """
    typed = written.text("seconds")
    if not _SECONDS.fullmatch(typed):
        raise InputError(Code.NOT_UNDERSTOOD, "seconds", token=typed)
    return int(typed)
