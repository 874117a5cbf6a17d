"""How old the set of vital signs is that the door rests on.

No source says how old it may be, so that no rule holds by its age; it is said wherever somebody
lets a patient go.
"""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from monitor.overview import SessionOverview
from monitor.slots import is_past_its_minute


@dataclass(frozen=True, slots=True)
class NewestSet:
    """The newest full set after the dose: when it was measured, and so long ago.

    Attributes:
        minutes: Whole minutes, rounded down.
    """

    at: dt.datetime
    minutes: int


def newest_set(overview: SessionOverview, now: dt.datetime) -> NewestSet | None:
    """Return the newest full set that was measured after the dose; None where there is none.

    Args:
        overview: The session.
        now: When the patient would leave, or left.
    """
    ended = next((each.measured for each in overview.door if each.code == "dose-ended"), None)
    if ended is None:
        return None
    found = (row.measured for row in overview.readings if row.is_full)
    sets = [at for at in found if is_past_its_minute(at, ended)]
    if not sets:
        return None
    return NewestSet(sets[-1], max(0, (now - sets[-1]) // dt.timedelta(minutes=1)))
