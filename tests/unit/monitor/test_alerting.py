"""Alerts in the record: raised once, withdrawn, standing again, whatever was entered when."""

from __future__ import annotations

import pytest

from monitor.acts import Acknowledge, Amend, GiveDevice, Start, TypeLine
from monitor.chart_page import chart_page
from monitor.reminders import Awaited, reminders
from tests.fakes.computer import VisitAtComputer
from tests.fakes.visit import EXPIRY, LOT, Visit


@pytest.fixture
def visit() -> Visit:
    """Return a visit whose baseline is 122/76 72 98 16 s5 d0, running since 10:00."""
    return Visit().started("10:00")


def alerts(visit: Visit) -> list[str]:
    """Return what was raised: "A1 bp-rise 165/90 open"."""
    return [f"{a.number} {a.limit.id} {a.value} {a.state}" for a in visit.overview.alerts]


def typed(visit: Visit, hhmm: str, text: str) -> str:
    """Type a line; returns the uid of the reading."""
    return visit.at(hhmm).do(TypeLine(text=text))[0].uid


def test_that_a_rise_from_this_patient_s_baseline_raises_an_alert_with_how_far(
    visit: Visit,
) -> None:
    visit.at("10:10").line("155/101 76 98 16").line("150/90 76 98 16 @10:09")
    (alert,) = visit.overview.alerts
    assert (alert.limit.id, alert.value, alert.change) == ("bp-rise", "155/101", (33, 25))
    assert visit.row("10:10").alerts == ("A1",)


def test_that_a_rate_over_a_limit_for_minutes_says_for_how_long(visit: Visit) -> None:
    visit.at("10:10").line("128/82 124 98 16").at("10:20").line("128/82 126 98 16")
    (alert,) = visit.overview.alerts
    assert (alert.limit.id, alert.minutes, alert.change) == ("hr-sustained", 10, (54,))


def test_that_a_reading_entered_late_raises_the_alert_of_a_later_one(visit: Visit) -> None:
    visit.at("10:20").line("161/90 76 98 16")
    assert alerts(visit) == []
    entries = visit.at("10:22").do(TypeLine(text="161/88 76 98 16 @10:12"))
    assert [entry.kind for entry in entries] == ["reading", "alert raised"]
    assert alerts(visit) == ["A1 bp-repeated 161/90 open"]
    assert visit.overview.alerts[0].at == visit.instant("10:20")


def test_that_an_alert_waits_since_it_was_raised_not_since_its_reading_was_entered(
    visit: Visit,
) -> None:
    uid = typed(visit, "10:10", "128/82 76 98 16")
    visit.at("10:40").do(Amend(entry=uid, text="190/112 76 98 16", reason="misread"))
    seen = visit.overview
    due = [r.due for r in reminders(seen, seen.seen_at) if r.what is Awaited.ALERT]
    assert due == [visit.instant("10:40")]


def test_that_an_alert_is_flagged_where_its_own_value_stood(visit: Visit) -> None:
    uid = typed(visit, "10:10", "190/112 76 98 16")
    visit.at("10:14").do(Amend(entry=uid, text="124/78 76 98 16 @10:08", reason="misread"))
    visit.line("128/82 76 89 16")
    marks = [(m.at, m.state, m.level) for m in chart_page(visit.overview).alerts]
    assert marks == [
        (visit.instant("10:10"), "withdrawn", 190),
        (visit.instant("10:14"), "open", 89),
    ]


def test_that_a_reading_entered_late_takes_an_alert_back(visit: Visit) -> None:
    visit.at("10:10").line("128/82 124 98 16").at("10:20").line("128/82 126 98 16")
    visit.at("10:22").line("128/82 90 98 16 @10:15")
    assert alerts(visit) == ["A1 hr-sustained 126 withdrawn"]
    assert visit.gaps() == []


def test_that_amending_another_sign_asks_nothing_twice(visit: Visit) -> None:
    uid = typed(visit, "10:10", "184/108 76 98 16")
    visit.do(Acknowledge(limit="bp-high", action="repeated", told="Dr Silva"))
    written = visit.at("10:12").do(Amend(entry=uid, text="184/108 67 98 16", reason="misread"))
    assert [entry.kind for entry in written] == ["reading"]
    assert alerts(visit) == ["A1 bp-high 184/108 acknowledged"]


def test_that_another_value_over_the_limit_raises_its_own_alert(visit: Visit) -> None:
    uid = typed(visit, "10:10", "184/108 76 98 16")
    visit.at("10:12").do(Amend(entry=uid, text="194/108 76 98 16", reason="misread"))
    assert alerts(visit) == ["A1 bp-high 184/108 withdrawn", "A2 bp-high 194/108 open"]


def test_that_an_alert_stands_again_when_its_value_does(visit: Visit) -> None:
    uid = typed(visit, "10:10", "184/108 76 98 16")
    visit.at("10:12").do(Amend(entry=uid, text="134/88 76 98 16", reason="misread"))
    assert alerts(visit) == ["A1 bp-high 184/108 withdrawn"]
    visit.at("10:13").do(Amend(entry=uid, text="184/108 76 98 16", reason="it was right"))
    assert alerts(visit) == ["A1 bp-high 184/108 open"], "and it is not raised a second time"


def test_that_an_alert_goes_by_the_time_to_which_its_reading_was_moved(visit: Visit) -> None:
    uid = typed(visit, "10:12", "184/108 76 98 16")
    amend = Amend(entry=uid, text="184/108 76 98 16 @10:10", reason="taken at 10:10")
    visit.at("10:15").do(amend)
    assert [alert.at for alert in visit.overview.alerts] == [visit.instant("10:10")]
    assert alerts(visit) == ["A1 bp-high 184/108 open"]


def test_that_an_amended_baseline_raises_what_now_is_a_rise(visit: Visit) -> None:
    visit.at("10:10").line("155/90 76 98 16")
    assert alerts(visit) == []
    uid = visit.row("09:55").uid
    visit.at("10:12").do(Amend(entry=uid, text="112/70 72 98 16 s5 d0", reason="misread"))
    assert alerts(visit) == ["A1 bp-rise 155/90 open"]


def test_that_a_start_entered_late_raises_what_was_measured_after_it() -> None:
    visit = Visit().ordered().weighed().calculated().checked()
    visit.at("09:55").line("122/76 72 98 16 s5 d0").at("10:10").line("125/101 80 98 16")
    assert alerts(visit) == [], "before the start nothing is compared"
    entries = visit.at("10:12").do(Start(at=visit.instant("10:00")))
    assert [entry.kind for entry in entries] == ["started", "alert raised"]
    assert alerts(visit) == ["A1 bp-rise 125/101 open"]


def test_that_a_start_that_is_moved_takes_alerts_back(visit: Visit) -> None:
    visit.at("10:04").line("125/101 80 98 16")
    assert alerts(visit) == ["A1 bp-rise 125/101 open"]
    started = next(e for e in visit.store.entries if e.kind == "started")
    moved = Amend(entry=started.uid, changes={"at": visit.instant("10:05")}, reason="pump's clock")
    visit.at("10:06").do(moved)
    assert alerts(visit) == ["A1 bp-rise 125/101 withdrawn"], "by then it was the baseline"


def test_that_the_first_device_entered_late_raises_alerts_as_well() -> None:
    visit = Visit("esketamine").ordered()
    visit.at("09:55").line("122/76 72 98 16 s5 d0").at("10:10").line("125/101 80 98 16")
    given = GiveDevice(lot=LOT, expiry=EXPIRY, at=visit.instant("10:00"), reason="hands full")
    entries = visit.at("10:12").do(given)
    assert [entry.kind for entry in entries] == ["device given", "alert raised"]


def test_that_sedation_and_dissociation_are_watched_and_0_is_a_value(visit: Visit) -> None:
    visit.at("10:20").line("128/82 76 98 16 s0 d9")
    found = [(alert.limit.id, alert.change) for alert in visit.overview.alerts]
    assert found == [("sedation-deep", (-5,)), ("dissociation-high", (9,))]


def test_that_the_answer_to_a_restart_raises_the_alert_that_it_makes_true() -> None:
    visit = VisitAtComputer()
    visit.started("10:00")
    visit.at("10:10").line("128/82 124 98 16")
    visit.at("10:18").computer.is_started_anew(minutes=-6)
    visit.open()
    visit.watch()
    visit.at("10:20").line("128/82 126 98 16")
    assert alerts(visit) == [], "by the wrong clock it was four minutes"
    visit.answer.set_to(visit.nurse, visit.instant("10:20"))
    (alert,) = visit.overview.alerts
    assert (alert.limit.id, alert.minutes, alert.state) == ("hr-sustained", 10, "open")
    assert alert.at == visit.instant("10:20")
    assert visit.overview.readings[-1].alerts == (alert.number,)
    written = len(visit.store.entries)
    visit.answer.set_to(visit.nurse, visit.instant("10:20"))
    assert len(visit.store.entries) == written + 1, "and it is not raised a second time"
