"""The use-cases of a gap in the record's history: it is noted, and later explained."""

from __future__ import annotations

from dataclasses import dataclass

from monitor.desk import World, history_gap, write
from monitor.entries import Draft, Fact, HistoryGapExplained
from monitor.errors import Code, InputError, RefusedError
from monitor.history import HISTORY, HistoryGap, standing, to_note
from monitor.lengths import LONGEST_REASON, within
from monitor.people import CLINICIANS, Author, Role
from monitor.ports import Transaction


@dataclass(frozen=True, slots=True)
class ShowHistoryGap:
    """Look whether a part of the record is missing."""

    world: World

    def __call__(self) -> HistoryGap | None:
        """Return what is missing and not explained yet, None where nothing is."""
        with self.world.looking() as tx:
            return history_gap(self.world, tx)


@dataclass(frozen=True, slots=True)
class NoteHistoryGap:
    """Note that a part of the record is missing, and go on."""

    world: World

    def __call__(self, author: Author) -> None:
        """Write what is missing; what is noted already is not written again.

        Raises:
            RefusedError: `not-allowed` for other than clinicians and administrators, or
                `nothing-open` where nothing is missing.
        """
        if author.role not in CLINICIANS | {Role.ADMINISTRATOR}:
            raise RefusedError(Code.NOT_ALLOWED, role=author.role.value)
        with self.world.transaction() as tx:
            _insist(self.world, tx)
            _note(self.world, tx, author)


@dataclass(frozen=True, slots=True)
class ExplainHistoryGap:
    """Say why a part of the record is missing; that closes the gap."""

    world: World

    def __call__(self, author: Author, reason: str) -> None:
        """Write the explanation; a gap that nobody has noted is noted in the same breath.

        Raises:
            RefusedError: `not-allowed` for anyone but an administrator, or `nothing-open`.
            InputError: `reason-missing`, or `too-much` characters.
        """
        if author.role is not Role.ADMINISTRATOR:
            raise RefusedError(Code.NOT_ALLOWED, role=author.role.value)
        with self.world.transaction() as tx:
            _insist(self.world, tx)
            if not reason.strip():
                raise InputError(Code.REASON_MISSING, "reason", why="history-gap")
            within(reason.strip(), "reason", LONGEST_REASON)
            _note(self.world, tx, author)
            noted = [what for _, what in standing(tx.stream(HISTORY))]
            facts = [HistoryGapExplained(w.remembered_seq, w.remembered_hash) for w in noted]
            _write(self.world, tx, author, *facts, reason=reason.strip())


def _insist(world: World, tx: Transaction) -> None:
    if history_gap(world, tx) is None:
        raise RefusedError(Code.NOTHING_OPEN, what="history-gap")


def _note(world: World, tx: Transaction, author: Author) -> None:
    _write(world, tx, author, *to_note(world.gaps(), tx.stream(HISTORY)))


def _write(world: World, tx: Transaction, author: Author, *facts: Fact, reason: str = "") -> None:
    moment = world.clock.moment()
    drafts = [Draft(fact, moment.now, world.new_uid(), reason=reason) for fact in facts]
    write(world, tx, HISTORY, drafts, author=author, moment=moment)
