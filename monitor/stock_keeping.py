"""The use-cases of the cupboard: drug is received, counted, returned, destroyed, lost.

What was typed is read here. A mistake is put right by a count: the register goes on from
what was found, and the reason says why it differs.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from decimal import Decimal

from monitor.desk import World, proven, write
from monitor.entries import (
    CountedLot,
    Draft,
    Fact,
    Inventory,
    StockCounted,
    StockLot,
    StockMove,
    StockMoved,
)
from monitor.errors import Code, InputError, RefusedError
from monitor.handed_out import NoteHandedOut
from monitor.people import CLINICIANS, Author, Role
from monitor.ports import Transaction
from monitor.register import (
    ALL,
    Asked,
    LotStock,
    RegisterView,
    StockItem,
    Visit,
    lot_key,
    stock_items,
)
from monitor.running_stock import register_view
from monitor.sealed_file import session_code
from monitor.stock_lines import StockLine
from monitor.stock_reading import (
    NewCount,
    NewMove,
    amounts,
    filled,
    item_of,
    last_of,
    limited,
    lot_of,
    printed_expiry,
    worded,
)
from monitor.units import plain

REGISTER = "register"
"""The stream of what came, went and was counted outside sessions."""

KEEPERS = frozenset({Role.NURSE, Role.PRESCRIBER, Role.ADMINISTRATOR})
"""Who may write in the register; whoever may log in may read it."""

WITNESSES = CLINICIANS | {Role.ADMINISTRATOR}
"""Who may see drug destroyed, or count along."""


@dataclass(frozen=True, slots=True)
class Proof:
    """A second person's user name and password, asked for at that moment; never kept."""

    user: str
    password: str = field(repr=False)


@dataclass(frozen=True, slots=True)
class ShowRegister:
    """Look at the register as it stands now."""

    world: World

    def __call__(self, asked: Asked = ALL) -> RegisterView:
        """Return it, or the part of it that is asked for."""
        now = self.world.clock.now()
        with self.world.looking() as tx:
            return _seen(self.world, tx, now, asked)


@dataclass(frozen=True, slots=True)
class NoteExport:
    """Note that a part of the register left the program, by whose hand and with which hash."""

    world: World

    def __call__(self, author: Author, form: str, content: bytes, to: str = "") -> None:
        """Write it.

        Args:
            author: Who took it out.
            form: "csv" or "pdf".
            content: The whole file.
            to: The file's path.
        """
        NoteHandedOut(self.world)(author, f"register {form}", content, to)


@dataclass(frozen=True, slots=True)
class _Keeping:
    world: World

    def _view(self, tx: Transaction, now: dt.datetime) -> RegisterView:
        return _seen(self.world, tx, now, ALL)

    def _write(self, tx: Transaction, author: Author, fact: Fact, reason: str) -> None:
        moment = self.world.clock.moment()
        draft = Draft(fact, moment.now, self.world.new_uid(), reason=reason)
        write(self.world, tx, REGISTER, [draft], author=author, moment=moment)

    def _out(
        self, author: Author, move: StockMove, typed: NewMove, proof: Proof | None = None
    ) -> StockMoved:
        """Take stock of a lot that the register knows, in one go."""
        insist_on_keeper(author)
        reason = worded(typed.reason, "reason")
        if not reason and move in _REASONED:
            raise InputError(Code.REASON_MISSING, "reason", why=f"stock-{move.value}")
        document = worded(typed.document, "document")
        with self.world.looking() as tx:
            self._taken(self._view(tx, self.world.clock.now()), typed)  # before anyone is asked
        witness = None if proof is None else proven_witness(self.world, author, proof)
        now = self.world.clock.now()
        with self.world.transaction() as tx:
            item, containers, mg = self._taken(self._view(tx, now), typed)
            said = StockMoved(move, item, containers, mg, document, witness)
            self._write(tx, author, said, reason)
        return said

    def _taken(self, view: RegisterView, typed: NewMove) -> tuple[StockLot, Decimal, Decimal]:
        item = item_of(view, typed.product)
        lot = lot_of(typed.lot)
        known = last_of(view, item, lot)
        if known is None or known.stock_mg is None:
            raise InputError(Code.UNKNOWN, "lot", name=lot)
        containers, mg = amounts(item, typed.containers, typed.opened_ml)
        if mg == 0:
            raise InputError(Code.OUT_OF_RANGE, "containers", least=plain(item.part))
        if mg > known.stock_mg:
            there = plain(max(known.stock_mg, Decimal(0)))
            raise InputError(Code.TOO_MUCH, "containers", lot=lot, taken=plain(mg), there=there)
        if known.containers is not None and containers > known.containers:
            count, whole = plain(containers), plain(known.containers)
            raise InputError(Code.TOO_MUCH, "containers", lot=lot, count=count, whole=whole)
        kept = StockLot(item.id, item.name, item.mg_each, known.lot, known.expiry)
        return kept, containers, mg


_REASONED = (StockMove.DESTROYED, StockMove.LOST)


@dataclass(frozen=True, slots=True)
class ReceiveStock(_Keeping):
    """Put a delivery into the cupboard."""

    def __call__(self, author: Author, typed: NewMove) -> StockMoved:
        """Return what was written.

        Raises:
            RefusedError: `not-allowed` for other than nurses, prescribers and administrators.
            InputError: `empty`, `not-understood`, `out-of-range` or `too-much` with the field;
                `expired` for a date gone by; `differs` for a lot that the register knows with
                another date.
        """
        insist_on_keeper(author)
        document = limited(filled(typed.document, "document"), "document")
        reason = worded(typed.reason, "reason")
        now = self.world.clock.now()
        with self.world.transaction() as tx:
            view = self._view(tx, now)
            item, lot = item_of(view, typed.product), lot_of(typed.lot)
            expiry = printed_expiry(typed.expiry, not_before=view.today, lot=lot, document=document)
            known = last_of(view, item, lot)
            _insist_on_same_date(known, expiry)
            containers, mg = amounts(item, typed.containers, typed.opened_ml)
            if containers == 0:
                raise InputError(Code.OUT_OF_RANGE, "containers", least=plain(item.part))
            spelled = known.lot if known else lot
            kept = StockLot(item.id, item.name, item.mg_each, spelled, expiry)
            said = StockMoved(StockMove.RECEIVED, kept, containers, mg, document)
            self._write(tx, author, said, reason)
        return said


@dataclass(frozen=True, slots=True)
class ReturnStock(_Keeping):
    """Send stock back to the supplier or the pharmacy."""

    def __call__(self, author: Author, typed: NewMove) -> StockMoved:
        """Return what was written.

        Raises:
            RefusedError: `not-allowed`.
            InputError: With the field: as when receiving, `unknown` for a lot that the register
                does not know, `too-much` for more than it has.
        """
        return self._out(author, StockMove.RETURNED, typed)


@dataclass(frozen=True, slots=True)
class LoseStock(_Keeping):
    """Say that stock is missing, broken or stolen, with the reason."""

    def __call__(self, author: Author, typed: NewMove) -> StockMoved:
        """Return what was written.

        Raises:
            RefusedError: `not-allowed`.
            InputError: As when returning, and `reason-missing`.
        """
        return self._out(author, StockMove.LOST, typed)


@dataclass(frozen=True, slots=True)
class DestroyStock(_Keeping):
    """Destroy stock before a witness, who proves who they are."""

    def __call__(self, author: Author, typed: NewMove, witness: Proof) -> StockMoved:
        """Return what was written.

        Raises:
            RefusedError: `not-allowed`, for the witness too; `same-person`; `wrong-password`,
                which is an entry too.
            InputError: As when returning, and `reason-missing`.
        """
        return self._out(author, StockMove.DESTROYED, typed, witness)


@dataclass(frozen=True, slots=True)
class CountStock(_Keeping):
    """Count the cupboard: the register goes on from what was found."""

    def __call__(
        self,
        author: Author,
        inventory: Inventory,
        typed: Sequence[NewCount],
        *,
        reason: str = "",
        witness: Proof | None = None,
    ) -> StockCounted:
        """Return what was written, each lot beside what the register had said.

        Raises:
            RefusedError: `not-allowed`; `same-person` or `wrong-password` for the witness.
            InputError: With the field: `reason-missing` where something else was found than the
                register said; `empty` where an opening or biennial inventory leaves out a lot
                of the register; `name-taken` for a lot that is counted twice; `out-of-range`
                for a second opening inventory.
        """
        insist_on_keeper(author)
        reason = worded(reason, "reason")
        with self.world.looking() as tx:
            self._counted(self._view(tx, self.world.clock.now()), inventory, typed, reason)
        seen_by = None if witness is None else proven_witness(self.world, author, witness)
        now = self.world.clock.now()
        with self.world.transaction() as tx:
            lots = self._counted(self._view(tx, now), inventory, typed, reason)
            said = StockCounted(inventory, lots, seen_by)
            self._write(tx, author, said, reason)
        return said

    def _counted(
        self, view: RegisterView, inventory: Inventory, typed: Sequence[NewCount], reason: str
    ) -> tuple[CountedLot, ...]:
        if inventory is Inventory.OPENING and view.inventory_at is not None:
            raise InputError(Code.OUT_OF_RANGE, "inventory", allowed="biennial, spot")
        if inventory is Inventory.SPOT and not typed:
            raise InputError(Code.EMPTY, "lots")
        lots = tuple(_found(view, line) for line in typed)
        _insist_on_each_once(lots)
        if inventory is not Inventory.SPOT:
            _insist_on_all(view, lots)
        if not reason:
            _insist_on_expected(view, lots)
        return lots


def _found(view: RegisterView, typed: NewCount) -> CountedLot:
    item, lot = item_of(view, typed.product), lot_of(typed.lot)
    known = last_of(view, item, lot)
    expiry = printed_expiry(typed.expiry)
    containers, mg = amounts(item, typed.containers, typed.opened_ml)
    expected = known.stock_mg if known and known.stock_mg is not None else Decimal(0)
    spelled = known.lot if known else lot
    kept = StockLot(item.id, item.name, item.mg_each, spelled, expiry)
    return CountedLot(kept, containers, mg, expected)


def _insist_on_same_date(known: LotStock | None, expiry: str) -> None:
    if known is not None and known.vouched and known.expiry != expiry:
        raise InputError(Code.DIFFERS, "expiry", lot=known.lot, known=known.expiry, typed=expiry)


def _insist_on_each_once(lots: Iterable[CountedLot]) -> None:
    seen = set[tuple[str, str]]()
    for found in lots:
        if (place := (found.item.product, lot_key(found.item.lot))) in seen:
            raise InputError(Code.NAME_TAKEN, "lot", name=found.item.lot)
        seen.add(place)


def _insist_on_all(view: RegisterView, lots: Iterable[CountedLot]) -> None:
    """Refuse an inventory of the whole cupboard that leaves out what the register has."""
    counted = {(found.item.product, found.item.lot) for found in lots}
    left = [lot.lot for lot in view.in_stock if (lot.product, lot.lot) not in counted]
    if left:
        raise InputError(Code.EMPTY, "lots", left=", ".join(f"lot {lot}" for lot in left))


def _insist_on_expected(view: RegisterView, lots: Iterable[CountedLot]) -> None:
    if view.began is None:
        return  # there is nothing yet that it could differ from
    for found in lots:
        known = last_of(view, None, found.item.lot, found.item.product)
        other_date = known is not None and known.expiry not in ("", found.item.expiry)
        if found.mg != found.expected_mg or other_date:
            raise InputError(Code.REASON_MISSING, "reason", why="stock-counted")


def proven_witness(world: World, author: Author, proof: Proof) -> Author:
    """Return the other person who sees it.

    Raises:
        RefusedError: `same-person`, `wrong-password`, or `not-allowed` for an auditor.
    """
    if not proof.user.strip():
        raise InputError(Code.EMPTY, "witness")
    if proof.user.strip().casefold() == author.user.casefold():
        raise RefusedError(Code.SAME_PERSON)
    witness = proven(world, proof.user, proof.password).author
    if witness.role not in WITNESSES:
        raise RefusedError(Code.NOT_ALLOWED, role=witness.role.value)
    return witness


def insist_on_keeper(author: Author) -> None:
    """Refuse anyone who may not write in the register.

    Raises:
        RefusedError: `not-allowed`.
    """
    if author.role not in KEEPERS:
        raise RefusedError(Code.NOT_ALLOWED, role=author.role.value)


def _seen(world: World, tx: Transaction, now: dt.datetime, asked: Asked) -> RegisterView:
    lines = tx.stock_lines()
    items: tuple[StockItem, ...] = stock_items(a.protocol for a in tx.approvals())
    visits = _visits(tx, lines)
    return register_view(lines, visits, items, now=now, zone=world.zone, asked=asked)


def _visits(tx: Transaction, lines: Iterable[StockLine]) -> dict[str, Visit]:
    wanted = {line.session_id for line in lines} - {""}
    if not wanted:
        return {}
    return {
        header.session_id: Visit(
            header.session_id,
            session_code(header.session_id),
            header.patient.name,
            header.patient.number,
            header.drug,
        )
        for header in tx.sessions()
        if header.session_id in wanted
    }
