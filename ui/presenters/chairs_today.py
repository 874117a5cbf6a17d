"""All sessions of the day: who has left, and whose session cannot be read."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass, field

from monitor.people import Patient
from monitor.ports import SessionHeader
from ui.presenters.chair_card import Earlier
from ui.presenters.words import chair_words, left_words


@dataclass(frozen=True, slots=True)
class LeftToday:
    """A session that was closed today.

    Attributes:
        left: "home 09:40", "transferred 09:40", or "cancelled 09:40".
        state: "to sign" or "signed".
    """

    session_id: str
    chair: str
    patient: str
    drug: str
    left: str
    state: str

    @property
    def words(self) -> str:
        """Return it as one line: "Haddad, S. · home 09:40 · to sign"."""
        return f"{self.patient} · {self.left} · {self.state}"

    @property
    def said(self) -> str:
        """Return it as one sentence."""
        return f"{chair_words(self.chair)}, {self.words.replace(' · ', ', ')}"


@dataclass(frozen=True, slots=True)
class DayFace:
    """The day so far.

    Attributes:
        left: Who has left, the last one first.
        unread: The session that cannot be read, of each chair that has one.
    """

    left: tuple[LeftToday, ...] = ()
    unread: Mapping[str, str] = field(default_factory=dict)


NO_DAY = DayFace()


def _nothing(_: dt.datetime) -> tuple[SessionHeader, ...]:
    return ()


@dataclass(frozen=True, slots=True)
class Today:
    """What the board asks of the day.

    Attributes:
        sessions: Returns the sessions that are open, and those that were closed since an instant.
        zone: Where midnight is.
    """

    sessions: Callable[[dt.datetime], Sequence[SessionHeader]] = _nothing
    zone: dt.tzinfo = dt.UTC

    def face(self, now: dt.datetime, read: Collection[str]) -> DayFace:
        """Return what there is to say of the day.

        Args:
            now: The present instant.
            read: The open sessions that could be read.
        """
        day = now.astimezone(self.zone).date()
        midnight = dt.datetime.combine(day, dt.time(), self.zone)
        found = self.sessions(midnight.astimezone(dt.UTC))
        cannot = [e for e in found if e.status == "open" and e.session_id not in read]
        gone = [each for each in found if self._closed_on(each, day)]
        gone.sort(key=lambda each: each.closed_at or each.opened_at, reverse=True)
        return DayFace(
            tuple(self._left(each) for each in gone),
            {each.chair: each.session_id for each in cannot},
        )

    def _closed_on(self, header: SessionHeader, day: dt.date) -> bool:
        at = header.closed_at
        return at is not None and at.astimezone(self.zone).date() == day

    def _left(self, header: SessionHeader) -> LeftToday:
        at = header.closed_at or header.opened_at
        how = "cancelled" if header.status == "cancelled" else left_words(header.left)
        return LeftToday(
            header.session_id,
            header.chair,
            _short(header.patient),
            header.drug,
            f"{how} {at.astimezone(self.zone):%H:%M}",
            _STATES.get(header.status, header.status),
        )


_STATES = {"closed": "to sign", "cancelled": "to sign", "signed": "signed", "co-signed": "signed"}


def _short(patient: Patient) -> str:
    """Return a name that fits on one line: "Haddad, S."."""
    return f"{patient.family}, {patient.given[:1]}." if patient.given else patient.family


def earlier_in(left: Sequence[LeftToday], chair: str) -> Earlier | None:
    """Return who sat in a chair earlier today, None where nobody did."""
    here = [each for each in left if each.chair == chair]
    if not here:
        return None
    last, others = here[0], len(here) - 1
    more = f" · and {others} more" if others else ""
    count = f" +{others}" if others else ""
    return Earlier(last.session_id, f"Earlier today: {last.words}{more}", f"{last.words}{count}")
