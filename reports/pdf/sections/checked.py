"""The second check with every figure of both people, and what a prescriber let go through."""

from __future__ import annotations

from reportlab.platypus import Flowable, Table, TableStyle

from monitor.dose_view import CheckedFigure, CheckView, OverrideView
from monitor.protocols.protocol import SecondPerson
from reports import dose_words
from reports.pdf import look
from reports.pdf.parts import Column, gap, section, table
from reports.pdf.setting import Setting
from reports.wording import DASH, let_through, person, plural, sentence, shortened

_TITLE = "Second check"
_REMARK = "entered without seeing the first person’s figures, unless it says otherwise"
_AGAIN = "\nentered again after comparing"
_PERSON, _FIGURE, _RESULT = 128.0, 50.0, 92.0


def second_check(s: Setting) -> list[Flowable]:
    """Return every check that was made, the first person's figures over the second's."""
    found = s.overview.dose.checks
    if not found:
        return section(s.pen, _TITLE, "", None, none=_none(s))
    names = [
        name
        for name in dose_words.FIGURES
        if any(figure.name == name for check in found for figure in check.figures)
    ]
    wide = min(_FIGURE, (look.MEASURE - _PERSON - _RESULT - 40) / max(1, len(names)))
    result = look.MEASURE - _PERSON - 40 - wide * len(names)
    columns = (
        Column("At", 40, strong=True),
        Column("Person", _PERSON),
        *(Column(dose_words.FIGURES[name], wide, right=True) for name in names),
        Column("Result", result, strong=True),
    )
    rows = [row for check in found for row in _check(s, check, names)]
    wash = [2 * n + k for n, check in enumerate(found) if not check.same for k in (0, 1)]
    return section(s.pen, _TITLE, _REMARK, table(s.pen, columns, rows, _paired(rows), wash=wash))


def _none(s: Setting) -> str:
    asked = {
        SecondPerson.REQUIRED: "The protocol requires one; none was made.",
        SecondPerson.ASKED: "The protocol asks for one; none was made.",
        SecondPerson.NONE: "Not recorded; the protocol asks for none.",
    }
    return asked[s.overview.second_person]


def _paired(rows: list[tuple[object, ...]]) -> list[tuple[object, ...]]:
    """Return what takes the rule between the two people of one check."""
    return [("LINEBELOW", (0, n), (-1, n), 0.4, look.WASH) for n in range(1, len(rows), 2)]


def _check(s: Setting, check: CheckView, names: list[str]) -> list[tuple[object, ...]]:
    by_name = {figure.name: figure for figure in check.figures}
    figures = [by_name.get(name) for name in names]
    note = "" if check.stands else "of a dose that was worked out anew"
    first = ("", f"first: {check.first_by.name}", *(_first(f) for f in figures), note)
    second = (
        s.times.clock(check.at),
        f"second: {check.by.name}",
        *(_second(s, f) for f in figures),
        f"{dose_words.verdict(check)}{_AGAIN if check.after_comparing else ''}",
    )
    return [first, second]


def _first(figure: CheckedFigure | None) -> str:
    return (figure.first if figure else None) or DASH


def _second(s: Setting, figure: CheckedFigure | None) -> object:
    if figure is None or figure.same:
        return (figure.second if figure else None) or DASH
    return s.pen.say("<b>≠ {second}</b>", "cell-right", second=figure.second or DASH)


# -- overrides -------------------------------------------------------------------------------

_BAND_PAD = 5.0
_NAME = 160
_REASON = 600  # characters of a reason on page 1; its section has all of it


def band(s: Setting) -> list[Flowable]:
    """Return the framed words on page 1; nothing where nothing was overridden."""
    found = s.overview.overrides
    if not found:
        return []
    is_used = any(each.used for each in found)
    said = "! EMERGENCY OVERRIDE" if is_used else "Emergency override, made and not used"
    head = s.pen.say(said, "alert")
    return [gap(1), framed([[head], *([_said(s, each)] for each in found)])]


def framed(rows: list[list[Flowable]]) -> Table:
    """Return what nobody may overlook, in a frame."""
    made = Table(rows, colWidths=[look.MEASURE], hAlign="LEFT")
    made.setStyle(
        TableStyle(
            [
                ("FONT", (0, 0), (-1, -1), look.Types.TABLE.face, look.Types.TABLE.size),
                ("BOX", (0, 0), (-1, -1), 1.4, look.ALERT),
                ("LEFTPADDING", (0, 0), (-1, -1), 8),
                ("RIGHTPADDING", (0, 0), (-1, -1), 8),
                ("TOPPADDING", (0, 0), (-1, -1), 1),
                ("BOTTOMPADDING", (0, 0), (-1, -1), 2),
                ("TOPPADDING", (0, 0), (-1, 0), _BAND_PAD - 1),
                ("BOTTOMPADDING", (0, -1), (-1, -1), _BAND_PAD),
            ]
        )
    )
    return made


def _said(s: Setting, override: OverrideView) -> Flowable:
    return s.pen.say(
        "<b>{what}</b>: {how} by {who}, {at}. Reason: {reason}{used}",
        "cell",
        how="let through" if override.used else "override made",
        what=sentence(_rule(override)),
        who=shortened(person(override.by), _NAME),
        at=s.times.clock(override.at),
        reason=shortened(override.reason, _REASON),
        used=_more(override),
    )


def _rule(override: OverrideView) -> str:
    """Return what was let go, and of a pressure before the dose which one."""
    about = f", {override.bp}" if override.bp else ""
    return f"{let_through(override.what)}{about}"


def _more(override: OverrideView) -> str:
    """Return what is to be known of an override besides its reason."""
    same = " (the same person worked the dose out)" if override.worked_out else ""
    return same if override.used else f"{same} ({_unused(override)}: not used)"


def _unused(override: OverrideView) -> str:
    """Return why an override was not used: what it was for never came, or came without it."""
    at_the_door = override.what == "door-closed" and override.lapsed
    return "nobody left through a closed door" if at_the_door else "nothing followed"


_OVERRIDES = (
    Column("At", 40, strong=True),
    Column("Rule", 128, strong=True),
    Column("Prescriber", 120),
    Column("Reason", 188),
    Column("Used", 52),
)


def overrides(s: Setting) -> list[Flowable]:
    """Return the overrides as a framed table; nothing where there are none."""
    found = s.overview.overrides
    if not found:
        return []
    rows = [_override(s, each) for each in found]
    frame = [("BOX", (0, 0), (-1, -1), 1.4, look.ALERT)]
    used = sum(each.used for each in found)
    said = [f"{plural(used, 'rule')} of the protocol let through by a prescriber"] if used else []
    said += [f"{len(found) - used} not used"] if used < len(found) else []
    remark = ", ".join(said)
    body = table(s.pen, _OVERRIDES, rows, frame)
    return section(s.pen, "Emergency override", remark, body)


def _override(s: Setting, override: OverrideView) -> tuple[str, ...]:
    return (
        s.times.clock(override.at),
        _rule(override),
        person(override.by),
        override.reason,
        "used" if override.used else "not used",
    )
