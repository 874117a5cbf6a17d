"""One exported report, asked about with the record, with the certificate, and with nothing."""

from __future__ import annotations

import json
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

import main
from monitor.certificates import CERTIFICATES, authority
from tests.e2e.chairside import Chairside, Results


@pytest.fixture
def handed_out(ketamine: Results, tmp_path: Path) -> Path:
    """A copy of the report, where no record lies."""
    return Path(shutil.copy(ketamine.report, tmp_path / "handed-out.pdf"))


@pytest.fixture
def certificate(ketamine: Results, tmp_path: Path) -> Path:
    """The clinic's certificate."""
    record = main.open_store(ketamine.folder / "store", str)
    with record.world.looking() as tx:
        founded = authority(tx.stream(CERTIFICATES))
    record.close()
    assert founded is not None
    path = tmp_path / "authority.pem"
    path.write_text(founded.certificate, "ascii")
    return path


def test_that_each_degree_of_knowledge_says_what_it_can(
    ketamine: Results, handed_out: Path, certificate: Path, chairside: Chairside
) -> None:
    by_record = chairside("verify", handed_out, "--store", ketamine.folder / "store")
    by_certificate = chairside("verify", handed_out, "--ca", certificate)
    by_nothing = chairside("verify", handed_out)
    assert (by_record.status, by_certificate.status, by_nothing.status) == (0, 0, 2)
    assert "It matches the record" in by_record.out
    assert "sealed under the clinic's certificate and unchanged since" in by_certificate.out
    assert by_nothing.out.startswith("Nothing certain can be told of this PDF")
    handed_out.write_bytes(handed_out.read_bytes() + b" ")
    assert chairside("verify", handed_out, "--ca", certificate).status == 1
    assert chairside("verify", handed_out).status == 1


def test_that_a_named_certificate_asks_no_record_that_lies_beside_the_file(
    ketamine: Results, certificate: Path, chairside: Chairside
) -> None:
    (told,) = json.loads(chairside("verify", ketamine.report, "--ca", certificate, "--json").out)
    assert (told["known_from"], told["record"]) == ("certificate", None)


def test_that_the_verifier_that_is_written_says_the_same(
    handed_out: Path, certificate: Path, chairside: Chairside, tmp_path: Path
) -> None:
    verifier = tmp_path / "chairside-verify.pyz"
    assert chairside("verifier", "--out", verifier).status == 0
    asked = [verifier, "--ca", certificate, handed_out, "--json"]
    done = subprocess.run(
        [sys.executable, "-I", "-S", *map(str, asked)],
        check=False,
        capture_output=True,
        encoding="utf-8",
    )
    here = chairside("verify", handed_out, "--ca", certificate, "--json")
    assert done.returncode == here.status == 0
    (there,), (told,) = json.loads(done.stdout), json.loads(here.out)
    assert (there["sentence"], there["reasons"]) == (told["sentence"], told["reasons"])
