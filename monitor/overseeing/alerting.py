"""Alerts: which of those that were raised still stand, and which are still to be raised.

What stands is worked out anew from the whole record each time. So an amendment, a reading that
is entered late or a start that is moved takes alerts back and brings others, for any reading.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence

from monitor.alerts import Baseline, Crossing, Taken, standing
from monitor.entries import (
    AlertAcknowledged,
    AlertRaised,
    DeviceGiven,
    DoseGiven,
    Draft,
    Entry,
    Measured,
    Started,
)
from monitor.overview import AlertView
from monitor.protocols.protocol import Limit
from monitor.session import Kept, Session
from monitor.vitals import Sign

Key = tuple[str, str, str]
"""What tells alerts apart: the limit, the reading (whichever of its entries) and the value."""

_MOVERS = (Measured, Started, DoseGiven, DeviceGiven)
"""What changes which readings cross a limit: a reading, or the start that fixes the baseline."""


def crossings(session: Session) -> tuple[Crossing, ...]:
    """Return what crosses a limit as the record stands, in order of measuring."""
    start = session.started_at
    base = session.baseline(start) if start else None
    course = [Taken(kept.uid, kept.at, kept.what.reading) for kept in session.readings]
    baseline = Baseline(base.uid, base.what.reading, start) if base and start else None
    return standing(session.protocol.limits, course, baseline)


def alerts(session: Session) -> tuple[AlertView, ...]:
    """Return the alerts, numbered in order of writing.

    One whose reading does not cross its limit any more is withdrawn, and so is one whose value
    was amended: the new value has raised its own.
    """
    seen = {kept.what.alert: kept for kept in session.all(AlertAcknowledged)}
    now = {_key(each): each for each in crossings(session)}
    raised, roots = session.all(AlertRaised), _roots(session)
    last = {_raised_key(kept.what, roots): kept.uid for kept in raised}
    views = []
    for number, kept in enumerate(raised, 1):
        key = _raised_key(kept.what, roots)
        stands = now.get(key) if last[key] == kept.uid else None
        views.append(_alert(session, f"A{number}", kept, seen.get(kept.uid), stands))
    return tuple(views)


def moves_alerts(entries: Sequence[Entry]) -> bool:
    """Tell whether entries that were just written can have changed what stands."""
    return any(isinstance(entry.what, _MOVERS) for entry in entries)


def to_raise(session: Session, new_uid: Callable[[], str]) -> tuple[Draft, ...]:
    """Return the alerts that stand and were not raised yet, in the session's own time."""
    roots = _roots(session)
    raised = {_raised_key(kept.what, roots) for kept in session.all(AlertRaised)}
    newest = {kept.uid: kept.entry.uid for kept in session.readings}
    return tuple(
        Draft(AlertRaised(each.limit.id, newest[each.reading], each.value), each.at, new_uid())
        for each in crossings(session)
        if _key(each) not in raised
    )


def _roots(session: Session) -> dict[str, str]:
    """Return the uid that names each reading, by the uid of any of its entries."""
    return {
        entry.uid: kept.uid for kept in session.readings for entry in (*kept.earlier, kept.entry)
    }


def _key(crossing: Crossing) -> Key:
    return crossing.limit.id, crossing.reading, crossing.value


def _raised_key(raised: AlertRaised, roots: dict[str, str]) -> Key:
    return raised.limit, roots.get(raised.reading, raised.reading), raised.value


def _alert(
    session: Session,
    number: str,
    kept: Kept[AlertRaised],
    seen: Kept[AlertAcknowledged] | None,
    stands: Crossing | None,
) -> AlertView:
    unseen = "open" if stands else "withdrawn"
    return AlertView(
        number=number,
        uid=kept.uid,
        limit=session.protocol.limit(kept.what.limit) or Limit(kept.what.limit, Sign.BP),
        at=stands.at if stands else kept.at,
        value=kept.what.value,
        reading=kept.what.reading,
        state="acknowledged" if seen else unseen,
        acknowledged_at=seen.at if seen else None,
        acknowledged_by=seen.entry.by if seen else None,
        action=seen.what.action if seen else "",
        told=seen.what.told if seen else "",
        change=stands.change if stands else (),
        minutes=stands.minutes if stands else None,
        raised=kept.first.recorded_at,
    )
