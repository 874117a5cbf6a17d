"""What stands before a signature, and which of it the protocol lets block."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace
from decimal import Decimal

import pytest

from monitor.acts import Amend, Explain, MissSlot, Start, TakeOrder, Weigh
from monitor.entries import Entry, Explained, Given, Ordered, Weighing
from monitor.errors import Code
from monitor.overseeing import oversee
from monitor.overview import GapView
from monitor.session import Session
from reports.wording import gap_words as printed
from tests.fakes.visit import Visit
from ui.presenters.door import gap_words
from ui.wording.fields import GAPS

VERBAL = TakeOrder(how=Given.VERBAL, per_kg_mg=Decimal("0.5"), minutes=Decimal(40), read_back=True)


@pytest.fixture
def visit() -> Visit:
    return Visit()


def found(visit: Visit, code: str) -> list[GapView]:
    return [gap for gap in visit.overview.gaps if gap.code == code]


def blocking(session: Session, *more: str) -> Session:
    """Return the same session under a protocol in which more codes block."""
    protocol = replace(session.protocol, blocking=session.protocol.blocking | set(more))
    return Session(session.id, protocol, session.entries)


def codes(session: Session, visit: Visit) -> list[str]:
    return [gap.code for gap in oversee(session, visit.clock.now()).gaps]


def test_that_a_confirmed_value_is_a_gap_of_its_reading_and_sign(visit: Visit) -> None:
    visit.started().at("10:10").line("255/90 72 66 16 s5 d0", confirm=True)
    uid = visit.row("10:10").uid
    assert [gap.about for gap in found(visit, "implausible")] == [f"{uid}/bp", f"{uid}/spo2"]
    assert not any(gap.blocks for gap in found(visit, "implausible"))


def test_that_each_confirmed_value_is_explained_for_itself(visit: Visit) -> None:
    visit.started().at("10:10").line("255/90 72 66 16 s5 d0", confirm=True)
    uid = visit.row("10:10").uid
    visit.do(Explain(gap="implausible", about=f"{uid}/bp", reason="measured twice by hand"))
    assert [gap.explained for gap in found(visit, "implausible")] == [True, False]


def test_that_a_value_put_right_leaves_no_gap(visit: Visit) -> None:
    visit.started().at("10:10").line("255/90 72 98 16 s5 d0", confirm=True)
    assert found(visit, "implausible")
    put_right = Amend(entry=visit.row("10:10").uid, text="155/90 72 98 16 s5 d0", reason="typo")
    visit.do(put_right)
    assert found(visit, "implausible") == []


def test_that_the_reason_of_a_missed_slot_names_who_gave_it(visit: Visit) -> None:
    visit.started().at("10:20").do(MissSlot(slot="10", reason="in the bathroom"), visit.prescriber)
    visit.at("10:26").line("130/80 76 97 15 s5 d6 slot 20", reason="two patients at once")
    said = {gap.code: (gap.explanation, gap.explained_by) for gap in visit.overview.gaps}
    assert said["slot-missed"] == ("in the bathroom", visit.prescriber)
    assert said["slot-late"] == ("two patients at once", visit.nurse)


def test_that_a_weight_confirmed_for_its_figure_is_a_gap(visit: Visit) -> None:
    visit.ordered().weighed("70")
    assert found(visit, "implausible") == []
    heavy = Weigh(kg=Decimal(260), height_cm=Decimal(168), how=Weighing.MEASURED, confirm=True)
    visit.do(replace(heavy, reason="scale read twice"))
    assert [gap.about for gap in found(visit, "implausible")] == ["weight"]


def test_that_a_dose_nobody_ordered_is_a_gap(visit: Visit) -> None:
    session = visit.started().session
    assert "order-missing" not in codes(session, visit)
    unordered = [entry for entry in session.entries if entry.kind != "ordered"]
    assert "order-missing" in codes(replace(session, entries=tuple(unordered)), visit)


def test_that_an_order_after_the_first_drug_is_none_before_it(visit: Visit) -> None:
    session = visit.started().session
    later = session.started_at
    assert later is not None
    entries = tuple(
        replace(entry, at=later + dt.timedelta(minutes=5)) if entry.kind == "ordered" else entry
        for entry in session.entries
    )
    assert "order-missing" in codes(replace(session, entries=entries), visit)


def test_that_no_order_is_asked_for_before_any_drug(visit: Visit) -> None:
    assert "order-missing" not in codes(visit.session, visit)


def test_that_a_spoken_order_is_asked_about_where_the_protocol_says_so(visit: Visit) -> None:
    visit.do(replace(VERBAL, prescriber=visit.prescriber))
    visit.weighed().calculated().checked().at("09:55").line("122/76 72 98 16 s5 d0")
    visit.at("10:00").do(Start())
    asked = blocking(visit.session, "order-verbal")
    assert "order-verbal" not in codes(visit.session, visit)
    assert "order-verbal" in codes(asked, visit)
    written = replace(asked, entries=tuple(_written(entry) for entry in asked.entries))
    assert "order-verbal" not in codes(written, visit)


def _written(entry: Entry) -> Entry:
    """Return an order as the prescriber writes it; any other entry as it is."""
    if not isinstance(entry.what, Ordered):
        return entry
    return replace(entry, what=replace(entry.what, how=Given.WRITTEN))


@pytest.mark.parametrize("code", ["implausible", "order-missing", "order-verbal"])
def test_that_every_gap_is_worded_on_screen_on_paper_and_in_a_refusal(code: str) -> None:
    gap = GapView(code, "uid-1/heart_rate", blocks=True, explained=False)
    for said in (gap_words(gap), printed(gap), GAPS[code]):
        assert "uid" not in said
        assert "{" not in said
        assert code not in said


def test_that_a_confirmed_value_is_named_by_its_sign() -> None:
    gap = GapView("implausible", "uid-1/heart_rate", blocks=True, explained=False)
    assert gap_words(gap).startswith("HR")
    assert printed(gap).startswith("HR")
    weight = replace(gap, about="weight")
    assert gap_words(weight).startswith("Weight")
    assert printed(weight).startswith("Weight")


def test_that_an_explanation_of_a_gap_that_is_gone_says_nothing(visit: Visit) -> None:
    visit.started().at("10:10").line("122/76 72 98 16 s5 d0")
    with visit.refused(Code.NOTHING_OPEN):
        visit.do(Explain(gap="implausible", reason="why"))
    assert visit.session.all(Explained) == ()
