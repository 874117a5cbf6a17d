"""What happened in a session: events, ratings, amendments."""

from __future__ import annotations

import dataclasses
import itertools
from decimal import Decimal

from monitor import scales
from monitor.entries import (
    Criterion,
    Discharged,
    DoseGiven,
    Entry,
    EventKind,
    EventNoted,
    EventResolved,
    EventSerious,
    Fact,
    Finished,
    Measured,
    Opened,
    Paused,
    RateChanged,
    Rated,
    Resumed,
    SlotMissed,
    Started,
    Stopped,
)
from monitor.entry_event import severity_in
from monitor.entry_line import write_line
from monitor.overview import AmendmentView, EventView, LocalTime, ScoreView, SeriousView
from monitor.people import Patient, differences
from monitor.session import Kept, Session
from monitor.units import plain
from monitor.vitals import Reading

STEPS = (Started, Paused, Resumed, RateChanged, Stopped, DoseGiven, Finished, Discharged)


def events(session: Session) -> tuple[EventView, ...]:
    """Return events and the steps of the dose, numbered in order of time."""
    over = {kept.what.event: kept.at for kept in session.all(EventResolved)}
    flagged = {kept.what.event: kept for kept in session.all(EventSerious)}
    happened = [k for k in session.standing if isinstance(k.what, (EventNoted, *STEPS))]
    happened.sort(key=lambda kept: (kept.at, kept.first.n))
    return tuple(
        EventView(
            number=number,
            uid=kept.uid,
            at=kept.at,
            entered=kept.entry.recorded_at,
            kind=kept.entry.kind,
            text=_event_text(kept.what),
            sort=kept.what.sort if isinstance(kept.what, EventNoted) else EventKind.NOTE,
            by=kept.entry.by,
            resolved=over.get(kept.uid),
            reason=kept.first.reason,
            severity=kept.what.severity if isinstance(kept.what, EventNoted) else None,
            serious=_serious(flagged.get(kept.uid)),
        )
        for number, kept in enumerate(happened, 1)
    )


def _serious(kept: Kept[EventSerious] | None) -> SeriousView | None:
    """Return what was last said of an event's being serious; None where that was taken back."""
    if kept is None or not kept.what.criteria:
        return None
    said = kept.what
    return SeriousView(kept.entry.by, kept.at, said.criteria, said.description, said.treated)


def _event_text(what: Fact) -> str:
    if isinstance(what, EventNoted):
        return what.text
    if isinstance(what, Started | Resumed | RateChanged):
        return f"{plain(what.rate_ml_h)} mL/h"
    if isinstance(what, DoseGiven):
        return ", ".join(filter(None, (f"{plain(what.mg)} mg", what.site)))
    return what.how.value if isinstance(what, Discharged) else ""


def scores(session: Session) -> tuple[ScoreView, ...]:
    """Return the ratings, in order of time."""
    rated = sorted(session.all(Rated), key=lambda kept: (kept.at, kept.first.n))
    return tuple(_score(kept) for kept in rated)


def _score(kept: Kept[Rated]) -> ScoreView:
    scale = scales.get(kept.what.scale)
    score = scales.score(scale, kept.what.answers)
    return ScoreView(
        uid=kept.uid,
        scale=scale.id,
        title=scale.title,
        version=kept.what.scale_version,
        at=kept.at,
        entered=kept.entry.recorded_at,
        by=kept.entry.by,
        answers=kept.what.answers,
        total=score.total,
        most=scale.most,
        band=score.band,
    )


def amendments(session: Session, local: LocalTime) -> tuple[AmendmentView, ...]:
    """Return what was amended, in the order in which it was done."""
    pairs = [
        (old, new)
        for kept in session.standing
        for old, new in itertools.pairwise((*kept.earlier, kept.entry))
    ]
    pairs.sort(key=lambda pair: pair[1].n)
    return tuple(_amendment(number, old, new, local) for number, (old, new) in enumerate(pairs, 1))


def _amendment(number: int, old: Entry, new: Entry, local: LocalTime) -> AmendmentView:
    if isinstance(old.what, Opened) and isinstance(new.what, Opened):
        about, of = "identity", None
        before, after = _identities_apart(old.what.patient, new.what.patient)
    else:
        about, of = old.kind, old.at
        before, after = _difference(old, new, local)
    return AmendmentView(
        number=f"R{number}",
        about=about,
        old=before,
        new=after,
        reason=new.reason,
        at=new.recorded_at,
        by=new.by,
        of=of,
    )


def _difference(old: Entry, new: Entry, local: LocalTime) -> tuple[str, str]:
    """Return what differs between two entries of one kind, as text."""
    if isinstance(old.what, Measured) and isinstance(new.what, Measured):
        before, after = _readings_apart(old.what.reading, new.what.reading)
    elif isinstance(new.what, SlotMissed):
        before, after = old.reason, new.reason  # all that it says is why
    elif isinstance(old.what, EventResolved) and old.what != new.what:
        before, after = "over", "not over"
    else:
        before, after = _fields_apart(old.what, new.what)
    if old.at == new.at:
        before, after = before or "unchanged", after or "unchanged"
    if old.at != new.at:
        before = f"{before} @{local(old.at):%H:%M}".strip()
        after = f"{after} @{local(new.at):%H:%M}".strip()
    return before, after


def _readings_apart(old: Reading, new: Reading) -> tuple[str, str]:
    """Return both readings as lines, with only the signs in which they differ."""
    if old == new:
        return "", ""
    same = {
        f.name: f.default
        for f in dataclasses.fields(Reading)
        if getattr(old, f.name) == getattr(new, f.name)
    }
    lines = [
        write_line(dataclasses.replace(reading, **same))  # type: ignore[arg-type] # its own fields
        for reading in (old, new)
    ]
    return lines[0] or "not taken", lines[1] or "not taken"


_IDENTITY_WORDS = {"born": "born {}", "number": "MRN {}", "allergies": "allergies: {}"}


def _identities_apart(old: Patient, new: Patient) -> tuple[str, str]:
    """Return both identities in words, with only that in which they differ."""
    apart = [(_IDENTITY_WORDS.get(d.what, "{}"), d) for d in differences(old, new)]
    before = ", ".join(words.format(each.was) for words, each in apart)
    return before, ", ".join(words.format(each.now) for words, each in apart)


_FIELD_WORDS = {
    "rate_ml_h": "rate {} mL/h",
    "pump_ml": "pump's own figure {} mL",
    "lot": "lot {}",
    "expiry": "expiry {}",
    "sprays": "sprays {}",
    "product": "product {}",
    "vial_ml": "vials of {} mL",
    "vials": "{} opened",
    "opened_mg": "{} mg in all",
    "minutes": "over {} min",
    "answers": "answers {}",
    "action": "action: {}",
    "told": "told: {}",
    "escort": "with {}",
    "criteria": "serious: {}",
    "description": "what happened: {}",
    "treated": "treated: {}",
}
"""How a field that was amended is written; a text stands for itself."""

_NOTHING = "not recorded"


def _fields_apart(old: Fact, new: Fact) -> tuple[str, str]:
    apart = [
        f.name
        for f in dataclasses.fields(old)
        if getattr(old, f.name) != getattr(new, f.name, None)
        and not (f.name == "severity" and _words_say_it(old, new))
    ]
    words = [
        ", ".join(_worded(name, getattr(what, name, "")) for name in apart) for what in (old, new)
    ]
    return words[0], words[1]


def _words_say_it(old: Fact, new: Fact) -> bool:
    """Tell whether how bad an event was stands in its own words, before and after."""
    if not isinstance(old, EventNoted) or not isinstance(new, EventNoted):
        return False
    before = old.severity in (None, severity_in(old.text))
    return before and new.severity is severity_in(new.text)


def _worded(name: str, value: object) -> str:
    if name == "criteria" and not value:
        return "not serious"
    return _NOTHING if value in (None, "") else _FIELD_WORDS.get(name, "{}").format(_text(value))


def _text(value: object) -> str:
    if isinstance(value, tuple) and any(isinstance(item, Criterion) for item in value):
        return ", ".join(value)
    if isinstance(value, tuple):
        return " ".join("-" if item is None else str(item) for item in value)
    return plain(value) if isinstance(value, Decimal) else str(value)
