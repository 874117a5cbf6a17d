"""The question panel: empty fields, one button, one sentence where it is refused."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import (
    QButtonGroup,
    QCheckBox,
    QFrame,
    QLineEdit,
    QPushButton,
    QRadioButton,
    QVBoxLayout,
    QWidget,
)
from typing_extensions import override

from ui import theme
from ui.presenters.question import TICKED, Ask, Question
from ui.widgets.parts import button, col, empty, field, fill, labelled, row, say, text


class QuestionPanel(QFrame):
    """Asks one question beside the chart; the chairs go on meanwhile.

    Signals:
        answered: The answers by key, as typed.
        given_up: Esc or "Not now".
    """

    answered = Signal(dict)
    given_up = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.setProperty("role", "card")
        self._fields: dict[str, QLineEdit] = {}
        self._ticks: dict[str, QCheckBox] = {}
        self._choices: dict[str, QButtonGroup] = {}
        self._order: list[QWidget] = []
        self._confirm: QPushButton | None = None
        self._problem = text("", 13, 500, "alert", wrap=True)
        self._inside = QVBoxLayout(self)
        self._inside.setContentsMargins(16, 12, 16, 16)
        self._inside.setSpacing(10)

    def show_question(self, question: Question) -> None:
        """Show it with empty fields and take the focus."""
        empty(self._inside)
        self._fields, self._ticks, self._choices, self._order = {}, {}, {}, []
        self.setAccessibleName(question.title)
        title = text(question.title, 16, 600, wrap=True)
        words = [text(each, 13, 400, "text_2", wrap=True) for each in question.words]
        fill(self._inside, (title, *words))
        for ask in question.asks:
            self._add(ask)
        self._problem = text("", 13, 500, "alert", wrap=True)
        self._problem.hide()
        self._confirm = button(question.confirm, question.kind)
        self._confirm.clicked.connect(self._answer)
        away = button("Not now", "quiet")
        away.clicked.connect(self.given_up)
        fill(self._inside, (self._problem, row((self._confirm, 1), away, gap=8)))
        first = self._order[0] if self._order else self._confirm
        first.show()  # at once, or the focus would wait for the next round of events
        first.setFocus()

    def show_question_problem(self, said: str, *, waiting: bool = False) -> None:
        """Say what refuses the answer; what was typed stays."""
        say(self._problem, said, "text_2" if waiting else "alert")
        self._problem.setVisible(bool(said))
        if self._confirm:
            self._confirm.setEnabled(not waiting)
        if not waiting and self._order:
            last = self._order[-1]
            if isinstance(last, QLineEdit):
                last.selectAll()
            last.setFocus()

    def _add(self, ask: Ask) -> None:
        if ask.tick:
            tick = QCheckBox(ask.label)
            tick.setFont(theme.font(13))
            tick.setAccessibleName(ask.label)
            self._ticks[ask.key] = tick
            self._order.append(tick)
            self._inside.addWidget(tick)
        elif ask.choices:
            self._add_choices(ask)
        else:
            line = field(hint=ask.hint, name=ask.label)
            if ask.secret:
                line.setEchoMode(QLineEdit.EchoMode.Password)
            line.returnPressed.connect(lambda: self._next(line))
            self._fields[ask.key] = line
            self._order.append(line)
            self._inside.addLayout(labelled(ask.label, line))

    def _add_choices(self, ask: Ask) -> None:
        group = QButtonGroup(self)
        group.setExclusive(True)
        made: list[QRadioButton] = []
        for value, words in ask.choices:
            choice = QRadioButton(words)
            choice.setFont(theme.font(14))
            choice.setProperty("value", value)
            choice.setAccessibleName(f"{ask.label}: {words}")
            group.addButton(choice)
            made.append(choice)
        self._choices[ask.key] = group
        self._order += made[:1]
        self._inside.addLayout(col(text(ask.label, 13, 500), *made, gap=0))

    def _next(self, line: QLineEdit) -> None:
        """Enter goes to the next field; in the last one it answers."""
        lines = [each for each in self._order if isinstance(each, QLineEdit)]
        place = lines.index(line)
        if place + 1 < len(lines):
            lines[place + 1].show()
            lines[place + 1].setFocus()
        else:
            self._answer()

    def _answer(self) -> None:
        answers = {name: line.text() for name, line in self._fields.items()}
        answers |= {name: TICKED if t.isChecked() else "" for name, t in self._ticks.items()}
        for name, group in self._choices.items():
            chosen = group.checkedButton()
            answers[name] = str(chosen.property("value")) if chosen else ""
        self.answered.emit(answers)

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            self.given_up.emit()
        else:
            super().keyPressEvent(event)
