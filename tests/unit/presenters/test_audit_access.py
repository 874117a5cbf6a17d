"""What left the program, was verified, or was refused: the list, without a window."""

from __future__ import annotations

import pytest

from monitor.access_register import AccessRow, ShowAccess
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
from ui.presenters.audit_access import NOTHING_FOUND, NOTHING_YET, AccessDoors, AccessPresenter

BOSS = Author("ada", Role.ADMINISTRATOR, "Ada Berg")
THEO = NewAccount(
    user="th",
    name="Theo Lis",
    role=Role.THERAPIST,
    credential="",
    password="a password of his own",  # noqa: S106 - made up
)


class List:
    """The list of a clinic in which a co-signed report went out and came back."""

    def __init__(self, visit: Visit, rows: tuple[AccessRow, ...] | None = None) -> None:
        self.rows = rows
        self.visit, self.view, self.later = visit, FakeAccessView(), Later()
        self.trouble: MonitorError | None = None
        doors = AccessDoors(show=self._show, zone=WARSAW, run=self.later)
        self.presenter = AccessPresenter(self.view, doors)

    def _show(self) -> tuple[AccessRow, ...]:
        if self.trouble:
            raise self.trouble
        if self.rows is not None:
            return self.rows
        return ShowAccess(self.visit.world)()

    def look(self) -> None:
        self.presenter.refresh()
        while self.later.waiting:
            self.later.do_next()

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
    listed.presenter.choose("verified")
    assert listed.told == ["Verified: no PDF", "Verified: genuine"]
    listed.presenter.search("nurse GENUINE 2026-03")
    assert (listed.told, listed.view.count) == (["Verified: genuine"], "1 of 8")
    sha256 = listed.view.rows[0].detail.rpartition(" ")[2]
    listed.presenter.choose("")
    listed.presenter.search(sha256)
    assert listed.told == ["Verified: genuine", "Report exported"]
    listed.presenter.search("nobody")
    assert listed.view.nothing == NOTHING_FOUND


def test_that_an_empty_list_says_so() -> None:
    listed = List(Visit())
    listed.presenter.choose("looked")
    listed.look()
    assert (listed.view.rows, listed.view.nothing) == ((), NOTHING_FOUND)
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
    listed.presenter.choose("looked")
    assert len(listed.told) == 3
    listed.presenter.search("100234")
    assert listed.told == ["Looked at a patient"]


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
