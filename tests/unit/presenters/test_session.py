"""The session presenter: everything that can be done at the chair, through the real acts."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable

import pytest

from monitor.acts import Finish
from monitor.phases import Phase
from monitor.reminders import Awaited, reminders
from monitor.schedule import SlotState
from tests.fakes.seats import Seat
from tests.fakes.visit import Visit
from ui.presenters.chairs import Elsewhere
from ui.presenters.due import due_face
from ui.presenters.interruptions import How, Interruption
from ui.presenters.kept_lines import KeptLine


@pytest.fixture
def seat() -> Seat:
    return Seat(Visit().started().at("10:05"))


def phase(seat: Seat) -> Phase:
    return seat.visit.overview.phase


def commands(seat: Seat) -> list[str]:
    assert seat.view.now is not None
    return [each.key for each in seat.view.now.commands]


def test_that_the_banner_names_patient_drug_and_dose(seat: Seat) -> None:
    name, facts, allergies, chair = seat.view.banner.patient
    assert name == "Nowak, Anna"
    assert facts == "1984-03-12 (41) · MRN 100234 · 70 kg today"
    assert allergies == "No known allergies"
    assert chair == "Chair 2"
    assert seat.view.banner.drug[1:3] == ("Ketamine IV", "35 mg / 40 min")


def test_that_pause_is_done_at_once_and_resume_after_it(seat: Seat) -> None:
    seat.presenter.command("pause")
    assert phase(seat) is Phase.PAUSED
    assert seat.view.question is None, "what stops a drug asks nothing first"
    assert commands(seat)[:2] == ["resume", "resume-rate"]
    seat.visit.at("10:08")
    seat.presenter.command("resume")
    assert phase(seat) is Phase.INFUSING


def test_that_a_new_rate_is_asked_for_and_nothing_is_filled_in(seat: Seat) -> None:
    seat.presenter.command("rate")
    assert seat.view.question is not None
    assert "75 mL/h" in seat.view.question.words[0]
    seat.answer(rate="37,5", reason="half rate")
    assert str(seat.visit.overview.segments[-1].rate_ml_h) == "37.5"
    assert seat.view.question is None


def test_that_a_refused_answer_leaves_the_question_open(seat: Seat) -> None:
    seat.presenter.command("rate")
    seat.answer(rate="1,205")
    assert seat.view.question is not None
    assert "1,205" in seat.view.question_problem
    assert len(seat.visit.overview.segments) == 1


def test_that_stop_wants_a_reason_and_says_what_will_happen(seat: Seat) -> None:
    seat.presenter.command("stop")
    assert seat.view.question is not None
    assert "cannot be resumed" in seat.view.question.words[0]
    seat.answer()
    assert seat.view.question_problem
    assert seat.visit.overview.ended_at is None
    seat.answer(reason="anxiety")
    assert seat.visit.overview.ended_how == "stopped"


def test_that_the_end_can_be_said_only_when_it_is_near(seat: Seat) -> None:
    assert "finish" not in commands(seat)
    seat.visit.at("10:40")
    seat.presenter.on_tick(seat.visit.clock.now())
    assert "finish" in commands(seat)
    seat.presenter.command("finish")
    seat.answer(pump_ml="50")
    assert seat.visit.overview.ended_how == "finished"


def test_that_a_start_without_a_baseline_asks_for_a_reason() -> None:
    seat = Seat(Visit().ordered().weighed().calculated().checked().at("10:00"))
    seat.presenter.command("start")
    assert seat.visit.overview.started_at is None
    assert seat.view.question is not None
    seat.answer()
    assert seat.visit.overview.started_at is None
    seat.answer(reason="cuff broken, fetched later")
    assert seat.visit.overview.started_at is not None


def test_that_a_start_before_the_dose_cannot_be_pressed() -> None:
    seat = Seat(Visit().ordered().at("10:00"))
    assert seat.view.now is not None
    start = next(each for each in seat.view.now.commands if each.key == "start")
    assert not start.enabled
    seat.presenter.command("dose")
    assert seat.view.went_to_dose == 1


def test_that_an_open_alert_stays_until_somebody_said_what_was_done(seat: Seat) -> None:
    seat.type("182/111 92 97 15")
    assert [row.words for row in seat.view.alerts] == ["▲ BP 182/111"]
    seat.presenter.command(f"acknowledge:{seat.view.alerts[0].uid}")
    seat.answer(told="Dr Silva")
    assert seat.view.question_problem, "what was done is wanted"
    assert seat.view.alerts
    seat.answer(action="repeated in 3 min", told="Dr Silva")
    assert seat.view.alerts == ()
    assert seat.visit.overview.alerts[0].told == "Dr Silva"


def test_that_an_overdue_slot_can_be_given_as_missed(seat: Seat) -> None:
    seat.visit.at("10:14")
    seat.presenter.on_tick(seat.visit.clock.now())
    assert seat.view.due is not None
    assert seat.view.due.waiting[0].state == "overdue"
    seat.presenter.command("miss:10")
    seat.answer()
    assert seat.view.question_problem
    seat.answer(reason="in the bathroom")
    assert seat.visit.slot("10").state is SlotState.MISSED
    assert any("10 missed" in cell.words for row in seat.view.rows for cell in row.cells)


def test_that_a_quick_event_is_one_press(seat: Seat) -> None:
    assert "nausea" in seat.view.quick
    seat.presenter.command("event:nausea")
    assert seat.visit.overview.events[-1].text == "nausea"


def test_that_an_event_stays_in_sight_until_it_is_over(seat: Seat) -> None:
    seat.presenter.command("event:nausea")
    assert [(e.words, e.since) for e in seat.view.open_events] == [("Nausea", "since 10:05")]
    seat.visit.at("10:09")
    seat.presenter.command(f"resolve:{seat.view.open_events[0].uid}")
    assert seat.view.open_events == ()
    assert seat.visit.overview.events[-1].resolved == seat.visit.instant("10:09")


def test_that_a_session_without_a_drug_is_cancelled_with_its_reason() -> None:
    seat = Seat(Visit().ordered())
    seat.presenter.command("cancel")
    seat.answer(reason="has eaten")
    assert phase(seat) is Phase.CANCELLED
    assert not seat.view.typing


def recovered() -> Seat:
    visit = Visit().started()
    for at, line in (
        ("10:10", "128/82 76 98 16 s5 d3"),
        ("10:20", "130/84 78 98 16 s5 d4"),
        ("10:30", "130/84 78 98 16 s5 d4"),
        ("10:40", "130/84 78 98 16 s5 d3"),
    ):
        visit.at(at).line(line)
    seat = Seat(visit)
    seat.presenter.command("finish")
    seat.answer()
    for at in ("10:55", "11:10", "11:25", "11:40"):
        visit.at(at)
        seat.type("122/76 72 98 16 s5 d0")
    return seat


def test_that_a_visit_ends_with_checklist_door_and_signature() -> None:
    seat = recovered()
    seat.visit.at("11:41")
    seat.presenter.on_tick(seat.visit.clock.now())
    seat.presenter.command("ready")
    assert seat.view.question is not None
    *ticks, escort = seat.view.question.asks
    assert all(ask.tick for ask in ticks)
    assert escort.label == "Goes with"
    seat.answer(**{ask.key: "yes" for ask in ticks}, escort="Jan Nowak")
    assert all(ticked for *_, ticked in seat.visit.overview.checklist)
    assert phase(seat) is Phase.READY
    seat.presenter.command("discharge")
    seat.answer(escort="Jan Nowak")
    assert "how" in seat.view.question_problem.casefold() or seat.view.question_problem
    seat.answer(how="home", escort="Jan Nowak")
    assert phase(seat) is Phase.CLOSED
    seat.presenter.command("sign")
    assert seat.went_to_sign == 1
    assert seat.view.question is None


def test_that_home_through_a_shut_door_is_refused_in_one_sentence(seat: Seat) -> None:
    seat.presenter.command("stop")
    seat.answer(reason="anxiety")
    seat.presenter.command("discharge")
    seat.answer(how="home")
    assert seat.view.question is not None
    assert seat.view.question.words[0].startswith("The patient cannot go home before")
    seat.presenter.question.cancel()
    seat.presenter.command("discharge")
    seat.answer(how="transferred", escort="City Hospital", reason="chest pain")
    assert seat.visit.overview.left_how is not None


def test_that_a_gap_before_the_signature_can_be_explained(seat: Seat) -> None:
    seat.presenter.command("stop")
    seat.answer(reason="anxiety")
    seat.visit.at("10:30")
    seat.presenter.command("discharge")
    seat.answer(how="against advice", reason="wants to go")
    assert seat.view.now is not None
    keys = [need.key for need in seat.view.now.needs if need.state == "blocks"]
    for key in keys:
        seat.presenter.command(key)
        seat.answer(reason="left against advice")
    assert not seat.visit.gaps()


def test_that_devices_are_given_one_by_one_with_the_rest_between() -> None:
    seat = Seat(Visit("esketamine").ordered().at("09:55").line("122/76 72 98 16 s5 d0"))
    seat.visit.at("10:00")
    seat.presenter.giving.give_device("SYN1", "2027-08", 2)
    assert seat.visit.overview.devices[0].lot == "SYN1"
    seat.visit.at("10:03")
    seat.presenter.on_tick(seat.visit.clock.now())
    assert seat.view.now is not None
    assert seat.view.now.device is not None
    assert seat.view.now.device.when == "from 10:05, in 2:00"
    seat.presenter.giving.give_device("SYN1", "2027-08", 2)
    assert len(seat.visit.overview.devices) == 1
    assert seat.view.question is not None, "an early device wants a reason"
    seat.answer(reason="prescriber at the chair")
    assert [device.minutes_early for device in seat.visit.overview.devices] == [0, 2]
    seat.visit.at("10:09")
    seat.presenter.giving.give_device("SYN1", "2027-08", 2)
    assert phase(seat) is Phase.OBSERVATION
    assert seat.view.now.clocks is not None
    assert (seat.view.now.clocks.first, seat.view.now.clocks.last) == (9, 0)


def test_that_an_expired_device_is_refused_and_not_asked_about() -> None:
    seat = Seat(Visit("esketamine").ordered().at("09:55").line("122/76 72 98 16 s5 d0"))
    seat.presenter.giving.give_device("SYN1", "2020-01", 2)
    assert seat.view.question is None
    assert seat.view.problem
    assert not seat.visit.overview.devices


def test_that_a_tick_looks_again_only_where_something_changed(seat: Seat) -> None:
    looks, charts = seat.looks, seat.view.charts
    seat.visit.clock.advance(seconds=1)
    seat.presenter.on_tick(seat.visit.clock.now())
    assert (seat.looks, seat.view.charts) == (looks, charts)
    seat.visit.at("10:06")
    seat.visit.clock.advance(seconds=55)
    seat.presenter.on_entries()
    looks = seat.looks
    seat.visit.at("10:07")  # five seconds later, the window of slot 10 opens
    seat.presenter.on_tick(seat.visit.clock.now())
    assert seat.looks == looks + 1
    assert seat.view.due is not None
    assert seat.view.due.waiting[0].state == "due"


def test_that_the_amounts_are_fetched_anew_while_the_pump_runs(seat: Seat) -> None:
    looks = seat.looks
    seat.visit.clock.advance(seconds=11)
    seat.presenter.on_tick(seat.visit.clock.now())
    assert seat.looks == looks + 1


def test_that_a_resumption_at_another_rate_is_asked_for(seat: Seat) -> None:
    seat.presenter.command("pause")
    seat.visit.at("10:08")
    seat.presenter.command("resume-rate")
    seat.answer(rate="50", reason="milder")
    assert str(seat.visit.overview.segments[-1].rate_ml_h) == "50"


def test_that_dosing_by_device_is_ended_short_only_with_a_reason() -> None:
    seat = Seat(Visit("esketamine").started())
    seat.presenter.command("finish")
    assert seat.view.question is not None
    assert seat.view.question.words == ("1 of 3 devices were given; no more will be.",)
    seat.answer()
    assert seat.view.question_problem
    seat.answer(reason="vomited")
    assert seat.visit.overview.ended_reason == "vomited"


def test_that_nothing_is_signed_at_the_chair_where_no_report_is_in_sight(seat: Seat) -> None:
    seat.presenter.command("sign")
    assert seat.view.question is None
    assert not seat.visit.overview.signatures
    assert seat.went_to_sign == 1


def test_that_a_question_given_up_leaves_no_trace(seat: Seat) -> None:
    before = len(seat.visit.store.entries)
    seat.presenter.command("stop")
    seat.presenter.question.cancel()
    seat.presenter.question.submit({"reason": "too late"})
    assert seat.view.question is None
    assert len(seat.visit.store.entries) == before


def test_that_after_a_restart_the_gap_is_told(seat: Seat) -> None:
    start = seat.visit.instant("10:05")
    seat.visit.at("10:22")
    seat.presenter.on_entries()
    closed = Interruption(How.CLOSED, start, seat.visit.clock.now())
    seat.presenter.tell_interrupted(closed)
    assert seat.view.notice == (
        "The program was closed 10:05–10:22. Fell due meanwhile: Vitals 10, Vitals 20."
    )
    seat.presenter.command("seen")
    assert seat.view.notice == ""
    slept = Interruption(How.SLEPT, start, start + dt.timedelta(minutes=1))
    seat.presenter.tell_interrupted(slept)
    assert seat.view.notice == "The computer slept 10:05–10:06. Nothing fell due meanwhile."


def test_that_a_kept_line_is_given_back_with_a_word_and_nothing_is_stored(seat: Seat) -> None:
    before = len(seat.visit.store.entries)
    seat.visit.at("10:25")
    seat.presenter.give_back(KeptLine(("128/82 76",), seat.visit.instant("10:19")))
    assert seat.view.line == seat.presenter.entry.text == "128/82 76"
    assert seat.view.notice.startswith("The line was kept from 10:19; nothing of it is stored.")
    assert len(seat.visit.store.entries) == before


def test_that_a_nudge_from_another_chair_stands_in_the_banner(seat: Seat) -> None:
    other = Elsewhere("Chair 1", "ketamine", "overdue", "Vitals 20 overdue 4 min")
    seat.presenter.set_elsewhere((other,))
    assert seat.view.banner.drug[3] == "Chair 1 overdue 4 min"
    assert seat.view.elsewhere == (other,)
    seat.presenter.set_elsewhere((other,), "Chair 1: Vitals 20 overdue 4 min")
    assert seat.view.banner.drug[3] == "", "the foot says it already"
    seat.presenter.set_elsewhere((other,), "Chair 12: Alert A1 open 2 min")
    assert seat.view.banner.drug[3] == "Chair 1 overdue 4 min"
    seat.presenter.set_elsewhere(())
    assert seat.view.banner.drug[3] == ""


def test_that_an_unknown_command_does_nothing(seat: Seat) -> None:
    before = len(seat.visit.store.entries)
    seat.presenter.command("fly")
    seat.presenter.command("explain:overrun:")
    assert len(seat.visit.store.entries) == before


@pytest.mark.parametrize(
    ("make", "middle", "below"),
    [
        (lambda: Visit().started().at("10:15"), "25:00", "min left"),
        (lambda: Visit().started().at("10:42"), "2", "min since it ran out"),
    ],
)
def test_that_the_ring_counts_the_phase(make: Callable[[], Visit], middle: str, below: str) -> None:
    seat = Seat(make())
    assert seat.view.now is not None
    assert seat.view.now.ring is not None
    assert (seat.view.now.ring.middle, seat.view.now.ring.below) == (middle, below)


def test_that_an_infusion_that_has_run_out_is_waited_for_until_somebody_says_it_ended() -> None:
    visit = Visit().started("10:00")
    overview = visit.at("10:42").overview
    found = [r for r in reminders(overview, overview.seen_at) if r.what is Awaited.FINISH]
    assert [(each.due, each.state) for each in found] == [
        (visit.instant("10:40"), SlotState.DUE),
    ]
    late = visit.at("11:14").overview
    (row,) = [r for r in due_face(late, late.seen_at).waiting if r.name == "Infusion end"]
    assert (row.state, row.when, row.left) == ("overdue", "10:40", "overdue 34 min")
    visit.do(Finish())
    ended = visit.overview
    assert Awaited.FINISH not in {r.what for r in reminders(ended, ended.seen_at)}
