"""What the rows, the gaps and the days of the worklist say."""

from __future__ import annotations

import dataclasses
import datetime as dt

import pytest

from monitor.acts import Finish
from monitor.errors import Code, RefusedError
from monitor.overview import GapView
from monitor.people import Author, Role
from monitor.rems import REMS_DAYS, rems_due
from tests.fakes.signing_desk import Desk, closed_visit
from tests.fakes.visit import Visit
from ui.presenters.door import _GAP_WORDS
from ui.presenters.to_sign_faces import rems_face, sign_face
from ui.presenters.to_sign_gaps import PLACES, GapRow, gaps_note, place_of
from ui.wording.fields import GAPS


@pytest.fixture(scope="module")
def esketamine() -> Visit:
    return Visit("esketamine").started("10:00")


@pytest.mark.parametrize(
    ("day", "words", "state"),
    [
        (0, "REMS 7 days left", "later"),
        (4, "REMS 3 days left", "later"),
        (5, "REMS 2 days left", "soon"),
        (6, "REMS 1 day left", "soon"),
        (7, "REMS due today", "soon"),
        (8, "REMS 1 day overdue", "over"),
        (17, "REMS 10 days overdue", "over"),
    ],
)
def test_that_the_days_of_the_form_are_counted_from_the_treatment(
    esketamine: Visit, day: int, words: str, state: str
) -> None:
    seen = esketamine.overview
    treated = seen.local(seen.devices[0].at).date()
    assert rems_due(seen) == treated + dt.timedelta(days=REMS_DAYS)
    face = rems_face(seen, treated + dt.timedelta(days=day))
    assert face is not None
    assert (face.words, face.state) == (words, state)


def test_that_no_form_is_asked_for_where_nothing_of_that_drug_was_given() -> None:
    assert rems_due(Visit("esketamine").ordered().overview) is None
    assert rems_due(closed_visit().overview) is None


def test_that_no_form_is_asked_for_where_the_programme_does_not_hold(esketamine: Visit) -> None:
    seen = esketamine.overview
    assert rems_due(dataclasses.replace(seen, jurisdiction="EU, AU")) is None
    assert rems_due(dataclasses.replace(seen, jurisdiction="EU, US")) is not None


def test_that_every_gap_that_has_words_has_a_place_of_its_own() -> None:
    codes = {code.split()[0] for code in (*_GAP_WORDS, *GAPS)}
    assert codes <= PLACES.keys()


def test_that_a_gap_leads_to_where_it_came_about() -> None:
    seen = closed_visit(gap=True).overview
    reading = seen.readings[2]
    discharged = next(t.uid for t in seen.things if t.kind == "discharged")
    for code, about, place in (
        ("slot-overdue", "+30", "miss:+30"),
        ("slot-late", reading.slot, f"row:{reading.uid}"),
        ("slot-missed", "no such slot", ""),
        ("implausible", f"{reading.uid}/spo2", f"row:{reading.uid}"),
        ("implausible", "weight", "dose:weight"),
        ("alert-open", "A2", "acknowledge:A2"),
        ("event-open", "3", "over:3"),
        ("rating-incomplete", "CADSS-6", "rate-scale:CADSS-6"),
        ("vial-open", "23KG104", "account"),
        ("check-missing", "", "dose:check"),
        ("override", "door-closed", f"row:{discharged}"),
        ("override", "check-missing", "dose:check"),
        ("override", "pre-dose-hold", f"row:{seen.readings[0].uid}"),
        ("left-unexplained", "", f"row:{discharged}"),
        ("home-unmet", "spo2", f"row:{discharged}"),
        ("something new", "", ""),
    ):
        gap = GapView(code, about, blocks=True, explained=False)
        assert place_of(gap, seen) == place, code


def test_that_an_ended_dose_is_gone_to_at_its_end_and_another_one_at_its_beginning() -> None:
    gap = GapView("dose-open", "", blocks=True, explained=False)
    visit = Visit().started("10:00")
    begun = next(t.uid for t in visit.overview.things if t.kind == "started")
    assert place_of(gap, visit.overview) == f"row:{begun}"
    visit.at("10:40").do(Finish())
    ended = next(t.uid for t in visit.overview.things if t.kind == "finished")
    assert place_of(gap, visit.overview) == f"row:{ended}"


def test_that_a_gap_says_when_it_was_due() -> None:
    rows = Desk(gap=True).view.gaps
    overdue = next(row for row in rows if row.code == "slot-overdue")
    assert overdue.more == "Due 11:10; blocks"


@pytest.mark.parametrize(
    ("states", "note"),
    [
        ((), "nothing blocks"),
        (("explained",), "nothing blocks"),
        (("blocks", "may stay", "blocks"), "2 block, 1 may stay"),
        (("blocks",), "1 blocks"),
        (("may stay",), "1 may stay"),
    ],
)
def test_that_the_gaps_are_counted_in_words(states: tuple[str, ...], note: str) -> None:
    rows = tuple(GapRow("slot-late", "20", "Late", state, "") for state in states)
    assert gaps_note(rows) == note


BOSS = Author("ada", Role.ADMINISTRATOR, "Ada Byron")


def test_that_an_administrator_is_led_to_where_the_authority_is_made() -> None:
    seen = closed_visit().overview
    face = sign_face(seen, BOSS, trouble=RefusedError(Code.NO_AUTHORITY))
    assert (face.meanings, face.remedy) == ((), True)
    assert face.blocked.startswith("Nobody can sign yet")
    face = sign_face(seen, BOSS, trouble=RefusedError(Code.NO_CERTIFICATE))
    assert (face.blocked, face.remedy) == ("Whoever wrote in the session signs it.", False)


def test_that_a_nurse_without_a_key_is_sent_to_an_administrator() -> None:
    visit = closed_visit()
    face = sign_face(visit.overview, visit.nurse, trouble=RefusedError(Code.NO_AUTHORITY))
    assert (face.remedy, len(face.meanings)) == (False, 1)
    assert "an administrator" in face.blocked


def test_that_a_prescriber_without_a_key_is_told_before_the_nurse_has_signed() -> None:
    visit = closed_visit()
    other = dataclasses.replace(visit.prescriber, user="od")  # who wrote nothing here
    trouble = RefusedError(Code.NO_CERTIFICATE, person="Odile Dahl")
    assert sign_face(visit.overview, other, trouble=trouble).blocked.startswith("Odile Dahl has no")


def test_that_a_card_tells_what_blocks_from_what_may_stay() -> None:
    (row,) = Desk(gap=True).view.waiting
    assert (row.gaps, row.stay) == (1, 1)
