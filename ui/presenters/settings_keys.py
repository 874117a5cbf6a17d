"""The ways to open the record: everybody sees them, an administrator changes them."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from concurrent.futures import Future
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol, TypeVar

from monitor.errors import MonitorError
from monitor.key_slots import KeySlot, RecoveryKey, Replaced, SlotKind, needs_recovery_key
from monitor.people import Author, Role
from ui.presenters.form import FormFace, FormField, FormView, Shape
from ui.presenters.gate import Run
from ui.presenters.recovery import MADE_FOR, PROOF, PROOF_NOTE, RecoveryDoors, RecoverySheet
from ui.wording import sentence

T = TypeVar("T")

PASSPHRASE, RECOVERY, KEYRING, REPLACE = "passphrase", "recovery", "keyring", "replace"
"""What can be done here."""

WHO_CAN = "Only an administrator changes these."
PRACTICE = "This record is for practice: it opens for everyone, and its keys are never changed."
NO_SHEET = (
    "There is no recovery key on paper: if the passphrase is forgotten, nobody can open the record."
)
_TYPED = FormField("typed", "Passphrase, or recovery key", Shape.DOTS, hint="as it is now")
_NEW = (
    FormField("new", "New passphrase", Shape.DOTS, hint="at least 15 characters"),
    FormField("again", "New passphrase again", Shape.DOTS),
)
FACES = {
    PASSPHRASE: FormFace("A new passphrase", (_TYPED, *_NEW), "Change the passphrase"),
    RECOVERY: FormFace("The recovery key", (FormField("group", PROOF),), "The sheet is at hand"),
    REPLACE: FormFace("New keys for the record", (_TYPED, *_NEW), "Replace the keys"),
}
WHY_REPLACE = (
    "After a passphrase, a sheet or a copy with its key file may have come into other hands. The"
    " record is encrypted anew; the old sheet stops, and a new one is shown. Backups made before"
    " still open with the old passphrase and sheet: destroy them once there are newer ones."
    " Nobody else may have the record open."
)


@dataclass(frozen=True, slots=True)
class SlotRow:
    """One way to open the record, as the list shows it."""

    glyph: str
    title: str
    note: str
    warns: bool = False


@dataclass(frozen=True, slots=True)
class KeyButtons:
    """What can be done to the keys now.

    Attributes:
        keyring: The words on the button for this computer's keyring.
    """

    recovery: str
    keyring: str


@dataclass(frozen=True, slots=True, kw_only=True)
class KeyActs:
    """What the section needs of the world; all but `slots` and `computer` is slow.

    Attributes:
        computer: This computer's name.
        passphrase: With (as it is, new).
        keyring: Lets this computer's keyring open the record, or none any more.
        replace: With (as it is, the passphrase from now on).
    """

    slots: Callable[[], tuple[KeySlot, ...]]
    computer: str
    passphrase: Callable[[str, str], None]
    keyring: Callable[[bool], None]
    replace: Callable[[str, str], Replaced]
    recovery: RecoveryDoors


class KeysView(Protocol):
    """What the presenter asks of the section."""

    @property
    def form(self) -> FormView:
        """Return the form beside the list."""
        ...

    def show_slots(self, rows: tuple[SlotRow, ...], note: str, warning: str) -> None:
        """Show every way to open the record."""
        ...

    def show_buttons(self, buttons: KeyButtons | None) -> None:
        """Show what can be done; None for those who may do nothing."""
        ...

    def open_form(self, words: str, groups: tuple[str, ...] = ()) -> None:
        """Make room for the form, with words over it, and a recovery key where there is one."""
        ...

    def close_form(self, back_to: str) -> None:
        """Take the form away; the focus goes to the button of that act."""
        ...

    def show_done(self, said: str, *, problem: bool = False) -> None:
        """Say what was done, or why not; empty takes it away."""
        ...

    def show_busy(self, said: str) -> None:
        """Say what is being done; nothing can be pressed meanwhile. Empty ends it."""
        ...

    def ask_where(self, name: str) -> None:
        """Ask where a file shall go; *name* is offered."""
        ...

    def print_sheet(self, pdf: bytes, printed: Callable[[str], None]) -> None:
        """Ask which printer shall print the sheet; call *printed* with its name once it has."""
        ...

    def show_saved(self, said: str, *, problem: bool = False) -> None:
        """Say what became of the sheet; empty takes it away."""
        ...


class KeysDoors(Protocol):
    """What the section needs of the world."""

    @property
    def author(self) -> Callable[[], Author]:
        """Return who is here."""
        ...

    @property
    def keys(self) -> KeyActs:
        """Return what can be done to the keys."""
        ...

    @property
    def zone(self) -> dt.tzinfo:
        """Return the clinic's time zone."""
        ...

    @property
    def run(self) -> Run:
        """Do slow work beside the window."""
        ...


class KeysPresenter:
    """Lists the ways to open the record; changes them for an administrator."""

    def __init__(self, view: KeysView, doors: KeysDoors) -> None:
        self._view, self._doors, self._acts = view, doors, doors.keys
        self._values: dict[str, str] = {}
        self._open = self._busy = ""
        self._sheet: RecoverySheet | None = None

    @property
    def worry(self) -> str:
        """Return what an administrator ought to do here; empty if nothing."""
        try:
            return "no recovery key on paper" if needs_recovery_key(self._acts.slots()) else ""
        except MonitorError:
            return ""  # the section itself says why it cannot tell

    def refresh(self) -> None:
        """Look again; what is being typed stays."""
        if self._busy:
            return  # the key file may be changing just now; it is looked at afterwards
        if self._open and not self._may_change():
            self.give_up()
        try:
            slots = self._acts.slots()
        except MonitorError as error:
            self._view.show_slots((), sentence(error), "")
            self._view.show_buttons(None)
            return
        practice = any(slot.kind is SlotKind.PRACTICE for slot in slots)
        note = PRACTICE if practice else "Each of them alone is enough."
        if not practice and not self._may_change():
            note = f"{note} {WHO_CAN}"
        rows = tuple(slot_row(slot, self._doors.zone) for slot in slots)
        self._view.show_slots(rows, note, NO_SHEET if needs_recovery_key(slots) else "")
        offered = self._may_change() and not practice and not self._open
        self._view.show_buttons(_buttons(slots) if offered else None)

    # --- what is pressed ----------------------------------------------------------------

    def choose(self, act: str) -> None:
        """Begin one of the acts."""
        if not self._may_change() or self._open or self._busy:
            return
        self._view.show_done("")
        if act == RECOVERY:
            self._work("Making the recovery key …", self._acts.recovery.make, self._made)
        elif act == KEYRING:
            on = not any(slot.kind is SlotKind.KEYRING for slot in self._acts.slots())
            said = "Asking this computer's keyring …"
            self._work(said, lambda: self._acts.keyring(on), lambda _: self._switched(on=on))
        else:
            self._show_form(act, WHY_REPLACE if act == REPLACE else "")

    def typed(self, key: str, words: str) -> None:
        """Take what stands in a field now."""
        self._values[key] = words

    def submit(self) -> None:
        """Do what the form is for; what is wrong is said at its field."""
        if not self._open or self._busy:
            return
        problem = self._problem()
        if problem:
            self._view.form.show_problem(*problem)
            return
        typed, new = self._values.get("typed", ""), self._values.get("new", "")
        if self._open == PASSPHRASE:
            done = "The new passphrase opens the record from now on."
            work = lambda: self._acts.passphrase(typed, new)  # noqa: E731 - one of three works
            self._work("One moment …", work, lambda _: self._end(done))
        elif self._open == REPLACE:
            said = "Encrypting the record anew …"
            self._work(said, lambda: self._acts.replace(typed, new), self._replaced)
        elif self._sheet is not None:
            key, group = self._sheet.key, self._values.get("group", "")
            done = "The sheet is at hand. Keep it locked up, and delete the file."
            self._work(
                "One moment …",
                lambda: self._acts.recovery.prove(key, group),
                lambda _: self._end(done),
            )

    def give_up(self) -> None:
        """Take the form away; nothing more is done."""
        if self._open and not self._busy:
            self._end("")

    def save(self) -> None:
        """Ask where the sheet shall go."""
        if self._sheet is not None:
            self._sheet.save()

    def print(self) -> None:
        """Put the sheet on paper."""
        if self._sheet is not None:
            self._sheet.print()

    def save_to(self, path: Path) -> None:
        """Write the sheet there."""
        if self._sheet is not None:
            self._sheet.save_to(path)

    # --- what comes of it ---------------------------------------------------------------

    def _made(self, key: RecoveryKey) -> None:
        self._sheet = RecoverySheet(self._view, self._acts.recovery, self._doors.run, key)
        self._show_form(RECOVERY, MADE_FOR, key.groups)
        self._view.form.show_note("group", f"{PROOF_NOTE} Sheets made before stop then.")

    def _switched(self, *, on: bool) -> None:
        said = "No keyring opens the record any more."
        if on:
            said = "On this computer the record opens by itself from now on."
        self._view.show_done(said)
        self.refresh()

    def _replaced(self, made: Replaced) -> None:
        lost = ", ".join(slot.computer or "another computer" for slot in made.dropped)
        self._end("")
        self._made(made.recovery)
        said = "The record has new keys. Print the new sheet now: the old one opens nothing."
        if lost:
            said = f"{said} The keyring of {lost} opens it no more; switch it on there again."
        self._view.show_done(said)

    def _end(self, said: str) -> None:
        closed, self._open, self._sheet, self._values = self._open, "", None, {}
        for each in FACES[closed].fields:
            self._view.form.put(each.key, "")
        self._view.show_done(said)
        self.refresh()
        self._view.close_form(closed)

    def _show_form(self, act: str, words: str, groups: tuple[str, ...] = ()) -> None:
        self._values, self._open = {}, act
        self._view.open_form(words, groups)  # the key's button comes before the form's fields
        self._view.form.show_form(FACES[act])
        self.refresh()
        if not groups:  # with a key, its sheet comes first
            self._view.form.enter_form()

    def _work(self, said: str, work: Callable[[], T], then: Callable[[T], None]) -> None:
        """Do something slow; a refusal is said in the form, or over the list without one."""

        def finished(future: Future[T]) -> None:
            self._busy = ""
            self._view.show_busy("")
            try:
                result = future.result()
            except MonitorError as error:
                self._refuse(error)
                return
            then(result)

        self._busy = said
        if self._open:
            self._view.form.show_problem("", "")
        self._view.show_busy(said)
        self._doors.run(work, finished)

    def _refuse(self, error: MonitorError) -> None:
        self.refresh()
        if not self._open:
            self._view.show_done(sentence(error), problem=True)
            return
        field = str(error.facts.get("field", ""))
        known = {each.key for each in FACES[self._open].fields}
        first = FACES[self._open].fields[0].key
        self._view.form.show_problem(field if field in known else first, sentence(error))

    def _may_change(self) -> bool:
        return self._doors.author().role is Role.ADMINISTRATOR

    def _problem(self) -> tuple[str, str] | None:
        """Return the first field at fault, and the sentence."""
        if self._open == RECOVERY:
            typed = self._values.get("group", "").strip()
            return None if typed else ("group", "Type the last group of the sheet.")
        if not self._values.get("typed"):
            return "typed", "Type the passphrase as it is now, or the recovery key."
        if not self._values.get("new"):
            return "new", "Type the passphrase that is to open the record from now on."
        if self._values["new"] != self._values.get("again", ""):
            return "again", "The two passphrases differ. Type the same one twice."
        return None


def slot_row(slot: KeySlot, zone: dt.tzinfo) -> SlotRow:
    """Return one way to open the record in words."""
    day = f"{slot.made.astimezone(zone):%Y-%m-%d}" if slot.made else "the record was made"
    match slot.kind:
        case SlotKind.PASSPHRASE:
            return SlotRow("keyboard", "Passphrase", f"Typed at each start, since {day}")
        case SlotKind.RECOVERY if slot.proven:
            return SlotRow("key", "Recovery key", f"On a printed sheet, since {day}")
        case SlotKind.RECOVERY:
            return SlotRow("key", "Recovery key", f"Made on {day}", warns=True)
        case SlotKind.KEYRING:
            where = slot.computer or "a computer"
            return SlotRow("desktop", "Keyring", f"Opens by itself on {where}, since {day}")
        case SlotKind.PRACTICE:
            return SlotRow("graduation-cap", "Practice", "Opens for everyone")


def _buttons(slots: tuple[KeySlot, ...]) -> KeyButtons:
    kinds = {slot.kind for slot in slots}
    return KeyButtons(
        recovery=("New recovery key" if SlotKind.RECOVERY in kinds else "Make a recovery key"),
        keyring=(
            "Ask for the passphrase on every computer"
            if SlotKind.KEYRING in kinds
            else "Open by itself on this computer"
        ),
    )
