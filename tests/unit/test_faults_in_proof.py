"""Faults of other systems in what a record proves and paper shows, each shown not to be ours.

`docs/faults-of-others.md` says which test stands for which fault.
"""

from __future__ import annotations

import dataclasses
from collections.abc import Iterator

import pytest

from db.codec import encode
from monitor.acts import TypeLine
from monitor.errors import Code, StorageError
from monitor.ledger import link, mac
from monitor.rems_form import shipped_forms
from monitor.rems_worksheet import worksheet
from reports.pdf import access_sheet, lateness_sheet, recovery_sheet, rems_sheet
from reports.pdf.session_report import render
from tests.fakes.cupboard import Cupboard
from tests.fakes.esketamine_overview import esketamine
from tests.fakes.overviews import draft, ketamine
from tests.fakes.views_gate import FakeGate, at_once
from tests.fakes.visit import Visit
from tests.unit.reports.looked import LISTED
from tests.unit.reports.reading_back import empty_boxes, text
from tests.unit.reports.test_lateness import CLINIC, seen as late
from tests.unit.reports.test_recovery_sheet import sheet as recovery
from tests.unit.reports.test_register import filled, paper as register
from ui.presenters.log_in import UnlockPresenter

SET = "128/82 76 98 16"
TO_BE_TICKED = frozenset("□☐◻▢")


@pytest.fixture
def visit() -> Visit:
    """An infusion that began at 10:00; it is 10:10."""
    return Visit().started("10:00").at("10:10")


def test_that_what_is_hashed_names_fields_author_and_time_and_takes_a_key(visit: Visit) -> None:
    (entry,) = visit.do(TypeLine(text=SET))
    body = encode(entry)
    for named in (b'"heart_rate":76', b'"user":"nk"', b'"at":"2026-03-02T09:10:00Z"'):
        assert named in body
    others = (
        dataclasses.replace(entry, by=visit.prescriber),
        dataclasses.replace(entry, at=visit.instant("10:11")),
    )
    hashes = {link(bytes(32), encode(each)) for each in (entry, *others)}
    assert len(hashes) == 3
    of_it = link(bytes(32), body)
    assert mac(b"one key", of_it) != mac(b"another key", of_it)


def test_that_paper_says_who_signed_what_and_when() -> None:
    paper = text(render(ketamine()))
    for signed in ("recorded by Nina Kowal", "2026-03-02 11:58:04", "12:31:47"):
        assert signed in paper
    assert "reviewed and approved Dana Silva" in paper


def sheets() -> Iterator[tuple[str, bytes]]:
    """Make one of each kind that the program prints, full and with as little as there can be."""
    whole = esketamine()
    bare = dataclasses.replace(
        whole, readings=(), slots=(), events=(), signatures=(), closed_at=None
    )
    yield "report", render(ketamine())
    yield "draft", render(draft())
    for form, paper in zip(shipped_forms(), ("letter", "a4"), strict=True):
        yield f"worksheet on {paper}", rems_sheet.render(worksheet(whole, form), paper)
        yield f"bare worksheet on {paper}", rems_sheet.render(worksheet(bare, form), paper)
    yield "register", register(filled().view())
    yield "empty register", register(Cupboard().view())
    yield "entered late", lateness_sheet.render(late(), *CLINIC)
    yield "who looked", access_sheet.render(LISTED, *CLINIC)
    yield "recovery sheet", recovery_sheet.render(recovery())


def test_that_paper_has_no_box_for_ink_and_calls_an_unsigned_one_a_draft() -> None:
    for name, content in sheets():
        said = text(content)
        assert "____" not in said, name
        assert not TO_BE_TICKED & set(said), name
        assert empty_boxes(content) == 0, name
        assert b"/AcroForm" not in content, name
        if name == "draft":
            assert "not signed" in said
            assert "UNSIGNED DRAFT" in said


def test_that_a_wrong_passphrase_leads_to_nothing_but_another_try() -> None:
    gate, opened = FakeGate(), list[str]()

    def refuse(_: str | None) -> str:
        raise StorageError(Code.WRONG_KEY)

    presenter = UnlockPresenter(gate, refuse, at_once, opened.append)
    presenter.begin()
    asked = gate.form
    for _ in range(20):
        presenter.submit({"passphrase": "wrong"})
    assert gate.form == asked
    assert opened == []
    assert gate.problem[1]
    assert asked is not None
    said = [asked.title, asked.words, asked.confirm, asked.rest, gate.problem[1], *gate.asked_busy]
    said += [words for each in asked.fields for words in (each.label, each.hint, each.note)]
    for offer in ("delete", "erase", "new record", "start over", "reset", "begin anew", "discard"):
        assert offer not in " ".join(said).casefold()
