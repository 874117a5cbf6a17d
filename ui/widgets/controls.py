"""The fields of a form, one sort each: a line, choice buttons, cards, a list."""

from __future__ import annotations

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtWidgets import (
    QBoxLayout,
    QGridLayout,
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QPushButton,
    QSizePolicy,
    QVBoxLayout,
    QWidget,
)
from typing_extensions import override

from ui import icons, theme
from ui.presenters.form import TICKED, FormField, Option, Shape
from ui.widgets.buttons import Button
from ui.widgets.drop_down import DropDown
from ui.widgets.parts import (
    Align,
    button,
    elided,
    empty,
    field,
    fill,
    icon,
    mark_bad,
    row,
    say,
    set_kind,
    show_icon,
    text,
)
from ui.widgets.tick_box import TickBox

_FIGURE_WIDTH = 112
_UNIT_WIDTH = 48
_BESIDE_WIDTH = 196
_CARD_HEIGHT, _SHORT_CARD_HEIGHT = 68, 48
_CARDS_IN_A_ROW = 3
_WORDS_IN_A_ROW = 3


class Control(QWidget):
    """A field with its name, the note under it and what refuses it.

    Signals:
        typed: What stands in it now.
        chosen: The value that was pressed.
    """

    typed = Signal(str)
    chosen = Signal(str)

    def __init__(self, spec: FormField) -> None:
        super().__init__()
        self.spec = spec
        self.label = text(spec.label, 13, 500)
        self._note = text("", 12, 400, "text_2", wrap=True)
        self._problem = text("", 12, 500, "alert", wrap=True)
        self._note.hide()
        self._problem.hide()
        self.inside = QVBoxLayout(self)
        self.inside.setContentsMargins(0, 0, 0, 0)
        self.inside.setSpacing(4)

    def finish(self, *parts: QWidget | QBoxLayout) -> None:
        """Put the parts in, the note and the refusal under them."""
        fill(self.inside, (*parts, self._note, self._problem))

    def show_note(self, words: str) -> None:
        """Say something under the field."""
        say(self._note, words)
        self._note.setVisible(bool(words))

    def show_problem(self, said: str) -> None:
        """Say why it was refused."""
        say(self._problem, said)
        self._problem.setVisible(bool(said))

    def show_unit(self, unit: str) -> None:
        """Change the unit beside it; a field without one has nothing to change."""

    def show_options(self, options: tuple[Option, ...], chosen: str) -> None:
        """Show what can be chosen, and what is."""

    def put(self, words: str) -> None:
        """Let it hold these words."""

    def press(self, value: str) -> None:
        """Press one of the options."""
        self.chosen.emit(value)

    def press_focused(self) -> None:
        """Press the option that has the focus, if one has."""

    def take_focus(self) -> None:
        """Take the focus."""

    def has_focus(self) -> bool:
        """Tell whether the focus is in it."""
        return any(child.hasFocus() for child in self.findChildren(QWidget))


class LineControl(Control):
    """A line to type in: a figure with its unit beside its name, or words under it."""

    def __init__(self, spec: FormField) -> None:
        super().__init__(spec)
        self._line = field(hint=spec.hint, name=f"{spec.label} {spec.unit}".strip())
        self._line.textEdited.connect(self.typed)
        self.label.setBuddy(self._line)
        self._unit = text(spec.unit, 13, 400, "text_2")
        self._unit.setFixedWidth(_UNIT_WIDTH)
        if spec.shape is Shape.DOTS:
            self._line.setEchoMode(QLineEdit.EchoMode.Password)
        if spec.unit:
            self._line.setFixedWidth(_FIGURE_WIDTH)
            self._line.setAlignment(Align.AlignRight | Align.AlignVCenter)
            self.finish(row((self.label, 1), self._line, self._unit, gap=8), *self._picks())
        elif spec.narrow:
            self._line.setFixedWidth(_BESIDE_WIDTH)
            self.finish(row((self.label, 1), self._line, gap=8), *self._picks())
        else:
            self.finish(self.label, self._line, *self._picks())

    def _picks(self) -> tuple[QHBoxLayout, ...]:
        """Return buttons that put a usual value into the line: words take more than one row."""
        made = []
        for option in self.spec.options:
            pick = button(option.words, name=f"{self.spec.label}: {option.words}")
            pick.setFont(theme.font(13, 500))
            pick.clicked.connect(lambda *_, value=option.value: self._picked(value))
            made.append((pick, 1))
        at_once = len(made) if self.spec.unit else _WORDS_IN_A_ROW
        starts = range(0, len(made), max(at_once, 1))
        return tuple(row(*made[start : start + at_once], gap=8) for start in starts)

    def _picked(self, value: str) -> None:
        self.put(value)
        self.typed.emit(value)
        self._line.setFocus()

    @override
    def show_problem(self, said: str) -> None:
        super().show_problem(said)
        mark_bad(self._line, bad=bool(said))

    @override
    def show_unit(self, unit: str) -> None:
        say(self._unit, unit)
        self._line.setAccessibleName(f"{self.spec.label} {unit}")

    @override
    def put(self, words: str) -> None:
        if self._line.text() != words:
            self._line.setText(words)

    @override
    def take_focus(self) -> None:
        self._line.setFocus()
        self._line.selectAll()


class ListControl(Control):
    """A list that opens; nothing is chosen until somebody does."""

    def __init__(self, spec: FormField) -> None:
        super().__init__(spec)
        self._box = DropDown()
        self._box.setFont(theme.font(14))
        self._box.setPlaceholderText(spec.hint)
        self._box.setAccessibleName(spec.label)
        self._box.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)
        self.label.setBuddy(self._box)
        self._box.activated.connect(lambda *_: self.chosen.emit(str(self._box.currentData())))
        self.show_options(spec.options, "")
        if spec.narrow:
            self._box.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
            self._box.setFixedWidth(_BESIDE_WIDTH)
            self.finish(row((self.label, 1), self._box, gap=8))
        else:
            self.finish(self.label, self._box)

    @override
    def show_options(self, options: tuple[Option, ...], chosen: str) -> None:
        self._box.clear()
        for option in options:
            self._box.addItem(option.words, option.value)
        self._box.setCurrentIndex(self._box.findData(chosen) if chosen else -1)

    @override
    def take_focus(self) -> None:
        self._box.setFocus()


class ButtonsControl(Control):
    """Buttons side by side, one of which is chosen; a mark says so as well as the edge."""

    def __init__(self, spec: FormField) -> None:
        super().__init__(spec)
        self._buttons: dict[str, QPushButton] = {}
        self._row: QBoxLayout = row(gap=8)
        if spec.narrow:
            self.finish(row((self.label, 1), self._row, gap=8))
        else:
            self.finish(self.label, self._row)
        self.show_options(spec.options, "")

    @override
    def show_options(self, options: tuple[Option, ...], chosen: str) -> None:
        if tuple(self._buttons) != tuple(option.value for option in options):
            self._rebuild(options)
        for option in options:
            self._dress(self._buttons[option.value], option, here=option.value == chosen)

    @override
    def press(self, value: str) -> None:
        if value in self._buttons:
            self._buttons[value].click()

    @override
    def press_focused(self) -> None:
        for made in self._buttons.values():
            if made.hasFocus():
                made.click()

    @override
    def take_focus(self) -> None:
        usable = [made for made in self._buttons.values() if made.isEnabled()]
        chosen = [made for made in usable if made.property("here")]
        for made in (chosen or usable)[:1]:
            made.setFocus()

    def _rebuild(self, options: tuple[Option, ...]) -> None:
        empty(self._row)
        self._buttons = {option.value: self._make(option) for option in options}
        fill(self._row, tuple((made, 1) for made in self._buttons.values()))
        for made in self._buttons.values():
            made.show()  # now: what is not yet shown cannot take the focus

    def _make(self, option: Option) -> QPushButton:
        made = button(option.words)
        made.leave_enter()
        made.clicked.connect(lambda: self.chosen.emit(option.value))
        return made

    def _dress(self, made: QPushButton, option: Option, *, here: bool) -> None:
        set_kind(made, "chosen" if here else "")
        made.setProperty("here", here)
        made.setEnabled(option.offered)
        made.setIcon(icons.picture("check-circle" if here else "circle", "text"))
        made.setIconSize(QSize(16, 16))
        made.setAccessibleName(_said(self.spec.label, option, here=here))


class CardsControl(ButtonsControl):
    """Cards side by side, three in a row: what each option would come to stands on it."""

    @override
    def _rebuild(self, options: tuple[Option, ...]) -> None:
        empty(self._row)
        self._buttons = {option.value: self._make(option) for option in options}
        made = list(self._buttons.values())
        grid = QGridLayout()
        grid.setSpacing(6)
        for place, card in enumerate(made):
            grid.addWidget(card, place // _CARDS_IN_A_ROW, place % _CARDS_IN_A_ROW)
        for column in range(min(len(made), _CARDS_IN_A_ROW)):
            grid.setColumnStretch(column, 1)
        self._row.addLayout(grid)
        for card in made:
            card.show()  # now: what is not yet shown cannot take the focus

    @override
    def _make(self, option: Option) -> QPushButton:
        made = ChoiceCard()
        made.clicked.connect(lambda: self.chosen.emit(option.value))
        return made

    @override
    def _dress(self, made: QPushButton, option: Option, *, here: bool) -> None:
        assert isinstance(made, ChoiceCard)  # noqa: S101 - made above
        made.show_option(option, here=here)
        made.setAccessibleName(_said(self.spec.label, option, here=here))


class ChoiceCard(Button):
    """A button with a mark and its word, and further lines under it."""

    def __init__(self) -> None:
        super().__init__()
        self.leave_enter()
        self._mark = icon("circle", 16, "text_2")
        self._word = elided("", 13, 500)
        self._lines = [elided("", 14, 600), elided("", 12, 400, "text_2")]
        grid = QGridLayout(self)
        grid.setContentsMargins(8, 8, 4, 8)
        grid.setHorizontalSpacing(3)
        grid.setVerticalSpacing(1)
        grid.setColumnStretch(1, 1)
        grid.addWidget(self._mark, 0, 0)
        grid.addWidget(self._word, 0, 1)
        for place, line in enumerate(self._lines, 1):
            grid.addWidget(line, place, 0, 1, 2)
        for label in self.findChildren(QLabel):
            label.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)

    def show_option(self, option: Option, *, here: bool) -> None:
        """Show an option, and whether it is the one that is chosen."""
        tone = "text" if option.offered else "text_3"
        set_kind(self, "chosen" if here else "")
        self.setProperty("here", here)
        self.setEnabled(option.offered)
        show_icon(self._mark, "check-circle" if here else "circle", tone)
        say(self._word, option.words, tone)
        for line, words in zip(self._lines, (*option.more, "", ""), strict=False):
            say(line, words, tone if line is self._lines[0] else "text_2")
            line.setVisible(bool(words))
        self.updateGeometry()

    @override
    def sizeHint(self) -> QSize:
        layout = self.layout()
        wanted = layout.sizeHint() if layout else super().sizeHint()
        least = _SHORT_CARD_HEIGHT if self._lines[0].isHidden() else _CARD_HEIGHT
        return wanted.expandedTo(QSize(0, least))


class TickControl(Control):
    """A box to tick by hand: Enter goes past it, Space or a press ticks it."""

    def __init__(self, spec: FormField) -> None:
        super().__init__(spec)
        self._tick = TickBox(spec.label)
        self._tick.setFont(theme.font(13))
        self._tick.setAccessibleName(spec.label)
        self._tick.clicked.connect(lambda on: self.chosen.emit(TICKED if on else ""))
        self.finish(self._tick)

    @override
    def press(self, value: str) -> None:
        self._tick.setChecked(value == TICKED)
        self.chosen.emit(value)

    @override
    def take_focus(self) -> None:
        self._tick.setFocus()


class WordsControl(Control):
    """A name with a note under it: nothing is entered."""

    def __init__(self, spec: FormField) -> None:
        super().__init__(spec)
        self.finish(self.label)


def _said(label: str, option: Option, *, here: bool) -> str:
    """Return what a screen reader says of an option."""
    parts = [f"{label}: {option.words}", *filter(None, option.more)]
    if here:
        parts.append("chosen")
    return ", ".join(parts)


_CONTROLS: dict[Shape, type[Control]] = {
    Shape.LINE: LineControl,
    Shape.DOTS: LineControl,
    Shape.BUTTONS: ButtonsControl,
    Shape.CARDS: CardsControl,
    Shape.LIST: ListControl,
    Shape.WORDS: WordsControl,
    Shape.TICK: TickControl,
}


def control_for(spec: FormField) -> Control:
    """Return the control that shows a field."""
    return _CONTROLS[spec.shape](spec)
