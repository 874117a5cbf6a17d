"""Saving the lone verifier for an auditor, without a window."""

from __future__ import annotations

import errno
from pathlib import Path

import pytest

from tests.fakes.views_audit import FakeKitView
from tests.fakes.views_gate import at_once
from ui.files import write_whole
from ui.presenters.audit_verifier import Kit, KitDoors, KitPresenter

KIT = Kit(b"program", "-----BEGIN CERTIFICATE-----\n", "ab12 cd34")


class Card:
    """The card, and what is put together behind it."""

    def __init__(self, kit: Kit = KIT) -> None:
        self.kit, self.view = kit, FakeKitView()
        self.trouble: OSError | None = None
        doors = KitDoors(kit=lambda: self.kit, write=self._write, run=at_once)
        self.presenter = KitPresenter(self.view, doors)

    def _write(self, path: Path, content: bytes) -> None:
        if self.trouble:
            raise self.trouble
        write_whole(path, content)


@pytest.fixture
def card() -> Card:
    return Card()


def test_that_verifier_and_certificate_lie_side_by_side_and_it_says_how_to_run_them(
    card: Card, tmp_path: Path
) -> None:
    card.presenter.save()
    assert card.view.asked == ["chairside-verify.pyz"]
    card.presenter.save_to(tmp_path / "check.pyz")
    assert (tmp_path / "check.pyz").read_bytes() == b"program"
    assert (tmp_path / "authority.pem").read_text("ascii") == KIT.certificate
    (_, busy), (face, still) = card.view.faces
    assert (busy, still) == (True, False)
    assert face.command == "python3 check.pyz --ca authority.pem FILE.pdf"
    assert face.fingerprint == "ab12 cd34"


def test_that_another_certificate_is_not_replaced(card: Card, tmp_path: Path) -> None:
    (tmp_path / "authority.pem").write_text("another clinic's", "ascii")
    card.presenter.save_to(tmp_path / "check.pyz")
    face = card.view.faces[-1][0]
    assert (face.well, face.command) == (False, "")
    assert face.said == "Another authority.pem lies in that folder; choose another folder."
    assert (tmp_path / "authority.pem").read_text("ascii") == "another clinic's"
    assert not (tmp_path / "check.pyz").exists()


def test_that_the_same_certificate_may_lie_there_already(card: Card, tmp_path: Path) -> None:
    card.presenter.save_to(tmp_path / "check.pyz")
    card.presenter.save_to(tmp_path / "check.pyz")
    assert card.view.faces[-1][0].well


def test_that_without_an_authority_it_says_what_the_verifier_cannot_do(tmp_path: Path) -> None:
    card = Card(Kit(b"program"))
    card.presenter.save_to(tmp_path / "check.pyz")
    face = card.view.faces[-1][0]
    assert "no signing authority yet" in face.said
    assert face.command == "python3 check.pyz FILE.pdf"
    assert [path.name for path in tmp_path.iterdir()] == ["check.pyz"]


def test_that_a_full_disk_is_a_sentence(card: Card, tmp_path: Path) -> None:
    card.trouble = OSError(errno.ENOSPC, "No space left on device")
    card.presenter.save_to(tmp_path / "check.pyz")
    assert card.view.faces[-1][0].said.startswith("The disk is full")
    assert not card.view.faces[-1][0].well
