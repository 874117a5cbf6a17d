"""Sample sessions whose people have keys, and to which something was added."""

from __future__ import annotations

import dataclasses
import datetime as dt

from monitor.overview import SessionOverview
from monitor.signature_view import AddendumView
from tests.fakes.overview_parts import DANA, NINA, at, digest
from tests.fakes.sealing import practice_key

AUTHORITY = digest("authority")


def keyed(whole: SessionOverview) -> SessionOverview:
    """Return the session, signed with keys that the clinic's authority issued."""
    return dataclasses.replace(
        whole,
        authority=AUTHORITY,
        signatures=tuple(
            dataclasses.replace(each, certificate=practice_key(each.by).fingerprint)
            for each in whole.signatures
        ),
    )


def added(whole: SessionOverview, *texts: str) -> SessionOverview:
    """Return the session with these added, a day apart, by prescriber and nurse in turn."""
    people = [NINA if n % 2 else DANA for n in range(len(texts))]
    addenda = tuple(
        AddendumView(
            by=people[n],
            at=at("15:02", day=3) + n * dt.timedelta(days=1),
            text=text,
            version=n + 2,
            meaning="addendum",
            digest=whole.digest,
            certificate=practice_key(people[n]).fingerprint,
        )
        for n, text in enumerate(texts)
    )
    return dataclasses.replace(
        keyed(whole), version=len(texts) + 1, addenda=addenda, replaces=digest("version before")
    )
