"""Handing a finished report out: where to, under what name, and that it arrived whole."""

from __future__ import annotations

import datetime as dt
import errno
from collections.abc import Callable
from concurrent.futures import Future
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol

from monitor.errors import MonitorError
from ui.files import proof_beside
from ui.presenters.gate import Run
from ui.presenters.question import Question, QuestionPresenter
from ui.wording import sentence
from ui.wording.about_signing import file_trouble

_GONE = frozenset({errno.ENOENT, errno.ENOTDIR, errno.EACCES, errno.EPERM, errno.EROFS})
"""The folder itself will not do: next time it is asked for again."""


@dataclass(frozen=True, slots=True)
class Handing:
    """One report that is to be handed out.

    Attributes:
        code: The session's short name on paper.
        version: Which version.
    """

    session_id: str
    code: str
    version: int


@dataclass(frozen=True, slots=True, kw_only=True)
class ExportDoors:
    """What handing out needs of the world.

    Attributes:
        export: Hands a version of the report out, the newest for 0; who, when, where to and its
            hash are an entry.
        proof: Returns what is put beside the file, by session and the file's content.
        verify: Returns in one sentence what a file turned out to be.
        write: Writes a file whole or not at all.
        folder: Returns where reports go on this computer; None where nobody chose yet.
        remember: Keeps another folder for that; None forgets it.
    """

    export: Callable[[str, int, str], bytes]
    proof: Callable[[str, bytes], bytes]
    verify: Callable[[bytes], str]
    write: Callable[[Path, bytes], None]
    folder: Callable[[], Path | None]
    remember: Callable[[Path | None], None]
    now: Callable[[], dt.datetime]
    run: Run


class ExportView(Protocol):
    """What the presenter asks of the room."""

    def ask_where(self, folder: Path | None, name: str) -> None:
        """Ask where the file shall go, in this folder at first, under this name."""
        ...


class _UnwrittenError(Exception):
    """A file could not be written; nothing of it is there.

    Attributes:
        error: What the system said.
    """

    def __init__(self, error: OSError) -> None:
        super().__init__(error.strerror)
        self.error = error


class Exporting:
    """Writes a report and its proof side by side, both or neither.

    Args:
        begin: Told what is being done; returns False where something else still is.
        written: Told what came of it, by session.
        refused: Told why it was not written, by session.
    """

    def __init__(
        self,
        view: ExportView,
        doors: ExportDoors,
        question: QuestionPresenter,
        begin: Callable[[str], bool],
        written: Callable[[str, str], None],
        refused: Callable[[str, str], None],
    ) -> None:
        self._view, self._doors, self._question = view, doors, question
        self._begin, self._tell, self._refused = begin, written, refused
        self._wanted: Handing | None = None

    def export(self, wanted: Handing, *, elsewhere: bool = False) -> None:
        """Write it where reports go on this computer; ask where that is, if nobody knows.

        Args:
            wanted: What is handed out; its file's name holds nothing of the patient.
            elsewhere: Ask in any case.
        """
        self._wanted = wanted
        folder, name = self._doors.folder(), self._name(wanted)
        if folder is None or elsewhere:
            self._view.ask_where(folder, name)
        else:
            self.export_to(folder / name)

    def export_to(self, path: Path) -> None:
        """Write it there; a file of that name is not replaced before somebody said so."""
        wanted = self._wanted
        if wanted is None:
            return
        if not (_is_there(path) or _is_there(proof_beside(path))):
            self._write_to(wanted, path)
            return
        self._question.ask(
            Question(
                "Replace the file?",
                (f"There is a file {path.name} in that folder already. What it holds is lost.",),
                (),
                "Replace it",
                "stop",
                loses=True,
            ),
            lambda _: self._write_to(wanted, path),
        )

    def _write_to(self, wanted: Handing, path: Path) -> None:
        if self._begin("Writing the file and its proof …"):
            self._doors.run(
                lambda: self._write(wanted, path),
                lambda done: self._written(wanted.session_id, path, done),
            )

    def _write(self, wanted: Handing, path: Path) -> str:
        """Write both files; slow."""
        content = self._doors.export(wanted.session_id, wanted.version, str(path))
        proof = self._doors.proof(wanted.session_id, content)
        beside = proof_beside(path)
        try:
            before = beside.read_bytes() if beside.exists() else None
            self._doors.write(beside, proof)
            try:
                self._doors.write(path, content)
            except OSError:
                self._put_back(beside, before)
                raise
            written = path.read_bytes()
        except OSError as error:
            raise _UnwrittenError(error) from error
        return self._doors.verify(written)

    def _put_back(self, beside: Path, before: bytes | None) -> None:
        """Leave no proof of a file that is not there."""
        if before is None:
            beside.unlink(missing_ok=True)
        else:
            self._doors.write(beside, before)

    def _written(self, session_id: str, path: Path, future: Future[str]) -> None:
        try:
            said = future.result()
        except _UnwrittenError as unwritten:
            number = unwritten.error.errno or 0
            if number in _GONE and self._doors.folder() == path.parent:
                self._doors.remember(None)
            self._refused(session_id, file_trouble(number))
            return
        except MonitorError as error:
            self._refused(session_id, sentence(error))
            return
        self._doors.remember(path.parent)
        place = path.parent.name or str(path.parent)
        self._tell(session_id, f"Written to the folder {place} and verified. {said}")

    def _name(self, wanted: Handing) -> str:
        return f"session-{wanted.code}-v{wanted.version}-{self._doors.now():%Y%m%dT%H%MZ}.pdf"


def _is_there(path: Path) -> bool:
    """Tell whether there is a file; in a folder that cannot be looked into writing will say it."""
    try:
        return path.exists()
    except OSError:
        return False
