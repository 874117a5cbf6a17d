"""The use-cases of vouching for a session: signing, co-signing, adding to it, handing it out.

A signature needs three things at one moment: the signer's password, which opens the signer's
own key; the digest of what the signer was shown; and a record that is still the same. The file
is made once, at the co-signature, while the key is open. Drawing and sealing take a second and
must not keep anybody else from charting: so the entries are tried first and taken back, the
file is made from what they gave, and then the very same entries are written, if nobody wrote
in the session meanwhile.
"""

from __future__ import annotations

import contextlib
import datetime as dt
import hashlib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from monitor.acts import AddAddendum, CoSign, Sign
from monitor.acts.signing import Vouch
from monitor.certificates import (
    CERTIFICATES,
    Authority,
    PersonalCertificate,
    authority,
    certificate_of,
)
from monitor.clock import Moment
from monitor.desk import (
    ACCESS,
    World,
    check_history,
    overview_of,
    perform,
    proven,
    record_of,
    write,
)
from monitor.entries import Draft, Entry, Exported, ReportKept, SignatureRefused
from monitor.errors import Code, InputError, NotFoundError, RefusedError
from monitor.overview import SessionOverview
from monitor.people import Account, Author
from monitor.ports import KeptReport, PersonalKey, Transaction


@dataclass(frozen=True, slots=True)
class Attempt:
    """What a signature would leave in the record, tried and taken back.

    Attributes:
        author: Who signs, or asks for a draft.
        written: The entries it would write in the session's stream; none for a draft.
        record: The session's whole record with them in it.
    """

    author: Author
    moment: Moment
    overview: SessionOverview
    record: bytes
    written: tuple[Entry, ...] = ()


class _TakenBackError(Exception):
    """Ends a transaction of which nothing shall stay."""


@dataclass(frozen=True, slots=True)
class _Signing:
    """What every signature has in common."""

    world: World

    @contextlib.contextmanager
    def _watched(self, session_id: str, asked: str, author: Author) -> Iterator[None]:
        """Write down what the body refuses; a store that fails could not keep that either."""
        try:
            yield
        except (InputError, RefusedError) as error:
            moment = self.world.clock.moment()
            said = SignatureRefused(session_id, asked, error.code.value)
            draft = Draft(said, moment.now, self.world.new_uid())
            with self.world.transaction() as tx:
                write(self.world, tx, ACCESS, [draft], author=author, moment=moment)
            raise


def opened_key(world: World, account: Account, password: str) -> PersonalKey:
    """Open a person's own key.

    Raises:
        RefusedError: `no-authority`, `no-certificate`, `certificate-not-yet`,
            `certificate-ended` or `wrong-password`.
    """
    founded, own = certified(world, account.author, world.clock.now())
    return world.certification.open(founded, own, password)


def certified(
    world: World, person: Author, at: dt.datetime
) -> tuple[Authority, PersonalCertificate]:
    """Return what a person signs with, if it holds at that instant.

    Raises:
        RefusedError: `no-authority`, `no-certificate`, `certificate-not-yet` or
            `certificate-ended`.
    """
    with world.looking() as tx:
        entries = tx.stream(CERTIFICATES)
    founded, own = authority(entries), certificate_of(entries, person.user)
    if founded is None:
        raise RefusedError(Code.NO_AUTHORITY)
    if own is None:
        raise RefusedError(Code.NO_CERTIFICATE, person=person.name)
    begins = max(world.certification.begins(c.certificate) for c in (founded, own))
    if at < begins:
        said = f"{begins:%Y-%m-%d}"
        raise RefusedError(Code.CERTIFICATE_NOT_YET, person=person.name, begins=said)
    if ended := world.certification.ended(own, at):
        raise RefusedError(Code.CERTIFICATE_ENDED, person=person.name, ended=f"{ended:%Y-%m-%d}")
    return founded, own


@dataclass(frozen=True, slots=True)
class SignSession(_Signing):
    """Sign as someone who wrote in the session; the password is asked at that moment."""

    def __call__(
        self, session_id: str, user: str, password: str, meaning: str, *, seen: str
    ) -> None:
        """Write the signature.

        Args:
            session_id: Which session.
            user: Who signs.
            password: Theirs; it opens their key.
            meaning: What the signature says.
            seen: The session digest that the signer was shown.

        Raises:
            RefusedError: `wrong-password`, what `Sign` refuses, or `changed-meanwhile`; each
                is an entry too.
        """
        account = proven(self.world, user, password)
        with self._watched(session_id, "signed", account.author):
            key = opened_key(self.world, account, password)
            act = Sign(meaning=meaning, seen=seen, key=key)
            moment = self.world.clock.moment()
            with self.world.transaction() as tx:
                _insist_on_the_signer(tx, account, key)
                perform(self.world, tx, session_id, account.author, act, moment=moment)


@dataclass(frozen=True, slots=True)
class CoSignSession(_Signing):
    """Co-sign as a prescriber; the finished report is made once, and kept."""

    def __call__(
        self, session_id: str, user: str, password: str, meaning: str, *, seen: str
    ) -> None:
        """Write the co-signature and keep the sealed report, both or neither.

        Args:
            session_id: Which session.
            user: Who signs.
            password: Theirs; it opens their key.
            meaning: What the signature says.
            seen: The session digest that the signer was shown.

        Raises:
            RefusedError: `wrong-password`, what `CoSign` refuses, or `changed-meanwhile`; each
                is an entry too.
        """
        account = proven(self.world, user, password)
        with self._watched(session_id, "co-signed", account.author):
            key = opened_key(self.world, account, password)
            act = CoSign(meaning=meaning, seen=seen, key=key)
            _seal(self.world, session_id, account, act, key)


@dataclass(frozen=True, slots=True)
class AddToSession(_Signing):
    """Add something to a co-signed session; the report gets a new version that says so."""

    def __call__(self, session_id: str, user: str, password: str, text: str, *, seen: int) -> None:
        """Write the addendum with its signature and keep the new version, both or neither.

        Args:
            session_id: Which session.
            user: Who adds.
            password: Theirs; it opens their key.
            text: What is added.
            seen: How many entries the session had as this person was shown it.

        Raises:
            RefusedError: `wrong-password`, what `AddAddendum` refuses, or `changed-meanwhile`;
                each is an entry too.
        """
        account = proven(self.world, user, password)
        with self._watched(session_id, "addendum", account.author):
            key = opened_key(self.world, account, password)
            act = AddAddendum(text=text, seen=seen, key=key)
            _seal(self.world, session_id, account, act, key)


def _seal(world: World, session_id: str, account: Account, act: Vouch, key: PersonalKey) -> None:
    """Do an act that makes a new version of the report, and keep that version."""
    attempt = _attempt(world, session_id, account.author, act, world.clock.moment())
    content = world.press.seal(attempt.overview, attempt.record, key)
    with world.transaction() as tx:
        _insist_on_the_signer(tx, account, key)
        check_history(world, tx, tx.session(session_id))
        _insist_on_the_next(tx, attempt.written)
        tx.append(attempt.written)
        _keep(world, tx, attempt, content)


def _attempt(world: World, session_id: str, author: Author, act: Vouch, moment: Moment) -> Attempt:
    """Try the act, see what the record would be, and take everything back."""
    made: list[Attempt] = []
    try:
        with world.transaction() as tx:
            written = perform(world, tx, session_id, author, act, moment=moment)
            overview = overview_of(world, tx, session_id, moment.now)
            record = record_of(tx, overview)
            made.append(Attempt(author, moment, overview, record, written))
            raise _TakenBackError  # noqa: TRY301 - how a transaction is taken back
    except _TakenBackError:
        return made[0]


def _insist_on_the_signer(tx: Transaction, account: Account, key: PersonalKey) -> None:
    """Refuse a signer whose account or certificate is not what it was as the key was opened.

    Raises:
        RefusedError: `changed-meanwhile`, field "account".
    """
    own = certificate_of(tx.stream(CERTIFICATES), account.user)
    is_current = own is not None and own.fingerprint == key.fingerprint
    if not is_current or tx.account(account.user) != account:
        raise RefusedError(Code.CHANGED_MEANWHILE, field="account")


def _insist_on_the_next(tx: Transaction, entries: Sequence[Entry]) -> None:
    """Refuse entries that are not the next of their stream any more.

    Raises:
        RefusedError: `changed-meanwhile`.
    """
    first = entries[0]
    if tx.length(first.stream) + 1 != first.n:
        raise RefusedError(Code.CHANGED_MEANWHILE)


def _insist_on_a_draft(tx: Transaction, session_id: str) -> None:
    """Refuse to keep a draft after the report itself, whose newest version would seem to be it.

    Raises:
        RefusedError: `changed-meanwhile`.
    """
    newest = tx.report(session_id)
    if newest is not None and newest.status == "signed":
        raise RefusedError(Code.CHANGED_MEANWHILE)


def _keep(world: World, tx: Transaction, attempt: Attempt, content: bytes) -> None:
    """Keep a file that was made, and say in an entry which one it is."""
    overview = attempt.overview
    sha256 = hashlib.sha256(content).hexdigest()
    kept = ReportKept(
        overview.session_id,
        sha256,
        overview.version,
        "signed" if overview.status == "co-signed" else "draft",
        overview.digest,
        overview.replaces,
        overview.entries,
    )
    tx.keep_file(sha256, content)
    draft = Draft(kept, attempt.moment.now, world.new_uid())
    write(world, tx, ACCESS, [draft], author=attempt.author, moment=attempt.moment)


def keep_draft(
    world: World,
    tx: Transaction,
    author: Author,
    moment: Moment,
    overview: SessionOverview,
    content: bytes,
) -> None:
    """Keep an unsigned draft that is handed out, in a transaction that is open.

    Raises:
        RefusedError: `changed-meanwhile`, if the report itself is kept by now.
    """
    _insist_on_a_draft(tx, overview.session_id)
    _keep(world, tx, Attempt(author, moment, overview, b""), content)


def kept_report(tx: Transaction, session_id: str, version: int) -> KeptReport | None:
    """Return the finished report of that version, the newest for 0; None where none is finished.

    Raises:
        NotFoundError: If that version is not kept.
    """
    finished = [each for each in tx.reports_of(session_id) if each.status == "signed"]
    found = [each for each in finished if version in (0, each.version)]
    if version and not found:
        raise NotFoundError("report", name=f"{version}")
    return found[-1] if found else None


@dataclass(frozen=True, slots=True)
class DraftReport:
    """Draw the report as it stands, for the screen; nothing leaves the program."""

    world: World

    def __call__(self, session_id: str, *, version: int = 0) -> bytes:
        """Return the PDF: the kept one once it is co-signed, else an unsigned draft.

        Args:
            session_id: Which session.
            version: Which of the kept ones; the newest for 0.

        Raises:
            NotFoundError: If no such version is kept.
        """
        now = self.world.clock.now()
        with self.world.looking() as tx:
            kept = kept_report(tx, session_id, version)
            if kept is not None:
                return kept.content
            overview = overview_of(self.world, tx, session_id, now)
        return self.world.press.draw(overview)


@dataclass(frozen=True, slots=True)
class ExportReport:
    """Hand the report out; who, when and its hash are an entry."""

    world: World

    def __call__(self, session_id: str, author: Author, *, version: int = 0, to: str = "") -> bytes:
        """Return a copy of the kept report, or of a draft that is kept from now on.

        Args:
            session_id: Which session.
            author: Who hands it out.
            version: Which of the kept ones; the newest for 0.
            to: Where to: the file's path; empty where it is not known.

        Raises:
            NotFoundError: If no such version is kept.
            RefusedError: `changed-meanwhile`, if it was co-signed while the draft was drawn.
        """
        moment = self.world.clock.moment()
        with self.world.looking() as tx:
            kept = kept_report(tx, session_id, version)
            overview = overview_of(self.world, tx, session_id, moment.now)
            record = record_of(tx, overview)
        content = kept.content if kept else self.world.press.archive(overview, record)
        with self.world.transaction() as tx:
            if kept is None:
                _insist_on_a_draft(tx, session_id)
                _keep(self.world, tx, Attempt(author, moment, overview, record), content)
            exported = Exported(session_id, "pdf", hashlib.sha256(content).hexdigest(), to)
            draft = Draft(exported, moment.now, self.world.new_uid())
            write(self.world, tx, ACCESS, [draft], author=author, moment=moment)
        return content
