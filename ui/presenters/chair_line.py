"""One chair in one line: how many alerts are open, how much is overdue, the longest of it."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass

from monitor.overview import LocalTime
from monitor.reminders import Awaited, Reminder
from monitor.schedule import SlotState
from ui.presenters.due import awaited_left, awaited_name, awaited_state
from ui.presenters.words import late_by


@dataclass(frozen=True, slots=True)
class ChairLine:
    """What a chair waits for, without a name and without a value.

    Attributes:
        words: "4 alerts open, 3 readings overdue", or the one thing: "Vitals 20".
        left: How long the longest of it has waited, or how long until the one thing.
        state: "alert", "overdue", "due" or "later".
        since: Since when the most pressing kind of it is waited for; None where it has no time.
    """

    words: str
    left: str
    state: str
    since: dt.datetime | None

    @property
    def said(self) -> str:
        """Return it in one breath: "4 alerts open, 3 readings overdue, longest 53 min"."""
        between = ", " if self.left.startswith("longest") else " "
        return f"{self.words}{between}{self.left}".strip()


def chair_line(waiting: Sequence[Reminder], now: dt.datetime, local: LocalTime) -> ChairLine:
    """Return one chair's line; open alerts before all else, then what is overdue, due, next.

    Args:
        waiting: What is waited for there, at least one thing.
        now: The present instant in the session's own time.
        local: The session's clock.
    """
    alerts = [each for each in waiting if each.what is Awaited.ALERT]
    rest = [each for each in waiting if each.what is not Awaited.ALERT]
    late = [each for each in rest if each.state is SlotState.OVERDUE]
    pressing = [*alerts, *late] or [each for each in rest if each.state is SlotState.DUE]
    shown = pressing or list(waiting[:1])
    first = (alerts or shown)[0]
    since = min((each.due for each in alerts or late or shown if each.due), default=None)
    if len(shown) == 1:
        return ChairLine(
            awaited_name(first), awaited_left(first, now, local), awaited_state(first), since
        )
    if not (alerts or late):
        words = f"{awaited_name(first)}, {len(shown) - 1} more due"
        return ChairLine(words, awaited_left(first, now, local), "due", since)
    counts = ", ".join(part for part in (_open(len(alerts)), _overdue(late)) if part)
    longest = min((each.due for each in pressing if each.due), default=None)
    left = f"longest {late_by(now - longest)}" if longest else ""
    return ChairLine(counts, left, awaited_state(first), since)


def _open(count: int) -> str:
    return f"{count} alert{'s' if count > 1 else ''} open" if count else ""


def _overdue(late: Sequence[Reminder]) -> str:
    """Return how much is overdue: "Vitals 20 overdue", "3 readings overdue"."""
    if not late[1:]:
        return f"{awaited_name(late[0])} overdue" if late else ""
    kind = "readings" if all(each.what is Awaited.SLOT for each in late) else "things"
    return f"{len(late)} {kind} overdue"
