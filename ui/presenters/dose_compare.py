"""The second person's figures beside the first one's: which are the same, and what to do."""

from __future__ import annotations

from dataclasses import dataclass

from monitor.dose_view import CheckedFigure, CheckView
from monitor.overview import SessionOverview
from monitor.protocols.protocol import Way
from ui.presenters.form import Option
from ui.presenters.words import NOTHING, clock

AGAIN, ANEW, ON, EMERGENCY = "again", "anew", "on", "emergency"
"""What can be done after a check: its buttons."""

_LONGEST_NAME = 26
"""A longer name gives way to its initials on a button; it stands in full above."""

FIGURE_NAMES = {
    "weight_kg": "Weight",
    "strength_mg_per_ml": "Strength",
    "volume_ml": "Final volume",
    "volume_mode": "Drug",
    "drawn_ml": "Drawn",
    "rate_ml_h": "Rate",
    "dose_mg": "Dose",
    "pieces": "Pieces",
    "devices": "Devices",
}
"""What a figure is called in a table."""

_PLURALS = {
    "weight_kg": "weights",
    "strength_mg_per_ml": "strengths",
    "volume_ml": "final volumes",
    "volume_mode": "ways to make up the volume",
    "drawn_ml": "drawn volumes",
    "rate_ml_h": "rates",
    "dose_mg": "doses",
    "pieces": "numbers of pieces",
    "devices": "numbers of devices",
}


@dataclass(frozen=True, slots=True)
class CheckRow:
    """One figure, as each of the two has it."""

    name: str
    first: str
    second: str
    same: bool


@dataclass(frozen=True, slots=True)
class CheckFace:
    """The comparison.

    Attributes:
        note: "3 of 4 same".
        said: Who entered it, and that the first values were not seen.
        verdict: What came of it, in one sentence.
        same: Whether all figures are.
        actions: What can be done; the first is the button that is meant.
        foot: What is quietly added.
    """

    note: str
    said: str
    rows: tuple[CheckRow, ...]
    verdict: str
    same: bool
    actions: tuple[Option, ...]
    foot: str


def check_face(overview: SessionOverview, check: CheckView, *, emergency: bool) -> CheckFace:
    """Return the newest check as it is shown.

    Args:
        overview: The session.
        check: The check.
        emergency: Whether a prescriber can let the dose go through all the same.
    """
    rows = tuple(_row(each) for each in check.figures)
    agreeing = sum(row.same for row in rows)
    at = clock(overview.local, check.at)
    many = len(overview.dose.checks)
    of_them = "Both" if many == 2 else f"All {many}"  # noqa: PLR2004 - of two one says "both"
    kept = f"{of_them} entries of a second person stay in the record." if many > 1 else ""
    return CheckFace(
        note="all same" if check.same else f"{agreeing} of {len(rows)} same",
        said=f"{check.by.name} entered these at {at} without seeing the first values.",
        rows=rows,
        verdict=_verdict(overview, check),
        same=check.same,
        actions=_actions(check, started=overview.started_at is not None, emergency=emergency),
        foot=kept,
    )


def _row(figure: CheckedFigure) -> CheckRow:
    name = FIGURE_NAMES.get(figure.name, figure.name)
    return CheckRow(name, figure.first or NOTHING, figure.second or NOTHING, figure.same)


def _verdict(overview: SessionOverview, check: CheckView) -> str:
    differing = [_PLURALS[each.name] for each in check.figures if not each.same]
    if not differing:
        return f"Both have the same figures. {_whose(overview, check)}"
    listed = " and ".join(filter(None, (", ".join(differing[:-1]), differing[-1])))
    look = "Look at the pump and the label together."
    if not any(each.name == "rate_ml_h" and not each.same for each in check.figures):
        look = "Look at the order and the label together."
    return f"The {listed} differ. {look} Both entries stay in the record."


def _whose(overview: SessionOverview, check: CheckView) -> str:
    """Return whose the first figures are: devices are counted from the order, by nobody here."""
    if overview.way is Way.DEVICES and overview.order is not None:
        return f"{overview.order.by.name} ordered it."
    return f"{check.first_by.name} worked it out."


def _actions(check: CheckView, *, started: bool, emergency: bool) -> tuple[Option, ...]:
    if check.same:
        return (Option(ON, "Go on"),)
    who = check.by.name if len(check.by.name) <= _LONGEST_NAME else check.by.initials
    made = [Option(AGAIN, f"{who} enters again")]
    if not started:
        made.append(Option(ANEW, "First value was wrong"))
    if emergency:
        made.append(Option(EMERGENCY, "Emergency override…"))
    return tuple(made)
