"""Several rehearsals played together: one clinic, one record, one clock, a chair for each."""

from __future__ import annotations

import datetime as dt
import hashlib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from zoneinfo import ZoneInfo

from monitor.people import Patient
from monitor.rehearsal.script import Script, ScriptAct, ScriptError

HASHES = b"rehearsals played together"
"""Stands before the files' hashes where there are several."""


@dataclass(frozen=True, slots=True)
class Day:
    """What is played together, in the order in which the files were named.

    Attributes:
        scripts: At least one; `day_of` vouches that they can be one clinic's day. Each has
            the day's seed for its hash, so that a person has one password in all of them.
    """

    scripts: tuple[Script, ...]

    @property
    def seed(self) -> bytes:
        """Return what every identity in the record is derived from."""
        return self.scripts[0].hash

    @property
    def zone(self) -> ZoneInfo:
        """Return the clinic's time zone."""
        return self.scripts[0].zone

    @property
    def begins(self) -> dt.datetime:
        """Return the instant of the first act."""
        return min(script.acts[0].at for script in self.scripts)


def day_of(scripts: Sequence[Script]) -> Day:
    """Return the day that rehearsals make together; one alone is just as its file says.

    Raises:
        ScriptError: If they cannot be one clinic's day; it says what differs, and where.
    """
    for place, script in enumerate(scripts):
        for problem in _problems(script, scripts[:place]):
            raise ScriptError(script.file, 0, problem)
    if len(scripts) == 1:
        return Day(tuple(scripts))
    seed = hashlib.sha256(b"\0".join([HASHES, *(script.hash for script in scripts)])).digest()
    turns = {turn: number for number, turn in enumerate(_turns(scripts), start=1)}
    return Day(
        tuple(
            replace(script, hash=seed, acts=_numbered(script.acts, place, turns))
            for place, script in enumerate(scripts)
        )
    )


def _turns(scripts: Sequence[Script]) -> list[tuple[int, int]]:
    """Return (place of the file, number of the act) in order of real time."""
    acts = [
        (act.at, place, act.number) for place, script in enumerate(scripts) for act in script.acts
    ]
    return [(place, number) for _, place, number in sorted(acts)]


def _numbered(
    acts: Sequence[ScriptAct], place: int, turns: dict[tuple[int, int], int]
) -> tuple[ScriptAct, ...]:
    return tuple(replace(act, turn=turns[place, act.number]) for act in acts)


def _problems(script: Script, before: Sequence[Script]) -> Iterator[str]:
    """Yield what keeps a rehearsal from being played with those before it."""
    for other in before:
        if script.stem == other.stem:
            yield (
                f'two of the files are called "{script.stem}", and their results would be in one '
                "folder; give one of them another name"
            )
        if script.clinic != other.clinic:
            yield (
                f'the clinic is "{script.clinic}" here and "{other.clinic}" in {other.file}; '
                "files that are played together are of one clinic"
            )
        if script.zone.key != other.zone.key:
            yield (
                f'the time zone is "{script.zone.key}" here and "{other.zone.key}" in '
                f"{other.file}; files that are played together are of one clinic"
            )
        if script.protocol == other.protocol and script.draft != other.draft:
            yield (
                f'the protocol "{script.protocol}" has another text in {other.file}; files that '
                "are played together have one text of it, or another id"
            )
        yield from _people(script, other)


def _people(script: Script, other: Script) -> Iterator[str]:
    known = {person.user: person for person in other.staff}
    for person in script.staff:
        if person != known.get(person.user, person):
            yield (
                f'"{person.user}" is somebody else in {other.file}; write the same name, role '
                "and credential, or another id"
            )
    same_number = script.patient.number == other.patient.number
    if same_number and _who(script.patient) != _who(other.patient):
        yield (
            f'the patient "{script.patient.number}" is somebody else in {other.file}; write the '
            "same name, birth date, sex and allergies, or another number"
        )


def _who(patient: Patient) -> Patient:
    return replace(patient, id="")
