"""What is missing, what was explained, and how the patient left."""

from __future__ import annotations

from collections.abc import Iterator

from reportlab.platypus import Flowable

from monitor.entries import Leaving
from monitor.newest_set import newest_set
from monitor.overview import ConditionView, GapView, SessionOverview
from reports.pdf import look
from reports.pdf.parts import Column, gap, section, table
from reports.pdf.setting import Setting
from reports.summary import after, was_cancelled
from reports.wording import (
    LEFT,
    Times,
    condition_words,
    gap_words,
    history_words,
    open_event,
    person,
)

_OPEN = (Column("", 16), Column("", 512))


def open_gaps(s: Setting) -> list[Flowable]:
    """Return what stands before a signature; nothing where nothing does."""
    found = [g for g in s.overview.gaps if g.blocks and not g.explained]
    if not found:
        return []
    rows = [(s.pen.say("○", "cell"), _said(s, g)) for g in found]
    verb = "stands" if len(found) == 1 else "stand"
    remark = f"{len(found)} {verb} before a signature"
    return [gap(1), *section(s.pen, "Gaps", remark, table(s.pen, _OPEN, rows))]


def history(s: Setting) -> list[Flowable]:
    """Return that a part of the clinic's record is missing; nothing where nothing is."""
    found = s.overview.history_gap
    if found is None:
        return []
    row = (s.pen.say("!", "cell"), history_words(found, s.times))
    remark = "not explained by an administrator yet"
    return [gap(1), *section(s.pen, "The clinic's record", remark, table(s.pen, _OPEN, [row]))]


_GAPS = (
    Column("", 16),
    Column("Gap", 150),
    Column("Explanation", 300),
    Column("By", 26),
    Column("", 36),
)


def gaps(s: Setting) -> list[Flowable]:
    """Return all gaps with their explanations."""
    rows = [_gap(s, g) for g in s.overview.gaps]
    body = table(s.pen, _GAPS, rows) if rows else None
    return section(s.pen, "Gaps and explanations", "", body)


def _said(s: Setting, g: GapView) -> str:
    return gap_words(g) + open_event(g, s.overview)


def _gap(s: Setting, g: GapView) -> tuple[object, ...]:
    overridden = g.code == "override" and not g.explained
    missing = "see Emergency override" if overridden else "not explained"
    return (
        s.pen.say("!" if overridden else "✓" if g.explained else "○", "cell"),
        _said(s, g),
        g.explanation or ("explained" if g.explained else missing),
        s.initials(g.explained_by),
        "" if g.explained or not g.blocks else "blocks",
    )


_SIDE = (Column("", 16), Column("", 194), Column("", 48, right=True))


def readiness(s: Setting) -> list[Flowable]:
    """Return the door's conditions and the checklist side by side, then how the patient left.

    Where no drug was given, nothing is waited for; what was ticked all the same is shown.
    """
    if was_cancelled(s.overview):
        both = [*_checklist(s)] if any(ticked for *_, ticked in s.overview.checklist) else []
    else:
        both = [*_conditions(s), *_checklist(s)]
    half = -(-len(both) // 2)
    left, right = both[:half], both[half:]
    blank = ("", "", "")
    rows = [
        (*(left[n] if n < len(left) else blank), "", *(right[n] if n < len(right) else blank))
        for n in range(max(len(left), len(right)))
    ]
    body = None
    if rows:
        columns = (*_SIDE, Column("", 12), *_SIDE)
        lines = [
            ("LINEBELOW", (3, 0), (3, -1), 1, look.PAPER),
            ("LINEBELOW", (4, len(right)), (6, -1), 1, look.PAPER),
        ]
        body = table(s.pen, columns, rows, lines)
    remark = "each condition with the value it rests on and when that was measured"
    none = "No drug was given" if was_cancelled(s.overview) else "None"
    made = section(s.pen, "Readiness and discharge", remark, body, none=none)
    said = filter(None, (_left(s), through_the_door(s.overview, s.times)))
    return [*made, *(part for text in said for part in (gap(0.5), _line(s, text)))]


def _line(s: Setting, said: str) -> Flowable:
    return s.pen.say("{text}", "cell", text=said)


def through_the_door(overview: SessionOverview, times: Times) -> str:
    """Return what was not met when the patient went home, and who let that pass; empty for none."""
    unmet = [condition_words(each) for each in overview.door if not each.met]
    if overview.left_how is not Leaving.HOME or not unmet:
        return ""
    lifted = [each for each in overview.overrides if each.what == "door-closed" and each.used]
    missing = f"Not met: {'; '.join(unmet)}."
    if not lifted or not any(each.lifted for each in overview.door):
        return f"! Home, though by the record as it now stands not all was met. {missing}"
    by = "; ".join(f"{person(o.by)}, {times.clock(o.at)}: {o.reason}" for o in lifted)
    others = [condition_words(each) for each in overview.door if not each.met and not each.lifted]
    besides = f" Not let through by anybody: {'; '.join(others)}." if others else ""
    return f"! Home through a closed door, let through by {by}. {missing}{besides}"


def _conditions(s: Setting) -> Iterator[tuple[object, str, str]]:
    for condition in s.overview.door:
        sign = s.pen.say("✓" if condition.met else "○", "cell")
        yield sign, condition_words(condition), _when(s, condition)


def _when(s: Setting, condition: ConditionView) -> str:
    if condition.code.startswith("time") and condition.opens_at:
        opens = s.times.clock(condition.opens_at)
        return opens if condition.met else f"from {opens}"
    if condition.met and condition.measured:
        return s.times.clock(condition.measured)
    return "met" if condition.met else "not met"


def _checklist(s: Setting) -> Iterator[tuple[object, str, str]]:
    for _, words, ticked in s.overview.checklist:
        yield s.pen.say("✓" if ticked else "○", "cell"), words, "ticked" if ticked else "not ticked"


def _left(s: Setting) -> str:
    overview = s.overview
    if overview.left_how is None:
        cancelled = overview.cancelled_reason
        return f"Cancelled: {cancelled}" if cancelled else "Not discharged."
    said = f"{LEFT[overview.left_how]} {s.times.clock(overview.closed_at)}"
    moved = overview.left_how is Leaving.TRANSFERRED
    word, none = ("to", "where to not recorded") if moved else ("with", "escort not recorded")
    said += f", {word} {overview.escort}" if overview.escort else f", {none}"
    said += after(overview)
    reason = f" Reason: {overview.left_reason}." if overview.left_reason else ""
    if not reason and overview.left_how is not Leaving.HOME:
        reason = " No reason was recorded."
    return f"{said}.{reason}{_by(s)}{_set(s)}"


def _set(s: Setting) -> str:
    """Return how old the newest full set was when the patient left."""
    left = s.overview.closed_at
    found = newest_set(s.overview, left) if left else None
    if found is None:
        return ""
    return f" Newest full set {s.times.clock(found.at)}, {found.minutes} min before."


def _by(s: Setting) -> str:
    found = [event for event in s.overview.events if event.kind == "discharged"]
    return f" Recorded by {person(found[-1].by)}." if found else ""
