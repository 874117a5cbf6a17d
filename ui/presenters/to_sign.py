"""The prescriber's worklist: what waits for a signature, what stands before it, and signing."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from concurrent.futures import Future
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol

from monitor.errors import Code, InputError, MonitorError, RefusedError
from monitor.overview import SessionOverview
from monitor.people import Author
from monitor.ports import SessionHeader
from monitor.verifying import Verdict
from ui.console.verdicts import verdict_sentence
from ui.files import proof_beside
from ui.presenters.door import gap_words
from ui.presenters.gate import Run
from ui.presenters.question import Answers, Ask, Question, QuestionPresenter, QuestionView
from ui.presenters.to_sign_faces import (
    APPROVED,
    GapRow,
    SignFace,
    WaitingRow,
    gap_row,
    gaps_note,
    sign_face,
    worklist,
    worklist_note,
)
from ui.wording import sentence

DRAWING = "Drawing the report …"


class ToSignView(QuestionView, Protocol):
    """What the presenter asks of the room."""

    def show_waiting(self, rows: tuple[WaitingRow, ...], note: str) -> None:
        """Show the worklist."""
        ...

    def show_report(self, pdf: bytes | None, said: str = "") -> None:
        """Show the report itself; in its place say why there is none."""
        ...

    def show_gaps(self, rows: tuple[GapRow, ...], note: str) -> None:
        """Show what stands before a signature."""
        ...

    def show_sign(self, face: SignFace | None) -> None:
        """Show the card that is signed on, with an empty password; None takes it away."""
        ...

    def show_problem(self, said: str) -> None:
        """Say why it was not signed; the password is emptied."""
        ...

    def show_busy(self, said: str) -> None:
        """Say what is being done; empty ends it."""
        ...

    def ask_where(self, name: str) -> None:
        """Ask where the file shall go, under this name."""
        ...


@dataclass(frozen=True, slots=True, kw_only=True)
class ToSignDoors:
    """What the room needs of the world.

    Attributes:
        waiting: Returns the closed sessions that no prescriber has signed, oldest first; after
            them those that were co-signed a short while ago.
        report: Draws the report as it stands; slow.
        sign, co_sign: With (session, password, meaning); slow.
        explain: Explains a gap: (session, code, about, reason).
        export: Hands the report out; who and its hash are an entry.
        proof: Returns what is put beside the file, by session and the file's content.
        write: Writes a file whole or not at all.
        go_to: Opens a session's chairside screen, and does a command there; empty for none.
    """

    author: Callable[[], Author]
    waiting: Callable[[], tuple[SessionHeader, ...]]
    overview: Callable[[str], SessionOverview]
    report: Callable[[str], bytes]
    sign: Callable[[str, str, str], None]
    co_sign: Callable[[str, str, str], None]
    explain: Callable[[str, str, str, str], None]
    export: Callable[[str], bytes]
    proof: Callable[[str, bytes], bytes]
    verify: Callable[[bytes], Verdict]
    write: Callable[[Path, bytes], None]
    go_to: Callable[[str, str], None]
    now: Callable[[], dt.datetime]
    run: Run


class ToSignPresenter:
    """Leads through the worklist: the report on the screen is always of the session that is signed.

    While something slow is under way the session stays the one it was begun for.
    """

    def __init__(self, view: ToSignView, doors: ToSignDoors) -> None:
        self._view, self._doors = view, doors
        self.question = QuestionPresenter(view)
        self._waiting: tuple[SessionHeader, ...] = ()
        self._chosen = self._drawn = ""
        self._face: tuple[str, SignFace] | None = None
        self._handed_out = ("", "")
        self._busy = False

    @property
    def chosen(self) -> str:
        """Return the session that is looked at; empty for none."""
        return self._chosen

    # --- walking ----------------------------------------------------------------------------

    def refresh(self) -> None:
        """Look again: somebody wrote, or the room was entered. What is being typed stays."""
        self._waiting = self._doors.waiting()
        if not self._chosen and self._waiting:
            self._chosen = self._waiting[0].session_id
        self._show_list()
        if not self._busy:
            self._show_session()

    def choose(self, session_id: str) -> None:
        """Look at a session."""
        if self._busy:
            return
        if session_id != self._chosen and self.question.is_open:
            self.question.cancel()
        self._chosen = session_id
        self._show_list()
        self._show_session()

    def step(self, by: int) -> None:
        """Go to the next session of the list, or the one before."""
        ids = [header.session_id for header in self._waiting]
        if ids:
            here = ids.index(self._chosen) if self._chosen in ids else -by
            self.choose(ids[(here + by) % len(ids)])

    def go_to(self, place: str = "") -> None:
        """Open the chairside screen of the session that is looked at, where a gap came about."""
        if self._chosen:
            self._doors.go_to(self._chosen, place)

    # --- gaps ---------------------------------------------------------------------------------

    def explain(self, code: str, about: str) -> None:
        """Ask for the explanation of a gap."""
        session_id = self._chosen
        found = (g for g in self._overview().gaps if (g.code, g.about) == (code, about))
        gap = next(found, None)
        if gap is None or self._busy:
            return

        def store(answers: Answers) -> None:
            reason = answers["reason"].strip()
            if not reason:
                raise RefusedError(Code.REASON_MISSING, why="explain")
            self._doors.explain(session_id, code, about, reason)

        self.question.ask(_explanation(gap_words(gap)), store)

    # --- signing ------------------------------------------------------------------------------

    def sign(self, password: str, meaning: str) -> None:
        """Sign or co-sign, by the meaning that was chosen."""
        if self._busy or not self._chosen:
            return
        if not meaning:
            self._view.show_problem("Choose what the signature means.")
            return
        if not password:
            self._view.show_problem("Type your password; it is asked at each signature.")
            return
        session_id = self._chosen
        act = self._doors.co_sign if meaning == APPROVED else self._doors.sign
        self._begin("Signing …")
        self._doors.run(lambda: act(session_id, password, meaning), self._signed)

    def _signed(self, future: Future[None]) -> None:
        self._end()
        try:
            future.result()
        except MonitorError as error:
            self._show_session()
            self._view.show_problem(sentence(error, self._overview().local))
            return
        self._drawn = ""
        self.refresh()

    def _begin(self, said: str) -> None:
        self._busy = True
        self._view.show_busy(said)

    def _end(self) -> None:
        self._busy = False
        self._view.show_busy("")

    # --- the file -----------------------------------------------------------------------------

    def export(self) -> None:
        """Ask where the report shall go; its name holds nothing of the patient."""
        if self._busy or not self._chosen:
            return
        overview = self._overview()
        self._view.ask_where(f"session-{overview.code}-{self._doors.now():%Y%m%dT%H%MZ}.pdf")

    def export_to(self, path: Path) -> None:
        """Write the report there, and hold it against the record at once."""
        if self._busy:
            return
        session_id = self._chosen
        self._begin("Writing …")
        self._doors.run(
            lambda: self._write(session_id, path), lambda done: self._exported(session_id, done)
        )

    def _write(self, session_id: str, path: Path) -> Verdict:
        content = self._doors.export(session_id)
        try:
            self._doors.write(path, content)
            self._doors.write(proof_beside(path), self._doors.proof(session_id, content))
            written = path.read_bytes()
        except OSError as error:
            raise InputError(Code.STORAGE, "file", cause=error.strerror) from error
        return self._doors.verify(written)

    def _exported(self, session_id: str, future: Future[Verdict]) -> None:
        self._end()
        try:
            verdict = future.result()
        except MonitorError as error:
            said = sentence(error, self._overview().local)
            if isinstance(error, InputError):
                said = "The file could not be written there; choose another folder."
            self._view.show_problem(said)
            return
        self._handed_out = (session_id, f"Written and verified. {verdict_sentence(verdict)}")
        self._show_session()

    # --- showing ------------------------------------------------------------------------------

    def _overview(self) -> SessionOverview:
        return self._doors.overview(self._chosen)

    def _show_list(self) -> None:
        seen = [(header, self._doors.overview(header.session_id)) for header in self._waiting]
        rows = worklist(seen, self._doors.now(), self._chosen)
        self._view.show_waiting(rows, worklist_note(rows))

    def _show_session(self) -> None:
        if not self._chosen:
            self._face = None
            self._view.show_report(None)
            self._view.show_gaps((), "")
            self._view.show_sign(None)
            return
        overview = self._overview()
        rows = tuple(gap_row(gap, overview) for gap in overview.gaps)
        self._view.show_gaps(rows, gaps_note(rows))
        self._show_face(overview, sum(row.state == "blocks" for row in rows))
        state = f"{overview.session_id} {overview.entries}"
        if state != self._drawn:
            self._drawn = state
            session_id = self._chosen
            self._view.show_report(None, DRAWING)
            self._doors.run(
                lambda: self._doors.report(session_id), lambda done: self._reported(state, done)
            )

    def _show_face(self, overview: SessionOverview, blocking: int) -> None:
        """Show the card anew where it says something else; else what is typed in it stays."""
        session_id, said = self._handed_out
        done = said if session_id == self._chosen else ""
        face = sign_face(overview, self._doors.author(), blocking, done)
        if (self._chosen, face) != self._face:
            self._face = (self._chosen, face)
            self._view.show_sign(face)

    def _reported(self, state: str, future: Future[bytes]) -> None:
        """Show a report that was drawn, unless another session is looked at by now."""
        if state != self._drawn:
            return
        try:
            pdf = future.result()
        except MonitorError as error:
            self._drawn = ""
            self._view.show_report(None, sentence(error))
            return
        self._view.show_report(pdf)


def _explanation(gap: str) -> Question:
    """Return the question of a gap's explanation."""
    return Question(
        gap,
        ("The explanation is printed on the report.",),
        (Ask("reason", "Explanation"),),
        "Store the explanation",
    )
