"""The section of the certificates, without a window."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace
from pathlib import Path

import pytest

from monitor.certificates import CERTIFICATES
from monitor.certifying import Certificates, NewPassword, ReplacePassword
from monitor.clinic import CreateAccount, NewAccount
from monitor.hiring import Hire
from monitor.people import Author, Role
from tests.fakes.certification import PASSPHRASE
from tests.fakes.locksmith import PHRASE
from tests.fakes.views_audit import Later
from tests.fakes.views_settings import LONG, FakeCertificatesView, FakeSettingsView, Office
from tests.fakes.visit import PASSWORDS
from ui.presenters.certificate_faces import CertificateRow, ending_words, grouped
from ui.presenters.settings import CERTIFICATES as SECTION, SettingsPresenter
from ui.presenters.settings_certificates import FOUND, ISSUE, SAVE, CertificatesPresenter

BOSS = Author("ada", Role.ADMINISTRATOR, "Ada Berg")
YEARS = dt.timedelta(days=365 * 5)
NEW = "a passphrase for signing alone"


class Desk:
    """Somebody at the section, in a clinic to which Theo came after it was founded."""

    def __init__(
        self,
        role: Role = Role.ADMINISTRATOR,
        *,
        founded: bool = True,
        practice: bool = False,
        **doors: object,
    ) -> None:
        self.office = Office(role)
        self.office.world = replace(self.office.world, practice=practice)
        if not founded:
            entries = self.office.visit.store.entries
            entries[:] = [each for each in entries if each.stream != CERTIFICATES]
        theo = NewAccount(
            user="th", name="Theo Lis", role=Role.THERAPIST, credential="", password=LONG
        )
        CreateAccount(self.office.world)(BOSS, theo)
        self.settings = FakeSettingsView()
        self.presenter = SettingsPresenter(self.settings, self.office.doors(**doors))
        self.presenter.show(SECTION)

    @property
    def view(self) -> FakeCertificatesView:
        return self.settings.certificates

    @property
    def certificates(self) -> CertificatesPresenter:
        return self.presenter.certificates

    def row(self, user: str = "th") -> CertificateRow:
        return next(row for row in self.view.rows if row.user == user)

    def submit(self, **typed: str) -> None:
        for key, words in typed.items():
            self.certificates.typed(key, words)
        self.presenter.submit()

    @property
    def signers(self) -> list[str]:
        return [each.user for each in Certificates(self.office.world).issued()]


# --- the authority --------------------------------------------------------------------------


@pytest.mark.parametrize("role", [Role.ADMINISTRATOR, Role.NURSE, Role.PRESCRIBER])
def test_that_everybody_sees_the_authority_and_who_can_sign(role: Role) -> None:
    desk = Desk(role)
    assert desk.view.face is not None
    assert desk.view.face.facts == (
        ("Name", "Riverside Clinic signing authority"),
        ("Since", "2026-03-02"),
        ("Ends", "2056-02-23"),
    )
    found = Certificates(desk.office.world).authority()
    assert found is not None
    assert "".join(desk.view.face.fingerprint) == found.fingerprint
    assert {len(group) for group in desk.view.face.fingerprint} == {4}
    (issued, serial) = desk.row("nk").lines
    assert issued == "Issued 2026-03-02 · ends 2031-03-01"
    assert serial.startswith("Serial ")
    assert not desk.row("nk").mark


def test_that_a_clinic_without_an_authority_is_told_and_makes_one() -> None:
    desk = Desk(founded=False)
    assert "nobody can sign" in desk.view.warning
    assert (desk.view.face, desk.view.may_found) == (None, True)
    assert desk.certificates.worry == "no signing authority yet"
    desk.certificates.choose(FOUND)
    assert "Choose another one than the record's" in desk.view.words
    desk.submit(passphrase=NEW, again=NEW)
    assert desk.view.face is not None
    assert (desk.view.open, desk.view.warning, desk.view.may_found) == (False, "", False)
    assert set(desk.view.form.texts.values()) == {""}
    assert desk.certificates.worry == "certificates to issue: 3"
    assert all(desk.row(user).issue for user in ("nk", "ds", "th"))


@pytest.mark.parametrize(
    ("typed", "field", "said"),
    [
        ({}, "passphrase", "Type the passphrase"),
        ({"passphrase": NEW, "again": ""}, "again", "differ"),
        ({"passphrase": "short", "again": "short"}, "passphrase", "at least 15 characters"),
        ({"passphrase": PHRASE, "again": PHRASE}, "passphrase", "the record's passphrase"),
    ],
)
def test_that_what_is_wrong_with_its_passphrase_is_said_and_nothing_is_made(
    typed: dict[str, str], field: str, said: str
) -> None:
    desk = Desk(founded=False)
    desk.certificates.choose(FOUND)
    desk.submit(**typed)
    key, problem = desk.view.form.problem
    assert (key, said in problem, problem[-1]) == (field, True, ".")
    assert desk.view.open
    assert Certificates(desk.office.world).authority() is None


def test_that_the_certificate_is_saved_for_whoever_verifies() -> None:
    desk = Desk(Role.NURSE)
    desk.certificates.choose(SAVE)
    assert desk.view.offered == "authority.pem"
    desk.certificates.save_to(Path("/full/authority.pem"))
    assert desk.view.done.startswith("problem: The disk is full")
    desk.certificates.save_to(Path("/stick/authority.pem"))
    found = Certificates(desk.office.world).authority()
    assert found is not None
    assert desk.office.files == {Path("/stick/authority.pem"): found.certificate.encode()}
    assert desk.view.done.startswith("Saved as authority.pem.")


# --- certificates ---------------------------------------------------------------------------


def test_that_somebody_without_one_is_named_and_is_issued_one() -> None:
    desk = Desk()
    assert (desk.row().mark, desk.row().warns, desk.row().issue) == ("none yet", True, "Issue…")
    assert desk.certificates.worry == "certificates to issue: 1"
    desk.certificates.choose(f"{ISSUE}th")
    assert "Theo Lis types the password" in desk.view.words
    desk.submit(password=LONG, passphrase=PASSPHRASE)
    assert "th" in desk.signers
    assert (desk.row().mark, desk.row().issue, desk.certificates.worry) == ("", "", "")
    assert desk.view.done == "Theo Lis can sign from now on."
    assert (desk.view.open, desk.view.back_to) == (False, f"{ISSUE}th")
    assert set(desk.view.form.texts.values()) == {""}


@pytest.mark.parametrize(
    ("typed", "field"),
    [
        ({}, "password"),
        ({"password": LONG}, "passphrase"),
        ({"password": "guessed", "passphrase": PASSPHRASE}, "password"),
        ({"password": LONG, "passphrase": "guessed"}, "passphrase"),
    ],
)
def test_that_each_refusal_stands_at_its_field_and_nothing_is_issued(
    typed: dict[str, str], field: str
) -> None:
    desk = Desk()
    desk.certificates.choose(f"{ISSUE}th")
    desk.submit(**typed)
    key, problem = desk.view.form.problem
    assert (key, problem[-1:]) == (field, ".")
    assert desk.view.open
    assert "th" not in desk.signers


def test_that_who_signs_nothing_is_not_among_those_who_can() -> None:
    assert [row.user for row in Desk().view.rows] == ["ds", "nk", "th"]


def test_that_a_certificate_of_who_signs_nothing_is_listed_as_such() -> None:
    desk = Desk()
    wanted = NewAccount(
        user="bo", name="Bo Berg", role=Role.ADMINISTRATOR, credential="", password=LONG
    )
    Hire(desk.office.world)(BOSS, wanted, PASSPHRASE)
    desk.presenter.refresh()
    row = desk.row("bo")
    assert (row.mark, row.warns, row.issue) == ("Signs nothing in this role", False, "")
    assert row.lines[0].startswith("Issued 2026-03-02")


def test_that_a_record_for_practice_says_whose_its_keys_are() -> None:
    assert "everybody" not in Desk().view.warning
    desk = Desk(practice=True)
    assert desk.view.face is not None
    assert "its keys come with the program and are everybody's" in desk.view.warning


def test_that_a_certificate_that_ends_within_sixty_days_is_renewed() -> None:
    desk = Desk()
    desk.office.visit.clock.advance(seconds=(YEARS - dt.timedelta(days=61)).total_seconds())
    desk.presenter.refresh()
    assert desk.row("nk").mark == ""
    desk.office.visit.clock.advance(seconds=dt.timedelta(days=20).total_seconds())
    desk.presenter.refresh()
    assert (desk.row("nk").mark, desk.row("nk").issue) == ("ends in 40 days", "Renew…")
    desk.certificates.choose(f"{ISSUE}nk")
    desk.submit(password=PASSWORDS["nk"], passphrase=PASSPHRASE)
    anew, _, before = desk.row("nk").lines
    assert anew == "Renewed on 2031-01-19 · ends 2036-01-18"
    assert before.startswith("Before: issued 2026-03-02, would end 2031-03-01 · Serial ")


def test_that_one_that_has_ended_says_so() -> None:
    desk = Desk()
    desk.office.visit.clock.advance(seconds=YEARS.total_seconds() + 7200)
    desk.presenter.refresh()
    assert (desk.row("nk").mark, desk.row("nk").warns) == ("ended", True)


def test_that_a_new_key_names_who_saw_it() -> None:
    desk = Desk()
    desk.office.visit.at("11:00")
    ReplacePassword(desk.office.world)(
        BOSS,
        NewPassword(
            user="nk",
            password=LONG,
            passphrase=PASSPHRASE,
            witness="ds",
            witness_password=PASSWORDS["ds"],
        ),
    )
    desk.presenter.refresh()
    assert desk.row("nk").lines[0].startswith("Re-issued on 2026-03-02, seen by Dana Silva · ends")


def test_that_keys_are_made_beside_the_window_and_only_once() -> None:
    later = Later()
    desk = Desk(run=later)
    desk.certificates.choose(f"{ISSUE}th")
    for _ in range(2):
        desk.submit(password=LONG, passphrase=PASSPHRASE)
    desk.certificates.give_up()
    desk.certificates.choose(FOUND)
    assert (later.waiting, desk.view.open) == (1, True)
    assert desk.view.busy == "Making the key and its certificate …"
    later.do_next()
    assert (desk.view.open, desk.view.busy, desk.signers.count("th")) == (False, "", 1)


def test_that_who_is_no_administrator_reads_and_changes_nothing() -> None:
    desk = Desk(Role.NURSE)
    assert "Only an administrator" in desk.view.note
    assert not any(row.issue for row in desk.view.rows)
    desk.certificates.choose(f"{ISSUE}th")
    desk.submit(password=LONG, passphrase=PASSPHRASE)
    assert (desk.view.open, "th" in desk.signers) == (False, False)


def test_that_leaving_the_form_forgets_what_was_typed() -> None:
    desk = Desk()
    desk.certificates.choose(f"{ISSUE}th")
    desk.certificates.typed("password", LONG)
    desk.certificates.give_up()
    assert set(desk.view.form.texts.values()) == {""}
    desk.certificates.choose(f"{ISSUE}th")
    desk.submit(passphrase=PASSPHRASE)
    assert desk.view.form.problem[0] == "password"


def test_that_the_form_goes_when_somebody_else_sits_down() -> None:
    desk = Desk()
    desk.certificates.choose(f"{ISSUE}th")
    desk.office.sit_down(Role.NURSE)
    desk.presenter.refresh()
    assert not desk.view.open


# --- words ----------------------------------------------------------------------------------


def test_that_a_fingerprint_is_read_out_in_groups() -> None:
    assert grouped("0123456789ab") == ("0123", "4567", "89ab")


def test_that_its_owner_is_told_when_it_ends() -> None:
    ends = dt.datetime(2031, 3, 1, 12, tzinfo=dt.UTC)
    assert ending_words(ends, ended=False).startswith("Your certificate ends on 2031-03-01;")
    assert "cannot sign" in ending_words(ends, ended=True)
