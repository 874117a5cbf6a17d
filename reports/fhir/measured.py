"""What was measured and asked at the chair: a set of vital signs, and each sign in it."""

from __future__ import annotations

import itertools
from collections.abc import Iterator

from monitor.overview import AlertView, ReadingView, SlotView
from monitor.protocols.protocol import Limit
from monitor.schedule import SlotState
from monitor.vitals import BloodPressure, Sign
from reports.fhir.codes import (
    ABSENT,
    BP_PARTS,
    CATEGORY,
    ENTRY,
    FOLLOWS,
    INTERPRETATION,
    ITEM,
    LOINC,
    PROFILES,
    SIGNS,
    UCUM,
    Meaning,
)
from reports.fhir.elements import Element, coding, concept, extension, identifier, made, notes
from reports.fhir.frame import Frame, reference

NOT_PERFORMED = concept(coding(ABSENT, "not-performed", "Not Performed"))


def category(code: str) -> list[Element]:
    """Return FHIR's category of an observation."""
    return [concept(coding(CATEGORY, code))]


def readings(frame: Frame) -> Iterator[Element]:
    """Give for each row of the sheet its signs, and the set that holds them together."""
    slots = {slot.reading: slot for slot in frame.overview.slots if slot.reading}
    for row in frame.overview.readings:
        members = [_sign(frame, row, sign) for sign in Sign if _is_said(row, sign)]
        yield from members
        if has_set(row):
            yield _set(frame, row, slots.get(row.uid), members)
    yield from (_missed(frame, slot) for slot in frame.overview.slots if _was_said_missed(slot))


def has_set(row: ReadingView) -> bool:
    """Tell whether a row of the sheet has anything to show."""
    return any(_is_said(row, sign) for sign in Sign)


def _is_said(row: ReadingView, sign: Sign) -> bool:
    """Tell whether somebody took a sign, or said that it was not taken."""
    return row.reading.value(sign) is not None or sign in row.not_taken


def _set_name(frame: Frame, row: ReadingView) -> str:
    return frame.name("reading", row.uid)


def _set(frame: Frame, row: ReadingView, slot: SlotView | None, members: list[Element]) -> Element:
    """Return the row itself: which planned observation it was, and what was noted with it."""
    return frame.resource(
        "Observation",
        _set_name(frame, row),
        extension=_after_baseline(frame, row, None),
        identifier=[identifier(ENTRY, row.uid)],
        status="amended" if row.replaced else "final",
        code=concept(coding(ITEM, "set-of-signs"), text="Set of vital signs"),
        subject=frame.patient,
        encounter=frame.visit,
        effectiveDateTime=frame.when(row.measured),
        issued=frame.when(row.entered),
        performer=[frame.person(row.by)],
        note=notes(row.note, slot.reason if slot else "", *_said_at(frame, row)),
        hasMember=[reference(str(member["id"])) for member in members],
        component=_place(slot) if slot else [],
    )


def _place(slot: SlotView) -> list[Element]:
    """Return which planned observation a set was, and how far off its time, as components."""
    off = slot.minutes
    return [
        made(code=concept(coding(ITEM, "slot"), text="Planned observation"), valueString=slot.name),
        made(code=concept(coding(ITEM, "slot-closed"), text="Made"), valueString=slot.state.value),
        made(
            code=concept(coding(ITEM, "slot-minutes"), text="Minutes after it was due"),
            valueQuantity=made(value=off, unit="min", system=UCUM, code="min"),
        )
        if off is not None
        else {},
    ]


def _said_at(frame: Frame, row: ReadingView) -> list[str]:
    """Return a sentence for each amendment that moved the time of measuring."""
    return [
        f"It was first said to have been measured at {frame.when(was)}."
        for was, now in itertools.pairwise((*row.was_at, row.measured))
        if was != now
    ]


def _after_baseline(frame: Frame, row: ReadingView, sign: Sign | None) -> list[Element]:
    """Return that a sign, or the whole set, follows that of the baseline, where it has one."""
    base = frame.overview.reference
    if base is None or row.uid == base.uid or row.measured < base.measured:
        return []
    if sign is None:
        followed = _set_name(frame, base) if has_set(base) else ""
    else:
        followed = _sign_name(frame, base, sign) if base.reading.value(sign) is not None else ""
    return [extension(FOLLOWS, valueReference=reference(followed))] if followed else []


# --- one sign --------------------------------------------------------------------------------


def _sign(frame: Frame, row: ReadingView, sign: Sign) -> Element:
    meaning = SIGNS[sign]
    value = row.reading.value(sign)
    return frame.resource(
        "Observation",
        _sign_name(frame, row, sign),
        profile=PROFILES + meaning.profile if meaning.profile else "",
        extension=_after_baseline(frame, row, sign),
        status="amended" if _was(row, sign) else "final",
        category=category(meaning.category),
        code=_code(meaning),
        subject=frame.patient,
        encounter=frame.visit,
        effectiveDateTime=frame.when(row.measured),
        issued=frame.when(row.entered),
        performer=[frame.person(row.by)],
        **_value(meaning, value),
        interpretation=_crossed(frame, row, sign),
        note=notes(*_was(row, sign)),
        bodySite=_site(row) if sign is Sign.BP else None,
    )


def _sign_name(frame: Frame, row: ReadingView, sign: Sign) -> str:
    return frame.name("reading", row.uid, sign.value)


def _code(meaning: Meaning) -> Element:
    known = [coding(LOINC, code, display) for code, display in meaning.codes]
    own = [coding(*meaning.own)] if meaning.own[0] else []
    return concept(*known, *own, text=meaning.words)


def _value(meaning: Meaning, value: object) -> Element:
    if isinstance(value, BloodPressure):
        pair = (value.systolic, value.diastolic)
        return {"component": [_part(part, each) for part, each in zip(BP_PARTS, pair, strict=True)]}
    if value is not None:
        return {"valueQuantity": _amount(meaning.unit, value)}
    if meaning is SIGNS[Sign.BP]:
        return {"component": [_part(part, None) for part in BP_PARTS]}
    return {"dataAbsentReason": NOT_PERFORMED}


def _part(part: tuple[str, str], value: int | None) -> Element:
    return made(
        code=concept(coding(LOINC, *part), text=part[1]),
        valueQuantity=None if value is None else _amount(SIGNS[Sign.BP].unit, value),
        dataAbsentReason=NOT_PERFORMED if value is None else None,
    )


def _amount(unit: tuple[str, str], value: object) -> Element:
    return made(value=value, unit=unit[0], system=UCUM, code=unit[1])


def _site(row: ReadingView) -> Element:
    words = (f"{row.reading.side} arm" if row.reading.side else "", row.reading.position)
    cuff = f"{row.reading.cuff} cuff" if row.reading.cuff else ""
    return concept(text=", ".join(word for word in (*words, cuff) if word))


def _was(row: ReadingView, sign: Sign) -> list[str]:
    """Return a sentence for each value of a sign that an amendment took the place of."""
    chain = [*row.replaced, row.reading]
    return [
        f"Amended; it said before: {_words(old.value(sign))}."
        for old, new in itertools.pairwise(chain)
        if old.value(sign) != new.value(sign)
    ]


def _words(value: object) -> str:
    if isinstance(value, BloodPressure):
        return value.text
    return "not taken" if value is None else str(value)


# --- limits ----------------------------------------------------------------------------------


def _crossed(frame: Frame, row: ReadingView, sign: Sign) -> list[Element]:
    """Return that a sign crossed a limit, and on which side."""
    raised = [each for each in frame.overview.alerts if _is_about(each, row, sign)]
    codes = dict.fromkeys(_side(each.limit) for each in raised if each.state != "withdrawn")
    return [concept(coding(INTERPRETATION, *code)) for code in codes]


def _is_about(alert: AlertView, row: ReadingView, sign: Sign) -> bool:
    return alert.reading == row.uid and alert.limit.sign is sign


def _side(limit: Limit) -> tuple[str, str]:
    is_high = any(part.is_high for part in limit.parts)
    is_low = any(part.is_low for part in limit.parts)
    if is_high == is_low:
        return "A", "Abnormal"
    return ("H", "High") if is_high else ("L", "Low")


# --- what was not made -----------------------------------------------------------------------


def _was_said_missed(slot: SlotView) -> bool:
    return slot.state is SlotState.MISSED and bool(slot.reason)


def _missed(frame: Frame, slot: SlotView) -> Element:
    """Return a planned observation of which somebody said that, and why, it was not made."""
    return frame.resource(
        "Observation",
        frame.name("slot", slot.name),
        status="final",
        code=concept(coding(ITEM, "set-of-signs"), text="Set of vital signs"),
        subject=frame.patient,
        encounter=frame.visit,
        effectiveDateTime=frame.when(slot.due),
        dataAbsentReason=NOT_PERFORMED,
        note=notes(slot.reason),
        component=_place(slot),
    )
