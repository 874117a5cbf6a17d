"""Whether a patient was here already today: a second visit on one day is asked about."""

from __future__ import annotations

import datetime as dt

from monitor.errors import Code, RefusedError
from monitor.ports import Transaction


def check_first_today(tx: Transaction, patient_id: str, now: dt.datetime, zone: dt.tzinfo) -> None:
    """Refuse a second session on one day of the clinic; a cancelled one counts as well.

    So does one that is still open, on whatever day it was opened.

    Raises:
        RefusedError: `seen-today`, with when the newest one was opened, its protocol and its state;
            and the day, where it is still open from another one.
    """
    begun = [(each.opened_at.astimezone(zone), each) for each in tx.sessions_of(patient_id)]
    day = now.astimezone(zone).date()
    today = [pair for pair in begun if pair[0].date() == day or pair[1].status == "open"]
    if not today:
        return
    at, header = today[-1]
    titles = {approval.protocol.id: approval.protocol.title for approval in tx.approvals()}
    title = titles.get(header.protocol, header.protocol)
    earlier = {} if at.date() == day else {"day": at.date().isoformat()}
    raise RefusedError(Code.SEEN_TODAY, at=at, protocol=title, state=header.status, **earlier)
