"""The use-case that lets one more person log in and sign from the first day."""

from __future__ import annotations

from dataclasses import dataclass

from monitor.certificates import CERTIFICATES, authority
from monitor.certifying import new_certificate, refusal_kept
from monitor.clinic import CreateAccount, NewAccount
from monitor.entries import AccountCreated
from monitor.errors import Code, InputError, RefusedError
from monitor.people import Account, Author, Role


@dataclass(frozen=True, slots=True)
class Hire(CreateAccount):
    """Let one more person log in, with a certificate of their own where the passphrase is there.

    The key is made before anything is written, so that no other writer waits for it.
    """

    def __call__(self, author: Author, wanted: NewAccount, passphrase: str = "") -> Account:
        """Return the new account; it and its certificate are written both or neither.

        Args:
            author: The administrator who holds the authority's passphrase.
            wanted: With the password that the person has typed.
            passphrase: The authority's; empty for no certificate yet.

        Raises:
            RefusedError: `not-allowed` for anyone but an administrator; `no-authority`;
                `wrong-passphrase`, which is an entry too.
            InputError: `empty`, `too-much` characters, `name-taken` or `weak-password`.
        """
        if not passphrase:
            return CreateAccount(self.world)(author, wanted)
        if author.role is not Role.ADMINISTRATOR:
            raise RefusedError(Code.NOT_ALLOWED, role=author.role.value)
        with self.world.looking() as tx:
            account, founded = self._account(tx, wanted), authority(tx.stream(CERTIFICATES))
        if founded is None:
            raise RefusedError(Code.NO_AUTHORITY)
        moment = self.world.clock.moment()
        with refusal_kept(self.world, author, account.user):
            made = new_certificate(
                self.world, founded, passphrase, account, wanted.password, moment
            )
        with self.world.transaction() as tx:
            if any(_same(each.user, account.user) for each in tx.accounts()):  # meanwhile
                raise InputError(Code.NAME_TAKEN, "user", name=account.user)
            self._append(tx, f"account/{account.user}", AccountCreated(account), author)
            self._append(tx, CERTIFICATES, made, author)
        return account


def _same(one: str, other: str) -> bool:
    return one.casefold() == other.casefold()
