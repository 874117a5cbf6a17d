"""The second check once it is made: both people's figures side by side, and what to do."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QFrame, QPushButton, QScrollArea, QVBoxLayout, QWidget
from typing_extensions import override

from ui import theme
from ui.presenters.dose_compare import CheckFace, CheckRow
from ui.widgets.buttons import Button
from ui.widgets.parts import (
    Align,
    Item,
    box,
    button,
    dressed,
    elided,
    empty,
    fill,
    icon,
    row,
    text,
)

_NAME_WIDTH, _MARK_WIDTH = 84, 66
_ROW_HEIGHT = 32


class Comparison(QFrame):
    """Shows a `CheckFace`.

    Signals:
        asked: The value of the button that was pressed.
        given_up: Esc.
    """

    asked = Signal(str)
    given_up = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.setProperty("role", "card")
        self.setAccessibleName("Second check")
        self._shown: CheckFace | None = None
        inner = QWidget()
        self._inside = QVBoxLayout(inner)
        self._inside.setContentsMargins(16, 12, 16, 8)
        self._inside.setSpacing(4)
        scroll = QScrollArea()
        scroll.setWidgetResizable(True)
        scroll.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        scroll.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        scroll.setWidget(inner)
        self._foot = QVBoxLayout()
        self._foot.setContentsMargins(16, 0, 16, 16)
        self._foot.setSpacing(8)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(1, 1, 1, 1)
        fill(layout, ((scroll, 1), self._foot))
        self.hide()

    def show_check(self, face: CheckFace | None) -> None:
        """Show a comparison and take the focus; None takes it away."""
        self.setVisible(face is not None)
        if face == self._shown:
            return
        self._shown = face
        empty(self._inside)
        empty(self._foot)
        if face is None:
            self.setAccessibleDescription("")
            return
        tone, glyph = ("good", "check-circle") if face.same else ("alert", "warning")
        head = row(text("Second check", 13, 600), ..., text(face.note, 12, 400, "text_2"))
        said = row(
            icon("eye-slash", 18, "text_2"),
            (text(face.said, 12, 400, "text_2", wrap=True), 1),
            gap=8,
        )
        verdict = row(
            icon(glyph, 18, tone), (text(face.verdict, 13, 500, tone, wrap=True), 1), gap=8
        )
        fill(self._inside, (head, 2, said, 2, _heads(), *map(_figures, face.rows), ...))
        made = self._buttons(face)
        foot = (text(face.foot, 12, 400, "text_2", wrap=True),) if face.foot else ()
        fill(self._foot, (verdict, 2, *made, *foot))
        self.setAccessibleDescription(_spoken(face))
        for each in made:
            each.show()  # now: what is not yet shown cannot take the focus
        made[0].setFocus()

    def _buttons(self, face: CheckFace) -> list[Button]:
        made = []
        for place, action in enumerate(face.actions):
            each = button(action.words, "" if place else "primary")
            each.clicked.connect(lambda *_, value=action.value: self.asked.emit(value))
            made.append(each)
        return made

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            self.given_up.emit()
        elif event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            for made in self.findChildren(QPushButton):
                if made.hasFocus():
                    made.click()
                    return
        else:
            super().keyPressEvent(event)


def _heads() -> QFrame:
    first, second = (
        text(words, 12, 400, "text_2", align=Align.AlignRight) for words in ("First", "Second")
    )
    return _columns(text("", 12), first, second, text("", 12), height=20)


def _figures(each: CheckRow) -> QFrame:
    tone = "text" if each.same else "alert"
    first = text(each.first, 13, 600, align=Align.AlignRight)
    second = text(each.second, 13, 600, tone, align=Align.AlignRight)
    said, glyph = ("same", "check-circle") if each.same else ("differs", "x-circle")
    hue = "good" if each.same else "alert"
    mark = QWidget()
    mark.setLayout(row(icon(glyph, 16, hue), text(said, 12, 400, hue), ..., gap=4))
    made = _columns(elided(each.name, 13), first, second, mark, height=_ROW_HEIGHT)
    if not each.same:
        dressed(made, "differs", f"background: {theme.c.alert_tint}; border-radius: 8px;")
    return made


def _columns(
    name: QWidget, first: QWidget, second: QWidget, mark: QWidget, *, height: int
) -> QFrame:
    name.setFixedWidth(_NAME_WIDTH)
    mark.setFixedWidth(_MARK_WIDTH)
    items: tuple[Item, ...] = (name, (first, 1), (second, 1), mark)
    return box(row(*items, gap=6, edge=(8, 0, 0, 0)), "plain", h=height)


def _spoken(face: CheckFace) -> str:
    rows = [
        f"{each.name}: first {each.first}, second {each.second},"
        f" {'same' if each.same else 'differs'}"
        for each in face.rows
    ]
    return ". ".join((face.said, *rows, face.verdict))
