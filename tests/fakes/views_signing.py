"""The room of the worklist, without a room."""

from __future__ import annotations

from ui.presenters.question import Question
from ui.presenters.to_sign_faces import GapRow, SignFace, WaitingRow


class FakeToSign:
    """Implements `ToSignView`; remembers what it shows."""

    def __init__(self) -> None:
        self.waiting: tuple[WaitingRow, ...] = ()
        self.note = ""
        self.report: bytes | None = None
        self.report_said = ""
        self.gaps: tuple[GapRow, ...] = ()
        self.gaps_note = ""
        self.face: SignFace | None = None
        self.faces = 0
        self.problem = ""
        self.busy = ""
        self.asked_name = ""
        self.question: Question | None = None
        self.question_problem = self.question_field = ""

    def show_waiting(self, rows: tuple[WaitingRow, ...], note: str) -> None:
        self.waiting, self.note = rows, note

    def show_report(self, pdf: bytes | None, said: str = "") -> None:
        self.report, self.report_said = pdf, said

    def show_gaps(self, rows: tuple[GapRow, ...], note: str) -> None:
        self.gaps, self.gaps_note = rows, note

    def show_sign(self, face: SignFace | None) -> None:
        self.face, self.problem = face, ""
        self.faces += 1

    def show_problem(self, said: str) -> None:
        self.problem = said

    def show_busy(self, said: str) -> None:
        self.busy = said

    def ask_where(self, name: str) -> None:
        self.asked_name = name

    def open_question(self, question: Question) -> None:
        self.question = question

    def close_question(self) -> None:
        self.question = None

    def show_question_problem(self, said: str, *, waiting: bool = False, field: str = "") -> None:
        self.question_problem, self.question_field = "" if waiting else said, field
