"""What is known of the record's soundness at one moment, for shield, notice and audit desk."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass, replace

from monitor.history import HistoryGap
from monitor.ledger import Finding
from ui.record import Checked

MEGABYTE = 1000 * 1000
LOW = 500 * MEGABYTE
"""Below so many bytes the disk's room is said."""

VERY_LOW = 50 * MEGABYTE
"""Below so many it is urgent: a day's entries and a backup may not find room any more."""

WHOLE_EVERY = dt.timedelta(hours=24)
"""How old the last check of the whole record may be."""


@dataclass(frozen=True, slots=True)
class Watched:
    """What is known of the record's soundness now.

    Attributes:
        report: What the last finished check saw.
        at: When it was finished.
        whole_at: When the whole record was last checked, since the program was started.
        share: How far a check that is under way has come, from 0 to 1; None where none is.
        whole: Whether the check that is under way looks at the whole record.
        stopped: Whether the last check of the whole record was stopped by hand.
        trouble: Why the last check could not be finished, in a sentence.
        unread: Why the record cannot be looked at just now, in a sentence.
        gap: What is missing of the record and not explained.
        free: Bytes that are left on the record's disk; None where that cannot be told.
    """

    report: Checked | None = None
    at: dt.datetime | None = None
    whole_at: dt.datetime | None = None
    share: float | None = None
    whole: bool = False
    stopped: bool = False
    trouble: str = ""
    unread: str = ""
    gap: HistoryGap | None = None
    free: int | None = None

    @property
    def findings(self) -> Sequence[Finding]:
        """Return what the last finished check found."""
        return self.report.findings if self.report else ()

    @property
    def wants_whole(self) -> bool:
        """Tell whether something was found: then only the whole record says that it is over."""
        return bool(self.findings)

    def is_whole_due(self, now: dt.datetime) -> bool:
        """Tell whether the whole record is to be checked."""
        return self.whole_at is None or now - self.whole_at >= WHOLE_EVERY

    def began(self, *, whole: bool) -> Watched:
        """Return this with a check that has just begun."""
        return replace(self, share=0.0, whole=whole, stopped=False)

    def went_on(self, done: int, of: int) -> Watched:
        """Return this with a check that has come so far."""
        if self.share is None:
            return self  # it came late: the check is over
        return replace(self, share=done / of if of else 1.0)

    def finished(self, report: Checked, at: dt.datetime) -> Watched:
        """Return this with what a check saw, which was finished at *at*."""
        whole_at = at if self.whole else self.whole_at
        return replace(self, report=report, at=at, whole_at=whole_at, share=None, trouble="")

    def failed(self, said: str) -> Watched:
        """Return this with a check that could not be finished, and why."""
        return replace(self, share=None, trouble=said)

    def was_stopped(self) -> Watched:
        """Return this with a check that was stopped by hand."""
        return replace(self, share=None, stopped=True)
