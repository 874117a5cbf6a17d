"""The lone verifier's own command line; its answers come from elsewhere."""

from __future__ import annotations

import dataclasses
import json
import os
from pathlib import Path

import pytest

from db.certification import PracticeCertification
from monitor.people import Clinic
from monitor.sealed_file import CertificateFacts, FileFacts, Form
from reports.reading.certificates import authority_facts
from tests.unit.monitor.test_verdict import AT, CLINICS, FILE
from ui.console import alone
from ui.console.trusted import MOST, trusted_certificate
from ui.wording.reasons import in_groups


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
    assert alone.run(["report.pdf"], read, authority_facts) == 2
    assert alone.run(["report.pdf", "gone.pdf"], read, authority_facts) == 2
    capsys.readouterr()
    assert alone.run(["report.pdf", "letter.pdf", "folder", "gone.pdf"], read, authority_facts) == 1
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
    alone.run(["--json", "report.pdf", "folder", "gone.pdf"], read, authority_facts)
    told = json.loads(capsys.readouterr().out)
    assert [each["status"] for each in told] == [2, 1, 2]
    assert told[0]["known_from"] == "file"
    assert told[0]["reasons"]


def test_that_with_the_certificate_more_is_told(
    folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    del folder

    def clinics(pem: str) -> CertificateFacts | None:
        found = authority_facts(pem)
        return found and dataclasses.replace(found, fingerprint=CLINICS)

    assert alone.run(["--ca", "authority.pem", "report.pdf"], read, clinics) == 0
    said = capsys.readouterr().out
    assert said.startswith(f"report.pdf: Genuine (session {FILE.code}")
    assert f"whose fingerprint is {in_groups(CLINICS)}: compare it" in said


def test_that_another_clinics_certificate_makes_nothing_genuine(
    folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    del folder
    assert alone.run(["--ca", "authority.pem", "report.pdf"], read, authority_facts) == 1
    assert "another authority than the clinic's" in capsys.readouterr().out


def written(name: str) -> bytes:
    """The certificate as `authority.pem` holds it, and what may become of it."""
    made = PracticeCertification().found(Clinic("c", "Riverside", "", ("1",)), "a passphrase", AT)
    whole = made.certificate.encode("ascii")
    lines = whole.splitlines(keepends=True)
    bent = bytearray(whole)
    bent[400] = ord("A") if bent[400] != ord("A") else ord("B")
    return {
        "below a text": b"From the clinic:\r\n" + whole,
        "behind a mark": b"\xef\xbb\xbf" + whole,
        "set in": b"".join(b"  " + line for line in lines),
        "twice": whole * 2,
        "cut short": whole[:400],
        "without its end": b"".join(lines[:-1]),
        "one letter changed": bytes(bent),
        "a line missing": b"".join(lines[:5] + lines[6:]),
    }[name]


@pytest.mark.parametrize("name", ["below a text", "behind a mark", "set in"])
def test_that_a_certificate_is_found_in_what_is_around_it(name: str, folder: Path) -> None:
    (folder / "ca.pem").write_bytes(written(name))
    whole = trusted_certificate(folder / "authority.pem", authority_facts)
    assert trusted_certificate(folder / "ca.pem", authority_facts) == whole


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (None, "cannot be read"),
        (b"", "There is no certificate in"),
        (b"\xff\xfe", "There is no certificate in"),
        (b"%PDF- report", "There is no certificate in"),
        (b"-----BEGIN CERTIFICATE-----\n???\n-----END CERTIFICATE-----\n", "is damaged"),
        (b"-----BEGIN CERTIFICATE-----\naGVsbG8=\n-----END CERTIFICATE-----\n", "is damaged"),
        (b"-----BEGIN CERTIFICATE-----\n", "is damaged"),
        (b"-----BEGIN CERTIFICATE-----\n" * 2, "There are 2 certificates in"),
        (written("twice"), "There are 2 certificates in"),
        (written("cut short"), "is damaged"),
        (written("without its end"), "is damaged"),
        (written("one letter changed"), "is damaged"),
        (written("a line missing"), "is damaged"),
        (bytes(MOST + 1), "too large to be a certificate"),
    ],
)
def test_that_a_certificate_that_is_none_is_refused_in_a_sentence(
    content: bytes | None, words: str, folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    if content is not None:
        (folder / "ca.pem").write_bytes(content)
    assert alone.run(["--ca", "ca.pem", "report.pdf"], read, authority_facts) == 2
    told = capsys.readouterr()
    assert words in told.err
    assert told.out == ""


@pytest.mark.skipif(os.name != "posix", reason="another system has no such files")
def test_that_a_certificate_is_not_waited_for(
    folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    os.mkfifo(folder / "pipe.pem")
    for name in ("pipe.pem", "folder"):
        assert alone.run(["--ca", name, "report.pdf"], read, authority_facts) == 2
        assert f"{name} is no file: name the certificate" in capsys.readouterr().err
