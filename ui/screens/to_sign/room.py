"""The room of the worklist: sessions at the left, the report itself, gaps and signature."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtGui import QHideEvent, QShowEvent
from PySide6.QtWidgets import QVBoxLayout, QWidget
from typing_extensions import override

from ui.presenters.question import Question
from ui.presenters.to_sign import ToSignPresenter
from ui.presenters.to_sign_faces import DoneFace, KeptFace, SignFace, WaitingRow
from ui.presenters.to_sign_gaps import GapRow
from ui.screens.session.question_panel import QuestionPanel
from ui.screens.to_sign.gaps import GapsCard
from ui.screens.to_sign.kept_card import KeptCard
from ui.screens.to_sign.report import ReportCard
from ui.screens.to_sign.sign_card import SignCard
from ui.screens.to_sign.waiting import WaitingList
from ui.screens.to_sign.where import ask_where, on_key
from ui.tasks import Tasks
from ui.widgets.frame import Heading
from ui.widgets.parts import Item, fill, row

HINTS = (
    ("↑ ↓", "session"),
    ("PgDn End", "read"),
    ("Enter", "sign"),
    ("G", "next gap"),
    ("X", "explain"),
    ("E", "export"),
    ("Ctrl P", "print"),
    ("M", "only mine"),
)
"""What the foot says while this room is open."""


class ToSignRoom(QWidget):
    """The worklist; make it, make a `ToSignPresenter(room, doors)`, then `wire` the two."""

    def __init__(self, tasks: Tasks) -> None:
        super().__init__()
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setProperty("role", "room")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self._presenter: ToSignPresenter | None = None
        self._heading = Heading("To sign")
        self.waiting = self._waiting = WaitingList()
        self._report = ReportCard(tasks)
        self.print_sheet, self.show_printed = self._report.print_sheet, self._report.show_printed
        self._gaps, self._sign = GapsCard(), SignCard()
        self._kept, self._question = KeptCard(), QuestionPanel()
        self._air = QWidget()  # keeps the signature at the foot where the card above is short
        self._can_sign = self._at_gap = False
        self._asked = ("", "", "")  # session, code and about of the gap that is explained
        self._half_typed: dict[tuple[str, str, str], dict[str, str]] = {}
        self._question.hide()
        self._kept.hide()
        self._lay_out()

    def show_waiting(self, rows: tuple[WaitingRow, ...], note: str, *, mine: bool) -> None:
        """Show the worklist, and whether only what is one's own is in it."""
        self._heading.set_note(note)
        self._waiting.show_waiting(rows, mine=mine)
        if self.window().focusWidget() is self:
            self._waiting.enter()

    def show_report(self, pdf: bytes | None, said: str = "", state: str = "") -> None:
        """Show the report itself; its pages are drawn beside the window, the newest only."""
        self._report.show_report(pdf, said, state)

    def show_gaps(self, rows: tuple[GapRow, ...], note: str) -> None:
        """Show what stands before a signature."""
        self._gaps.show_gaps(rows, note)

    def show_sign(self, face: SignFace | None) -> None:
        """Show the card that is signed on, or nothing."""
        self._gaps.setVisible(face is not None)
        self._can_sign = face is not None
        if face is None:
            self._sign.let_go()
        self._sign.setVisible(self._can_sign and self._question.isHidden())
        if face is not None:
            self._sign.show_sign(face)

    def show_lock(self, why: str) -> None:
        """Close the password and say why; nothing opens it."""
        self._sign.show_lock(why)

    def show_kept(self, face: KeptFace | None) -> None:
        """Show the card of a finished report, or nothing."""
        self._kept.setVisible(face is not None)
        self._air.setVisible(face is None)
        if face is not None:
            self._kept.show_kept(face)

    def show_done(self, face: DoneFace) -> None:
        """Say what was signed last, and go on from the list."""
        self._waiting.show_done(face)
        self._enter()

    def end_addendum(self) -> None:
        """Forget the addendum that was typed."""
        self._kept.end_addendum()

    def show_problem(self, said: str) -> None:
        """Say why it was not done."""
        (self._sign if self._can_sign else self._kept).show_problem(said)

    def show_busy(self, said: str) -> None:
        """Say what is being done."""
        self._sign.show_busy(said)
        self._kept.show_busy(said)

    def ask_where(self, folder: Path | None, name: str) -> None:
        """Ask where the file shall go; the window goes on meanwhile."""
        if self._presenter:
            export_to = self._presenter.export_to
            ask_where(self, folder, name, lambda path: export_to(Path(path)))

    def open_question(self, question: Question) -> None:
        """Show a question in place of the signature."""
        self._sign.hide()
        self._question.show()
        self._question.show_question(question)
        if self._at_gap and self._asked in self._half_typed:
            self._question.put_back(self._half_typed.pop(self._asked))

    def close_question(self) -> None:
        """Take it away, and go back to its gap; to the next one where that is answered."""
        self._question.hide()
        self._sign.setVisible(self._can_sign)
        if not (self._at_gap and self._gaps.go_on(again=True)):
            self._enter()

    def show_question_problem(self, said: str, *, waiting: bool = False, field: str = "") -> None:
        """Say what refuses the answer."""
        self._question.show_question_problem(said, waiting=waiting, field=field)

    def wire(self, presenter: ToSignPresenter) -> None:
        """Hand every key and press to this presenter, and keep it alive."""
        self._presenter = presenter
        self._waiting.chosen.connect(presenter.choose)
        self._waiting.opened.connect(self._go_on)
        self._waiting.turned.connect(presenter.turn_list)
        self._waiting.export_asked.connect(presenter.export)
        self._report.print_asked.connect(presenter.print_it)
        self._report.read.connect(presenter.read_to_the_end)
        self._gaps.explain.connect(self._explain)
        self._gaps.go_to.connect(self._go_to)
        self._gaps.left.connect(self._enter)
        self._sign.signed.connect(presenter.sign)
        self._sign.settings_asked.connect(presenter.go_to_settings)
        self._sign.left.connect(self._report.pages.setFocus)  # of the same session, to be read
        self._kept.shown.connect(lambda number: presenter.choose(presenter.chosen, number))
        self._kept.export_asked.connect(lambda far: presenter.export(elsewhere=far))
        self._kept.added.connect(presenter.add)
        self._question.answered.connect(presenter.question.submit)
        self._question.given_up.connect(self._give_up)
        self._set_keys(presenter)

    @override
    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        if not (self._at_gap and self._gaps.go_on(again=True)):
            self._enter()

    @override
    def hideEvent(self, event: QHideEvent) -> None:
        super().hideEvent(event)
        self._sign.forget()  # a password does not wait for whoever comes next
        self._kept.forget()

    def _set_keys(self, presenter: ToSignPresenter) -> None:
        pages = self._report.pages
        bound: tuple[tuple[str, Callable[[], object]], ...] = (
            ("Up", lambda: self._step(-1)),
            ("Down", lambda: self._step(1)),
            ("PgDown", lambda: pages.turn(1)),
            ("PgUp", lambda: pages.turn(-1)),
            ("End", pages.go_to_end),
            ("Home", pages.go_to_start),
            ("G", self._gaps.next_gap),
            ("X", self._gaps.explain_next),
            ("M", presenter.turn_list),
            ("E", presenter.export),
            ("Shift+E", lambda: presenter.export(elsewhere=True)),
            ("A", self._kept.open_form),
            ("Ctrl+Return", self._sign.submit),
        )
        for keys, slot in bound:
            on_key(self, keys, slot)
        for keys in ("Return", "Enter"):
            on_key(pages, keys, self._go_on)

    def _enter(self) -> None:
        """Take the focus at the session that is looked at."""
        self._at_gap = False
        if not self._waiting.enter():
            self.setFocus()

    def _go_on(self) -> None:
        """Enter: read on; at the end go to what is open, the password or the next gap."""
        if not self._report.pages.is_at_end:
            self._report.pages.turn(1)
        elif not self._sign.enter():
            self._gaps.next_gap()

    def _explain(self, code: str, about: str) -> None:
        self._at_gap = True
        if self._presenter:
            self._asked = (self._presenter.chosen, code, about)
            self._presenter.explain(code, about)

    def _give_up(self) -> None:
        """Ask no more; what was typed of an explanation waits for the next time."""
        if self._at_gap:
            self._half_typed[self._asked] = self._question.answers
        if self._presenter:
            self._presenter.question.cancel()

    def _go_to(self, place: str, words: str) -> None:
        self._at_gap = bool(place)
        if self._presenter:
            self._presenter.go_to(place, words)

    def _step(self, by: int) -> None:
        if self._presenter:
            self._presenter.step(by)
            self._enter()

    def _lay_out(self) -> None:
        right = QWidget()
        right.setFixedWidth(340)
        _stack(right, 12, (self._gaps, (self._kept, 1), (self._air, 1), self._question, self._sign))
        body = row(self._waiting, (self._report, 1), right, gap=12, edge=12)
        _stack(self, 0, (self._heading, (body, 1)))


def _stack(inside: QWidget, gap: int, items: tuple[Item, ...]) -> None:
    """Lay things under one another, without an edge."""
    column = QVBoxLayout(inside)
    column.setContentsMargins(0, 0, 0, 0)
    column.setSpacing(gap)
    fill(column, items)
