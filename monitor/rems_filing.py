"""The use-cases of the REMS form: what is due, what a person answers, what was filed.

All of it stands in a stream of its own beside the session's, so that a session can be signed
before its form is answered and filed. The form itself is filed outside this program.
"""

from __future__ import annotations

import datetime as dt
import hashlib
import re
from dataclasses import dataclass

from monitor.clinic import CLINIC
from monitor.desk import ACCESS, World, write
from monitor.entries import Draft, Exported, Fact, RemsAnswered, RemsFiled, RemsFormSet
from monitor.errors import Code, InputError, NotFoundError, RefusedError
from monitor.lengths import LONGEST_NAME, LONGEST_NUMBER, LONGEST_REASON, within
from monitor.overview import SessionOverview
from monitor.people import CLINICIANS, Author, Role
from monitor.ports import Transaction
from monitor.rems import rems_stream
from monitor.rems_form import Answer, RemsForm, parse_form, shipped_forms
from monitor.rems_looking import approved_forms, form_in_force, sheet_of
from monitor.rems_rules import NO, YES
from monitor.rems_worksheet import Filed, Row

FORM_KEEPERS = frozenset({Role.PRESCRIBER, Role.ADMINISTRATOR})
"""Who may say which version of the form holds."""

_DAY = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}", re.ASCII)


@dataclass(frozen=True, slots=True)
class AnswerRems:
    """Answer a field of the form that the record cannot fill."""

    world: World

    def __call__(self, author: Author, session_id: str, field_id: str, value: str) -> None:
        """Write the answer; the same one again leaves no entry, an empty one takes it back.

        Raises:
            RefusedError: `not-allowed` for other than clinicians, or of a field that the record
                fills.
            InputError: `not-understood`, `out-of-range` or `too-much` characters.
            NotFoundError: If there is no such session or field, or no form follows it.
        """
        _insist_on_clinician(author)
        with self.world.transaction() as tx:
            sheet = sheet_of(self.world, tx, session_id)
            row = sheet.row(field_id)
            if row is None:
                raise NotFoundError("rems field", name=field_id)
            if not row.takes_answer:
                raise RefusedError(Code.NOT_ALLOWED, what="rems field")
            said = answer_of(row, value)
            if said != row.value:
                fact = RemsAnswered(session_id, sheet.form.id, field_id, said)
                _write(self.world, tx, rems_stream(session_id), fact, author)


@dataclass(frozen=True, slots=True)
class Filing:
    """That a form was filed, as typed.

    Attributes:
        on: The day: 2026-03-04.
        filed_by: Who filed it.
        confirmation: The number that the programme gave, or empty.
        reason: Why what was noted before is put right; wanted then.
        with_empty: That it was filed although required fields have no value.
    """

    on: str
    filed_by: str
    confirmation: str = ""
    reason: str = ""
    with_empty: bool = False


@dataclass(frozen=True, slots=True)
class FileRems:
    """Note that the form of a treatment was filed, or put right what was noted."""

    world: World

    def __call__(self, author: Author, session_id: str, said: Filing) -> None:
        """Write it.

        Raises:
            RefusedError: `not-allowed` for other than clinicians, `wrong-phase` while the session
                is open, `gaps-open` where required fields have no value and nobody said that it
                was filed so, `reason-missing`, or `unchanged`.
            InputError: `empty`, `not-understood`, `out-of-range` or `future`, with the field.
            NotFoundError: If there is no such session, or no form follows it.
        """
        _insist_on_clinician(author)
        with self.world.transaction() as tx:
            sheet = sheet_of(self.world, tx, session_id)
            if sheet.seen.closed_at is None:
                raise RefusedError(Code.WRONG_PHASE, what="rems filing")
            fact = RemsFiled(
                session_id,
                sheet.form.id,
                self._day(said.on, sheet.seen),
                _text(said.filed_by, "filed_by", LONGEST_NAME, needed=True),
                _text(said.confirmation, "confirmation", LONGEST_NUMBER),
            )
            why = _text(said.reason, "reason", LONGEST_REASON)
            if sheet.filed:
                _insist_on_change(fact, sheet.filed[-1], why)
            elif sheet.lacking and not said.with_empty:
                raise RefusedError(Code.GAPS_OPEN, what="rems filing", count=sheet.lacking)
            _write(self.world, tx, rems_stream(session_id), fact, author, why)

    def _day(self, typed: str, seen: SessionOverview) -> dt.date:
        typed = typed.strip()
        if not typed:
            raise InputError(Code.EMPTY, "filed_on")
        try:
            day = dt.date.fromisoformat(typed) if _DAY.fullmatch(typed) else None
        except ValueError:
            day = None
        if day is None:
            raise InputError(Code.NOT_UNDERSTOOD, "filed_on", typed=typed)
        treated = seen.local(seen.devices[0].at).date()
        if day < treated:
            raise InputError(Code.OUT_OF_RANGE, "filed_on", typed=typed, least=treated.isoformat())
        if day > self.world.clock.now().astimezone(self.world.zone).date():
            raise InputError(Code.FUTURE, "filed_on", typed=typed)
        return day


@dataclass(frozen=True, slots=True)
class SetRemsForm:
    """Say which version of the form the clinic takes from now on."""

    world: World

    def __call__(self, author: Author, content: str, instead_of: str = "") -> RemsForm:
        """Write the version with its whole text, and return it.

        A name stands for one text for good, so that an old worksheet can always be drawn again.

        Args:
            author: Who approves it.
            content: The whole text.
            instead_of: The hash of the version that it was held against; empty for whichever
                holds now.

        Raises:
            RefusedError: `not-allowed` for other than prescribers and administrators,
                `unchanged` where it holds already, or `changed-meanwhile` where another version
                holds than it was held against.
            InputError: `not-understood`, field "rems form", or `name-taken`, field "rems form".
        """
        if author.role not in FORM_KEEPERS:
            raise RefusedError(Code.NOT_ALLOWED, what="rems form")
        form = parse_form(content)
        with self.world.transaction() as tx:
            there = (*shipped_forms(), *(each.form for each in approved_forms(tx)))
            if any(other.id == form.id and other.hash != form.hash for other in there):
                raise InputError(Code.NAME_TAKEN, "rems form", name=form.id)
            now = form_in_force(tx)
            if now.by is not None and now.form.hash == form.hash:
                raise RefusedError(Code.UNCHANGED, what="rems form")
            if instead_of not in ("", now.form.hash):
                raise RefusedError(Code.CHANGED_MEANWHILE, what="rems form")
            _write(self.world, tx, CLINIC, RemsFormSet(form.id, form.hash, form.content), author)
        return form


@dataclass(frozen=True, slots=True)
class NoteRemsExport:
    """Note that a worksheet left the program: by whose hand, where to and with which hash.

    Attributes:
        form: What left: "rems" a file, "rems print" paper.
    """

    world: World
    form: str = "rems"

    def __call__(self, author: Author, session_id: str, content: bytes, to: str) -> None:
        """Write it.

        Args:
            author: Who took it out.
            session_id: Whose worksheet.
            content: The whole file.
            to: The file, or the printer's name.
        """
        fact = Exported(session_id, self.form, hashlib.sha256(content).hexdigest(), to)
        with self.world.transaction() as tx:
            _write(self.world, tx, ACCESS, fact, author)


# --- what is typed ----------------------------------------------------------------------------


_CLOCK = re.compile(r"(?:[01][0-9]|2[0-3]):[0-5][0-9]")
_WRITTEN = {"onset": _CLOCK, "resolved": _CLOCK, "minutes": re.compile(r"[0-9]{1,4}")}
"""How answers about times are written, by the end of the rule that else fills their field."""


def answer_of(row: Row, value: str) -> str:
    """Return what is answered in a field, as it is kept.

    Raises:
        InputError: `not-understood`, `out-of-range` or `too-much` characters.
    """
    said = _text(value, "rems answer", LONGEST_REASON)
    if row.field.answer is Answer.YES_NO and said not in ("", YES, NO):
        raise InputError(Code.OUT_OF_RANGE, "rems answer", allowed=(YES, NO))
    for asked, pattern in _WRITTEN.items():
        if said and row.field.fill.endswith(asked) and not pattern.fullmatch(said):
            raise InputError(Code.NOT_UNDERSTOOD, f"rems {asked}", token=said)
    return said


def _text(typed: str, field: str, most: int, *, needed: bool = False) -> str:
    typed = typed.strip()
    if needed and not typed:
        raise InputError(Code.EMPTY, field)
    if not typed.isprintable():
        raise InputError(Code.NOT_UNDERSTOOD, field, token=ascii(typed)[:40])
    return within(typed, field, most)


def _insist_on_clinician(author: Author) -> None:
    if author.role not in CLINICIANS:
        raise RefusedError(Code.NOT_ALLOWED, role=author.role.value)


def _insist_on_change(now: RemsFiled, before: Filed, reason: str) -> None:
    if (now.on, now.filed_by, now.confirmation, now.form) == (
        before.on,
        before.filed_by,
        before.confirmation,
        before.form,
    ):
        raise RefusedError(Code.UNCHANGED, what="rems filing")
    if not reason:
        raise RefusedError(Code.REASON_MISSING, what="rems filing")


def _write(
    world: World, tx: Transaction, stream: str, fact: Fact, author: Author, reason: str = ""
) -> None:
    moment = world.clock.moment()
    draft = Draft(fact, moment.now, world.new_uid(), reason=reason)
    write(world, tx, stream, [draft], author=author, moment=moment)
