"""The door, the gaps, the signatures."""

from __future__ import annotations

import pytest

from monitor.acts import (
    Acknowledge,
    Amend,
    Cancel,
    Explain,
    Finish,
    MissSlot,
    TypeLine,
)
from monitor.desk import OpenSession
from monitor.entries import Leaving
from monitor.errors import Code
from monitor.phases import Phase
from monitor.schedule import SlotState
from monitor.signing import CoSignSession, ExportReport, SignSession
from monitor.verdict import Standing
from monitor.verifying import VerifyReport
from tests.fakes.rooms import registered
from tests.fakes.visit import DEVICE, PASSWORDS, Visit

GOOD = "122/76 72 98 16 s5 d0"


@pytest.fixture
def visit() -> Visit:
    return Visit()


def infused(visit: Visit) -> Visit:
    """Run a whole infusion with every reading of it on time."""
    visit.started("10:00")
    for at in ("10:10", "10:20", "10:30", "10:40"):
        visit.at(at).line("130/80 76 97 15 s5 d6")
    visit.do(Finish())
    return visit


def recovered(visit: Visit) -> Visit:
    """Run a whole infusion and a whole recovery."""
    infused(visit)
    for at in ("10:55", "11:10", "11:25", "11:40"):
        visit.at(at).line(GOOD)
    return visit


def closed(visit: Visit) -> Visit:
    return recovered(visit).at("11:41").left()


@pytest.mark.parametrize(
    ("last", "why"),
    [
        ("122/76 72 98 16 s4 d0", "sedation"),
        ("122/76 72 98 16 s5 d1", "dissociation"),
        ("122/76 72 98 16 s5", "dissociation"),
        ("122/76 72 98 16 d0", "sedation"),
        ("122/76 72 93 16 s5 d0", "spo2"),
        ("122/76 72 98 16 s5 d0 2l", "oxygen"),
        ("122/76 72 98 16 s5 d0 fio40", "oxygen"),
        ("122/76 72 98 9 s5 d0", "resp"),
    ],
)
def test_that_the_door_stays_shut_for_one_unresolved_sign(
    visit: Visit, last: str, why: str
) -> None:
    infused(visit).at("11:40").line(last).at("11:41").ready("Jan Nowak")
    missing = [c.code for c in visit.overview.door if not c.met]
    assert missing == [why]
    with visit.refused(Code.DOOR_CLOSED):
        visit.left()


@pytest.mark.parametrize(
    ("last", "evidence", "needed"),
    [
        ("122/76 72 98 16 s5 d0 2l", "2 L/min", "0 L/min"),
        ("122/76 72 98 16 s5 d0 fio40", "FiO₂ 40 %", "FiO₂ 21 %"),
        ("122/76 72 98 16 s5 d0 2l fio28", "2 L/min, FiO₂ 28 %", "0 L/min, FiO₂ 21 %"),
        ("122/76 72 98 16 s5 d0 ra", "room air", "0 L/min"),
        ("122/76 72 98 16 s5 d0", None, "0 L/min"),
    ],
)
def test_that_oxygen_is_told_as_it_was_measured(
    visit: Visit, last: str, evidence: str | None, needed: str
) -> None:
    infused(visit).at("11:40").line(last).at("11:41")
    oxygen = next(c for c in visit.overview.door if c.code == "oxygen")
    assert (oxygen.evidence, oxygen.needed) == (evidence, needed)


def test_that_time_alone_does_not_open_the_door(visit: Visit) -> None:
    infused(visit).at("12:30").ready("Jan Nowak")
    with visit.refused(Code.DOOR_CLOSED):
        visit.left()


def test_that_a_set_from_before_the_end_does_not_open_the_door(visit: Visit) -> None:
    visit.started("10:00").at("10:30").line(GOOD).at("10:40").do(Finish())
    visit.at("12:00").ready("Jan Nowak")
    with visit.refused(Code.DOOR_CLOSED):
        visit.left()


def test_that_the_door_opens_an_hour_after_the_end_to_the_minute(visit: Visit) -> None:
    infused(visit).at("11:39").line(GOOD).ready("Jan Nowak")
    with visit.refused(Code.DOOR_CLOSED):
        visit.left()
    visit.at("11:40").left()
    assert visit.overview.phase is Phase.CLOSED


def test_that_112_minutes_after_the_last_device_the_door_is_shut() -> None:
    visit = Visit("esketamine").started("10:00")
    visit.at("10:05").do(DEVICE)
    visit.at("10:10").do(DEVICE)
    visit.at("12:02").line(GOOD).ready("Jan Nowak")
    clocks = visit.overview.clocks
    assert (clocks.minutes_since_first, clocks.minutes_since_last) == (122, 112)
    with visit.refused(Code.DOOR_CLOSED):
        visit.left()
    visit.at("12:10").line(GOOD).left()
    assert visit.slot("closing").measured == visit.instant("12:10")


def test_that_a_transfer_is_never_blocked(visit: Visit) -> None:
    visit.started("10:00").at("10:15").left(Leaving.TRANSFERRED, "chest pain, ambulance")
    assert visit.overview.left_how is Leaving.TRANSFERRED
    assert [s.name for s in visit.overview.slots] == ["baseline", "10"]


def test_that_a_slot_open_when_the_patient_left_is_overdue_at_once_and_whenever_one_looks(
    visit: Visit,
) -> None:
    infused(visit)
    for at in ("10:55", "11:10", "11:25"):
        visit.at(at).line(GOOD)
    visit.at("11:40").left()
    at_once = visit.overview

    assert visit.slot("+60").state is SlotState.OVERDUE
    with visit.signature_refused(Code.GAPS_OPEN):
        visit.signed()
    visit.at("15:00")
    assert (visit.overview.slots, visit.overview.gaps) == (at_once.slots, at_once.gaps)


def test_that_nobody_signs_over_an_unexplained_overdue_slot(visit: Visit) -> None:
    infused(visit)
    for at in ("10:55", "11:25", "11:40"):
        visit.at(at).line(GOOD)
    visit.at("11:41").left()
    with visit.signature_refused(Code.GAPS_OPEN):
        visit.signed()
    visit.do(Explain(gap="slot-overdue", about="+30", reason="patient asleep, not woken"))
    visit.signed()
    assert visit.overview.status == "signed"


def test_that_a_missed_slot_with_its_reason_does_not_block(visit: Visit) -> None:
    infused(visit)
    for at in ("10:55", "11:25", "11:40"):
        visit.at(at).line(GOOD)
    visit.do(MissSlot(slot="+30", reason="patient asleep"))
    visit.at("11:41").left().signed()
    assert visit.overview.status == "signed"


def test_that_nobody_signs_over_an_open_alert(visit: Visit) -> None:
    infused(visit).at("10:55").line("190/90 72 98 16 s5 d0")
    for at in ("11:10", "11:25", "11:40"):
        visit.at(at).line(GOOD)
    visit.at("11:41").left()
    with visit.signature_refused(Code.GAPS_OPEN):
        visit.signed()
    visit.do(Acknowledge(limit="bp-high", action="repeated: normal"))
    visit.signed()


def test_that_an_open_session_is_not_signed(visit: Visit) -> None:
    recovered(visit)
    with visit.signature_refused(Code.WRONG_PHASE):
        visit.signed()


def test_that_a_gap_that_is_not_there_is_not_explained(visit: Visit) -> None:
    closed(visit)
    with visit.refused(Code.NOTHING_OPEN):
        visit.do(Explain(gap="slot-overdue", about="10", reason="because"))


def test_that_a_prescriber_co_signs_what_the_nurse_has_signed(visit: Visit) -> None:
    closed(visit)
    with visit.signature_refused(Code.NOT_SIGNED):
        visit.co_signed()
    visit.signed().co_signed()
    overview = visit.overview
    assert overview.status == "co-signed"
    assert [s.holds for s in overview.signatures] == [True, True]


def test_that_nobody_co_signs_their_own_signature(visit: Visit) -> None:
    closed(visit)
    sign, seen = SignSession(visit.world), visit.overview.digest
    sign(visit.session_id, "ds", PASSWORDS["ds"], "recorded by", seen=seen)
    with visit.signature_refused(Code.SAME_PERSON):
        visit.co_signed()


def test_that_an_amendment_voids_the_signature_before_it(visit: Visit) -> None:
    closed(visit).signed()
    row = visit.row("10:55")
    visit.do(Amend(entry=row.uid, text="124/76 72 98 16 s5 d0", reason="misread"))
    assert [s.holds for s in visit.overview.signatures] == [False]
    with visit.signature_refused(Code.NOT_SIGNED):
        visit.co_signed()


def test_that_a_co_signed_session_takes_nothing_more(visit: Visit) -> None:
    closed(visit).signed().co_signed()
    for act in (TypeLine(text=GOOD), Amend(entry="x", reason="y"), Explain(gap="overrun")):
        with visit.refused(Code.SIGNED):
            visit.do(act)


def test_that_a_wrong_password_signs_nothing_and_is_written_down(visit: Visit) -> None:
    closed(visit)
    before = len(visit.store.entries)
    with pytest.raises(Exception, match="wrong-password"):
        SignSession(visit.world)(
            visit.session_id, "nk", "wrong", "recorded by", seen=visit.overview.digest
        )
    written = visit.store.entries[before:]
    assert [entry.kind for entry in written] == ["log-in refused"]
    assert visit.overview.signatures == ()


def test_that_an_unknown_person_signs_nothing(visit: Visit) -> None:
    closed(visit)
    with visit.refused(Code.WRONG_PASSWORD):
        CoSignSession(visit.world)(
            visit.session_id, "nobody", "wrong", "reviewed and approved", seen="0" * 64
        )


def test_that_a_session_without_a_drug_is_cancelled_with_a_reason(visit: Visit) -> None:
    with visit.refused(Code.REASON_MISSING):
        visit.do(Cancel())
    visit.do(Cancel(reason="fever"))
    assert visit.overview.phase is Phase.CANCELLED
    with visit.refused(Code.WRONG_PHASE):
        visit.ordered()


def test_that_a_chair_is_taken_until_its_patient_has_left(visit: Visit) -> None:
    patient = visit.overview.patient
    again = OpenSession(visit.world)
    with visit.refused(Code.CHAIR_TAKEN):
        again(visit.nurse, patient_id=patient.id, protocol_id="iv-ketamine-40", chair="2")
    visit.do(Cancel(reason="fever"))
    other = registered(visit, "Reyes", "Mateo", "100412")
    assert again(visit.nurse, patient_id=other.id, protocol_id="iv-ketamine-40", chair="2")


def test_that_the_kept_report_is_genuine_and_any_other_file_is_not(visit: Visit) -> None:
    closed(visit)
    draft = ExportReport(visit.world)(visit.session_id, visit.nurse)
    visit.signed().co_signed()
    report = ExportReport(visit.world)(visit.session_id, visit.nurse)
    verify = VerifyReport(visit.world)
    assert verify(report).standing is Standing.GENUINE
    assert (verify(draft).standing, verify(draft).newest_status) == (Standing.DRAFT, "signed")
    assert verify(report + b"\n").standing is Standing.CHANGED
    assert verify(b"not a PDF").standing is Standing.NOT_A_PDF
    assert [name for name, *_ in verify(report).signers] == ["Nina Kowal", "Dana Silva"]


def test_that_a_user_name_is_the_same_in_any_case(visit: Visit) -> None:
    closed(visit)
    sign, seen = SignSession(visit.world), visit.overview.digest
    sign(visit.session_id, " NK ", PASSWORDS["nk"], "recorded by", seen=seen)
    assert visit.overview.status == "signed"
