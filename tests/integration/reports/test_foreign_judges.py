"""Programs that know nothing of ours accept what we sealed."""

from __future__ import annotations

import io
import re
import shutil
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path

import pytest
from asn1crypto import pem, x509
from pyhanko.pdf_utils.reader import PdfFileReader
from pyhanko.sign.diff_analysis import ModificationLevel
from pyhanko.sign.validation import validate_pdf_signature
from pyhanko.sign.validation.status import SignatureCoverageLevel
from pyhanko_certvalidator import ValidationContext

from tests.fakes.sealing import Kind, Sealed, sealed_example

KINDS: tuple[Kind, ...] = ("typical", "addendum")

_PACKAGES = {
    "pdfsig": "poppler-utils",
    "certutil": "libnss3-tools",
    "mutool": "mupdf-tools",
    "openssl": "openssl",
}
"""Which Debian package brings a program."""


def program(name: str) -> str:
    """Return a program's place; skip the test where there is none."""
    found = shutil.which(name)
    if found is None:
        pytest.skip(f"no {name} here: the Debian package {_PACKAGES[name]} brings it")
    return found


def said(words: Sequence[object], *, ok: bool = True) -> str:
    """Return what a program says, of either kind."""
    run = subprocess.run(
        [str(word) for word in words], capture_output=True, text=True, check=False, timeout=60
    )
    assert not ok or run.returncode == 0, run.stdout + run.stderr
    return run.stdout + run.stderr


@pytest.fixture(params=KINDS)
def made(request: pytest.FixtureRequest) -> Sealed:
    return sealed_example(request.param)


@pytest.fixture
def folder(made: Sealed, tmp_path: Path) -> Path:
    """Return a folder with the report and the authority's certificate."""
    (tmp_path / "report.pdf").write_bytes(made.content)
    (tmp_path / "authority.pem").write_text(made.authority, "ascii")
    return tmp_path


def test_that_pyhanko_finds_it_whole_trusted_and_without_any_later_change(made: Sealed) -> None:
    (seal,) = PdfFileReader(io.BytesIO(made.content)).embedded_signatures
    _, _, der = pem.unarmor(made.authority.encode("ascii"))
    context = ValidationContext(
        trust_roots=[x509.Certificate.load(der)],
        allow_fetching=False,
        moment=seal.self_reported_timestamp,
        revocation_mode="soft-fail",
    )
    status = validate_pdf_signature(seal, context)
    assert status.bottom_line
    assert (status.intact, status.valid, status.trusted, status.docmdp_ok) == (True,) * 4
    assert status.coverage is SignatureCoverageLevel.ENTIRE_FILE
    assert status.modification_level is ModificationLevel.NONE
    last = made.overview.addenda[-1] if made.overview.addenda else made.overview.signatures[-1]
    assert seal.self_reported_timestamp == last.at
    assert status.signing_cert.subject.native["common_name"] == last.by.name


@pytest.mark.parametrize("made", ["typical"], indirect=True)
def test_that_pyhanko_s_own_command_accepts_it(folder: Path) -> None:
    command = shutil.which("pyhanko", path=str(Path(sys.executable).parent))
    assert command is not None
    words = said(
        [
            command, "sign", "validate", "--trust", folder / "authority.pem", "--trust-replace",
            "--no-revocation-check", "--validation-time", "claimed", folder / "report.pdf",
        ]
    )  # fmt: skip
    assert "INTACT:TRUSTED,UNTOUCHED" in words


def test_that_pdfsig_finds_the_total_document_signed_and_trusts_it(folder: Path) -> None:
    names, check = program("certutil"), program("pdfsig")
    base = f"sql:{folder / 'nss'}"
    (folder / "nss").mkdir()
    said([names, "-N", "-d", base, "--empty-password"])
    said([names, "-A", "-d", base, "-n", "clinic", "-t", "C,C,C", "-i", folder / "authority.pem"])
    words = said([check, "-nssdir", base, folder / "report.pdf"])
    assert "Total document signed" in words
    assert "Signature is Valid." in words
    assert "Certificate is Trusted." in words
    assert "Signature Type: ETSI.CAdES.detached" in words


def test_that_mutool_finds_it_unchanged_since_signing(folder: Path) -> None:
    words = said([program("mutool"), "sign", "-v", folder / "report.pdf"], ok=False)
    assert "The document is unchanged since signing." in words


def test_that_openssl_verifies_it_under_the_clinic_s_authority(made: Sealed, folder: Path) -> None:
    check = program("openssl")
    ranges = re.findall(rb"/ByteRange \[(\d+) (\d+) (\d+) (\d+)\]", made.content)
    start, first, second, rest = (int(each) for each in ranges[-1])
    covered = made.content[start:first] + made.content[second : second + rest]
    digits = made.content[first + 1 : second - 1].decode("ascii")
    (folder / "covered.bin").write_bytes(covered)
    (folder / "seal.der").write_bytes(bytes.fromhex(digits))
    at = int((made.overview.addenda or made.overview.signatures)[-1].at.timestamp())
    words = said(
        [
            check, "cms", "-verify", "-inform", "DER", "-in", folder / "seal.der", "-binary",
            "-content", folder / "covered.bin", "-CAfile", folder / "authority.pem",
            "-purpose", "any", "-attime", at, "-out", folder / "out.bin",
        ]
    )  # fmt: skip
    assert "successful" in words
    assert (folder / "out.bin").read_bytes() == covered
