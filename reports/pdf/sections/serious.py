"""Serious adverse events: framed on page 1, and in full with what a form asks about them."""

from __future__ import annotations

from reportlab.platypus import Flowable

from monitor.overview import EventView, SeriousView
from reports.pdf import look
from reports.pdf.parts import Column, gap, section, table
from reports.pdf.sections.checked import framed
from reports.pdf.setting import Setting
from reports.wording import criteria_words, happened, plural, sentence, shortened

_EVENT = 160
_DESCRIPTION = 600  # characters of a description on page 1; its section has all of it


def band(s: Setting) -> list[Flowable]:
    """Return the framed words on page 1; nothing where no event is serious."""
    found = _found(s)
    if not found:
        return []
    head = s.pen.say("! SERIOUS ADVERSE EVENT", "alert")
    return [gap(1), framed([[head], *([_said(s, *each)] for each in found)])]


def _found(s: Setting) -> list[tuple[EventView, SeriousView]]:
    return [(event, event.serious) for event in s.overview.events if event.serious is not None]


def _said(s: Setting, event: EventView, serious: SeriousView) -> Flowable:
    return s.pen.say(
        "<b>{what}</b>, {at}: {criteria}. {description}",
        "cell",
        what=shortened(sentence(happened(event)), _EVENT),
        at=s.times.clock(event.at),
        criteria=criteria_words(serious.criteria),
        description=shortened(serious.description, _DESCRIPTION),
    )


_SERIOUS = (
    Column("Event", 86, strong=True),
    Column("Began", 36),
    Column("Resolved", 40),
    Column("Serious because", 84),
    Column("What happened", 150),
    Column("Treated", 84),
    Column("Marked", 48),
)


def serious(s: Setting) -> list[Flowable]:
    """Return the serious adverse events as a framed table; nothing where there are none."""
    found = _found(s)
    if not found:
        return []
    rows = [_row(s, *each) for each in found]
    frame = [("BOX", (0, 0), (-1, -1), 1.4, look.ALERT)]
    remark = f"{plural(len(found), 'event')}, as judged by whoever marked it"
    return section(s.pen, "Serious adverse events", remark, table(s.pen, _SERIOUS, rows, frame))


def _row(s: Setting, event: EventView, serious: SeriousView) -> tuple[str, ...]:
    return (
        sentence(happened(event)),
        s.times.clock(event.at),
        s.times.clock(event.resolved) if event.resolved else "open",
        criteria_words(serious.criteria),
        serious.description,
        serious.treated or "nothing recorded",
        f"{s.times.clock(serious.at)} {s.initials(serious.by)}",
    )
