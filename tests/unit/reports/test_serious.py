"""A serious adverse event cannot be overlooked on the report, and its form can be filled in."""

from __future__ import annotations

import dataclasses

from monitor.entries import Criterion, Severity
from monitor.overview import GapView, SeriousView, SessionOverview
from reports.pdf.pen import Pen
from reports.pdf.sections import evidence, leaving, serious
from reports.pdf.session_report import render
from reports.pdf.setting import Setting
from reports.summary import exceptions
from reports.wording import open_event
from tests.fakes.overviews import draft, ketamine
from tests.unit.reports.reading_back import pages

WHAT = "Worst headache of her life, BP 212/118"


def marked() -> SessionOverview:
    overview = ketamine()
    event = next(e for e in overview.events if e.is_open_effect or e.resolved)
    view = SeriousView(
        by=overview.staff[-1],
        at=event.at,
        criteria=(Criterion.LIFE_THREATENING, Criterion.HOSPITALISED),
        description=WHAT,
        treated="labetalol 20 mg iv",
    )
    bad = dataclasses.replace(event, severity=Severity.SEVERE, serious=view)
    events = tuple(bad if each.uid == bad.uid else each for each in overview.events)
    return dataclasses.replace(overview, events=events)


def test_that_a_serious_event_stands_framed_on_the_first_page_and_in_full() -> None:
    first, *others = pages(render(marked()))
    rest = " ".join(others)
    assert "SERIOUS ADVERSE EVENT" in first
    assert "life-threatening, hospitalised" in first
    assert WHAT in first
    assert "Serious adverse events" in rest
    assert "labetalol 20 mg iv" in rest


def test_that_the_exceptions_begin_with_it() -> None:
    assert exceptions(marked())[0] == ("▲", "1 SERIOUS ADVERSE EVENT")
    assert "SERIOUS" not in str(exceptions(ketamine()))


def test_that_without_one_no_page_changes() -> None:
    s = Setting.of(ketamine(), Pen())
    assert serious.band(s) == []
    assert serious.serious(s) == []


def test_that_severity_has_a_column_once_somebody_named_one() -> None:
    plain, bad = (
        evidence.events(Setting.of(overview, Pen()))[-1] for overview in (ketamine(), marked())
    )
    assert "Severity" not in str(plain._cellvalues[0])
    assert "Severity" in str(bad._cellvalues[0])


def test_that_a_gap_of_an_open_event_says_which_how_bad_and_since_when() -> None:
    overview = marked()
    event = next(e for e in overview.events if e.serious)
    gap = GapView("event-open", str(event.number), blocks=False, explained=False)
    said = open_event(gap, overview)
    assert event.text in said
    assert "severe" in said
    assert f"since {overview.local(event.at):%H:%M}" in said
    assert open_event(dataclasses.replace(gap, code="alert-open"), overview) == ""
    shown = dataclasses.replace(draft(), events=overview.events, gaps=(gap,))
    assert leaving.gaps(Setting.of(shown, Pen()))
