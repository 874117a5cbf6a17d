"""The section of the keys, without a window."""

from __future__ import annotations

import dataclasses
import datetime as dt
from pathlib import Path

import pytest

from monitor.errors import Code, StorageError
from monitor.key_slots import KeySlot, SlotKind
from monitor.people import Role
from tests.fakes.clock import WARSAW
from tests.fakes.locksmith import GROUPS, PHRASE
from tests.fakes.views_settings import FakeKeysView, Office
from ui.presenters.settings_keys import (
    KEYRING,
    NO_SHEET,
    PASSPHRASE,
    PRACTICE,
    RECOVERY,
    REPLACE,
    KeysPresenter,
    slot_row,
)

NEW = "another passphrase of it"
CHANGE = {"typed": PHRASE, "new": NEW, "again": NEW}


class Desk:
    """The section, and who sits before it."""

    def __init__(self, role: Role = Role.ADMINISTRATOR) -> None:
        self.office = Office(role)
        self.smith = self.office.smith
        self.view = FakeKeysView()
        self.presenter = KeysPresenter(self.view, self.office.doors())
        self.presenter.refresh()

    def fill(self, act: str, **typed: str) -> None:
        """Choose an act, type, and press the button."""
        self.presenter.choose(act)
        for key, words in typed.items():
            self.presenter.typed(key, words)
        self.presenter.submit()


@pytest.fixture
def desk() -> Desk:
    return Desk()


def test_that_every_way_to_open_is_listed_in_words() -> None:
    at = dt.datetime(2026, 3, 1, 23, 30, tzinfo=dt.UTC)
    slots = [
        KeySlot("1", SlotKind.PASSPHRASE),
        KeySlot("2", SlotKind.PASSPHRASE, at),
        KeySlot("3", SlotKind.RECOVERY, at),
        KeySlot("4", SlotKind.RECOVERY, at, proven=False),
        KeySlot("5", SlotKind.KEYRING, at, "desk"),
        KeySlot("6", SlotKind.KEYRING, at),
        KeySlot("7", SlotKind.PRACTICE),
    ]
    rows = [slot_row(slot, WARSAW) for slot in slots]
    assert [(row.title, row.note, row.warns) for row in rows] == [
        ("Passphrase", "Typed at each start, since the record was made", False),
        ("Passphrase", "Typed at each start, since 2026-03-02", False),
        ("Recovery key", "On a printed sheet, since 2026-03-02", False),
        ("Recovery key", "Made on 2026-03-02", True),
        ("Keyring", "Opens by itself on desk, since 2026-03-02", False),
        ("Keyring", "Opens by itself on a computer, since 2026-03-02", False),
        ("Practice", "Opens for everyone", False),
    ]


@pytest.mark.parametrize("role", [Role.NURSE, Role.PRESCRIBER])
def test_that_others_than_administrators_only_read(role: Role) -> None:
    desk = Desk(role)
    assert desk.view.buttons is None
    assert desk.view.note.endswith("Only an administrator changes these.")
    for act in (PASSPHRASE, RECOVERY, KEYRING, REPLACE):
        desk.presenter.choose(act)
        desk.presenter.submit()
    assert (desk.view.open, len(desk.smith.kept), desk.smith.phrase) == (False, 1, PHRASE)


def test_that_a_missing_sheet_is_said_until_there_is_one(desk: Desk) -> None:
    assert (desk.view.warning, desk.presenter.worry) == (NO_SHEET, "no recovery key on paper")
    desk.fill(RECOVERY, group=GROUPS[-1])
    assert (desk.view.warning, desk.presenter.worry) == ("", "")
    assert desk.view.done.startswith("The sheet is at hand.")


def test_that_a_record_for_practice_offers_nothing(desk: Desk) -> None:
    desk.smith.kept = (KeySlot("1", SlotKind.PRACTICE),)
    desk.presenter.refresh()
    assert (desk.view.buttons, desk.view.note, desk.view.warning) == (None, PRACTICE, "")


def test_that_a_passphrase_is_changed(desk: Desk) -> None:
    desk.fill(PASSPHRASE, **CHANGE)
    assert desk.smith.phrase == NEW
    assert desk.view.done == "The new passphrase opens the record from now on."
    assert (desk.view.open, desk.view.back_to) == (False, PASSPHRASE)
    assert desk.view.form.texts == {"typed": "", "new": "", "again": ""}


@pytest.mark.parametrize("act", [PASSPHRASE, REPLACE])
@pytest.mark.parametrize(
    ("typed", "field"),
    [
        ({"typed": ""}, "typed"),
        ({"new": ""}, "new"),
        ({"again": "something else"}, "again"),
        ({"typed": "not the one at all"}, "typed"),
    ],
)
def test_that_what_is_wrong_is_said_at_its_field(
    desk: Desk, act: str, typed: dict[str, str], field: str
) -> None:
    desk.fill(act, **{**CHANGE, **typed})
    assert desk.view.form.problem[0] == field
    assert desk.view.form.problem[1].endswith(".")
    assert (desk.view.open, desk.view.busy, desk.smith.phrase) == (True, "", PHRASE)


def test_that_the_same_passphrase_is_no_new_one(desk: Desk) -> None:
    desk.fill(PASSPHRASE, typed=PHRASE, new=PHRASE, again=PHRASE)
    assert desk.view.form.problem[0] == "new"


def test_that_a_recovery_key_is_shown_saved_and_proven(desk: Desk) -> None:
    desk.presenter.choose(RECOVERY)
    assert (desk.view.open, desk.view.groups) == (True, GROUPS)
    assert [row.warns for row in desk.view.rows] == [False, True]
    desk.presenter.save()
    assert desk.view.offered == "recovery-sheet-1a2b3c4d.pdf"
    desk.presenter.save_to(Path("/stick/sheet.pdf"))
    assert desk.office.files == {Path("/stick/sheet.pdf"): " ".join(GROUPS).encode()}
    desk.presenter.print()
    assert desk.view.printed == " ".join(GROUPS).encode()
    assert desk.office.papers == [(desk.view.printed, "Front desk")]
    for typed in ("", GROUPS[0]):
        desk.presenter.typed("group", typed)
        desk.presenter.submit()
        assert desk.view.form.problem[0] == "group"
    desk.presenter.typed("group", GROUPS[-1])
    desk.presenter.submit()
    assert (desk.view.open, desk.view.groups, desk.view.back_to) == (False, (), RECOVERY)
    assert [row.warns for row in desk.view.rows] == [False, False]


def test_that_a_recovery_key_that_was_left_is_shown_no_more(desk: Desk) -> None:
    desk.presenter.choose(RECOVERY)
    desk.presenter.give_up()
    assert (desk.view.open, desk.view.groups) == (False, ())
    desk.presenter.save()
    desk.presenter.print()
    desk.presenter.save_to(Path("/stick/sheet.pdf"))
    assert (desk.view.offered, desk.view.printed, desk.office.files) == ("", b"", {})
    assert desk.view.warning == NO_SHEET


def test_that_the_keyring_is_switched_on_and_off(desk: Desk) -> None:
    assert desk.view.buttons is not None
    assert desk.view.buttons.keyring == "Open by itself on this computer"
    desk.presenter.choose(KEYRING)
    assert desk.view.done == "On this computer the record opens by itself from now on."
    assert desk.view.buttons.keyring == "Ask for the passphrase on every computer"
    desk.presenter.choose(KEYRING)
    assert desk.view.done == "No keyring opens the record any more."
    assert len(desk.smith.kept) == 1


def test_that_a_computer_without_a_keyring_says_so(desk: Desk) -> None:
    desk.smith.fails = StorageError(Code.NO_KEYRING)
    desk.presenter.choose(KEYRING)
    assert desk.view.done.startswith("problem: This computer has no keyring that is open")
    assert (desk.view.open, desk.view.busy, desk.view.buttons is None) == (False, "", False)


def test_that_who_replaces_the_keys_is_told_of_the_old_backups(desk: Desk) -> None:
    desk.presenter.choose(REPLACE)
    assert "Backups made before still open with the old passphrase and sheet" in desk.view.words


def test_that_replaced_keys_lead_to_a_new_sheet(desk: Desk) -> None:
    desk.presenter.choose(KEYRING)
    desk.fill(REPLACE, **CHANGE)
    assert desk.smith.phrase == NEW
    assert (desk.view.open, desk.view.groups) == (True, GROUPS)
    assert "The keyring of desk opens it no more" in desk.view.done
    desk.presenter.typed("group", GROUPS[-1])
    desk.presenter.submit()
    assert desk.view.warning == ""


def test_that_keys_in_use_elsewhere_are_left_as_they_are(desk: Desk) -> None:
    desk.presenter.choose(REPLACE)
    desk.smith.fails = StorageError(Code.BUSY, field="keys")
    for key, words in CHANGE.items():
        desk.presenter.typed(key, words)
    desk.presenter.submit()
    assert desk.view.form.problem[1].startswith("The record is open in another window")


def test_that_a_form_goes_with_the_administrator(desk: Desk) -> None:
    desk.presenter.choose(PASSPHRASE)
    desk.office.sit_down(Role.NURSE)
    desk.presenter.refresh()
    assert (desk.view.open, desk.view.buttons) == (False, None)
    desk.presenter.submit()
    assert desk.smith.phrase == PHRASE


def test_that_one_act_is_begun_at_a_time(desk: Desk) -> None:
    desk.presenter.choose(PASSPHRASE)
    assert desk.view.buttons is None
    desk.presenter.choose(RECOVERY)
    assert (desk.view.groups, len(desk.smith.kept)) == ((), 1)


def test_that_a_key_file_that_cannot_be_read_is_said() -> None:
    desk = Desk()

    def broken() -> tuple[KeySlot, ...]:
        raise StorageError(Code.STORAGE, cause="keyslots-unreadable")

    acts = desk.office.keys()
    doors = desk.office.doors(keys=dataclasses.replace(acts, slots=broken))
    presenter = KeysPresenter(desk.view, doors)
    presenter.refresh()
    assert "its key file cannot be read" in desk.view.note
    assert (desk.view.rows, desk.view.buttons, presenter.worry) == ((), None, "")
