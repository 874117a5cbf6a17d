"""The use-cases of the clinic's signing authority: it is made, it issues, passwords change.

Whoever holds the authority's passphrase sits beside the person whose certificate it is: the
person types a password of their own, and the key is wrapped under it at once. A password that
was forgotten is gone with its key; a new one needs a second clinician, and is seen for ever.
"""

from __future__ import annotations

import contextlib
import dataclasses
import datetime as dt
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass, field

from monitor.certificates import (
    CERTIFICATES,
    Authority,
    PersonalCertificate,
    authority,
    certificate_of,
    issued,
)
from monitor.clock import Moment
from monitor.desk import ACCESS, World, proven, write
from monitor.entries import (
    AuthorityFounded,
    CertificateIssued,
    CertificateRefused,
    Draft,
    Fact,
    KeyRewrapped,
    PasswordSet,
)
from monitor.errors import Code, InputError, RefusedError
from monitor.people import CLINICIANS, Account, Author, Clinic, Role
from monitor.ports import Transaction

RENEWED_BEFORE = dt.timedelta(days=60)
"""So long before a certificate ends its owner is told, and a new one may take its place."""


@dataclass(frozen=True, slots=True)
class Certificates:
    """Look at what the authority is and has issued."""

    world: World

    def authority(self) -> Authority | None:
        """Return the clinic's authority, None where there is none yet."""
        with self.world.looking() as tx:
            return authority(tx.stream(CERTIFICATES))

    def issued(self) -> tuple[PersonalCertificate, ...]:
        """Return every certificate that was ever issued, oldest first."""
        with self.world.looking() as tx:
            return issued(tx.stream(CERTIFICATES))

    def ends_soon(self, user: str) -> dt.datetime | None:
        """Return when a person's certificate ends or ended; None unless that is soon or past."""
        now = self.world.clock.now()
        with self.world.looking() as tx:
            own = certificate_of(tx.stream(CERTIFICATES), user)
        return self.world.certification.ended(own, now + RENEWED_BEFORE) if own else None


@dataclass(frozen=True, slots=True)
class FoundAuthority:
    """Make the clinic's signing authority, once."""

    world: World

    def __call__(self, author: Author, passphrase: str) -> None:
        """Write the authority's certificate and its wrapped key.

        Raises:
            RefusedError: `not-allowed` for anyone but an administrator; `record-exists`, field
                "authority", where there is one already.
            InputError: `weak-password`, field "authority".
        """
        _only_administrators(author)
        with self.world.looking() as tx:
            clinic, found = tx.clinic(), authority(tx.stream(CERTIFICATES))
        if clinic is None:
            raise RefusedError(Code.NO_RECORD)
        if found is not None:
            raise RefusedError(Code.RECORD_EXISTS, field="authority")
        moment = self.world.clock.moment()
        made = new_authority(self.world, clinic, passphrase, moment)
        with self.world.transaction() as tx:
            if authority(tx.stream(CERTIFICATES)) is not None:  # somebody was quicker
                raise RefusedError(Code.RECORD_EXISTS, field="authority")
            _write(self.world, tx, CERTIFICATES, made, author, moment)


@dataclass(frozen=True, slots=True)
class IssueCertificate:
    """Give a person who has none, or none for long, a key pair of their own and a certificate.

    Who has one renews it: the password still opens the old key, so that it is the same person.
    """

    world: World

    def __call__(self, author: Author, passphrase: str, user: str, password: str) -> None:
        """Write it.

        Args:
            author: The administrator who holds the authority's passphrase.
            passphrase: The authority's.
            user: Whose certificate it is.
            password: That person's own, as typed by them; it stays what it was.

        Raises:
            RefusedError: `not-allowed`, `no-authority`, `wrong-passphrase`, which is an entry
                too, `wrong-password`, `unchanged` where the person's certificate holds for
                longer than `RENEWED_BEFORE`, or `changed-meanwhile`.
        """
        _only_administrators(author)
        account = proven(self.world, user, password)
        with self.world.looking() as tx:
            own = certificate_of(tx.stream(CERTIFICATES), account.user)
        moment = self.world.clock.moment()
        soon = moment.now + RENEWED_BEFORE
        if own is not None and not self.world.certification.ended(own, soon):
            raise RefusedError(Code.UNCHANGED, field="certificate")
        founded = _needed_authority(self.world)
        with refusal_kept(self.world, author, account.user):
            if own is not None:
                self.world.certification.open(founded, own, password)
            made = new_certificate(self.world, founded, passphrase, account, password, moment)
        if own is not None:
            made = dataclasses.replace(made, replaces=own.serial)
        with self.world.transaction() as tx:
            _insist_on(tx, account.user, own)
            _write(self.world, tx, CERTIFICATES, made, author, moment)


@dataclass(frozen=True, slots=True)
class ChangePassword:
    """Choose another password for oneself; the key stays the same."""

    world: World

    def __call__(self, user: str, old: str, new: str) -> None:
        """Write the new verifier, and the key under the new password, both or neither.

        Raises:
            RefusedError: `wrong-password`, which is an entry too, or `changed-meanwhile`.
            InputError: `weak-password`, or `unchanged` for the same password again.
        """
        account = proven(self.world, user, old)
        if unicodedata.normalize("NFC", old) == unicodedata.normalize("NFC", new):
            raise InputError(Code.UNCHANGED, "password")
        verifier = self.world.passwords.make(new)
        with self.world.looking() as tx:
            own = certificate_of(tx.stream(CERTIFICATES), account.user)
        wrapped = self.world.certification.rewrap(own, old, new) if own else ""
        moment = self.world.clock.moment()
        with self.world.transaction() as tx:
            _insist_on(tx, account.user, own)
            said = PasswordSet(account.user, verifier)
            _write(self.world, tx, f"account/{account.user}", said, account.author, moment)
            if own:
                again = KeyRewrapped(own.user, own.serial, wrapped)
                _write(self.world, tx, CERTIFICATES, again, account.author, moment)


@dataclass(frozen=True, slots=True, kw_only=True)
class NewPassword:
    """What is asked where somebody forgot a password.

    Attributes:
        user: Who forgot it.
        password: The new one, typed by that person.
        passphrase: The authority's; empty where the clinic has none.
        witness, witness_password: A second clinician, neither of the other two.
    """

    user: str
    password: str = field(repr=False)
    passphrase: str = field(repr=False)
    witness: str
    witness_password: str = field(repr=False)


@dataclass(frozen=True, slots=True)
class ReplacePassword:
    """Give somebody who forgot a password a new one: with a new key and a new certificate."""

    world: World

    def __call__(self, author: Author, wanted: NewPassword) -> None:
        """Write the new verifier and the new certificate, both or neither.

        Raises:
            RefusedError: `not-allowed` for anyone but an administrator, or a witness who is no
                clinician; `same-person` for a witness who is one of the two; `wrong-password`,
                the witness's; `wrong-passphrase`; `changed-meanwhile`.
            InputError: `weak-password`.
            NotFoundError: If nobody has that user name.
        """
        _only_administrators(author)
        witness = proven(self.world, wanted.witness, wanted.witness_password)
        if witness.role not in CLINICIANS:
            raise RefusedError(Code.NOT_ALLOWED, role=witness.role.value)
        with self.world.looking() as tx:
            account = tx.account(wanted.user)
            entries = tx.stream(CERTIFICATES)
        if witness.user in (account.user, author.user):
            raise RefusedError(Code.SAME_PERSON)
        verifier = self.world.passwords.make(wanted.password)
        moment = self.world.clock.moment()
        facts: list[tuple[str, Fact]] = [
            (f"account/{account.user}", PasswordSet(account.user, verifier))
        ]
        own = certificate_of(entries, account.user)
        if founded := authority(entries):
            with refusal_kept(self.world, author, account.user):
                made = new_certificate(
                    self.world, founded, wanted.passphrase, account, wanted.password, moment
                )
            seen = {"replaces": own.serial if own else "", "witness": witness.user}
            facts.append((CERTIFICATES, dataclasses.replace(made, **seen)))
        with self.world.transaction() as tx:
            _insist_on(tx, account.user, own)
            for stream, fact in facts:
                _write(self.world, tx, stream, fact, author, moment)


def new_authority(
    world: World, clinic: Clinic, passphrase: str, moment: Moment
) -> AuthorityFounded:
    """Make an authority's key and certificate; slow, and nothing is written.

    Raises:
        InputError: `weak-password`, field "authority".
    """
    made = world.certification.found(clinic, passphrase, moment.now)
    return AuthorityFounded(made.certificate, made.wrapped)


def new_certificate(
    world: World,
    founded: Authority,
    passphrase: str,
    account: Account,
    password: str,
    moment: Moment,
) -> CertificateIssued:
    """Make a person's key and certificate; slow, and nothing is written.

    Raises:
        RefusedError: `wrong-passphrase`, or `certificate-ended`, field "authority".
    """
    ends = world.certification.ends(founded.certificate)
    if moment.now > ends:
        raise RefusedError(Code.CERTIFICATE_ENDED, field="authority", ended=f"{ends:%Y-%m-%d}")
    made = world.certification.issue(founded, passphrase, account.author, password, moment.now)
    return CertificateIssued(account.user, made.serial, made.certificate, made.wrapped)


@contextlib.contextmanager
def refusal_kept(world: World, author: Author, user: str) -> Iterator[None]:
    """Write down that somebody's certificate was refused; outside of any transaction.

    Args:
        world: Where to.
        author: Who asked for it.
        user: Whose it was to be.
    """
    try:
        yield
    except RefusedError as error:
        moment = world.clock.moment()
        said = CertificateRefused(user, error.code.value)
        with world.transaction() as tx:
            _write(world, tx, ACCESS, said, author, moment)
        raise


def _needed_authority(world: World) -> Authority:
    with world.looking() as tx:
        found = authority(tx.stream(CERTIFICATES))
    if found is None:
        raise RefusedError(Code.NO_AUTHORITY)
    return found


def _insist_on(tx: Transaction, user: str, own: PersonalCertificate | None) -> None:
    """Refuse to write where a person's certificate or key is not the one that was looked at.

    Raises:
        RefusedError: `changed-meanwhile`.
    """
    if certificate_of(tx.stream(CERTIFICATES), user) != own:
        raise RefusedError(Code.CHANGED_MEANWHILE, field="certificate")


def _only_administrators(author: Author) -> None:
    if author.role is not Role.ADMINISTRATOR:
        raise RefusedError(Code.NOT_ALLOWED, role=author.role.value)


def _write(
    world: World, tx: Transaction, stream: str, fact: Fact, author: Author, moment: Moment
) -> None:
    draft = Draft(fact, moment.now, world.new_uid())
    write(world, tx, stream, [draft], author=author, moment=moment)
