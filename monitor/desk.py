"""The use-cases of a session: frozen dataclasses over the world, called.

Each reads the clock once, does everything in one transaction, and leaves either all of its
entries or none. What was written is published after the commit, never before.
"""

from __future__ import annotations

import dataclasses
import datetime as dt
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from monitor.acts import Act, Scene, check_allowed
from monitor.acts.ordering import check_age
from monitor.acts.signing import Vouch
from monitor.certificates import CERTIFICATES, authority, issued
from monitor.clock import Clock, Moment
from monitor.dose_view import OrderView
from monitor.drawn_with import DrawnWith, drawn_with, with_all
from monitor.entries import (
    Draft,
    Entry,
    LogInRefused,
    Opened,
    session_stream,
)
from monitor.errors import Code, RefusedError
from monitor.history import HISTORY, Gap, HistoryGap, open_gap
from monitor.overseeing import oversee
from monitor.overseeing.alerting import moves_alerts, to_raise
from monitor.overseeing.set_up import order_view
from monitor.overview import SessionOverview
from monitor.past_doses import course_order
from monitor.people import CLINICIANS, Account, Author
from monitor.ports import (
    Certification,
    NewUid,
    OpenTransaction,
    Passwords,
    Press,
    Transaction,
)
from monitor.same_day import check_first_today
from monitor.session import Session
from monitor.signers import with_certificates

ACCESS = "access"
"""The stream of log-ins, looks, exports and the program's own starts and stops."""


@dataclass(frozen=True, slots=True)
class World:
    """What the use-cases ask of the world.

    Attributes:
        station: The computer's name in the record.
        zone: The clinic's time zone, for times that people type.
        certification: Makes and opens the keys of the clinic's authority and its people.
        press: Makes the files of the session report, and reads those that come back.
        station_key: The public key, in hex, by which this computer signs checkpoints; empty
            where it makes none.
        gaps: Returns every head remembered outside that the record contradicts.
        look: Opens a transaction that only looks, and so waits for no writer; None where every
            transaction is of one kind.
        practice: Whether the record is one for practice, which opens for everybody.
    """

    transaction: OpenTransaction
    clock: Clock
    station: str
    zone: dt.tzinfo
    new_uid: NewUid
    passwords: Passwords
    certification: Certification
    press: Press
    station_key: str = ""
    gaps: Callable[[], tuple[Gap, ...]] = tuple
    look: OpenTransaction | None = None
    practice: bool = False

    @property
    def looking(self) -> OpenTransaction:
        """Return what opens a transaction in which nothing will be written."""
        return self.look or self.transaction


def write(
    world: World,
    tx: Transaction,
    stream: str,
    drafts: Sequence[Draft],
    *,
    author: Author,
    moment: Moment,
) -> tuple[Entry, ...]:
    """Append drafts to a stream as entries; returns them as written."""
    length = tx.length(stream)
    entries = tuple(
        Entry(
            uid=draft.uid,
            stream=stream,
            n=length + place,
            at=draft.at,
            moment=moment,
            by=author,
            station=world.station,
            what=draft.what,
            amends=draft.amends,
            reason=draft.reason,
        )
        for place, draft in enumerate(drafts, 1)
    )
    tx.append(entries)
    return entries


@dataclass(frozen=True, slots=True)
class OpenSession:
    """Open a session for a patient in a chair, under an approved protocol."""

    world: World

    def __call__(
        self,
        author: Author,
        *,
        patient_id: str,
        protocol_id: str,
        chair: str,
        rehearsal: bool = False,
        confirm: bool = False,
    ) -> str:
        """Return the new session's identity.

        Args:
            author: Who opens it.
            patient_id: Whose it is.
            protocol_id: What is given; its newest approved version holds.
            chair: Where.
            rehearsal: Whether it is played, not lived.
            confirm: That the same patient has another session today is meant.

        Raises:
            RefusedError: `not-allowed`, `chair-taken`, `not-approved`, `under-age`, or `seen-today`
                with the time, the protocol and the state of the patient's newest session today.
            NotFoundError: If there is no such patient.
        """
        if author.role not in CLINICIANS:
            raise RefusedError(Code.NOT_ALLOWED, role=author.role.value)
        moment = self.world.clock.moment()
        session_id = self.world.new_uid()
        with self.world.transaction() as tx:
            if any(header.chair == chair for header in tx.sessions(status="open")):
                raise RefusedError(Code.CHAIR_TAKEN, chair=chair)
            approvals = (a for a in tx.approvals() if a.protocol.id == protocol_id)
            approval = next(approvals, None)
            if approval is None:
                raise RefusedError(Code.NOT_APPROVED, name=protocol_id)
            clinic, protocol = tx.clinic(), approval.protocol
            if clinic is None:
                raise RefusedError(Code.NO_RECORD)
            patient = tx.patient(patient_id)
            check_age(protocol, patient, moment.now.astimezone(self.world.zone).date())
            if not confirm:
                check_first_today(tx, patient_id, moment.now, self.world.zone)
            opened = Opened(
                patient=patient,
                protocol=protocol.id,
                protocol_version=protocol.version,
                protocol_hash=protocol.hash,
                chair=chair,
                drug=protocol.drug,
                route=protocol.route,
                clinic=clinic,
                rehearsal=rehearsal,
            )
            draft = Draft(opened, moment.now, self.world.new_uid())
            stream = session_stream(session_id)
            write(self.world, tx, stream, [draft], author=author, moment=moment)
        return session_id


@dataclass(frozen=True, slots=True)
class Perform:
    """Do one act at the chair."""

    world: World

    def __call__(self, session_id: str, author: Author, act: Act) -> tuple[Entry, ...]:
        """Return the entries that the act left in the record.

        Raises:
            MonitorError: If the act is refused; then nothing was written.
        """
        moment = self.world.clock.moment()
        with self.world.transaction() as tx:
            return perform(self.world, tx, session_id, author, act, moment=moment)


def perform(
    world: World, tx: Transaction, session_id: str, author: Author, act: Act, *, moment: Moment
) -> tuple[Entry, ...]:
    """Do one act inside a transaction that is already open."""
    session = tx.session(session_id)
    clock = session.timeline
    scene = Scene(
        session=session,
        author=author,
        now=clock.own(moment.now),
        zone=clock.zone(world.zone),
        past_weight=tx.past_weight(session.opened.patient.id, session_id),
        digest=tx.digest(session_id),
        new_uid=world.new_uid,
        earlier=lambda: _earlier(tx, session),
    )
    check_allowed(act, scene)
    if isinstance(act, Vouch):
        check_history(world, tx, session)
    stream = session_stream(session_id)

    def put(drafts: Sequence[Draft]) -> tuple[Entry, ...]:
        shown = [dataclasses.replace(draft, at=draft.at + clock.ahead) for draft in drafts]
        return write(world, tx, stream, shown, author=author, moment=moment)

    written = put(act.decide(scene))
    if moves_alerts(written):
        written += raise_alerts(world, tx, session_id, author, moment)
    return written


def raise_alerts(
    world: World, tx: Transaction, session_id: str, author: Author, moment: Moment
) -> tuple[Entry, ...]:
    """Write the alerts that stand by now and were not raised, in a transaction that is open."""
    session = tx.session(session_id)
    ahead = session.timeline.ahead
    found = to_raise(session, world.new_uid)
    shown = [dataclasses.replace(draft, at=draft.at + ahead) for draft in found]
    return write(world, tx, session_stream(session_id), shown, author=author, moment=moment)


def _earlier(tx: Transaction, session: Session) -> tuple[Session, ...]:
    """Return the patient's earlier sessions, newest first, with those that were cancelled."""
    headers = tx.sessions_of(session.opened.patient.id)
    ids = [header.session_id for header in headers]
    before = ids[: ids.index(session.id)] if session.id in ids else ids
    return tuple(map(tx.session, reversed(before)))


@dataclass(frozen=True, slots=True)
class StandingCourseOrder:
    """Look for the course's order from an earlier visit that can be used in a session today."""

    world: World

    def __call__(self, session_id: str) -> OrderView | None:
        """Return it, None where there is none; `acts.UseCourseOrder` uses it."""
        now = self.world.clock.now()
        with self.world.looking() as tx:
            session = tx.session(session_id)
            today = session.timeline.own(now).astimezone(self.world.zone).date()
            kept = course_order(session, _earlier(tx, session), today)
        return order_view(kept) if kept else None


def history_gap(world: World, tx: Transaction) -> HistoryGap | None:
    """Return what is missing of the record and not explained; None in almost every record."""
    return open_gap(world.gaps(), tx.stream(HISTORY))


def check_history(world: World, tx: Transaction, session: Session) -> None:
    """Refuse a signature under a session that is older than a gap nobody has explained.

    Raises:
        RefusedError: `history-gap`.
    """
    gap = history_gap(world, tx)
    if gap is None or not gap.concerns(session.entries[0].recorded_at):
        return
    since = gap.since.astimezone(world.zone)
    raise RefusedError(Code.HISTORY_GAP, since=f"{since:%Y-%m-%d %H:%M}")


@dataclass(frozen=True, slots=True)
class ShowSession:
    """Look at a session as it stands now."""

    world: World

    def __call__(self, session_id: str) -> SessionOverview:
        """Return everything there is to show of it.

        Raises:
            NotFoundError: If there is no such session.
        """
        now = self.world.clock.now()
        with self.world.looking() as tx:
            return overview_of(self.world, tx, session_id, now)


def overview_of(
    world: World, tx: Transaction, session_id: str, now: dt.datetime
) -> SessionOverview:
    """Return everything there is to show of a session, inside a transaction that is open."""
    session: Session = tx.session(session_id)
    approvals = {a.protocol.hash: a.by for a in tx.approvals()}
    approved_by = approvals.get(session.opened.protocol_hash)
    seen = oversee(
        session, session.timeline.own(now), tx.digest(session_id), approved_by=approved_by
    )
    seen = dataclasses.replace(seen, history_gap=history_gap(world, tx))
    if seen.closed_at is None:
        return seen  # nobody can have signed it, and it is looked at every second
    written = tx.stream(CERTIFICATES)
    seen = with_certificates(seen, authority(written), issued(written))
    return dataclasses.replace(seen, replaces=_version_before(tx, seen))


def record_of(tx: Transaction, seen: SessionOverview) -> bytes:
    """Return a session's whole record, with what its report is drawn with, as one document."""
    return tx.record(seen.session_id, drawn_with(seen))


def drawn_again(session: Session, digest: str, more: DrawnWith) -> SessionOverview:
    """Return a session as its report showed it, from what a document holds of it.

    A report is drawn at the instant of the last entry that stands in it.

    Args:
        session: As the document's entries tell it.
        digest: The session digest over them, in hex.
        more: What the report was drawn with beside them.
    """
    now = session.timeline.own(session.entries[-1].recorded_at)
    return with_all(oversee(session, now, digest), more)


def _version_before(tx: Transaction, seen: SessionOverview) -> str:
    """Return the hash of the version that the addenda seen were added to; empty for the first."""
    if not seen.addenda:
        return ""
    kept = [report for report in tx.reports_of(seen.session_id) if report.status == "signed"]
    before = [report.sha256 for report in kept if report.version < seen.version]
    return before[-1] if before else ""


def proven(world: World, user: str, password: str) -> Account:
    """Return the account whose password this is; a user name is the same in any case.

    Raises:
        RefusedError: `wrong-password`; a try on an existing account is written down, and the
            refusal names whose account it is.
    """
    with world.transaction() as tx:
        named = (a for a in tx.accounts() if a.user.casefold() == user.strip().casefold())
        account = next((a for a in named if a.active), None)
    if account is None:
        world.passwords.matches("", password)  # an unknown name must take as long as a known one
        raise RefusedError(Code.WRONG_PASSWORD)
    if not world.passwords.matches(account.password_hash, password):
        moment = world.clock.moment()
        with world.transaction() as tx:
            draft = Draft(LogInRefused(user), moment.now, world.new_uid())
            write(world, tx, ACCESS, [draft], author=account.author, moment=moment)
        raise RefusedError(Code.WRONG_PASSWORD, person=account.name)
    return account
