"""One field of the worksheet: what is asked, the value in large, and where it comes from."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject, Qt, QTimer, Signal
from PySide6.QtGui import QGuiApplication, QKeyEvent, QKeySequence, QMouseEvent
from PySide6.QtWidgets import QFrame, QGridLayout, QWidget
from typing_extensions import override

from ui import theme
from ui.presenters.rems_faces import FieldFace, is_yes_no
from ui.widgets.parts import (
    Align,
    button,
    col,
    field,
    icon,
    mark_bad,
    row,
    say,
    set_kind,
    show_icon,
    text,
)

_ENTER = (Qt.Key.Key_Return, Qt.Key.Key_Enter)
_ARROWS = (Qt.Key.Key_Down, Qt.Key.Key_Up)
_LABEL_WIDTH, _NUMBER_WIDTH, _LINE_WIDTH, _YES_WIDTH = 236, 26, 240, 72


class FieldRow(QFrame):
    """One field; Enter ticks a value off and goes on, Ctrl+C copies it.

    Yes and no are pressed by the space bar or the pointer: an answer is never given by going on.
    What was refused stays, with the focus, until it is put right or taken back by Esc.

    Attributes:
        refused: Whether the line holds what was refused.

    Signals:
        answered: The field, and what was typed or pressed.
        ticked: The field.
        stepped: The field, and 1 or -1.
    """

    answered = Signal(str, str)
    ticked = Signal(str)
    stepped = Signal(str, int)

    def __init__(self, face: FieldFace) -> None:
        super().__init__()
        self.face, self._sent = face, face.value
        self.refused = False
        self.setObjectName("field")
        self._number = text(str(face.number), 12, 400, "text_3", align=Align.AlignRight)
        self._number.setFixedWidth(_NUMBER_WIDTH)
        self._label = text(face.label, 13, 500, "text_2", wrap=True)
        self._label.setFixedWidth(_LABEL_WIDTH)
        self._value = text("", 16, 600, wrap=True)
        self.line = field(name=face.label, w=_LINE_WIDTH)
        self.yes, self.no = button("Yes"), button("No")
        self._mark = icon("circle", 18, "text_3")
        self._source = text("", 12, 400, "text_2", wrap=True)
        self._note = text("", 12, 400, "text_2", wrap=True)
        self._problem = text("", 12, 500, "alert", wrap=True)
        self._lay_out()
        self.show_face(face)

    def show_face(self, face: FieldFace) -> None:
        """Show how the field stands; what is being typed stays."""
        typed = self.line.text() if face.id == self.face.id else ""
        by_line = bool(face.asks) and not is_yes_no(face)
        self.refused = self.refused and by_line
        fresh = typed == self.face.value or not (self.line.hasFocus() or self.refused)
        self.face = face
        if fresh:
            self._sent = face.value
        tone = "text" if face.value else "overdue" if face.mark == "wanted" else "text_3"
        say(self._value, face.shown, tone)
        self._value.setFont(theme.font(16 if face.value else 13, 600 if face.value else 400))
        self._value.setVisible(not face.asks)
        self.line.setVisible(by_line)
        if by_line and fresh:
            self.line.setText(face.value)
        self._show_buttons(face)
        self._show_source(face)
        glyph, mark_tone = _mark(face)
        show_icon(self._mark, glyph, mark_tone)
        self.setAccessibleName(face.said)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus if face.asks else Qt.FocusPolicy.StrongFocus)

    def _show_buttons(self, face: FieldFace) -> None:
        for made, value in ((self.yes, "yes"), (self.no, "no")):
            made.setVisible(is_yes_no(face))
            set_kind(made, "chosen" if face.value == value else "")
            chosen = ", chosen" if face.value == value else ""
            made.setAccessibleName(f"{face.label} {value}{chosen}")

    def _show_source(self, face: FieldFace) -> None:
        say(self._source, face.source)
        self._source.setVisible(bool(face.source))
        say(self._note, face.note, "overdue" if face.mark == "noted" else "text_2")
        self._note.setVisible(bool(face.note))

    def show_problem(self, said: str) -> None:
        """Say why the answer was refused."""
        say(self._problem, said)
        self._problem.setVisible(bool(said))
        mark_bad(self.line, bad=bool(said))
        self.refused = bool(said) and not self.line.isHidden()
        self._keep()

    def stay(self) -> None:
        """Keep the focus at what was refused."""
        if self.refused and self.line.isVisible():
            self.line.setFocus()

    def _keep(self) -> None:
        if self.refused:
            QTimer.singleShot(0, self, self.stay)  # after the focus has gone where it is going

    def enter(self) -> None:
        """Take the focus where something can be done."""
        if not self.face.asks:
            self.setFocus()
        elif is_yes_no(self.face):
            (self.no if self.face.value == "no" else self.yes).setFocus()
        else:
            self.line.setFocus()
            self.line.selectAll()

    @property
    def has_focus(self) -> bool:
        """Tell whether it, or what is in it, has the focus."""
        return self.hasFocus() or any(w.hasFocus() for w in (self.line, self.yes, self.no))

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in _ENTER:
            self._enter()
        elif event.key() in _ARROWS:
            self._submit()
            self._step(1 if event.key() == Qt.Key.Key_Down else -1)
        elif event.key() == Qt.Key.Key_Escape and self.refused:
            self.line.setText(self.face.value)
            self._submit()
        elif event.matches(QKeySequence.StandardKey.Copy) and self.face.value:
            QGuiApplication.clipboard().setText(self.face.value)
        elif event.key() == Qt.Key.Key_Space and self.face.value and not self.face.asks:
            self.ticked.emit(self.face.id)
        else:
            super().keyPressEvent(event)

    @override
    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Let the arrows go from field to field; a button would pass them to its neighbour."""
        if watched is self.line and event.type() == QEvent.Type.FocusOut:
            self._keep()
        pressed = event.type() == QEvent.Type.KeyPress
        if pressed and isinstance(event, QKeyEvent) and event.key() in _ARROWS:
            self.keyPressEvent(event)
            return True
        return super().eventFilter(watched, event)

    @override
    def mousePressEvent(self, event: QMouseEvent) -> None:
        self.enter()

    def _enter(self) -> None:
        if self.line.hasFocus():
            self._submit()
        elif self.face.value and not self.face.asks and not self.face.copied:
            self.ticked.emit(self.face.id)
        self._step(1)

    def _step(self, by: int) -> None:
        if not self.refused:
            self.stepped.emit(self.face.id, by)

    def _submit(self) -> None:
        words = self.line.text().strip()
        if self.line.isHidden() or words == self._sent:
            return
        self._sent = words
        if words == self.face.value:  # put back by hand
            self.show_problem("")
        else:
            self.answered.emit(self.face.id, words)

    def _press(self, value: str) -> None:
        taken_back = self.face.value == value
        self.answered.emit(self.face.id, "" if taken_back else value)
        if not taken_back:
            self.stepped.emit(self.face.id, 1)

    def _lay_out(self) -> None:
        self.line.editingFinished.connect(self._submit)
        self.line.installEventFilter(self)
        self.yes.clicked.connect(lambda *_: self._press("yes"))
        self.no.clicked.connect(lambda *_: self._press("no"))
        for made in (self.yes, self.no):
            made.setFixedWidth(_YES_WIDTH)
            made.leave_enter()  # which goes on, and answers nothing
            made.installEventFilter(self)
        asked = QWidget()
        asked.setLayout(row(self.line, self.yes, self.no, ..., gap=8))
        value = col(..., self._value, asked, self._problem, ..., gap=2)
        grid = QGridLayout(self)
        grid.setContentsMargins(8, 6, 12, 6)
        grid.setHorizontalSpacing(10)
        grid.setColumnStretch(2, 3)
        grid.setColumnStretch(3, 2)
        grid.addWidget(self._number, 0, 0, Align.AlignVCenter)
        grid.addWidget(self._label, 0, 1, Align.AlignVCenter)
        grid.addLayout(value, 0, 2)
        grid.addLayout(col(..., self._source, self._note, ..., gap=1), 0, 3)
        grid.addWidget(self._mark, 0, 4, Align.AlignVCenter)
        self._problem.hide()
        self.setStyleSheet(
            f"QFrame#field {{ border: 2px solid transparent;"
            f" border-bottom: 1px solid {theme.c.line}; }}"
            f"QFrame#field:focus {{ border: 2px solid {theme.c.focus}; border-radius: 8px; }}"
        )


def _mark(face: FieldFace) -> tuple[str, str]:
    if face.copied:
        return "check-circle", "good"
    if face.mark:
        return "warning-circle", "overdue"
    return ("circle", "text_3") if face.value else ("minus", "text_3")
