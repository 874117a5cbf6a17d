"""Handing a report out, its versions, and what is added to it."""

from __future__ import annotations

import dataclasses
import errno
import hashlib
from pathlib import Path

import pytest

from monitor.entries import Exported
from monitor.errors import Code, RefusedError, StorageError
from monitor.ports import KeptReport
from monitor.printing import PrintReport
from monitor.signing import AddToSession
from tests.fakes.signing_desk import Desk
from tests.fakes.views_audit import Later
from tests.fakes.visit import PASSWORDS
from ui.files import write_whole
from ui.presenters.to_sign_export import ExportDoors
from ui.presenters.to_sign_report import UNREAD


def written(folder: Path) -> list[str]:
    """Return the names of what lies in a folder."""
    return sorted(path.name for path in folder.iterdir())


def replaced(desk: Desk, **others: object) -> ExportDoors:
    """Return the doors of handing out, with others among them."""
    return dataclasses.replace(desk.doors().exporting, **others)  # type: ignore[arg-type]


def test_that_the_first_export_asks_where_and_the_next_ones_do_not(tmp_path: Path) -> None:
    desk = Desk().sign_all()
    desk.presenter.export()
    name = f"session-{desk.visit.overview.code}-v1-20260302T1050Z.pdf"
    assert (desk.view.asked_folder, desk.view.asked_name) == (None, name)
    assert "Nowak" not in name
    desk.presenter.export_to(tmp_path / name)
    assert written(tmp_path) == [name, f"{name}.proof.json"]
    content = (tmp_path / name).read_bytes()
    proof = (tmp_path / f"{name}.proof.json").read_text(encoding="utf-8")
    assert proof == f"proof of {len(content)} bytes of {desk.visit.session_id}"
    assert desk.kept.said.startswith(f"Written to the folder {tmp_path.name} and verified.")
    desk.view.asked_name = ""
    desk.visit.clock.set("12:05")
    desk.presenter.export()
    assert desk.view.asked_name == ""
    assert len(written(tmp_path)) == 4
    desk.presenter.export(elsewhere=True)
    assert (desk.view.asked_folder, bool(desk.view.asked_name)) == (tmp_path, True)


def printed(desk: Desk) -> list[Exported]:
    """Return what the record says of paper."""
    said = [each.what for each in desk.visit.store.entries]
    return [each for each in said if isinstance(each, Exported) and each.form == "print"]


def newest_of(desk: Desk) -> KeptReport | None:
    """Return the newest report that is kept."""
    with desk.visit.world.looking() as tx:
        return tx.report(desk.visit.session_id)


def test_that_the_very_file_that_was_sealed_is_printed_and_put_on_record() -> None:
    desk = Desk().sign_all()
    sealed = newest_of(desk)
    assert sealed is not None
    desk.presenter.print_it()
    assert desk.view.paper == sealed.content
    (said,) = printed(desk)
    assert said == Exported(
        desk.visit.session_id, "print", hashlib.sha256(sealed.content).hexdigest(), "Front desk"
    )
    assert desk.view.printed == "Handed to the printer Front desk."


def test_that_a_draft_that_is_printed_is_kept_and_one_that_was_called_off_leaves_nothing() -> None:
    desk = Desk()
    before = len(desk.visit.store.entries)
    desk.view.printer = ""  # nobody chose one
    desk.presenter.print_it()
    assert (len(desk.visit.store.entries), desk.view.printed) == (before, "")
    desk.view.printer = "Front desk"
    desk.presenter.print_it()
    kept = newest_of(desk)
    assert kept is not None
    assert (kept.status, kept.content) == ("draft", desk.view.paper)
    (said,) = printed(desk)
    assert said.sha256 == hashlib.sha256(kept.content).hexdigest()


def test_that_a_draft_which_was_signed_while_it_was_printed_is_noted_and_not_kept() -> None:
    desk = Desk()
    draw = PrintReport(desk.visit.world).draw(desk.visit.session_id)
    desk.sign_all()
    PrintReport(desk.visit.world).note(desk.author, draw, "Front desk")
    newest = newest_of(desk)
    assert newest is not None
    assert newest.status == "signed"
    assert len(printed(desk)) == 1


def test_that_a_report_that_was_walked_away_from_is_not_printed_and_one_that_was_is_noted() -> None:
    later = Later()
    desk = Desk(run=later)
    later.do_next()  # the report is on the screen
    here = desk.presenter.chosen
    desk.presenter.print_it()
    desk.presenter.list.choose("another session")
    later.do_next()  # drawn, and another session is looked at
    assert (desk.view.paper, later.waiting) == (b"", 0)
    desk.presenter.list.choose(here)
    desk.presenter.print_it()
    later.do_next()  # drawn, and taken by the printer
    desk.presenter.list.choose("another session")
    later.do_next()
    assert (len(printed(desk)), desk.view.printed) == (1, "")


def test_that_a_file_of_that_name_is_replaced_only_when_somebody_says_so(tmp_path: Path) -> None:
    desk = Desk().sign_all()
    path = tmp_path / "report.pdf"
    path.write_bytes(b"mine")
    desk.presenter.export()
    desk.presenter.export_to(path)
    assert desk.view.question is not None
    assert "report.pdf" in desk.view.question.words[0]
    assert desk.view.question.loses
    desk.presenter.question.cancel()
    assert path.read_bytes() == b"mine"
    assert written(tmp_path) == ["report.pdf"]
    desk.presenter.export_to(path)
    desk.presenter.question.submit({})
    assert path.read_bytes().startswith(b"%PDF-")
    assert desk.view.question is None


@pytest.mark.parametrize(
    ("number", "said"),
    [
        (errno.ENOSPC, "The disk is full"),
        (errno.EROFS, "Nothing can be written in that folder"),
        (errno.EACCES, "Nothing can be written in that folder"),
        (errno.EIO, "The file could not be written there"),
    ],
)
@pytest.mark.parametrize("which", [".pdf", ".json"])
def test_that_trouble_with_the_disk_is_one_sentence_and_leaves_nothing(
    tmp_path: Path, number: int, said: str, which: str
) -> None:
    desk = Desk().sign_all()
    desk.folder = tmp_path

    def write(path: Path, content: bytes) -> None:
        if path.suffix == which:
            raise OSError(number, "trouble")
        write_whole(path, content)

    presenter = desk.with_report(exporting=replaced(desk, write=write))
    presenter.refresh()
    presenter.export()
    assert desk.view.problem.startswith(said)
    assert desk.view.problem.count(".") <= 2
    assert written(tmp_path) == []
    assert desk.view.busy == ""


def test_that_a_proof_that_was_there_is_put_back_where_the_file_cannot_be_written(
    tmp_path: Path,
) -> None:
    desk = Desk().sign_all()
    path, proof = tmp_path / "report.pdf", tmp_path / "report.pdf.proof.json"
    proof.write_bytes(b"of an older file")

    def write(to: Path, content: bytes) -> None:
        if to == path:
            raise OSError(errno.ENOSPC, "full")
        write_whole(to, content)

    presenter = desk.with_report(exporting=replaced(desk, write=write))
    presenter.refresh()
    presenter.export()
    presenter.export_to(path)
    presenter.question.submit({})
    assert written(tmp_path) == [proof.name]
    assert proof.read_bytes() == b"of an older file"


def test_that_a_folder_that_is_gone_is_asked_for_again(tmp_path: Path) -> None:
    desk = Desk().sign_all()
    desk.folder = tmp_path / "taken away"
    desk.presenter.export()
    assert desk.view.problem.startswith("That folder is not there")
    assert repr(desk.folder) == "None"  # it was set above: a type checker knows no better
    desk.presenter.export()
    assert desk.view.asked_name


def test_that_a_failure_of_the_record_is_not_blamed_on_the_folder(tmp_path: Path) -> None:
    desk = Desk().sign_all()
    desk.folder = tmp_path

    def busy(_: str, __: int, ___: str) -> bytes:
        raise StorageError(Code.BUSY)

    presenter = desk.with_report(exporting=replaced(desk, export=busy))
    presenter.refresh()
    presenter.export()
    assert "folder" not in desk.view.problem
    assert desk.view.problem.endswith(".")
    assert desk.folder == tmp_path


def test_that_nothing_is_exported_before_the_co_signature(tmp_path: Path) -> None:
    desk = Desk()
    desk.folder = tmp_path
    desk.presenter.export()
    assert "once a prescriber has co-signed" in desk.view.problem
    assert written(tmp_path) == []


def test_that_an_addendum_makes_a_version_and_the_older_one_can_be_looked_at() -> None:
    desk = Desk().sign_all()
    desk.as_(desk.visit.nurse)
    assert [row.title for row in desk.kept.versions] == ["Version 1"]
    desk.look().presenter.add("  ", PASSWORDS["nk"])
    assert "nothing in it" in desk.view.problem
    desk.presenter.add("The patient called: no headache.", "")
    assert "Type your password" in desk.view.problem
    desk.presenter.add("The patient called: no headache.", PASSWORDS["nk"])
    assert desk.visit.overview.version == 2
    assert desk.view.addenda_ended == 1
    assert desk.done.words.startswith("Version 2 signed")
    newest, first = desk.kept.versions
    assert (newest.number, newest.here, newest.why) == (2, True, "The patient called: no headache.")
    assert "Addendum by Nina Kowal RN" in newest.who
    assert "Dana Silva MD" in first.who
    desk.presenter.choose(desk.visit.session_id, 1)
    assert desk.view.report is not None
    assert b" v1 " in desk.view.report
    assert desk.kept.closed.startswith("Show the newest version first")
    desk.presenter.add("Something else.", PASSWORDS["nk"])
    assert desk.visit.overview.version == 2


def test_that_an_older_version_is_exported_as_it_was(tmp_path: Path) -> None:
    desk = Desk().sign_all()
    desk.folder = tmp_path
    before = desk.view.report
    desk.look().presenter.add("The patient called.", PASSWORDS["ds"])
    desk.presenter.choose(desk.visit.session_id, 1)
    desk.presenter.export()
    (name,) = (name for name in written(tmp_path) if name.endswith(".pdf"))
    assert "-v1-" in name
    assert (tmp_path / name).read_bytes() == before
    assert "superseded" in desk.kept.said


def test_that_a_wrong_password_loses_no_addendum() -> None:
    desk = Desk().sign_all()
    desk.look().presenter.add("The patient called.", "wrong password")
    assert desk.view.addenda_ended == 0
    assert desk.view.problem.endswith(".")
    assert desk.visit.overview.version == 1


def test_that_who_has_no_key_adds_nothing() -> None:
    desk = Desk().sign_all()
    desk.trouble = RefusedError(Code.NO_CERTIFICATE, person="Dana Silva")
    desk.presenter.refresh()
    assert desk.kept.closed.startswith("Dana Silva has no certificate")
    desk.look().presenter.add("The patient called.", PASSWORDS["ds"])
    assert desk.visit.overview.version == 1


def test_that_nobody_adds_to_a_report_that_was_not_read_to_its_end() -> None:
    desk = Desk().sign_all()
    desk.presenter.add("The patient called.", PASSWORDS["ds"])
    assert desk.view.problem == UNREAD
    assert (desk.view.addenda_ended, desk.visit.overview.version) == (0, 1)
    desk.look().presenter.add("The patient called.", PASSWORDS["ds"])
    assert desk.visit.overview.version == 2


def test_that_an_addendum_is_added_to_what_was_on_the_screen() -> None:
    desk = Desk().sign_all().look()
    visit = desk.visit  # where another station, of which nobody told this one, adds something
    add, seen = AddToSession(visit.world), visit.overview.entries
    add(visit.session_id, "nk", PASSWORDS["nk"], "She slept well.", seen=seen)
    desk.presenter.add("The patient called.", PASSWORDS["ds"])
    assert "Somebody wrote in this session meanwhile" in desk.view.problem
    assert desk.view.addenda_ended == 0
    desk.look().presenter.add("The patient called.", PASSWORDS["ds"])
    assert [a.by.user for a in visit.overview.addenda] == ["nk", "ds"]
