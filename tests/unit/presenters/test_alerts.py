"""Alerts at the screen: in words, one after the other, answered by digits or in words."""

from __future__ import annotations

import pytest

from monitor.acts import Amend
from monitor.chart_page import chart_page
from monitor.protocols.protocol import Limit, Way
from monitor.sides import Side
from monitor.vitals import Sign
from reports.pdf.session_report import render
from tests.fakes.seats import Seat
from tests.fakes.visit import Visit
from tests.unit.monitor.later_visits import approve, come_again
from tests.unit.reports.reading_back import text
from ui.presenters.alerts import actions_for
from ui.presenters.chair_card import card
from ui.presenters.limits import bounds, changed, crossing_words
from ui.presenters.question import Question
from ui.presenters.sheet import HEADS, sheet_rows


@pytest.fixture
def seat() -> Seat:
    return Seat(Visit().started().at("10:10"))


def asked(seat: Seat) -> Question:
    question = seat.view.question
    assert question is not None
    return question


@pytest.mark.parametrize(
    ("limit", "words"),
    [
        (Limit("a", Sign.BP, above=180, above_diastolic=110), "over 180/110"),
        (Limit("a", Sign.BP, above=180), "systolic over 180"),
        (
            Limit("a", Sign.BP, above_diastolic=110, below=90),
            "diastolic over 110 or systolic below 90",
        ),
        (Limit("a", Sign.SPO2, below=94), "below 94"),
        (Limit("a", Sign.BP, rise=40, rise_diastolic=25), "a rise of 40/25 or more"),
        (Limit("a", Sign.BP, rise=40), "a systolic rise of 40 or more"),
        (Limit("a", Sign.BP, rise_diastolic=25), "a diastolic rise of 25 or more"),
        (Limit("a", Sign.HEART_RATE, fall=30), "a fall of 30 or more"),
        (Limit("a", Sign.BP, below=90, below_diastolic=50), "below 90/50"),
        (
            Limit("a", Sign.BP, fall_diastolic=20, rise_percent_diastolic=25),
            "a diastolic fall of 20 or more or a diastolic rise of 25 % or more",
        ),
        (
            Limit("a", Sign.HEART_RATE, rise_percent=30, fall_percent=25),
            "a rise of 30 % or more or a fall of 25 % or more",
        ),
        (
            Limit("a", Sign.BP, above=160, above_diastolic=100, times=2, within_minutes=15),
            "over 160/100 twice within 15 min",
        ),
        (
            Limit("a", Sign.PAIN, above=7, times=3, within_minutes=30),
            "over 7 3 times within 30 min",
        ),
        (Limit("a", Sign.HEART_RATE, above=120, sustained_minutes=5), "over 120 for 5 min"),
        (Limit("gone", Sign.BP), "gone"),
    ],
)
def test_that_every_limit_has_words(limit: Limit, words: str) -> None:
    assert bounds(limit) == words


def test_that_what_was_measured_and_how_far_it_moved_have_words() -> None:
    assert crossing_words(Sign.HEART_RATE, "124", 10) == "HR 124 for 10 min"
    assert crossing_words(Sign.SPO2, "91") == "SpO₂ 91 %"
    assert changed((40, 14)) == "+40/+14"
    assert changed((-3,)) == "\N{MINUS SIGN}3"
    assert changed((12, 0)) == "+12/0"
    assert changed(()) == ""


def test_that_an_open_alert_says_value_change_and_limit(seat: Seat) -> None:
    seat.type("165/90 72 98 16")
    (row,) = seat.view.alerts
    assert row.words == "▲ BP 165/90"
    assert row.more == "+43/+14 from baseline, a rise of 40/25 or more, at 10:10"


def test_that_the_line_tells_a_change_from_baseline_before_enter(seat: Seat) -> None:
    seat.presenter.entry.typed("165/90 72 93 16")
    read = seat.view.read
    assert read.said == ("BP 165/90, a rise of 40/25 or more; SpO₂ 93 %, below 94.")
    more = {chip.name: chip.more for chip in read.chips}
    assert (more["BP"], more["SpO₂"], more["Resp"]) == ("+43/+14", "\N{MINUS SIGN}5", "")
    assert {chip.name: chip.side for chip in read.chips if chip.bad} == {
        "BP": Side.ABOVE,
        "SpO₂": Side.BELOW,
    }
    assert next(c.said for c in read.chips if c.name == "SpO₂").endswith(", below a limit")
    assert read.enter == "stores it and opens 2 alerts"


@pytest.mark.parametrize(
    ("rule", "typed", "said", "on_paper"),
    [
        (
            'sign = "heart_rate"\nrise_percent = { value = 25, unit = "%", source = "a test" }',
            "122/76 90 98 16",
            "HR 90, +18 from baseline 72, a rise of 25 % or more",
            "A1 10:10 90 +18 HR up 25 % or more from baseline",
        ),
        (
            'sign = "temperature"\nabove = { value = 38.5, unit = "°C", source = "a test" }',
            "122/76 72 98 16 t38.6",
            "Temperature 38.6 °C, +1.8 from baseline 36.8, over 38.5",
            "A1 10:10 38.6 +1.8 temperature above 38.5",
        ),
        (
            'sign = "bp"\nfall_percent_diastolic = { value = 20, unit = "%", source = "a test" }',
            "122/60 72 98 16",
            "BP 122/60, 0/\N{MINUS SIGN}16 from baseline 122/76, a diastolic fall of 20 % or more",
            "16 diastolic down 20 % or more from baseline",
        ),
    ],
)
def test_that_a_limit_of_a_clinic_s_own_is_read_back_raised_and_printed(
    rule: str, typed: str, said: str, on_paper: str
) -> None:
    visit = Visit()
    approve(visit, "iv-ketamine-40", lambda shipped: f'{shipped}\n[[limits]]\nid = "own"\n{rule}\n')
    came = come_again(visit, 1).started(baseline="122/76 72 98 16 s5 d0 t36.8")
    seat = Seat(came.at("10:10"))
    seat.presenter.entry.typed(typed)
    assert (seat.view.read.said, seat.view.read.enter) == (
        f"{said}.",
        "stores it and opens an alert",
    )
    seat.type(typed)
    (alert,) = seat.visit.overview.alerts
    assert (alert.limit.id, alert.state) == ("own", "open")
    assert on_paper in text(render(seat.visit.overview))


def test_that_a_low_value_is_marked_downward_wherever_its_alert_stands(seat: Seat) -> None:
    seat.type("122/76 72 92 16")
    (row,) = seat.view.alerts
    assert row.words == "▼ SpO₂ 92 %"
    face = card(seat.visit.overview, seat.visit.clock.now())
    assert face.alert == "1 alert open: ▼ SpO₂ 92 %"
    assert "1 alert open: below a limit, SpO₂ 92 %" in face.said
    assert [mark.side for mark in chart_page(seat.visit.overview).alerts] == [Side.BELOW]


def test_that_the_line_tells_what_a_late_reading_does_to_a_later_one(seat: Seat) -> None:
    seat.type("161/90 72 98 16")
    seat.visit.at("10:12")
    seat.presenter.entry.typed("161/88 72 98 16 @10:05")
    read = seat.view.read
    assert read.said.endswith("BP 161/90 at 10:10, over 160/100 twice within 15 min.")
    assert read.enter.endswith("opens an alert")
    assert [chip.name for chip in read.chips if chip.bad] == []


def test_that_the_line_tells_that_an_older_set_becomes_the_baseline() -> None:
    seat = Seat(Visit().started().at("10:10"))
    seat.type("155/90 72 98 16")
    seat.presenter.entry.typed("112/70 72 98 16 @09:58")
    assert seat.view.read.said.endswith("BP 155/90 at 10:10, a rise of 40/25 or more.")


def test_that_digits_are_picks_and_several_alerts_follow_one_another(seat: Seat) -> None:
    seat.type("184/108 72 91 16")
    seat.presenter.command("acknowledge:")
    first = asked(seat)
    assert first.title == "Alert A1: ▲ BP 184/108"
    assert first.words[-1] == "Then A2 ▼ SpO₂ 91 %."
    assert [words for _, words in first.asks[1].picks] == ["1  Dana Silva"]
    assert first.says is not None
    assert (
        first.says({"action": "14", "told": "1"}) == "repeated, prescriber called; told Dana Silva"
    )
    seat.answer(action="14", told="1")
    assert asked(seat).title == "Alert A2: ▼ SpO₂ 91 %"
    seat.answer(action="probe changed, 97 % then")
    assert seat.view.question is None
    said = [(a.state, a.action, a.told) for a in seat.visit.overview.alerts]
    assert said == [
        ("acknowledged", "repeated, prescriber called", "Dana Silva"),
        ("acknowledged", "probe changed, 97 % then", ""),
    ]


@pytest.mark.parametrize("typed", ["9", "19"])
def test_that_a_digit_without_a_pick_is_refused_and_stays(seat: Seat, typed: str) -> None:
    seat.type("184/108 72 98 16")
    seat.presenter.command("acknowledge:")
    seat.answer(action=typed)
    assert "no pick 9" in seat.view.question_problem
    assert seat.visit.overview.alerts[0].state == "open"


@pytest.mark.parametrize("typed", ["30", "2 L", "repeated 3 times", "0"])
def test_that_words_with_figures_stay_words(seat: Seat, typed: str) -> None:
    seat.type("184/108 72 98 16")
    seat.presenter.command("acknowledge:A1")
    seat.answer(action=typed)
    assert seat.visit.overview.alerts[0].action == typed


def test_that_picks_and_words_stand_beside_one_another(seat: Seat) -> None:
    seat.type("184/108 72 98 16")
    seat.presenter.command("acknowledge:A1")
    seat.answer(action="1, in 3 min, 1 2", told=" Dana Silva, 1,")
    (alert,) = seat.visit.overview.alerts
    assert (alert.action, alert.told) == ("repeated, in 3 min, watching", "Dana Silva")


def test_that_the_oldest_alert_waits_while_something_else_is_asked(seat: Seat) -> None:
    seat.type("184/108 72 98 16")
    seat.presenter.command("stop")
    title = asked(seat).title
    seat.presenter.command("acknowledge:")
    assert asked(seat).title == title


def test_that_no_alert_asks_nothing(seat: Seat) -> None:
    seat.presenter.command("acknowledge:")
    assert seat.view.question is None


def test_that_a_withdrawn_alert_is_shown_no_more(seat: Seat) -> None:
    seat.type("184/108 72 98 16")
    uid = seat.visit.row("10:10").uid
    seat.visit.at("10:11")
    seat.visit.do(Amend(entry=uid, text="134/88 72 98 16", reason="misread"))
    seat.presenter.on_entries()
    assert seat.view.alerts == ()


def test_that_the_first_picks_are_the_same_for_every_way_and_sign() -> None:
    firsts = {actions_for(way, sign)[:4] for way in Way for sign in Sign}
    assert len(firsts) == 1
    assert "paused" not in actions_for(Way.SINGLE, Sign.BP)
    assert actions_for(Way.PUMP, Sign.BP)[-1] == "cuff changed"


def test_that_every_figure_over_a_limit_is_marked_in_the_sheet(seat: Seat) -> None:
    seat.type("165/104 154 91 9 s3 d9 t36.8")
    row = sheet_rows(seat.visit.overview)[-1]
    marked = {head: cell.side for head, cell in zip(HEADS, row.cells, strict=True) if cell.side}
    above, below = ("BP", "HR", "Diss."), ("SpO₂", "Resp", "Sed.")
    assert marked == dict.fromkeys(above, Side.ABOVE) | dict.fromkeys(below, Side.BELOW)
    assert {cell.tone for cell in row.cells if cell.side} == {"alert"}
    assert "HR 154, above a limit" in row.said
    assert "SpO₂ 91, below a limit" in row.said
    assert row.cells[HEADS.index("Note")].words.startswith("A1\u2013A6")


def test_that_what_was_put_right_is_marked_no_more(seat: Seat) -> None:
    seat.type("184/108 72 98 16")
    uid = seat.visit.row("10:10").uid
    seat.visit.at("10:11").do(Amend(entry=uid, text="134/88 72 98 16", reason="misread"))
    row = sheet_rows(seat.visit.overview)[-1]
    assert not any(cell.side for cell in row.cells)
