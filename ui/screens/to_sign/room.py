"""The room of the worklist: sessions at the left, the report itself, gaps and signature."""

from __future__ import annotations

from concurrent.futures import Future
from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtGui import QHideEvent, QImage, QKeySequence, QShortcut, QShowEvent
from PySide6.QtWidgets import QFileDialog, QScrollArea, QVBoxLayout, QWidget
from typing_extensions import override

from ui.presenters.question import Question
from ui.presenters.to_sign import ToSignPresenter
from ui.presenters.to_sign_faces import GapRow, SignFace, WaitingRow
from ui.screens.session.question_panel import QuestionPanel
from ui.screens.to_sign.cards import GapsCard, SignCard, WaitingCard
from ui.tasks import Tasks
from ui.widgets.frame import Heading
from ui.widgets.pages import Pages, draw_pages
from ui.widgets.parts import box, col, empty, fill, row, say, text, titled

HINTS = (("↑ ↓", "next session"), ("G", "next gap"), ("Ctrl Enter", "sign"))
"""What the foot says while this room is open."""


class ToSignRoom(QWidget):
    """The worklist.

    Make it, make a `ToSignPresenter(room, doors)`, then `wire` the two; the room owns the
    presenter from then on.
    """

    def __init__(self, tasks: Tasks) -> None:
        super().__init__()
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setProperty("role", "room")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self._tasks = tasks
        self._presenter: ToSignPresenter | None = None
        self._heading = Heading("To sign")
        self._list = QVBoxLayout()
        self._list.setSpacing(0)
        self._rows: tuple[WaitingRow, ...] | None = None
        self._cards: list[WaitingCard] = []
        self._pages, self._page = Pages(), text("", 12, 400, "text_2")
        self._pages.turned.connect(lambda said: say(self._page, said))
        self._drawing = 0
        self._gaps, self._sign, self._question = GapsCard(), SignCard(), QuestionPanel()
        self._can_sign = False
        self._question.hide()
        self._lay_out()

    # --- what the presenter asks ------------------------------------------------------------

    def show_waiting(self, rows: tuple[WaitingRow, ...], note: str) -> None:
        """Show the worklist."""
        self._heading.set_note(note)
        if rows == self._rows:
            return
        self._rows = rows
        focused = self.window().focusWidget() in (self, *self._cards)
        empty(self._list)
        self._cards = [WaitingCard(waiting) for waiting in rows]
        for card in self._cards:
            card.chosen.connect(self._choose)
            self._list.addWidget(card)
            card.show()  # now: what is not yet shown cannot take the focus
        if not rows:
            words = text("Nothing waits for a signature.", 13, 400, "text_2", wrap=True)
            fill(self._list, (row(words, edge=(16, 12, 16, 12)),))
        self._list.addStretch(1)
        if focused:
            self._enter()

    def show_report(self, pdf: bytes | None, said: str = "") -> None:
        """Show the report itself; its pages are drawn beside the window, the newest only."""
        self._drawing += 1
        if pdf is None:
            self._pages.show_words(said)
            return
        turn = self._drawing
        self._tasks.run(lambda: draw_pages(pdf), lambda drawn: self._show_drawn(turn, drawn))

    def _show_drawn(self, turn: int, drawn: Future[tuple[QImage, ...]]) -> None:
        if turn != self._drawing:
            return
        images = drawn.result()
        if images:
            self._pages.show_pages(images)
        else:
            self._pages.show_words("The pages of this report cannot be shown.")

    def show_gaps(self, rows: tuple[GapRow, ...], note: str) -> None:
        """Show what stands before a signature."""
        self._gaps.show_gaps(rows, note)

    def show_sign(self, face: SignFace | None) -> None:
        """Show the card that is signed on, or nothing."""
        self._gaps.setVisible(face is not None)
        self._can_sign = face is not None
        self._sign.setVisible(self._can_sign and self._question.isHidden())
        if face is not None:
            self._sign.show_sign(face)

    def show_problem(self, said: str) -> None:
        """Say why it was not signed."""
        self._sign.show_problem(said)

    def show_busy(self, said: str) -> None:
        """Say what is being done."""
        self._sign.show_busy(said)

    def ask_where(self, name: str) -> None:
        """Ask where the file shall go; the window goes on meanwhile."""
        dialog = QFileDialog(self, "Export the report", str(Path.home() / name), "PDF (*.pdf)")
        dialog.setAcceptMode(QFileDialog.AcceptMode.AcceptSave)
        dialog.setDefaultSuffix("pdf")
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.fileSelected.connect(self._export_to)
        dialog.open()

    def open_question(self, question: Question) -> None:
        """Show a question in place of the signature."""
        self._sign.hide()
        self._question.show()
        self._question.show_question(question)

    def close_question(self) -> None:
        """Take it away."""
        self._question.hide()
        self._sign.setVisible(self._can_sign)
        self._enter()

    def show_question_problem(self, said: str, *, waiting: bool = False, field: str = "") -> None:
        """Say what refuses the answer."""
        self._question.show_question_problem(said, waiting=waiting, field=field)

    # --- wiring -----------------------------------------------------------------------------

    def wire(self, presenter: ToSignPresenter) -> None:
        """Hand every key and press to this presenter, and keep it alive."""
        self._presenter = presenter
        self._gaps.explain.connect(presenter.explain)
        self._gaps.go_to.connect(presenter.go_to)
        self._sign.signed.connect(presenter.sign)
        self._sign.export_asked.connect(presenter.export)
        self._question.answered.connect(presenter.question.submit)
        self._question.given_up.connect(presenter.question.cancel)
        for keys, slot in (
            ("Up", lambda: self._step(-1)),
            ("Down", lambda: self._step(1)),
            ("G", self._gaps.next_gap),
            ("Ctrl+Return", self._sign.submit),
        ):
            made = QShortcut(QKeySequence(keys), self)
            made.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
            made.activated.connect(slot)

    @override
    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self._enter()

    @override
    def hideEvent(self, event: QHideEvent) -> None:
        super().hideEvent(event)
        self._sign.forget()  # a password does not wait for whoever comes next

    def _enter(self) -> None:
        """Take the focus at the session that is looked at."""
        rows = self._rows or ()
        here = [card for card, each in zip(self._cards, rows, strict=True) if each.here]
        (here[0] if here else self).setFocus()

    def _step(self, by: int) -> None:
        if self._presenter:
            self._presenter.step(by)
            self._enter()

    def _choose(self, session_id: str) -> None:
        if self._presenter:
            self._presenter.choose(session_id)

    def _export_to(self, path: str) -> None:
        if self._presenter:
            self._presenter.export_to(Path(path))

    def _lay_out(self) -> None:
        inside = QWidget()
        inside.setLayout(self._list)
        self._list.setContentsMargins(0, 0, 0, 0)
        area = QScrollArea()
        area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        area.setWidget(inside)
        area.setWidgetResizable(True)
        area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        waiting = titled("Waiting, oldest first", (area, 1), edge=(1, 12, 1, 8), inset=16)
        waiting.setFixedWidth(264)
        head = row(text("Report, as it will print", 13, 600), ..., self._page)
        well = box(col(self._pages, edge=1), "well")
        report = box(col(head, (well, 1), gap=8, edge=(16, 12, 16, 16)), "card")
        right = QWidget()
        right.setFixedWidth(340)
        column = QVBoxLayout(right)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(12)
        fill(column, (self._gaps, ..., self._question, self._sign))
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        fill(layout, (self._heading, (row(waiting, (report, 1), right, gap=12, edge=12), 1)))
