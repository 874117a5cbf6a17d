"""Use-cases that need a second person, who proves who they are at that moment."""

from __future__ import annotations

import dataclasses
from dataclasses import dataclass

from monitor.acts import Act, CheckDose, Override, Waste
from monitor.desk import Perform, World, perform, proven
from monitor.entries import Checked, Entry
from monitor.errors import Code, RefusedError
from monitor.people import CLINICIANS, Author


@dataclass(frozen=True, slots=True)
class SecondCheck:
    """Check a dose as another person; the password is asked at that moment."""

    world: World

    def __call__(
        self, session_id: str, user: str, password: str, check: CheckDose
    ) -> tuple[Entry, ...]:
        """Return what was written: the figures that the second person entered.

        Raises:
            RefusedError: `wrong-password`, which is an entry too; `differs`, with the names of
                the figures that are not the same, after both were kept; or what `CheckDose`
                refuses.
        """
        account = proven(self.world, user, password)
        written = Perform(self.world)(session_id, account.author, check)
        differs = [entry.what.differs for entry in written if isinstance(entry.what, Checked)]
        if any(differs):
            raise RefusedError(Code.DIFFERS, differs=differs[0])
        return written


@dataclass(frozen=True, slots=True)
class EmergencyOverride:
    """Let something go through as a prescriber, whose password is asked at that moment."""

    world: World

    def __call__(
        self, session_id: str, user: str, password: str, override: Override
    ) -> tuple[Entry, ...]:
        """Return what was written.

        Raises:
            RefusedError: `wrong-password`, which is an entry too, or what `Override` refuses.
        """
        account = proven(self.world, user, password)
        return Perform(self.world)(session_id, account.author, override)


@dataclass(frozen=True, slots=True)
class LetThrough:
    """Do an act that a prescriber lets through: both are in the record, or neither is."""

    world: World

    def __call__(
        self,
        session_id: str,
        user: str,
        password: str,
        override: Override,
        *,
        author: Author,
        act: Act,
    ) -> tuple[Entry, ...]:
        """Return what was written: the override, then what it lets through.

        Args:
            session_id: Whose act it is.
            user: The prescriber's user name.
            password: The prescriber's.
            override: What the prescriber lets through, and why.
            author: Who does the act.
            act: What is let through.

        Raises:
            RefusedError: `wrong-password`, which is an entry too; or what `Override` or the act
                refuses, and then no override stands.
        """
        prescriber = proven(self.world, user, password).author
        moment = self.world.clock.moment()
        with self.world.transaction() as tx:
            said = perform(self.world, tx, session_id, prescriber, override, moment=moment)
            done = perform(self.world, tx, session_id, author, act, moment=moment)
        return (*said, *done)


@dataclass(frozen=True, slots=True)
class WitnessedWaste:
    """Throw drug away before another person, whose password is asked at that moment."""

    world: World

    def __call__(
        self, session_id: str, author: Author, waste: Waste, witness: str, password: str
    ) -> tuple[Entry, ...]:
        """Return the entries that it left.

        Args:
            session_id: Whose drug it is.
            author: Who throws it away.
            waste: What; whoever it names as the witness gives way to the one who proves it.
            witness: The witness's user name.
            password: The witness's.

        Raises:
            RefusedError: `wrong-password`, which is an entry too; `same-person`; `not-allowed`
                for a witness who is no clinician; or what `Waste` refuses.
        """
        seen_by = proven(self.world, witness, password).author
        if seen_by.user == author.user:
            raise RefusedError(Code.SAME_PERSON)
        if seen_by.role not in CLINICIANS:
            raise RefusedError(Code.NOT_ALLOWED, role=seen_by.role.value)
        act = dataclasses.replace(waste, witness=seen_by)
        return Perform(self.world)(session_id, author, act)
