"""One chair's card: who sits there, how far they are, the last readings, what is next."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass

from monitor.overview import ReadingView, SessionOverview
from monitor.phases import Phase
from monitor.vitals import BloodPressure, Sign
from ui.presenters.alerts import alert_words
from ui.presenters.limits import spoken
from ui.presenters.next_due import NextDue, next_due
from ui.presenters.rings import RingFace, ring
from ui.presenters.words import (
    MINUTE,
    PHASE_NAMES,
    SIGN_NAMES,
    chair_sign,
    chair_words,
    change,
    dose_words,
    drug_words,
    facts,
    measured,
    number,
    signed,
)

_SHOWN = (Sign.BP, Sign.HEART_RATE, Sign.SPO2, Sign.DISSOCIATION)
_COMPARED = (Sign.BP, Sign.HEART_RATE)
_UP, _DOWN = "▲", "▼"
RISING, FALLING = "↗", "↘"


@dataclass(frozen=True, slots=True)
class LastValue:
    """The newest value of a sign, and how it differs from the baseline.

    Attributes:
        trend: An arrow where it rose or fell since the reading before; empty where it did not.
        note: What stands beside the name: the highest rise so far.
    """

    name: str
    value: str
    change: str
    trend: str = ""
    note: str = ""


@dataclass(frozen=True, slots=True)
class TrendFace:
    """Pressures over time, for a card that has the room.

    Attributes:
        points: (minutes from the first reading, systolic, diastolic).
    """

    base: int | None
    points: tuple[tuple[float, int, int], ...]


@dataclass(frozen=True, slots=True)
class Earlier:
    """Who sat in a chair earlier today.

    Attributes:
        session_id: The last one of them.
        short: The same for a small card.
    """

    session_id: str
    words: str
    short: str = ""


@dataclass(frozen=True, slots=True)
class CardFace:
    """One chair.

    Attributes:
        session_id: Empty for a chair that is free.
        like: In which chair somebody sits who is easily taken for this patient.
        like_short: The same for a small card, the birth date first: "born 1984-03-12, like 3".
        alert: What stands of open alerts, with the value where it is one; `alerts` counts them.
        earlier: Who sat in a free chair earlier today.
        is_unread: Whether somebody sits here whose session cannot be read.
        said: The whole card in one sentence.
    """

    chair: str
    sign: str
    name: str
    session_id: str = ""
    patient: str = ""
    facts: str = ""
    family: str = ""
    drug: str = ""
    dose: str = ""
    phase: str = ""
    ring: RingFace | None = None
    values: tuple[LastValue, ...] = ()
    due: NextDue | None = None
    alerts: str = ""
    trend: TrendFace | None = None
    like: str = ""
    like_short: str = ""
    alert: str = ""
    earlier: Earlier | None = None
    is_unread: bool = False

    @property
    def said(self) -> str:
        """Return the whole card in one sentence, with nothing in it that moves each second."""
        return ", ".join(part for part in _said(self) if part)


def _said(face: CardFace) -> Iterator[str]:
    yield face.name
    if face.is_unread:
        yield "cannot be read: see the shield"
    elif not face.session_id:
        yield "free"
        yield face.earlier.words if face.earlier else ""
    else:
        yield from (face.patient, face.facts, face.like, face.drug, face.dose, face.phase)
        if face.due:
            left = "" if face.due.left.startswith("in ") else face.due.left
            yield from (face.due.words, left, face.due.more)
        yield spoken(face.alert) or face.alerts
        for each in face.values:
            yield f"{each.name} {each.value} {_spoken(each)}".rstrip()


def _spoken(value: LastValue) -> str:
    """Return how a value changed in words; signs are not read out alike everywhere."""
    words = value.change.removeprefix(f"{_UP} ").removeprefix(f"{_DOWN} ")
    against = "as at baseline" if words == "=" else f"{words} from baseline" if words else ""
    trend = {RISING: "rising", FALLING: "falling"}.get(value.trend, "")
    return " ".join(part for part in (against, trend) if part)


def free_card(chair: str, earlier: Earlier | None = None) -> CardFace:
    """Return a chair in which nobody sits."""
    return CardFace(chair, chair_sign(chair), chair_words(chair), earlier=earlier)


def unread_card(chair: str, session_id: str) -> CardFace:
    """Return a chair whose session cannot be read: somebody sits there, so it is not free."""
    return CardFace(
        chair, chair_sign(chair), chair_words(chair), session_id=session_id, is_unread=True
    )


def card(overview: SessionOverview, now: dt.datetime) -> CardFace:
    """Return one chair in use."""
    now = overview.own(now)
    alerts, alert = _alerts(overview)
    return CardFace(
        chair=overview.chair,
        sign=chair_sign(overview.chair),
        name=chair_words(overview.chair),
        session_id=overview.session_id,
        patient=overview.patient.name,
        facts=facts(overview, long=False),
        family=overview.drug,
        drug=drug_words(overview),
        dose=dose_words(overview).split(" / ")[0],
        phase=_phase(overview),
        ring=ring(overview, now),
        values=last_values(overview),
        due=next_due(overview, now),
        alerts=alerts,
        alert=alert,
        trend=_trend(overview),
    )


def _alerts(overview: SessionOverview) -> tuple[str, str]:
    """Return how many alerts are open, and the same with the newest one's value."""
    found = [alert for alert in overview.alerts if alert.state == "open"]
    if not found:
        return "", ""
    count = "1 alert open" if len(found) == 1 else f"{len(found)} alerts open"
    return count, f"{count}: {alert_words(found[-1])}"


def _phase(overview: SessionOverview) -> str:
    if overview.phase is Phase.DEVICES and overview.devices:
        return f"Waiting for device {len(overview.devices) + 1}"
    return PHASE_NAMES[overview.phase]


def last_values(overview: SessionOverview) -> tuple[LastValue, ...]:
    """Return the newest value of each sign that a card shows."""
    made = (_last(overview, sign) for sign in _SHOWN)
    return tuple(each for each in made if each is not None)


def _last(overview: SessionOverview, sign: Sign) -> LastValue | None:
    rows = [row for row in overview.readings if row.reading.value(sign) is not None]
    if not rows:
        return None
    newest = rows[-1].reading.value(sign)
    assert newest is not None  # noqa: S101 - rows without it were left out
    base = overview.reference.reading if overview.reference else None
    said = ""
    if sign in _COMPARED and base is not None:
        direction, words = change(sign, newest, base)
        said = f"{(_DOWN, '', _UP)[direction + 1]} {words}".strip() if words else "="
    value = number(newest) if isinstance(newest, BloodPressure) else measured(sign, newest)
    note = _peak(overview) if sign is Sign.BP else ""
    return LastValue(SIGN_NAMES[sign], value, said, _since_before(rows, sign), note)


def _since_before(rows: list[ReadingView], sign: Sign) -> str:
    if len(rows) == 1:
        return ""
    direction, _ = change(sign, rows[-1].reading.value(sign), rows[-2].reading)
    return (FALLING, "", RISING)[direction + 1]


def _peak(overview: SessionOverview) -> str:
    """Return the highest rise of blood pressure so far; empty while it has not risen."""
    rise = overview.peak_rise
    if rise is None or rise[1].systolic <= rise[0].systolic:
        return ""
    base, high = rise
    up, low = high.systolic - base.systolic, high.diastolic - base.diastolic
    return f"peak {signed(up)}/{signed(low)}"


def _trend(overview: SessionOverview) -> TrendFace | None:
    rows = [(r.measured, r.reading.bp) for r in overview.readings]
    kept = [(at, bp) for at, bp in rows if bp is not None]
    if not kept:
        return None
    base = overview.reference.reading.bp if overview.reference else None
    start = kept[0][0]
    return TrendFace(
        base.systolic if base else None,
        tuple(((at - start) / MINUTE, bp.systolic, bp.diastolic) for at, bp in kept),
    )
