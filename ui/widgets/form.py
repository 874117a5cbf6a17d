"""A form of plain lines and choice buttons: Enter goes on, a refusal stands beside its field."""

from __future__ import annotations

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QFrame, QLabel, QPushButton, QScrollArea, QVBoxLayout, QWidget
from typing_extensions import override

from ui.presenters.form import FormFace, FormField, Option, Shape
from ui.widgets.controls import Control, control_for
from ui.widgets.parts import button, col, empty, fill, icon, row, say, text


class Form(QFrame):
    """Shows a `FormFace` as a card; implements `ui.presenters.form.FormView`.

    Signals:
        typed: A field's key, and what stands in it now.
        chosen: A field's key, and the value that was pressed.
        submitted: Enter in the last field, or its button.
        given_up: Esc.
        other: The value of one of the form's other buttons that was pressed.
    """

    typed = Signal(str, str)
    chosen = Signal(str, str)
    submitted = Signal()
    given_up = Signal()
    other = Signal(str)

    def __init__(self) -> None:
        super().__init__()
        self.setProperty("role", "card")
        self._controls: dict[str, Control] = {}
        self._submit: QPushButton | None = None
        self._others: tuple[QPushButton, ...] = ()
        self._problem_row, self._problem = _problem_row()
        self._inside = QVBoxLayout()
        self._inside.setContentsMargins(16, 12, 16, 12)
        self._inside.setSpacing(8)
        self._inner = QWidget()
        self._inner.setLayout(self._inside)
        self._scroll = QScrollArea()
        self._scroll.setWidgetResizable(True)
        self._scroll.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._scroll.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._scroll.setWidget(self._inner)
        self._foot = QVBoxLayout()
        self._foot.setContentsMargins(16, 0, 16, 16)
        self._foot.setSpacing(8)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(1, 1, 1, 1)
        layout.setSpacing(0)
        fill(layout, ((self._scroll, 1), self._foot))

    # --- what the presenter asks ------------------------------------------------------

    def show_form(self, face: FormFace) -> None:
        """Show these fields, empty."""
        empty(self._inside)
        empty(self._foot)
        self.setAccessibleName(face.title)
        self._controls = {each.key: self._made(each) for each in face.fields}
        head = row(text(face.title, 13, 600), ..., text(face.note, 12, 400, "text_3"))
        fill(self._inside, (head, *self._controls.values(), ...))
        self._problem_row, self._problem = _problem_row()
        self._submit = button(face.submit, "primary")
        self._submit.setProperty("words", face.submit)
        self._submit.clicked.connect(self.submitted)
        self._others = tuple(self._other(each) for each in face.others)
        fill(self._foot, (self._problem_row, self._submit))
        for each, made in zip(face.others, self._others, strict=True):
            said = (text(words, 12, 400, "text_2", wrap=True) for words in each.more)
            fill(self._foot, (*said, made))
        for thing in (*self._controls.values(), self._submit, *self._others):
            thing.show()  # now: what is not yet shown cannot take the focus

    def show_options(self, key: str, options: tuple[Option, ...], chosen: str) -> None:
        """Show what can be chosen in a field, and what is."""
        self._controls[key].show_options(options, chosen)

    def show_note(self, key: str, words: str) -> None:
        """Say something under a field."""
        self._controls[key].show_note(words)

    def show_unit(self, key: str, unit: str) -> None:
        """Change the unit beside a field."""
        self._controls[key].show_unit(unit)

    def show_field(self, key: str, *, shown: bool) -> None:
        """Show a field, or take it out of the way."""
        self._controls[key].setVisible(shown)

    def put(self, key: str, words: str) -> None:
        """Let a line hold these words."""
        self._controls[key].put(words)

    def show_problem(self, key: str, said: str) -> None:
        """Say beside a field, or under all, why it was refused."""
        for name, control in self._controls.items():
            control.show_problem(said if name == key else "")
        at_field = bool(said) and key in self._controls and not self._controls[key].isHidden()
        if at_field:
            self._go_to(self._controls[key])
        say(self._problem, "" if at_field else said)
        self._problem_row.setVisible(bool(said) and not at_field)

    def show_busy(self, said: str) -> None:
        """Say on the button what is being done, and take nothing meanwhile; empty ends it."""
        self.setEnabled(not said)
        if self._submit:
            self._submit.setText(said or str(self._submit.property("words")))

    def enter_form(self) -> None:
        """Go to the first field, or to the button where there is none."""
        for control in self._controls.values():
            if not control.isHidden() and control.spec.shape is not Shape.WORDS:
                self._go_to(control)
                return
        if self._submit:
            self._submit.setFocus()

    # --- hands ------------------------------------------------------------------------

    def type(self, key: str, words: str) -> None:
        """Type into a field as a hand does: what stood there is gone."""
        self._controls[key].put(words)
        self.typed.emit(key, words)

    def choose(self, key: str, value: str) -> None:
        """Press one of a field's options."""
        self._controls[key].press(value)

    def answer(self, key: str, words: str) -> None:
        """Type or choose, as the field is made; one that this form does not have takes nothing."""
        control = self._controls.get(key)
        if control is None:
            return
        if control.spec.shape in (Shape.LINE, Shape.DOTS):
            self.type(key, words)
        else:
            control.press(words)

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            self.given_up.emit()
        elif event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self._enter()
        else:
            super().keyPressEvent(event)

    def _made(self, spec: FormField) -> Control:
        made = control_for(spec)
        for signal in (made.typed, made.chosen):
            signal.connect(lambda *_: self._put_right(made))
        made.typed.connect(lambda words: self.typed.emit(spec.key, words))
        made.chosen.connect(lambda value: self.chosen.emit(spec.key, value))
        return made

    def _put_right(self, control: Control) -> None:
        """Take away what refused the form before: it is being put right."""
        control.show_problem("")
        self._problem_row.hide()

    def _other(self, option: Option) -> QPushButton:
        made = button(option.words)
        made.clicked.connect(lambda *_: self.other.emit(option.value))
        return made

    def _go_to(self, control: Control) -> None:
        """Give a field the focus, and have all of it in sight."""
        control.take_focus()
        inner, wide = self._inner, self._inner.width()
        if self._scroll.isVisible():
            self._inside.activate()  # a sentence that has only just been said needs its room
            inner.resize(wide, max(inner.heightForWidth(wide), inner.height()))
        self._scroll.ensureWidgetVisible(control)

    def _enter(self) -> None:
        """Enter goes to the next field; in the last one it submits."""
        for other in self._others:
            if other.hasFocus():
                other.click()
                return
        shown = [control for control in self._controls.values() if not control.isHidden()]
        here = [place for place, control in enumerate(shown) if control.has_focus()]
        if self._submit and (self._submit.hasFocus() or not here):
            self._submit.click()
            return
        shown[here[0]].press_focused()
        if here[0] + 1 < len(shown):
            self._go_to(shown[here[0] + 1])
        elif self._submit:
            self._submit.click()

    @override
    def minimumSizeHint(self) -> QSize:
        return QSize(280, 200)


def _problem_row() -> tuple[QFrame, QLabel]:
    words = text("", 13, 500, "alert", wrap=True)
    frame = QFrame()
    frame.setLayout(row(col(icon("warning", 18, "alert"), ...), (words, 1), gap=8))
    frame.hide()
    return frame, words
