"""What a question asks, one widget each: a line, a tick, one of several."""

from __future__ import annotations

from collections.abc import Mapping

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent, QMouseEvent
from PySide6.QtWidgets import (
    QButtonGroup,
    QCheckBox,
    QGridLayout,
    QLabel,
    QLineEdit,
    QPushButton,
    QRadioButton,
    QVBoxLayout,
    QWidget,
)
from typing_extensions import override

from ui import theme
from ui.presenters.question import TICKED, Ask
from ui.widgets.drop_down import DropDown
from ui.widgets.parts import button, elided, fill, mark_bad, row, say, text
from ui.widgets.tick_box import TickBox

_MOST_BUTTONS = 6  # more choices than these take a list that opens
_SHORT = 14  # letters: choices with no longer words stand two in a row
_LONG = 16  # letters: a pick with longer words has a row of its own


class Asking(QWidget):
    """One thing that is asked, with what refuses it under it.

    Signals:
        changed: Something else stands in it now.
    """

    changed = Signal()

    def __init__(self, ask: Ask) -> None:
        super().__init__()
        self.key, self.label, self._only = ask.key, ask.label, ask.only
        self.is_asked = True
        self.first: QWidget = self
        self._problem = text("", 12, 500, "alert", wrap=True)
        self._problem.hide()
        self.inside = QVBoxLayout(self)
        self.inside.setContentsMargins(0, 0, 0, 0)
        self.inside.setSpacing(4)

    @property
    def answer(self) -> str:
        """Return what was answered; empty for nothing yet."""
        raise NotImplementedError

    def look(self, answers: Mapping[str, str]) -> None:
        """Be there only where it is asked at all, by what the others are answered."""
        if self._only is not None:
            key, wanted = self._only
            self.is_asked = answers.get(key, "") in wanted
            self.setVisible(self.is_asked)

    def show_problem(self, said: str) -> None:
        """Say why it was refused; empty takes the sentence away."""
        say(self._problem, said)
        self._problem.setVisible(bool(said))

    def take_focus(self) -> None:
        """Take the focus."""
        self.first.show()
        self.first.setFocus()

    def has_focus(self) -> bool:
        """Tell whether the focus is in it."""
        return any(each.hasFocus() for each in self.findChildren(QWidget))

    def press_focused(self) -> None:
        """Choose the choice that has the focus, if one has."""


class _Line(QLineEdit):
    """A line whose Enter goes no further: what it leads to must not take it as well."""

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        super().keyPressEvent(event)
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            event.accept()


class AskedLine(Asking):
    """A line to type in; a press of a pick puts its value there.

    Signals:
        entered: Enter was pressed in it.
    """

    entered = Signal()

    def __init__(self, ask: Ask) -> None:
        super().__init__(ask)
        self._several = ask.several
        self._line = _Line()
        self._line.setPlaceholderText(ask.hint)
        self._line.setFont(theme.font(14))
        self._line.setAccessibleName(ask.label)
        if ask.secret:
            self._line.setEchoMode(QLineEdit.EchoMode.Password)
        self._line.returnPressed.connect(self.entered)
        self._line.textChanged.connect(self.changed)
        self.first = self._line
        name = text(ask.label, 13, 500, wrap=True)
        name.setBuddy(self._line)
        fill(self.inside, (name, self._line))
        self._add_picks(ask)
        self.inside.addWidget(self._problem)

    @property
    @override
    def answer(self) -> str:
        """Return what stands in it."""
        return self._line.text()

    def put(self, words: str) -> None:
        """Put there what had been typed before."""
        self._line.setText(words)

    @override
    def show_problem(self, said: str) -> None:
        """Say why it was refused, and outline the line."""
        super().show_problem(said)
        mark_bad(self._line, bad=bool(said))

    @override
    def take_focus(self) -> None:
        """Take the focus, so that typing writes it anew."""
        super().take_focus()
        self._line.selectAll()

    def _add_picks(self, ask: Ask) -> None:
        rows: list[list[tuple[QPushButton, int]]] = []
        beside = False  # whether the next short one stands beside the one before
        for value, words in ask.picks:
            pick = button(words, name=f"{ask.label}: {words}")
            pick.setFont(theme.font(13, 500))
            if ask.several:  # many of them, which must leave what is asked next in sight
                pick.setStyleSheet("min-height: 26px; max-height: 26px;")
            pick.clicked.connect(lambda *_, value=value: self._pick(value))
            short = len(words) <= _LONG
            if beside and short:
                rows[-1].append((pick, 1))
            else:
                rows.append([(pick, 1)])
            beside = short and len(rows[-1]) == 1
        for each in rows:
            self.inside.addLayout(row(*each, gap=8))

    def _pick(self, value: str) -> None:
        before = self._line.text().strip(" ,") if self._several else ""
        self._line.setText(f"{before}, {value}" if before else value)
        self._line.setFocus()


class _Words(QLabel):
    """Words beside a box, as long as they need to be; a press on them ticks it."""

    def __init__(self, words: str, tick: QCheckBox) -> None:
        super().__init__(words)
        self._tick = tick
        self.setFont(theme.font(13))
        self.setWordWrap(True)

    @override
    def mousePressEvent(self, event: QMouseEvent) -> None:
        self._tick.toggle()
        self._tick.setFocus()
        event.accept()


class AskedTick(Asking):
    """A box to tick."""

    def __init__(self, ask: Ask, *, dense: bool = False) -> None:
        super().__init__(ask)
        self._tick = TickBox()
        self._tick.setAccessibleName(ask.label)
        self._tick.toggled.connect(self.changed)
        if dense:
            self._tick.setStyleSheet("min-height: 26px;")
        self.first = self._tick
        fill(
            self.inside, (row(self._tick, (_Words(ask.label, self._tick), 1), gap=4), self._problem)
        )

    @property
    @override
    def answer(self) -> str:
        """Return "yes" or nothing."""
        return TICKED if self._tick.isChecked() else ""

    def toggle(self) -> None:
        """Tick it, or take the tick away; the focus goes along."""
        self._tick.toggle()
        self._tick.setFocus()


class AskedChoices(Asking):
    """One of several, none of them chosen at first."""


class AskedButtons(AskedChoices):
    """All of a few choices, one under the other."""

    def __init__(self, ask: Ask, *, dense: bool = False) -> None:
        super().__init__(ask)
        self._group = QButtonGroup(self)
        self.inside.setSpacing(0)
        self.inside.addWidget(text(ask.label, 13, 500))
        beside = all(len(words) <= _SHORT for _, words in ask.choices) and len(ask.choices) > 1
        grid = QGridLayout()
        grid.setSpacing(0)
        for place, (value, words) in enumerate(ask.choices):
            choice = QRadioButton(words)
            choice.setFont(theme.font(13 if beside else 14))
            choice.setProperty("value", value)
            if dense:
                choice.setStyleSheet("min-height: 26px;")
            choice.setAccessibleName(f"{ask.label}: {words}")
            choice.toggled.connect(self.changed)
            self._group.addButton(choice)
            grid.addWidget(choice, *(divmod(place, 2) if beside else (place, 0)))
        self.first = self._group.buttons()[0]
        fill(self.inside, (grid, self._problem))

    @property
    @override
    def answer(self) -> str:
        """Return the value that was chosen."""
        chosen = self._group.checkedButton()
        return str(chosen.property("value")) if chosen else ""

    @override
    def press_focused(self) -> None:
        for each in self._group.buttons():
            if each.hasFocus():
                each.setChecked(True)


class AskedList(AskedChoices):
    """Many choices in a list that opens."""

    def __init__(self, ask: Ask) -> None:
        super().__init__(ask)
        self._list = DropDown()
        self._list.setFont(theme.font(14))
        self._list.setAccessibleName(ask.label)
        self._list.setSizeAdjustPolicy(
            DropDown.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon
        )
        self._list.addItem("Choose …", "")
        for value, words in ask.choices:
            self._list.addItem(words, value)
        self._list.currentIndexChanged.connect(self.changed)
        self.first = self._list
        fill(self.inside, (elided(ask.label, 13, 500), self._list, self._problem))

    @property
    @override
    def answer(self) -> str:
        """Return the value that was chosen."""
        return str(self._list.currentData() or "")


def asked(ask: Ask, *, dense: bool = False) -> Asking:
    """Return the widget for one thing that is asked; dense ones leave room for many more."""
    if ask.tick:
        return AskedTick(ask, dense=dense)
    if ask.choices:
        return (
            AskedButtons(ask, dense=dense) if len(ask.choices) <= _MOST_BUTTONS else AskedList(ask)
        )
    return AskedLine(ask)
