"""What an amendment may put into a field: never what the field cannot hold, whatever it is."""

from __future__ import annotations

import contextlib
import datetime as dt
from collections.abc import Callable
from decimal import Decimal
from functools import cache

import pytest
from hypothesis import given, settings, strategies as st

from monitor.acts import (
    Acknowledge,
    Amend,
    ChangeRate,
    Discharge,
    Finish,
    GiveDose,
    KeepRemainder,
    MarkSerious,
    Pause,
    Resume,
    Score,
    Stop,
    Waste,
)
from monitor.acts.amending import AMENDABLE
from monitor.entries import (
    AlertAcknowledged,
    Criterion,
    DeviceGiven,
    Discharged,
    DoseGiven,
    EventNoted,
    EventSerious,
    Fact,
    Leaving,
    Prepared,
    WasteOf,
)
from monitor.errors import Code, InputError, MonitorError
from tests.fakes.by_hand import injection
from tests.fakes.visit import LOT, Visit
from ui.wording import sentence

FIELDS = sorted(
    ((kind, name) for kind, names in AMENDABLE.items() for name in names),
    key=lambda pair: (pair[0].__name__, pair[1]),
)
NAMES = [f"{kind.__name__}-{name}" for kind, name in FIELDS]


def _pumped() -> Visit:
    """Return an infusion with everything that can be said of one, stopped and left."""
    visit = Visit().started("10:00").at("10:05").line("185/95 78 98 16 s5 d3").line("nausea")
    visit.do(Acknowledge(limit="bp-high", action="recheck"))
    visit.do(Score(scale="cadss-6", answers=(0, 1, 2, 3, 4, 0)))
    uid = next(event.uid for event in visit.overview.events if event.kind == "event")
    visit.do(MarkSerious(event=uid, criteria=(Criterion.IMPORTANT,), description="retching"))
    visit.line("nausea over").at("10:10").do(Pause(reason="BP"))
    visit.at("10:15").do(Resume())
    visit.at("10:20").do(ChangeRate(rate_ml_h=Decimal(60)))
    visit.at("10:30").do(Stop(reason="BP"))
    visit.do(Discharge(how=Leaving.TRANSFERRED, escort="ward 3", reason="chest pain"))
    return visit


def _by_hand() -> Visit:
    """Return an injection, part of whose vial was wasted and part put back."""
    visit = injection()
    rest = Waste(of=WasteOf.VIAL, lot=LOT, ml=Decimal(5), witness=visit.prescriber)
    visit.do(rest)
    visit.do(KeepRemainder(lot=LOT, ml=Decimal(1)))
    visit.do(GiveDose())
    return visit


def _finished() -> Visit:
    visit = Visit().started("10:00").at("10:40")
    visit.do(Finish())
    return visit


_LIVED: tuple[Callable[[], Visit], ...] = (
    _pumped,
    _by_hand,
    _finished,
    lambda: Visit("esketamine").started("10:00"),
)


@cache
def _visits() -> tuple[Visit, ...]:
    return tuple(lived() for lived in _LIVED)


@cache
def _entries() -> dict[str, tuple[Visit, str]]:
    """Return a visit with an entry of each kind, and its uid, by the kind's name."""
    found = ((visit, kept) for visit in _visits() for kept in visit.session.standing)
    return {type(kept.what).__name__: (visit, kept.uid) for visit, kept in found}


def _with(kind: type[Fact]) -> tuple[Visit, str]:
    return _entries()[kind.__name__]


def _amend(kind: type[Fact], name: str, value: object) -> None:
    visit, uid = _with(kind)
    visit.do(Amend(entry=uid, changes={name: value}, reason="misread"))


@pytest.mark.parametrize(("kind", "name"), FIELDS, ids=NAMES)
def test_that_what_no_field_can_hold_is_a_slip_and_not_a_fault(kind: type[Fact], name: str) -> None:
    for value in (object(), 7.5, b"7", True, {"7": 7}, dt.date(2026, 3, 2)):
        with pytest.raises(InputError) as caught:
            _amend(kind, name, value)
        assert caught.value.field == name
        assert sentence(caught.value)


_NUMBERS = st.decimals() | st.decimals(-9999, 9999, places=2) | st.just(Decimal("sNaN"))
_PLAIN = st.none() | st.integers() | st.text(max_size=9) | _NUMBERS
_VALUES = _PLAIN | st.lists(_PLAIN, max_size=7) | st.lists(_PLAIN, max_size=7).map(tuple)


@pytest.mark.parametrize(("kind", "name"), FIELDS, ids=NAMES)
@settings(max_examples=6)
@given(value=_VALUES)
def test_that_no_value_of_any_amended_field_is_a_fault(
    kind: type[Fact], name: str, value: object
) -> None:
    with contextlib.suppress(MonitorError):
        _amend(kind, name, value)


@pytest.mark.parametrize(
    ("kind", "name"),
    [
        (EventNoted, "text"),
        (EventSerious, "description"),
        (EventSerious, "treated"),
        (AlertAcknowledged, "action"),
        (AlertAcknowledged, "told"),
        (Prepared, "lot"),
        (DoseGiven, "site"),
        (DeviceGiven, "product"),
        (Discharged, "escort"),
    ],
)
def test_that_text_which_others_would_read_otherwise_is_refused_in_an_amendment(
    kind: type[Fact], name: str
) -> None:
    visit, _ = _with(kind)
    for text in ("a\u202eb", "a\x00b", "a\x1bb", "\u2066Lee", "a\ud800"):
        with visit.refused(Code.NOT_UNDERSTOOD):
            _amend(kind, name, text)
