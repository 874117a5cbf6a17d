"""The cards of the worklist: sessions that wait, gaps, and the card that is signed on."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject, QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent, QMouseEvent
from PySide6.QtWidgets import (
    QButtonGroup,
    QFrame,
    QLineEdit,
    QPushButton,
    QRadioButton,
    QScrollArea,
    QSizePolicy,
    QVBoxLayout,
    QWidget,
)
from typing_extensions import override

from ui import theme
from ui.presenters.to_sign_faces import GapRow, SignFace, WaitingRow
from ui.widgets.parts import (
    Item,
    button,
    col,
    drug_pill,
    elided,
    empty,
    field,
    fill,
    icon,
    labelled,
    pill,
    row,
    rule,
    say,
    text,
)

_MARKS = {
    "blocks": ("warning-circle", "alert"),
    "may stay": ("info", "text_2"),
    "explained": ("check-circle", "good"),
}


class WaitingCard(QFrame):
    """One session of the worklist.

    Signals:
        chosen: Its identity: it is to be looked at.
    """

    chosen = Signal(str)

    def __init__(self, waiting: WaitingRow) -> None:
        super().__init__()
        self.session_id = waiting.session_id
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.setAccessibleName(f"{waiting.patient}, {waiting.drug}, {waiting.when}")
        edge = theme.c.text if waiting.here else "transparent"
        ground = theme.c.sunken if waiting.here else "transparent"
        self.setObjectName("waiting")
        self.setStyleSheet(
            f"QFrame#waiting {{ background: {ground}; border: none; border-left: 3px solid {edge};"
            f" border-bottom: 1px solid {theme.c.line}; }}"
            f"QFrame#waiting:focus {{ border: 2px solid {theme.c.focus}; }}"
        )
        head = row(
            (elided(waiting.patient, 14, 600, grows=True), 1), text(waiting.when, 12, tone="text_2")
        )
        layout = QVBoxLayout(self)
        layout.setContentsMargins(12, 10, 12, 10)
        layout.setSpacing(6)
        fill(
            layout,
            (head, row(drug_pill(waiting.family, waiting.drug), ...), row(*_state(waiting), ...)),
        )

    @override
    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        self.chosen.emit(self.session_id)

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Space):
            self.chosen.emit(self.session_id)
        else:
            super().keyPressEvent(event)


def _state(waiting: WaitingRow) -> list[QFrame]:
    """Return the pills of a session: what is open, and who has signed."""
    signers = waiting.signed_by.split(", ")
    more = f" +{len(signers) - 1}" if len(signers) > 1 else ""
    if waiting.done:
        return [pill(f"co-signed {signers[-1]}", "good", "good_tint", "check-circle")]
    made = [_gaps_pill(waiting.gaps)]
    if waiting.signed_by:
        made.append(pill(f"signed {signers[0]}{more}", "text_2", "line", "pen-nib"))
    return made


def _gaps_pill(gaps: int) -> QFrame:
    if not gaps:
        return pill("no gaps", "good", "good_tint", "check-circle")
    return pill(f"{gaps} gap{'s' if gaps > 1 else ''}", "overdue", "overdue_tint", "warning-circle")


class _Rows(QScrollArea):
    """Takes the height that its rows want; scrolls where there is less."""

    def __init__(self, rows: QVBoxLayout) -> None:
        super().__init__()
        self._inside = QWidget()
        self._inside.setLayout(rows)
        self._inside.installEventFilter(self)
        self.setWidget(self._inside)
        self.setWidgetResizable(True)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Maximum)

    @override
    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if watched is self._inside and event.type() == QEvent.Type.LayoutRequest:
            self.updateGeometry()  # the rows want another height than before
        return super().eventFilter(watched, event)

    @override
    def sizeHint(self) -> QSize:
        inside = self._inside
        wanted = inside.heightForWidth(self.width()) if inside.hasHeightForWidth() else -1
        return QSize(self.width(), max(wanted, inside.sizeHint().height()))

    @override
    def minimumSizeHint(self) -> QSize:
        return QSize(0, min(_LEAST_ROWS, self.sizeHint().height()))


_LEAST_ROWS = 96
"""Pixels: two gaps can always be seen."""


class GapsCard(QFrame):
    """What stands before a signature.

    Signals:
        explain: (code, about): an explanation is to be given.
        go_to: The session's own screen is wanted, at a gap's place; empty for none.
    """

    explain = Signal(str, str)
    go_to = Signal(str)

    def __init__(self) -> None:
        super().__init__()
        self.setProperty("role", "card")
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Maximum)
        self._shown: tuple[GapRow, ...] | None = None
        self._buttons: list[QPushButton] = []
        self._note = text("", 12, 400, "text_3")
        self._rows = QVBoxLayout()
        self._rows.setContentsMargins(0, 0, 4, 0)
        self._rows.setSpacing(8)
        self._area = _Rows(self._rows)
        go = button("Go to the session", "quiet", "arrow-right")
        go.clicked.connect(lambda: self.go_to.emit(""))
        layout = QVBoxLayout(self)
        layout.setContentsMargins(16, 12, 12, 8)
        layout.setSpacing(8)
        head = row(text("Before you sign", 13, 600), ..., self._note, edge=(0, 0, 4, 0))
        fill(layout, (head, (self._area, 1), row(..., go)))

    def show_gaps(self, rows: tuple[GapRow, ...], note: str) -> None:
        """Show every gap, those that block first; nothing is rebuilt while they stay the same."""
        say(self._note, note)
        if rows == self._shown:
            return
        self._shown = rows
        self._buttons = []
        empty(self._rows)
        order = list(_MARKS)
        for gap in sorted(rows, key=lambda each: order.index(each.state)):
            fill(self._rows, (self._row(gap), rule()))
        if not rows:
            fill(self._rows, (row(icon("check-circle", 18, "good"), text("No gaps", 13), ...),))

    def next_gap(self) -> None:
        """Go to the next gap that is not explained; after the last one, to the first."""
        here = [n for n, made in enumerate(self._buttons) if made.hasFocus()]
        if self._buttons:
            made = self._buttons[((here[0] if here else -1) + 1) % len(self._buttons)]
            made.setFocus()
            self._area.ensureWidgetVisible(made, 0, 16)

    def _row(self, gap: GapRow) -> Item:
        glyph, tone = _MARKS[gap.state]
        words = col(
            text(gap.words, 13, 600, wrap=True),
            text(gap.more, 12, 400, "text_2", wrap=True),
            gap=0,
        )
        items: list[Item] = [icon(glyph, 18, tone), (words, 1)]
        if gap.state == "explained":
            return row(*items, gap=10)
        explain = button("Explain", name=f"Explain: {gap.words}")
        explain.clicked.connect(lambda: self.explain.emit(gap.code, gap.about))
        if not gap.place:
            self._buttons.append(explain)
            return row(*items, explain, gap=10)
        go = button("Go to it", "quiet", "arrow-right", name=f"Go to it: {gap.words}")
        go.clicked.connect(lambda: self.go_to.emit(gap.place))
        self._buttons.append(go)
        return col(row(*items, gap=10), row(..., go, explain, gap=8), gap=4)


class SignCard(QFrame):
    """The card that is signed on.

    Signals:
        signed: (password, meaning).
        export_asked: The file is wanted.
    """

    signed = Signal(str, str)
    export_asked = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.setProperty("role", "card")
        self._layout = QVBoxLayout(self)
        self._layout.setContentsMargins(16, 12, 16, 16)
        self._layout.setSpacing(8)
        self._password: QLineEdit | None = None
        self._confirm: QPushButton | None = None
        self._meanings = QButtonGroup(self)
        self._problem = text("", 13, 500, "alert", wrap=True)
        self._blocked = False

    def show_sign(self, face: SignFace) -> None:
        """Show who signs and what the signature can mean, or what has been done."""
        empty(self._layout)
        self._password = self._confirm = None
        self._problem = text("", 13, 500, "alert", wrap=True)
        self._problem.hide()
        self._blocked = bool(face.blocked)
        fill(self._layout, (text("Sign", 13, 600),))
        if face.done:
            self._show_done(face.done)
        elif not face.meanings:
            fill(self._layout, (text(face.blocked, 13, 500, "text_2", wrap=True), self._problem))
        else:
            self._show_form(face)

    def show_problem(self, said: str) -> None:
        """Say why it was not done; the password is emptied."""
        say(self._problem, said, "alert")
        self._problem.show()
        self.forget()
        if self._password is not None:
            self._password.setFocus()

    def show_busy(self, said: str) -> None:
        """Say what is being done; nothing can be pressed meanwhile."""
        say(self._problem, said, "text_2")
        self._problem.setVisible(bool(said))
        if self._confirm is not None:
            self._confirm.setEnabled(not said and not self._blocked)

    def submit(self) -> None:
        """Sign with what was typed and chosen; does nothing where nothing can be signed."""
        if self._password is None:
            return
        chosen = self._meanings.checkedButton()
        meaning = str(chosen.property("value")) if chosen else ""
        self.signed.emit(self._password.text(), meaning)

    def forget(self) -> None:
        """Empty the password."""
        if self._password is not None:
            self._password.clear()

    def _show_done(self, said: str) -> None:
        self._confirm = button("Export the PDF…", "primary", "export")
        self._confirm.clicked.connect(self.export_asked)
        mark = icon("check-circle", 18, "good")
        fill(
            self._layout,
            (
                row(mark, (text(said, 13, 500, wrap=True), 1), gap=8),
                self._problem,
                self._confirm,
            ),
        )

    def _show_form(self, face: SignFace) -> None:
        self._meanings = QButtonGroup(self)
        choices = []
        for value, words in face.meanings:
            choice = QRadioButton(words)
            choice.setFont(theme.font(14, 500))
            choice.setProperty("value", value)
            choice.setChecked(len(face.meanings) == 1)
            self._meanings.addButton(choice)
            choices.append(choice)
        self._password = field(hint="Password", name="Password")
        self._password.setEchoMode(QLineEdit.EchoMode.Password)
        self._password.returnPressed.connect(self.submit)
        self._confirm = button("Sign the record", "primary", "pen-nib", enabled=not face.blocked)
        self._confirm.clicked.connect(self.submit)
        fill(
            self._layout,
            (
                text(face.who, 13, 400, "text_2", wrap=True),
                *choices,
                labelled("Your password", self._password),
                self._confirm,
                self._problem,
            ),
        )
        self._problem.setVisible(bool(face.blocked))
        say(self._problem, face.blocked, "alert")
