"""What every act at the chair has in common."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from dataclasses import dataclass
from functools import cached_property
from typing import ClassVar

from monitor.acts.free_text import readable
from monitor.entries import Draft, Fact
from monitor.errors import Code, InputError, RefusedError
from monitor.lengths import OF_AN_ACT, within
from monitor.overseeing import oversee
from monitor.overview import SessionOverview
from monitor.people import CLINICIANS, Author, Role
from monitor.ports import PastWeight
from monitor.session import Session


@dataclass(frozen=True)
class Scene:
    """What an act finds when it is done.

    Attributes:
        now: The one instant of the use-case.
        zone: The clinic's time zone, for times that people type.
        past_weight: What the patient weighed in an earlier session.
        earlier: Returns the patient's earlier sessions that were not cancelled, newest first.
        digest: The session digest as it stands.
        new_uid: Makes the identity of an entry.
    """

    session: Session
    author: Author
    now: dt.datetime
    zone: dt.tzinfo
    past_weight: PastWeight | None
    digest: str
    new_uid: Callable[[], str]
    earlier: Callable[[], tuple[Session, ...]] = tuple

    @cached_property
    def overview(self) -> SessionOverview:
        """Return all that follows from the record at this instant."""
        return oversee(self.session, self.now, self.digest)


@dataclass(frozen=True, slots=True, kw_only=True)
class Act:
    """One thing that a person does to a session's record.

    Attributes:
        at: When it was so, if not now; never in the future.
        reason: Why, where a reason is asked or given.
    """

    allowed: ClassVar[frozenset[Role]] = CLINICIANS
    after_closing: ClassVar[bool] = False
    before_opening: ClassVar[bool] = False
    after_co_signing: ClassVar[bool] = False

    at: dt.datetime | None = None
    reason: str = ""

    def decide(self, scene: Scene) -> tuple[Draft, ...]:
        """Return what is to be written.

        Raises:
            MonitorError: If the act cannot be done; then nothing is written.
        """
        raise NotImplementedError

    def when(self, scene: Scene) -> dt.datetime:
        """Return when it was so.

        Raises:
            InputError: `future`.
            RefusedError: `too-early` before the session was opened.
        """
        if self.at is None:
            return scene.now
        if self.at > scene.now:
            raise InputError(Code.FUTURE, "at")
        if not self.before_opening:
            not_before(scene, self.at, scene.session.entries[0].at)
        return self.at

    def draft(self, scene: Scene, what: Fact, at: dt.datetime | None = None) -> Draft:
        """Return one entry to be written, with this act's reason."""
        return Draft(what, at or self.when(scene), scene.new_uid(), reason=self.reason.strip())

    def need_reason(self, why: str) -> None:
        """Insist on a reason.

        Raises:
            RefusedError: `reason-missing`, with what wants it.
        """
        if not self.reason.strip():
            raise RefusedError(Code.REASON_MISSING, why=why)


def not_before(scene: Scene, at: dt.datetime, earliest: dt.datetime) -> None:
    """Refuse a time before another one; people give times to the minute.

    Raises:
        RefusedError: `too-early`, with the time after which it must have been.
    """
    if at < earliest.replace(second=0, microsecond=0):
        raise RefusedError(Code.TOO_EARLY, after=scene.overview.local(earliest))


def check_allowed(act: Act, scene: Scene) -> None:
    """Refuse what role, state of the record, length or unreadable text forbids to any act.

    Raises:
        InputError: `too-much` characters, or `not-understood` for some that cannot be shown.
        RefusedError: `not-allowed`, `signed` or `wrong-phase`.
    """
    if scene.author.role not in act.allowed:
        raise RefusedError(Code.NOT_ALLOWED, role=scene.author.role.value)
    if scene.session.co_signed and not act.after_co_signing:
        raise RefusedError(Code.SIGNED)
    if scene.session.closed_at is not None and not act.after_closing:
        raise RefusedError(Code.WRONG_PHASE, phase=scene.overview.phase.value)
    for field, most in OF_AN_ACT.items():
        readable(within(str(getattr(act, field, "")).strip(), field, most), field)
