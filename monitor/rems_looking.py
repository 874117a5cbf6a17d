"""What is due of the REMS form, what stands on a worksheet, and which version of the form holds."""

from __future__ import annotations

import dataclasses
import datetime as dt
import functools
import itertools
from collections.abc import Sequence
from dataclasses import dataclass

from monitor.desk import World, overview_of
from monitor.entries import Entry, RemsAnswered, RemsFiled, RemsFormSet
from monitor.errors import NotFoundError
from monitor.overseeing import oversee
from monitor.overview import SessionOverview
from monitor.people import Author
from monitor.ports import SessionHeader, Transaction
from monitor.rems import REMS_DRUG, REMS_JURISDICTION, rems_due, rems_stream
from monitor.rems_form import RemsForm, parse_form, shipped_forms
from monitor.rems_rules import Answered
from monitor.rems_worksheet import Changed, Filed, Worksheet, worksheet

FORMS = "clinic"
"""The stream in which the clinic says which version of the form holds: its own."""

LISTED = dt.timedelta(days=30)
"""For so long a treatment stays in the list once its form was filed (project choice)."""


@dataclass(frozen=True, slots=True)
class RemsDue:
    """One treatment whose form is due, or was filed of late.

    Attributes:
        lacking: How many required fields have no value yet.
        changed: How many fields say something else than when it was filed.
        filed_empty: How many required fields had no value when it was filed.
    """

    session_id: str
    code: str
    patient: str
    treated: dt.date
    due: dt.date
    days_left: int
    filed: Filed | None
    lacking: int
    changed: int
    filed_empty: int = 0


@dataclass(frozen=True, slots=True)
class FormInForce:
    """Which version of the form holds.

    Attributes:
        by, at: Who approved it here, and when; None of a draft that nobody has approved.
    """

    form: RemsForm
    by: Author | None = None
    at: dt.datetime | None = None


@dataclass(frozen=True, slots=True)
class ShowRems:
    """Look at the worklist, at one worksheet, and at the versions of the form."""

    world: World

    def concerns(self) -> bool:
        """Tell whether a form can be due here: by a protocol that was approved.

        No treatment goes without one, and an approval stays.
        """
        with self.world.looking() as tx:
            return any(
                a.protocol.drug == REMS_DRUG
                and REMS_JURISDICTION in a.protocol.jurisdiction.replace(",", " ").split()
                for a in tx.approvals()
            )

    def worklist(self) -> tuple[RemsDue, ...]:
        """Return what is due, the earliest day first, then what was filed, the newest first."""
        today = self._today()
        with self.world.looking() as tx:
            found = [self._due(tx, header, today) for header in self._listed(tx)]
        there = [each for each in found if each is not None]
        waiting = sorted((e for e in there if e.filed is None), key=lambda e: (e.due, e.code))
        filed = [e for e in there if e.filed and today - e.filed.on <= LISTED]
        return (*waiting, *sorted(filed, key=lambda e: (e.due, e.code), reverse=True))

    def sheet(self, session_id: str) -> Worksheet:
        """Return the worksheet of a treatment.

        Raises:
            NotFoundError: If there is no such session, or no form follows it.
        """
        with self.world.looking() as tx:
            return sheet_of(self.world, tx, session_id)

    def in_force(self) -> FormInForce:
        """Return the version that holds: the newest that was approved, else the newest draft."""
        with self.world.looking() as tx:
            return form_in_force(tx)

    def forms(self) -> tuple[FormInForce, ...]:
        """Return every version there is, the drafts first and the newest last."""
        with self.world.looking() as tx:
            approved = approved_forms(tx)
        ids = {each.form.id for each in approved}
        drafts = tuple(FormInForce(form) for form in shipped_forms() if form.id not in ids)
        return (*drafts, *approved)

    def _listed(self, tx: Transaction) -> list[SessionHeader]:
        return [h for h in tx.sessions() if h.drug == REMS_DRUG and h.closed_at is not None]

    def _due(self, tx: Transaction, header: SessionHeader, today: dt.date) -> RemsDue | None:
        filed = _filed(tx.stream(rems_stream(header.session_id)))
        if filed and today - filed[-1].on > LISTED:
            return None
        seen = overview_of(self.world, tx, header.session_id, self.world.clock.now())
        due = rems_due(seen)
        if due is None:
            return None
        sheet = sheet_of(self.world, tx, header.session_id, seen)
        return RemsDue(
            session_id=header.session_id,
            code=seen.code,
            patient=seen.patient.name,
            treated=seen.local(seen.devices[0].at).date(),
            due=due,
            days_left=(due - today).days,
            filed=filed[-1] if filed else None,
            lacking=sheet.lacking,
            changed=len(sheet.changed),
            filed_empty=sheet.filed_empty,
        )

    def _today(self) -> dt.date:
        return self.world.clock.now().astimezone(self.world.zone).date()


# --- what is there ----------------------------------------------------------------------------


def sheet_of(
    world: World, tx: Transaction, session_id: str, seen: SessionOverview | None = None
) -> Worksheet:
    """Return the worksheet of a treatment.

    Args:
        world: What the use-cases ask of the world.
        tx: An open transaction.
        session_id: Which treatment.
        seen: Its overview, where it is at hand.

    Raises:
        NotFoundError: If there is no such session, or no form follows it.
    """
    seen = seen or overview_of(world, tx, session_id, world.clock.now())
    if rems_due(seen) is None:
        raise NotFoundError("rems form", id=seen.code)
    entries = tx.stream(rems_stream(session_id))
    filed, now = _filed(entries), form_in_force(tx)
    if filed:
        named = (f for f in approved_forms(tx) if f.form.id == filed[-1].form)
        drafts = (FormInForce(f) for f in shipped_forms() if f.id == filed[-1].form)
        now = next(named, next(drafts, now))
    earlier = _earlier(world, tx, seen)
    sheet = worksheet(seen, now.form, answers_to(tx, entries, now.form), earlier)
    then = _as_filed(tx, sheet, entries, earlier) if filed else None
    return dataclasses.replace(
        sheet,
        approved=now.by is not None,
        filed=filed,
        changed=_changed(sheet, then),
        filed_empty=then.lacking if then else 0,
    )


def _as_filed(
    tx: Transaction, sheet: Worksheet, entries: Sequence[Entry], earlier: dt.date | None
) -> Worksheet | None:
    """Return the worksheet as it stood when it was first noted as filed on the day that holds.

    A noting with the same day mends what was noted of that filing; one with another day is
    another filing.
    """
    at = sheet.seen.session_id
    filings = [(entry, what.on) for entry in entries if isinstance(what := entry.what, RemsFiled)]
    same = itertools.takewhile(lambda noted: noted[1] == filings[-1][1], reversed(filings))
    *_, (noted, _day) = same
    session = tx.session(at)
    later = (e.n for e in session.entries if e.recorded_at > noted.recorded_at)
    then = session.as_of(min(later, default=len(session.entries) + 1))
    seen = oversee(then, session.timeline.own(noted.recorded_at))
    if rems_due(seen) is None:
        return None
    answers = answers_to(tx, [e for e in entries if e.n < noted.n], sheet.form)
    return worksheet(seen, sheet.form, answers, earlier)


def _changed(now: Worksheet, then: Worksheet | None) -> tuple[Changed, ...]:
    """Return the fields of which something else, or nothing, was filed than they say now."""
    if then is None:
        return ()
    pairs = zip(now.rows, then.rows, strict=True)
    return tuple(Changed(a.field.label, b.value, a.value) for a, b in pairs if a.value != b.value)


def answers_to(tx: Transaction, entries: Sequence[Entry], form: RemsForm) -> dict[str, Answered]:
    """Return what stands of the answers to what a form version asks.

    An answer given under another version counts where that one asks the very same.
    """
    known = (*shipped_forms(), *(each.form for each in approved_forms(tx)), form)
    asked = {each.id: _asked(each) for each in known}
    made: dict[str, Answered] = {}
    for entry in entries:
        what = entry.what
        if not isinstance(what, RemsAnswered):
            continue
        then, now = asked.get(what.form, {}).get(what.field), asked[form.id].get(what.field)
        if then is not None and then == now:
            made.pop(what.field, None)
            if what.value:
                made[what.field] = Answered(what.value, entry.by, entry.recorded_at)
    return made


def _asked(form: RemsForm) -> dict[str, tuple[str, ...]]:
    """Return what each field of a form version asks."""
    return {each.id: (each.section, each.label, each.answer.value) for each in form.fields}


def _filed(entries: Sequence[Entry]) -> tuple[Filed, ...]:
    return tuple(
        Filed(
            what.form,
            what.on,
            what.filed_by,
            what.confirmation,
            entry.by,
            entry.recorded_at,
            entry.reason,
        )
        for entry in entries
        if isinstance(what := entry.what, RemsFiled)
    )


def _earlier(world: World, tx: Transaction, seen: SessionOverview) -> dt.date | None:
    """Return the day of the patient's newest treatment before this one."""
    headers = tx.sessions_of(seen.patient.id)
    before = [h for h in headers if h.drug == REMS_DRUG and h.opened_at < seen.opened_at]
    for header in reversed(before):
        session = tx.session(header.session_id)
        if header.session_id != seen.session_id and session.devices:
            at = session.timeline.shown(session.devices[0].at)
            return at.astimezone(world.zone).date()
    return None


def approved_forms(tx: Transaction) -> tuple[FormInForce, ...]:
    """Return every version that was approved, each once, in the order of its newest approval."""
    made: dict[str, FormInForce] = {}
    for entry in tx.stream(FORMS):
        if isinstance(entry.what, RemsFormSet):
            made.pop(entry.what.form, None)
            form = _parsed(entry.what.content)
            made[entry.what.form] = FormInForce(form, entry.by, entry.recorded_at)
    return tuple(made.values())


@functools.lru_cache(maxsize=32)
def _parsed(content: str) -> RemsForm:
    """Return a version by its text; the same few are looked at again and again."""
    return parse_form(content)


def form_in_force(tx: Transaction) -> FormInForce:
    """Return the version that holds: the newest that was approved, else the newest draft."""
    approved = approved_forms(tx)
    return approved[-1] if approved else FormInForce(shipped_forms()[-1])
