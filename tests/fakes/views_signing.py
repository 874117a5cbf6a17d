"""The room of the worklist, without a room."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from ui.presenters.question import Question
from ui.presenters.to_sign_faces import DoneFace, KeptFace, SignFace, WaitingRow
from ui.presenters.to_sign_gaps import GapRow


class FakeToSign:
    """Implements `ToSignView`; remembers what it shows."""

    def __init__(self) -> None:
        self.waiting: tuple[WaitingRow, ...] = ()
        self.note = ""
        self.mine = False
        self.report: bytes | None = None
        self.report_said = self.state = ""
        self.drawn: list[bytes] = []
        self.paper, self.printer, self.printed = b"", "Front desk", ""
        self.gaps: tuple[GapRow, ...] = ()
        self.gaps_note = ""
        self.face: SignFace | None = None
        self.kept: KeptFace | None = None
        self.done: DoneFace | None = None
        self.lock = ""
        self.faces = self.addenda_ended = 0
        self.problem = ""
        self.busy = ""
        self.stages: list[str] = []
        self.asked_name = ""
        self.asked_folder: Path | None = None
        self.question: Question | None = None
        self.question_problem = self.question_field = ""

    def show_waiting(self, rows: tuple[WaitingRow, ...], note: str, *, mine: bool) -> None:
        self.waiting, self.note, self.mine = rows, note, mine

    def show_report(self, pdf: bytes | None, said: str = "", state: str = "") -> None:
        self.report, self.report_said, self.state = pdf, said, state
        if pdf is not None:
            self.drawn.append(pdf)

    def show_gaps(self, rows: tuple[GapRow, ...], note: str) -> None:
        self.gaps, self.gaps_note = rows, note

    def show_sign(self, face: SignFace | None) -> None:
        self.face, self.problem = face, ""
        self.faces += 1

    def show_lock(self, why: str) -> None:
        self.lock = why

    def show_kept(self, face: KeptFace | None) -> None:
        self.kept = face

    def show_done(self, face: DoneFace) -> None:
        self.done = face

    def end_addendum(self) -> None:
        self.addenda_ended += 1

    def show_problem(self, said: str) -> None:
        self.problem = said

    def show_busy(self, said: str) -> None:
        self.busy = said
        if said:
            self.stages.append(said)

    def ask_where(self, folder: Path | None, name: str) -> None:
        self.asked_folder, self.asked_name = folder, name

    def print_sheet(self, pdf: bytes, printed: Callable[[str], None]) -> None:
        self.paper = pdf
        if self.printer:
            printed(self.printer)

    def show_printed(self, said: str, *, well: bool = True) -> None:
        self.printed = said if well else f"problem: {said}"

    def open_question(self, question: Question) -> None:
        self.question = question

    def close_question(self) -> None:
        self.question = None

    def show_question_problem(self, said: str, *, waiting: bool = False, field: str = "") -> None:
        self.question_problem, self.question_field = "" if waiting else said, field
