"""What left the program, was verified, or was refused: the list, without a window."""

from __future__ import annotations

import dataclasses
import datetime as dt
from pathlib import Path

import pytest

from monitor.access_list import AccessList, AccessRow, Happened
from monitor.access_register import ShowAccess
from monitor.clinic import LogIn, NewAccount
from monitor.errors import Code, MonitorError, StorageError
from monitor.handed_out import NoteHandedOut
from monitor.hiring import Hire
from monitor.looks import NoteLook
from monitor.people import Author, Role
from monitor.signing import ExportReport
from monitor.verifying import VerifyReport
from tests.fakes.clock import WARSAW
from tests.fakes.signing_desk import closed_visit
from tests.fakes.views_audit import FakeAccessView, Later
from tests.fakes.visit import Visit
from ui.presenters.audit_access import (
    NONE_TO_PRINT,
    NONE_TO_SAVE,
    NOTHING_FOUND,
    NOTHING_YET,
    AccessAsked,
    AccessDoors,
    AccessPresenter,
)

BOSS = Author("ada", Role.ADMINISTRATOR, "Ada Berg")
THEO = NewAccount(
    user="th",
    name="Theo Lis",
    role=Role.THERAPIST,
    credential="",
    password="a password of his own",  # noqa: S106 - made up
)


ROW = AccessRow(
    "u", dt.datetime(2026, 3, 2, tzinfo=dt.UTC), BOSS, "desk", Happened.LOOKED, "access"
)


class List:
    """The list of a clinic in which a co-signed report went out and came back."""

    def __init__(self, visit: Visit, rows: tuple[AccessRow, ...] | None = None) -> None:
        self.rows = rows
        self.visit, self.view, self.later = visit, FakeAccessView(), Later()
        self.trouble: MonitorError | None = None
        self.saved: list[tuple[Path, AccessList]] = []
        self.disk: OSError | None = None
        self.papers: list[tuple[bytes, str]] = []
        doors = AccessDoors(
            show=self._show,
            save=self._save,
            draw=lambda listed: f"{len(listed.rows)} rows: {listed.asked}".encode(),
            note_print=lambda content, printer: self.papers.append((content, printer)),
            zone=WARSAW,
            run=self.later,
        )
        self.presenter = AccessPresenter(self.view, doors)

    def _show(self) -> tuple[AccessRow, ...]:
        if self.trouble:
            raise self.trouble
        if self.rows is not None:
            return self.rows
        return ShowAccess(self.visit.world)()

    def _save(self, path: Path, listed: AccessList) -> None:
        if self.disk:
            raise self.disk
        self.saved.append((path, listed))

    def ask(self, **typed: str) -> List:
        self.presenter.ask(AccessAsked(**typed))
        return self

    def save(self, path: str) -> None:
        self.presenter.save(Path(path))
        self._work()

    def look(self) -> None:
        self.presenter.refresh()
        self._work()

    def _work(self) -> None:
        while self.later.waiting:
            self.later.do_next()

    def print(self) -> None:
        self.presenter.print_it()
        self._work()

    @property
    def told(self) -> list[str]:
        return [face.cells[2][0] for face in self.view.rows]


def lived_through() -> Visit:
    visit = closed_visit()
    with visit.certificate_refused("th", Code.WRONG_PASSPHRASE):
        Hire(visit.world)(BOSS, THEO, "a guessed passphrase")
    with pytest.raises(MonitorError):
        LogIn(visit.world)("nk", "not her password")
    with visit.signature_refused(Code.NOT_SIGNED):
        visit.co_signed()
    visit.at("11:58").signed().at("12:31").co_signed()
    content = ExportReport(visit.world)(visit.session_id, visit.prescriber)
    VerifyReport(visit.world)(content, visit.nurse)
    VerifyReport(visit.world)(b"Dear doctor", visit.nurse)
    return visit


@pytest.fixture(scope="module")
def lived() -> Visit:
    return lived_through()


@pytest.fixture
def listed(lived: Visit) -> List:
    made = List(lived)
    made.look()
    return made


PRESENT = ["Logged in", "Logged in"]
"""Both of the staff, at the beginning."""


def test_that_every_export_verification_and_refusal_is_listed_the_newest_first(
    listed: List,
) -> None:
    assert listed.told == [
        "Verified: no PDF",
        "Verified: genuine",
        "Report exported",
        "Co-signature refused",
        "Wrong password",
        "Certificate refused",
        *PRESENT,
    ]
    assert listed.view.rows[-3].cells[2][1] == "wrong passphrase"
    exported = listed.view.rows[2]
    when, who, _, session, _ = exported.cells
    assert when == ("2026-03-02", "12:31")
    assert who == ("Dana Silva", "prescriber, test")
    assert session[0].startswith("S-")
    assert session[1] == "version 1, signed"


def test_that_no_row_names_a_patient(listed: List) -> None:
    said = " ".join(face.said for face in listed.view.rows)
    assert "Nowak" not in said
    assert "100234" not in said


def test_that_the_list_is_limited_by_kind_and_searched_by_any_words(listed: List) -> None:
    assert listed.ask(kind="verified").told == ["Verified: no PDF", "Verified: genuine"]
    listed.ask(kind="verified", words="nurse GENUINE 2026-03")
    assert (listed.told, listed.view.count) == (["Verified: genuine"], "1 of 8")
    sha256 = listed.view.rows[0].detail.rpartition(" ")[2]
    assert listed.ask(words=sha256).told == ["Verified: genuine", "Report exported"]
    assert listed.ask(words="nobody").view.nothing == NOTHING_FOUND


def test_that_the_list_is_limited_to_a_person_who_is_in_it(listed: List) -> None:
    assert listed.view.people == [
        ("", "Anybody"),
        ("ada", "Ada Berg"),
        ("ds", "Dana Silva"),
        ("nk", "Nina Kowal"),
    ]
    assert listed.ask(user="ada").told == ["Certificate refused"]
    assert listed.ask(user="ds", kind="present").told == ["Logged in"]


def test_that_the_list_is_limited_to_days_of_the_clinics_calendar() -> None:
    late = dt.datetime(2026, 3, 2, 22, 59, 59, tzinfo=dt.UTC)  # a second before midnight
    rows = [dataclasses.replace(ROW, at=late + dt.timedelta(seconds=n)) for n in (1, 0)]
    listed = List(Visit(), rows=tuple(rows))
    listed.look()
    assert len(listed.ask(first="2026-03-02", last="2026-03-03").told) == 2
    assert listed.ask(last="2026-03-02").view.rows[0].cells[0] == ("2026-03-02", "23:59")
    assert listed.ask(first="2026-03-03").view.rows[0].cells[0] == ("2026-03-03", "00:00")
    assert listed.ask(first="2026-03-04").view.nothing == NOTHING_FOUND


@pytest.mark.parametrize(
    ("typed", "field"),
    [
        ({"first": "2.3.2026"}, "first_day"),
        ({"last": "2026-02-30"}, "last_day"),
        ({"first": "2026-03-02", "last": "2026-03-01"}, "last_day"),
    ],
)
def test_that_days_that_cannot_be_asked_for_are_told_and_change_nothing(
    listed: List, typed: dict[str, str], field: str
) -> None:
    listed.ask(kind="verified")
    listed.ask(**typed)
    assert listed.view.problem[0] == field
    assert listed.view.problem[1].endswith(".")
    assert len(listed.told) == 2
    assert listed.ask().view.problem == ("", "")


def test_that_what_is_shown_is_saved_with_what_was_asked_for(listed: List) -> None:
    listed.ask(first="2026-03-01", kind="verified", user="nk", words=" genuine ")
    listed.presenter.ask_where(".csv")
    assert listed.view.asked == ["access-1.csv"]
    shown = listed.view.shown
    listed.save("/out/a.csv")
    ((path, kept),) = listed.saved
    assert (path, [row.what for row in kept.rows]) == (Path("/out/a.csv"), ["genuine"])
    assert kept.asked == "2026-03-01 to today, Verifications, Nina Kowal, “genuine”"
    assert listed.view.said == "Saved to /out/a.csv: 1 row."
    assert listed.view.shown > shown  # it was read again


def test_that_nothing_shown_is_nothing_to_save(listed: List) -> None:
    listed.ask(words="nobody")
    listed.presenter.ask_where(".pdf")
    assert (listed.view.asked, listed.view.said) == ([], NONE_TO_SAVE)


def test_that_a_file_that_cannot_be_written_is_told(listed: List) -> None:
    listed.disk = OSError(28, "No space left on device")
    listed.save("/full/a.csv")
    assert listed.view.said == "/full/a.csv cannot be written: No space left on device."
    assert not listed.view.well


def test_that_an_empty_list_says_so() -> None:
    listed = List(Visit()).ask(kind="looked")
    listed.look()
    assert (listed.view.rows, listed.view.nothing) == ((), "Nobody has looked at anything yet.")
    assert listed.ask(kind="verified").view.nothing == "Nothing was verified yet."
    listed = List(Visit(), rows=())
    listed.look()
    assert (listed.view.rows, listed.view.nothing) == ((), NOTHING_YET)


def test_that_looks_exports_and_where_to_are_told() -> None:
    visit = Visit()
    note = NoteLook(visit.world)
    patient = visit.overview.patient.id
    note(visit.nurse, "patient", patient=patient)
    note(visit.nurse, "session", session=visit.session_id)
    note(visit.prescriber, "search", asked="chair 2")
    NoteHandedOut(visit.world)(visit.prescriber, "sessions csv", b"a,b", "/media/found.csv")
    listed = List(visit)
    listed.look()
    said = [face.cells[2] for face in listed.view.rows]
    assert said[:4] == [
        ("Table of sessions saved", "to /media/found.csv"),
        ("Searched sessions", "chair 2"),
        ("Looked at a session", ""),
        ("Looked at a patient", "record number 100234"),
    ]
    chosen = listed.view.rows[2].detail
    assert chosen.startswith("2026-03-02 09:")
    assert f" · {visit.nurse.name} (nurse) · " in chosen
    assert len(listed.ask(kind="looked").told) == 3
    assert listed.ask(words="100234").told == ["Looked at a patient"]


def test_that_what_is_written_while_it_is_read_is_read_again(listed: List) -> None:
    shown = listed.view.shown
    listed.presenter.refresh()
    listed.presenter.refresh()
    while listed.later.waiting:
        listed.later.do_next()
    assert listed.view.shown == shown + 2


def test_that_a_record_that_cannot_be_read_says_why(listed: List) -> None:
    listed.trouble = StorageError(Code.BUSY)
    listed.look()
    assert listed.view.nothing.startswith("Someone else was writing")


def test_that_what_is_listed_is_printed_and_put_on_record(listed: List) -> None:
    listed.ask(kind="verified").print()
    assert listed.view.paper == b"2 rows: all days, Verifications"
    assert listed.papers == [(listed.view.paper, "Front desk")]
    assert (listed.view.said, listed.view.well) == ("Handed to the printer Front desk.", True)
    listed.ask(words="nothing of the kind").print()
    assert (listed.view.said, listed.view.well) == (NONE_TO_PRINT, False)
    assert len(listed.papers) == 1
