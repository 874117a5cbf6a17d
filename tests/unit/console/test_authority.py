"""`chairside authority` at the command line, with the real record and no display."""

from __future__ import annotations

from pathlib import Path

import pytest

from db.locks import wrapping
from db.store import Store
from monitor.certifying import Certificates
from reports.reading.certificates import authority_facts
from tests.e2e.chairside import Chairside, Said
from tests.e2e.computer import PASSPHRASE, Computer
from tests.fakes.clock import FakeClock
from ui.console.trusted import trusted_certificate


class Console:
    """A command line beside a record."""

    def __init__(self, home: Path) -> None:
        home.mkdir()
        self.folder, self._chairside = home / "record", Chairside(home)

    def __call__(self, *words: str | Path, phrase: str = PASSPHRASE) -> Said:
        store = ("--store", self.folder)
        return self._chairside("authority", *words, *store, CHAIRSIDE_PASSPHRASE=phrase)


@pytest.fixture
def console(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Console:
    monkeypatch.setattr(wrapping, "CLINIC", wrapping.PRACTICE)
    return Console(tmp_path / "home")


def founded(console: Console) -> str:
    """Begin a clinic with an authority; return its fingerprint."""
    record = Computer(console.folder, FakeClock()).found()
    found = Certificates(record.world).authority()
    record.close()
    assert found is not None
    return found.fingerprint


def test_that_the_certificate_is_written_and_its_fingerprint_said(
    console: Console, tmp_path: Path
) -> None:
    fingerprint = founded(console)
    out = tmp_path / "authority.pem"
    said = console("--out", out)
    assert (said.status, said.err) == (0, "")
    assert trusted_certificate(out, authority_facts).fingerprint == fingerprint
    first, _, *lines = said.out.splitlines()
    assert first.endswith(f"was written to {out}.")
    assert "".join("".join(lines).split()) == fingerprint
    assert {len(group) for group in " ".join(lines).split()} == {4}
    assert "PRIVATE" not in out.read_text("ascii")
    assert console("--out", out).status == 0
    out.write_text("another clinic's", "ascii")
    again = console("--out", out)
    assert (again.status, again.out) == (2, "")
    assert "is there already and holds something else" in again.err
    assert out.read_text("ascii") == "another clinic's"


def test_that_a_wrong_passphrase_hands_nothing_out(console: Console, tmp_path: Path) -> None:
    founded(console)
    said = console("--out", tmp_path / "a.pem", phrase="a guessed passphrase")
    assert (said.status, said.out) == (2, "")
    assert not (tmp_path / "a.pem").exists()


def test_that_a_file_that_cannot_be_written_is_said(console: Console, tmp_path: Path) -> None:
    founded(console)
    said = console("--out", tmp_path / "nowhere" / "a.pem")
    assert (said.status, said.out) == (2, "")
    assert said.err.endswith("cannot be written: no such file or directory.\n")


def test_that_a_record_without_an_authority_says_what_to_do(
    console: Console, tmp_path: Path
) -> None:
    Store.create(console.folder, PASSPHRASE).close()
    said = console("--out", tmp_path / "a.pem")
    assert (said.status, said.out) == (2, "")
    assert said.err.startswith("Nobody can sign yet: an administrator first makes")
    assert not (tmp_path / "a.pem").exists()


def test_that_where_it_shall_go_must_be_said(console: Console) -> None:
    assert console().status == 2
