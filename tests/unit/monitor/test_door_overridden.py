"""An override of the door covers what was not met when it was made; the rest stays open."""

from __future__ import annotations

import pytest

from monitor.acts import Amend, Discharge, Explain, Finish, Override
from monitor.entries import Leaving
from monitor.errors import Code, RefusedError
from monitor.overview import SessionOverview
from monitor.two_people import EmergencyOverride
from reports.pdf.sections.leaving import through_the_door
from reports.wording import Times, gap_words as printed_gap
from tests.fakes.visit import PASSWORDS, Visit
from ui.presenters.door import door_needs, gap_words
from ui.wording import sentence

GOOD = "122/76 72 98 16 s5 d0"
BAD = "190/115 130 85 6 s2 d9"


def observed(last: str = GOOD) -> Visit:
    visit = Visit().started("10:00")
    visit.at("10:40").do(Finish())
    return visit.at("11:40").line(last, confirm=True)


def let_out(visit: Visit, reason: str = "lives next door") -> Visit:
    act = Override(what="door-closed", reason=reason)
    EmergencyOverride(visit.world)(visit.session_id, "ds", PASSWORDS["ds"], act)
    return visit


HOME = Discharge(how=Leaving.HOME)


def refusal(visit: Visit) -> RefusedError:
    before = len(visit.store.entries)
    with pytest.raises(RefusedError) as caught:
        visit.do(HOME)
    assert (caught.value.code, len(visit.store.entries)) == (Code.DOOR_CLOSED, before)
    return caught.value


def test_that_what_becomes_open_after_an_override_keeps_the_door_shut() -> None:
    visit = let_out(observed().ready("")).at("11:50").line(BAD, confirm=True)
    error = refusal(visit)
    assert "escort" not in str(error.facts["missing"]), "that was decided about"
    assert {"sedation", "spo2", "limit bp"} <= set(str(error.facts["missing"]).split("'"))
    assert sentence(error).endswith("; the prescriber's override does not cover that.")
    overview = visit.overview
    assert door_needs(overview, overview.seen_at)[0].words == "An override, but not of this"


def test_that_a_prescriber_decides_anew_about_what_is_open_now() -> None:
    visit = let_out(observed().ready(""))
    with visit.refused(Code.UNCHANGED):
        let_out(visit)
    visit.at("11:50").line("158/101 72 98 16 s5 d0")
    refusal(visit)
    let_out(visit, "seen by me").do(HOME)
    assert [each.used for each in visit.overview.overrides] == [True, True]
    said = through_the_door(visit.overview, Times.of(visit.overview))
    assert "11:40: lives next door" in said
    assert "11:50: seen by me" in said


def test_that_a_line_of_the_checklist_taken_back_is_something_else() -> None:
    visit = let_out(observed().ready("Jan Nowak", but="gait"))
    visit.at("11:41").ready("Jan Nowak", but="nausea")
    assert refusal(visit).facts["missing"] == ("checklist",)
    visit.at("11:42").ready("Jan Nowak", but="gait").do(HOME)


def test_that_a_departure_written_down_late_is_let_through_for_its_own_time() -> None:
    visit = Visit().started("10:00")
    visit.at("10:40").do(Finish())
    visit.at("11:20").line(GOOD).ready("Jan Nowak", but="gait").at("11:45")
    let_out(visit).do(Discharge(how=Leaving.HOME, at=visit.instant("11:30")))
    assert not visit.overview.door_open
    assert [g for g in visit.gaps() if g.startswith("home-unmet")] == []


# --- home, though ---------------------------------------------------------------------------


def amended(visit: Visit, text: str = "172/104 72 98 16 s5 d0") -> SessionOverview:
    row = visit.row("11:40")
    visit.do(Amend(entry=row.uid, text=text, reason="misread"))
    return visit.overview


def test_that_a_condition_found_unmet_after_going_home_blocks_until_it_is_explained() -> None:
    visit = observed().left()
    assert not any(gap.code == "home-unmet" for gap in visit.overview.gaps)
    (gap,) = [gap for gap in amended(visit).gaps if gap.code == "home-unmet"]
    assert (gap.about, gap.blocks, gap.explained) == ("limit bp", True, False)
    assert gap_words(gap) == "Home, though BP is not within the protocol's limits for leaving"
    assert printed_gap(gap) == "Home, though by the record as it stands this was not met: BP"
    assert "home-unmet limit bp" in visit.gaps()
    visit.do(Explain(gap="home-unmet", about="limit bp", reason="told the GP"))
    assert "home-unmet limit bp" not in visit.gaps()


def test_that_what_a_prescriber_let_pass_is_no_such_gap_and_what_nobody_did_is() -> None:
    visit = let_out(observed().ready(""))
    visit.do(HOME)
    assert not any(gap.startswith("home-unmet") for gap in visit.gaps())
    amended(visit)
    assert [gap for gap in visit.gaps() if gap.startswith("home-unmet")] == ["home-unmet limit bp"]
    said = through_the_door(visit.overview, Times.of(visit.overview))
    assert "Not let through by anybody: BP at most 160/100" in said


def test_that_a_refused_signature_says_what_was_not_met() -> None:
    visit = observed().left()
    amended(visit, "122/76 72 98 16 s3 d0")
    error = RefusedError(Code.GAPS_OPEN, gaps=tuple(visit.gaps()))
    assert "the patient went home though sedation was below the baseline" in sentence(error)


def test_that_leaving_otherwise_leaves_no_condition_unmet() -> None:
    visit = observed(BAD).left(Leaving.TRANSFERRED, "chest pain")
    assert not any(gap.code == "home-unmet" for gap in visit.overview.gaps)


# --- the figure that was decided about --------------------------------------------------------

HIGH = "170/95 72 98 16 s4 d0"


def missing(visit: Visit) -> list[str]:
    """Return what a prescriber would be asked about now."""
    return [
        each.limit.id if each.limit else each.code
        for each in visit.overview.door
        if not (each.met or each.lifted)
    ]


def decided(last: str = HIGH) -> Visit:
    visit = observed(last).ready("Jan Nowak")
    before = missing(visit)
    assert before != []
    assert missing(let_out(visit)) == []
    return visit.at("11:50")


@pytest.mark.parametrize(
    ("newer", "open_again"),
    [
        ("170/95 72 98 16 s4 d0", []),
        ("164/99 72 98 16 s4 d0", []),  # the diastolic rose within its bound
        ("171/95 72 98 16 s4 d0", ["bp-before-leaving"]),
        ("165/101 72 98 16 s4 d0", ["bp-before-leaving"]),  # by the other figure
        ("88/60 72 98 16 s4 d0", ["bp-before-leaving"]),  # by its other bound
        ("170/95 72 98 16 s3 d0", ["sedation"]),
        ("170/95 72 98 16 s5 d0", []),
        ("176/95", ["bp-before-leaving"]),  # taken alone, and no less true
        ("s3", ["sedation"]),
        ("170/95 72 98 16 d0", ["sedation"]),  # nobody knows
        ("170/95 72 98 16 s4 d1", ["dissociation"]),
        ("170/95 72 98 16 s4 d0 2l", ["oxygen"]),
    ],
)
def test_that_an_override_covers_a_value_no_worse_than_the_one_decided_about(
    newer: str, open_again: list[str]
) -> None:
    assert missing(decided().line(newer)) == open_again


def test_that_a_worse_value_asks_a_prescriber_anew_and_what_was_decided_last_holds() -> None:
    visit = decided().line("176/97 72 98 16 s4 d0")
    refusal(visit)
    assert missing(let_out(visit, "seen by me")) == []
    visit.at("11:55").line("174/96 72 98 16 s4 d0").do(HOME)
    assert not any(gap.startswith("home-unmet") for gap in visit.gaps())


def test_that_a_value_that_nobody_had_measured_is_none_that_was_decided_about() -> None:
    visit = decided("122/76 72 98 16 s5")
    assert missing(visit.line("122/76 72 98 16 s5 d4")) == ["dissociation"]


def test_that_a_value_amended_for_the_worse_after_going_home_is_a_gap() -> None:
    visit = decided()
    visit.do(HOME)
    assert not any(gap.startswith("home-unmet") for gap in visit.gaps())
    amended(visit, "178/95 72 98 16 s4 d0")
    assert [gap for gap in visit.gaps() if gap.startswith("home-unmet")] == ["home-unmet limit bp"]
