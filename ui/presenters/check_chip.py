"""The word beside the drug on the banner: whether a second person has checked the dose."""

from __future__ import annotations

from dataclasses import dataclass

from monitor.errors import Code
from monitor.overview import SessionOverview
from monitor.protocols.protocol import SecondPerson
from ui.presenters.words import clock


@dataclass(frozen=True, slots=True)
class CheckChip:
    """How the second check stands, in at most four words.

    Attributes:
        tone: "good", "overdue" where it is still to be done, or "alert".
        glyph: Says the same as the colour.
    """

    words: str
    tone: str
    glyph: str


def check_chip(overview: SessionOverview) -> CheckChip | None:
    """Return how the second check stands; None where none is asked, or nothing to check is there.

    A dose that was checked keeps its mark until the patient leaves; one that was overridden too.
    """
    if overview.second_person is SecondPerson.NONE or not there_is_a_dose(overview):
        return None
    check = overview.dose.check
    if check is not None and check.same and check.in_time:
        at = clock(overview.local, check.at)
        return CheckChip(f"Checked by {check.by.initials} {at}", "good", "check-circle")
    if overridden(overview):
        return CheckChip("Check overridden", "alert", "warning")
    if check is not None and not check.same:
        return CheckChip("Check differs", "alert", "x-circle")
    return CheckChip("Not yet checked", "overdue", "hourglass")


def lasting_chip(overview: SessionOverview) -> CheckChip | None:
    """Return the mark as the session's screen shows it: once all is well, until the first drug.

    What is unchecked, differs or was overridden stays in sight until the patient leaves.
    """
    chip, gone = check_chip(overview), overview.closed_at is not None
    if chip is None or overridden(overview):
        return chip
    checked = chip.tone == "good"
    return None if gone or (checked and overview.started_at is not None) else chip


def there_is_a_dose(overview: SessionOverview) -> bool:
    """Tell whether there is something that a second person can check."""
    return overview.dose.calculated_mg is not None or (
        overview.devices_ordered > 0 and overview.order is not None
    )


def overridden(overview: SessionOverview) -> bool:
    """Tell whether a prescriber let the dose go through without a second check."""
    return any(each.what == Code.CHECK_MISSING and not each.lapsed for each in overview.overrides)
