"""`chairside verify` and `chairside verifier`: what they say, and what they open."""

from __future__ import annotations

import dataclasses
import json
import os
from collections.abc import Callable, Sequence
from pathlib import Path
from types import SimpleNamespace
from typing import cast

import pytest
from typer.testing import Result

from monitor.certificates import CERTIFICATES, authority
from monitor.entries import ReportVerified
from monitor.errors import Code, StorageError
from monitor.ledger import Break, Finding
from monitor.signing import ExportReport
from tests.fakes.certification import plain_certificate
from tests.fakes.press import PlainPress
from tests.fakes.terminal import typed_at
from tests.fakes.visit import Visit
from ui.console import verifying
from ui.console.problems import ConsoleError
from ui.console.stage import Stage
from ui.console.trusted import BEGINS
from ui.wording.verdicts import PRACTICE


class FakeStage:
    """Implements `ui.console.stage.Stage`, as far as `verify` needs it."""

    def __init__(self, visit: Visit) -> None:
        self.world = visit.world
        self.findings: Sequence[Finding] = ()
        self.checks = self.closed = 0

    def check(self, progress: Callable[[int, int], None]) -> SimpleNamespace:
        progress(1, 1)
        self.checks += 1
        return SimpleNamespace(findings=self.findings)

    def close(self) -> None:
        self.closed += 1


class Terminal:
    """A terminal beside which a record lies, and a draft that was handed out of it.

    Attributes:
        opened: The folders of the records that were opened.
        trouble: Why a record cannot be opened.
    """

    def __init__(self, folder: Path) -> None:
        self.visit = Visit()
        self.stage = FakeStage(self.visit)
        self.folder, self.opened = folder, list[Path]()
        self.trouble: Exception | None = None
        self.draft = folder / "draft.pdf"
        visit = self.visit
        self.draft.write_bytes(ExportReport(visit.world)(visit.session_id, visit.nurse))

    def __call__(self, *typed: str | Path) -> Result:
        return typed_at(
            verifying.register,
            list(map(str, typed)),
            open_store=self._open,
            read=PlainPress().read,
            read_certificate=plain_certificate,
            lone_verifier=lambda: b"#!/usr/bin/env python3\n",
            clinic_store=lambda: self.folder / "clinic",
        )

    def _open(self, folder: Path, _ask: Callable[[], str]) -> Stage:
        self.opened.append(folder)
        if self.trouble:
            raise self.trouble
        return cast("Stage", self.stage)

    @property
    def questions(self) -> int:
        entries = self.visit.store.entries
        return sum(isinstance(entry.what, ReportVerified) for entry in entries)


@pytest.fixture
def terminal(tmp_path: Path) -> Terminal:
    return Terminal(tmp_path)


def test_that_the_sentence_comes_first_and_then_the_reasons(terminal: Terminal) -> None:
    said = terminal("verify", terminal.draft, "--store", terminal.folder)
    assert said.exit_code == 0
    first, *reasons = said.output.splitlines()
    assert first.startswith("Unchanged, but an unsigned draft (session S-")
    assert reasons[0] == f"  i Held against the record at {terminal.folder}."
    assert "  ✓ Every byte of the file is as it is kept in the record." in reasons


def test_that_a_record_is_opened_and_looked_through_once_for_many_files(
    terminal: Terminal,
) -> None:
    said = terminal("verify", *[terminal.draft] * 3, "--store", terminal.folder)
    assert said.exit_code == 0
    assert len(terminal.opened) == terminal.stage.checks == terminal.stage.closed == 1
    assert said.output.count(f"{terminal.draft}: Unchanged, but") == 3


def test_that_the_store_beside_the_file_comes_before_the_clinics_own(terminal: Terminal) -> None:
    (terminal.folder / "clinic").mkdir()
    terminal("verify", terminal.draft)
    (terminal.folder / "store").mkdir()
    terminal("verify", terminal.draft)
    assert terminal.opened[:2] == [terminal.folder / "clinic", terminal.folder / "store"]


def test_that_a_store_that_nobody_named_proves_nothing_by_itself(terminal: Terminal) -> None:
    (terminal.folder / "store").mkdir()
    said = terminal("verify", terminal.draft)
    assert said.exit_code == 2
    assert "which lies beside the file and was not named" in said.output
    (terminal.folder / "clinic").mkdir()  # of the same authority
    assert terminal("verify", terminal.draft).exit_code == 0


def test_that_a_store_for_practice_says_so_whether_it_was_named_or_not(
    terminal: Terminal,
) -> None:
    terminal.stage.world = dataclasses.replace(terminal.visit.world, practice=True)
    (terminal.folder / "store").mkdir()
    for known in ((), ("--store", terminal.folder)):
        said = terminal("verify", terminal.draft, *known)
        assert said.exit_code == 0
        assert PRACTICE in said.output


def test_that_a_store_of_another_clinic_than_the_certificates_proves_nothing(
    terminal: Terminal,
) -> None:
    with terminal.visit.world.looking() as tx:
        founded = authority(tx.stream(CERTIFICATES))
    assert founded is not None
    own, other = terminal.folder / "own.pem", terminal.folder / "other.pem"
    own.write_text(founded.certificate, "ascii")
    other.write_text(BEGINS + "\nYWJj\n-----END CERTIFICATE-----\n", "ascii")
    known = (terminal.draft, "--store", terminal.folder, "--ca")
    assert terminal("verify", *known, own).exit_code == 0
    said = terminal("verify", *known, other)
    assert said.exit_code == 2
    assert "is not that of the clinic whose certificate was named" in said.output


def test_that_a_broken_file_stays_broken_beside_a_doubtful_record(terminal: Terminal) -> None:
    terminal.stage.findings = (Finding(3, Break.VALUE),)
    terminal.draft.write_bytes(b"%PDF-1.7 torn")
    said = terminal("verify", terminal.draft, "--store", terminal.folder)
    assert said.exit_code == 1
    assert said.output.startswith("Not genuine: ")


def test_that_the_clinics_own_record_remembers_the_question_and_no_copy_does(
    terminal: Terminal,
) -> None:
    clinic = terminal.folder / "clinic"
    clinic.mkdir()
    terminal("verify", terminal.draft, "--store", terminal.folder)
    assert terminal.questions == 0
    terminal("verify", terminal.draft)
    terminal("verify", terminal.draft, "--store", clinic)
    assert terminal.questions == 2


def test_that_without_a_record_it_says_what_would_tell_more(terminal: Terminal) -> None:
    said = terminal("verify", terminal.draft)
    assert terminal.opened == []
    assert said.exit_code in (1, 2)
    assert "  i Nothing was at hand but the file: to know more, name" in said.output


@pytest.mark.parametrize(
    "trouble", [StorageError(Code.WRONG_KEY), ConsoleError("The record is locked.")]
)
def test_that_a_record_that_cannot_be_opened_is_said_and_the_rest_is_told(
    terminal: Terminal, trouble: Exception
) -> None:
    terminal.trouble = trouble
    said = terminal("verify", terminal.draft, terminal.draft, "--store", terminal.folder, "--json")
    assert said.exit_code in (1, 2)
    first, _ = json.loads(said.output)
    assert f"The record at {terminal.folder} could not be asked. " in first["sentence"]
    assert (first["known_from"], first["record"]) == ("file", None)
    assert len(terminal.opened) == 1


def test_that_a_record_that_does_not_agree_with_itself_proves_nothing(terminal: Terminal) -> None:
    terminal.stage.findings = (Finding(3, Break.VALUE),)
    said = terminal("verify", terminal.draft, "--store", terminal.folder)
    assert said.exit_code == 2
    assert said.output.startswith("Nothing certain can be told of this PDF")


def test_that_folders_and_missing_files_get_a_sentence_and_the_worst_counts(
    terminal: Terminal,
) -> None:
    gone, letter = terminal.folder / "gone.pdf", terminal.folder / "letter.pdf"
    letter.write_bytes(b"Dear doctor")
    known = ("--store", terminal.folder)
    assert terminal("verify", gone, *known).exit_code == 2
    assert terminal("verify", terminal.draft, gone, *known).exit_code == 2
    assert terminal("verify", terminal.folder, gone, *known).exit_code == 1
    said = terminal("verify", gone, letter, terminal.draft, *known)
    assert said.exit_code == 1
    assert f"{gone}: There is no such file." in said.output


def test_that_a_name_that_is_no_text_is_no_traceback(terminal: Terminal) -> None:
    name = os.fsdecode(bytes(terminal.folder) + b"/\xff.pdf")
    Path(name).write_bytes(b"Dear doctor")
    said = terminal("verify", name, "--json")
    assert said.exit_code == 1
    assert isinstance(said.exception, SystemExit)


def test_that_what_is_no_certificate_is_said_before_any_file_is_looked_at(
    terminal: Terminal,
) -> None:
    said = terminal("verify", terminal.draft, "--ca", terminal.draft)
    assert isinstance(said.exception, ConsoleError)
    assert "There is no certificate in" in str(said.exception)
    assert terminal.opened == []


def test_that_the_verifier_is_written_and_can_be_run(terminal: Terminal) -> None:
    out = terminal.folder / "v.pyz"
    said = terminal("verifier", "--out", out)
    assert said.exit_code == 0
    assert "python3 v.pyz --ca authority.pem FILE…" in said.output
    assert os.access(out, os.X_OK)


def test_that_the_verifier_replaces_nothing_but_itself(terminal: Terminal) -> None:
    out = terminal.folder / "v.pyz"
    for _ in range(2):
        assert terminal("verifier", "--out", out).exit_code == 0
    out.write_bytes(b"somebody's letter")
    said = terminal("verifier", "--out", out)
    assert "v.pyz is there already and holds something else" in str(said.exception)
    assert out.read_bytes() == b"somebody's letter"


def test_that_the_verifier_replaces_no_folder(terminal: Terminal) -> None:
    said = terminal("verifier", "--out", terminal.folder)
    assert "is a folder; name a file in it" in str(said.exception)
