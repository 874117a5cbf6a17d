"""The lone verifier's own command line; its answers come from elsewhere."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from db.certification import PracticeCertification
from monitor.people import Clinic
from monitor.sealed_file import FileFacts, Form
from tests.unit.monitor.test_verdict import AT, CLINICS, FILE
from ui.console import alone


def read(content: bytes) -> FileFacts:
    """See the genuine file in whatever begins like one."""
    return FILE if content.startswith(b"%PDF-") else FileFacts("ab" * 32, 1, Form.NOT_A_PDF)


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder with a report, a text and a certificate, and the auditor in it."""
    monkeypatch.chdir(tmp_path)
    (tmp_path / "report.pdf").write_bytes(b"%PDF- report")
    (tmp_path / "letter.pdf").write_bytes(b"Dear Sir")
    (tmp_path / "folder").mkdir()
    made = PracticeCertification().found(Clinic("c", "Riverside", "", ("1",)), "a passphrase", AT)
    (tmp_path / "authority.pem").write_text(made.certificate, "ascii")
    return tmp_path


def test_that_each_file_has_a_sentence_and_the_worst_counts(
    folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    del folder
    assert alone.run(["report.pdf"], read) == 2
    assert alone.run(["report.pdf", "gone.pdf"], read) == 2
    capsys.readouterr()
    assert alone.run(["report.pdf", "letter.pdf", "folder", "gone.pdf"], read) == 1
    said = [line for line in capsys.readouterr().out.splitlines() if line.strip() == line != ""]
    assert [line.partition(":")[0] for line in said] == [
        "report.pdf",
        "letter.pdf",
        "folder",
        "gone.pdf",
    ]
    assert said[3] == "gone.pdf: There is no such file."


def test_that_it_answers_a_program_in_json(
    folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    del folder
    alone.run(["--json", "report.pdf", "folder", "gone.pdf"], read)
    told = json.loads(capsys.readouterr().out)
    assert [each["status"] for each in told] == [2, 1, 2]
    assert told[0]["known_from"] == "file"
    assert told[0]["reasons"]


def test_that_with_the_certificate_more_is_told(
    folder: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    del folder
    monkeypatch.setattr(alone, "authority_fingerprint", lambda _: CLINICS)
    assert alone.run(["--ca", "authority.pem", "report.pdf"], read) == 0
    assert capsys.readouterr().out.startswith(f"report.pdf: Genuine (session {FILE.code}")


def test_that_another_clinics_certificate_makes_nothing_genuine(
    folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    del folder
    assert alone.run(["--ca", "authority.pem", "report.pdf"], read) == 1
    assert "another authority than the clinic's" in capsys.readouterr().out


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (None, "cannot be read"),
        (b"", "is not one certificate"),
        (b"\xff\xfe", "is not one certificate"),
        (b"%PDF- report", "is not one certificate"),
        (b"-----BEGIN CERTIFICATE-----\n???\n-----END CERTIFICATE-----\n", "is damaged"),
        (b"-----BEGIN CERTIFICATE-----\n" * 2, "is not one certificate"),
    ],
)
def test_that_a_certificate_that_is_none_is_refused_in_a_sentence(
    content: bytes | None, words: str, folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    if content is not None:
        (folder / "ca.pem").write_bytes(content)
    assert alone.run(["--ca", "ca.pem", "report.pdf"], read) == 2
    told = capsys.readouterr()
    assert words in told.err
    assert told.out == ""
