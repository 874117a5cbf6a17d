"""Saving what an auditor elsewhere needs: the lone verifier, and the clinic's certificate."""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import Future
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol

from ui.presenters.gate import Run
from ui.wording.about_signing import file_trouble

VERIFIER, CERTIFICATE = "chairside-verify.pyz", "authority.pem"
WORKING = "Putting the verifier together …"
COMMAND = f"python3 {VERIFIER} --ca {CERTIFICATE} FILE.pdf"
ALONE = f"python3 {VERIFIER} FILE.pdf"


@dataclass(frozen=True, slots=True)
class Kit:
    """What is handed to the auditor.

    Attributes:
        verifier: The program, in one file.
        certificate: The clinic's, in PEM; empty where it has no authority yet.
        fingerprint: Of the certificate, as it is read out; empty for none.
    """

    verifier: bytes
    certificate: str = ""
    fingerprint: str = ""


@dataclass(frozen=True, slots=True)
class KitFace:
    """What the card says.

    Attributes:
        said: One sentence; empty for nothing.
        command: What the auditor types; empty where nothing was written.
        fingerprint: To be told by another way than the files go.
        well: Whether it went well.
    """

    said: str = ""
    command: str = ""
    fingerprint: str = ""
    well: bool = True


class KitView(Protocol):
    """What the presenter asks of the card."""

    def ask_where_kit(self, name: str) -> None:
        """Ask where the verifier shall go; the certificate goes beside it."""
        ...

    def show_kit(self, face: KitFace, *, busy: bool = False) -> None:
        """Say what was done; while it is busy nothing can be pressed."""
        ...


@dataclass(frozen=True, slots=True, kw_only=True)
class KitDoors:
    """What the card needs of the world.

    Attributes:
        kit: Puts everything together; slow.
        write: Writes a file whole or not at all.
    """

    kit: Callable[[], Kit]
    write: Callable[[Path, bytes], None]
    run: Run


class _InTheWayError(Exception):
    """Another certificate lies where this one would go."""


class KitPresenter:
    """Writes the verifier and the clinic's certificate side by side."""

    def __init__(self, view: KitView, doors: KitDoors) -> None:
        self._view, self._doors = view, doors
        self._busy = self._closed = False

    def save(self) -> None:
        """Ask where it shall go."""
        if not self._busy:
            self._view.ask_where_kit(VERIFIER)

    def save_to(self, path: Path) -> None:
        """Write both there."""
        if self._busy:
            return
        self._busy = True
        self._view.show_kit(KitFace(WORKING), busy=True)
        self._doors.run(lambda: self._write(path), lambda future: self._written(path, future))

    def close(self) -> None:
        """Show nothing any more: the card is gone."""
        self._closed = True

    def _write(self, path: Path) -> Kit:
        kit, beside = self._doors.kit(), path.with_name(CERTIFICATE)
        certificate = kit.certificate.encode("ascii")
        if certificate and beside.exists() and beside.read_bytes() != certificate:
            raise _InTheWayError
        if certificate:
            self._doors.write(beside, certificate)
        self._doors.write(path, kit.verifier)
        return kit

    def _written(self, path: Path, future: Future[Kit]) -> None:
        self._busy = False
        if self._closed:
            return
        try:
            kit = future.result()
        except _InTheWayError:
            said = f"Another {CERTIFICATE} lies in that folder; choose another folder."
            self._view.show_kit(KitFace(said, well=False))
        except OSError as error:
            self._view.show_kit(KitFace(file_trouble(error.errno or 0), well=False))
        else:
            self._view.show_kit(_saved(path, kit))


def _saved(path: Path, kit: Kit) -> KitFace:
    if not kit.certificate:
        said = (
            f"Saved: {path.name}. The clinic has no signing authority yet, so it can tell what "
            "is broken, and nothing more."
        )
        return KitFace(said, ALONE.replace(VERIFIER, path.name))
    said = (
        f"Saved side by side: {path.name} and {CERTIFICATE}. The auditor needs Python 3.11 or "
        "newer, nothing else, and types:"
    )
    return KitFace(said, COMMAND.replace(VERIFIER, path.name), kit.fingerprint)
