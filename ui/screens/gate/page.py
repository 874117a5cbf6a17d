"""The page before the rooms: one form on a card, in the middle of a quiet ground."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import (
    QFrame,
    QLabel,
    QLineEdit,
    QProgressBar,
    QScrollArea,
    QVBoxLayout,
    QWidget,
)

from monitor.protocols.protocol import Protocol
from ui.presenters.gate import Form, Typed
from ui.widgets.frame import BEFORE_ROOMS, Foot, mark
from ui.widgets.parts import (
    box,
    button,
    col,
    empty,
    field,
    fill,
    labelled,
    mark_bad,
    row,
    say,
    text,
)
from ui.widgets.recovery import RecoveryGroups

CARD_WIDTH, KEY_CARD, WIDE_CARD = 480, 640, 1000
_GROUPS_IN_A_ROW = 5

ShowFigures = Callable[[Protocol], QWidget]
"""Makes the table of a protocol's numbers."""


class GatePage(QWidget):
    """Shows forms one after the other and gives back what was typed.

    Signals:
        submitted: The answers by key, when Enter or the button was pressed.
        back: One step back is wanted.
        later: What is shown is left for later.
        rest_later: So is all that would follow.
        print_asked: The sheet of the recovery key is to be printed.
        save_asked: It is to be saved.
        path_chosen: Where the sheet shall go.
    """

    submitted = Signal(dict)
    back = Signal()
    later = Signal()
    rest_later = Signal()
    print_asked = Signal()
    save_asked = Signal()
    path_chosen = Signal(str)

    def __init__(self, show_figures: ShowFigures) -> None:
        super().__init__()
        self.setProperty("role", "room")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self._show_figures = show_figures
        self._fields: dict[str, QLineEdit] = {}
        self._problems: dict[str, QLabel] = {}
        self._problem = text("", 13, 500, "alert", wrap=True)
        self._busy = text("", 13, 400, "text_2", wrap=True)
        self._bar = _bar()
        self._inside = QVBoxLayout()
        self._inside.setSpacing(10)
        self._card = box(col(self._inside, edge=(32, 28, 32, 28), gap=0), "card")
        self._buttons: list[QWidget] = []
        self._key: RecoveryGroups | None = None
        self._layout = QVBoxLayout(self)
        fill(self._layout, (..., row(..., self._card, ...), ...))

    def add_foot(self) -> Foot:
        """Put the window's foot under the form; nothing in it leads anywhere yet."""
        foot = Foot(BEFORE_ROOMS)
        foot.shield.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        foot.pressing.set_leads(leads=False)
        self._layout.setContentsMargins(0, 0, 0, 0)
        self._layout.addWidget(foot)
        return foot

    # --- what presenters ask --------------------------------------------------------------

    def show_form(self, form: Form, typed: Typed) -> None:
        """Show a form with what was typed in it before."""
        self._card.setFixedWidth(CARD_WIDTH)
        self._begin(form)
        self._ask(form, typed)
        self._end(form, later=False)

    def show_protocol(self, form: Form, protocol: Protocol) -> None:
        """Show a protocol's numbers over the form that approves it."""
        self._card.setFixedWidth(WIDE_CARD)
        self._begin(form)
        area = QScrollArea()
        area.setWidget(self._show_figures(protocol))
        area.setWidgetResizable(True)
        area.setMinimumHeight(280)
        area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._inside.addWidget(_well(area))
        self._ask(form, {})
        self._end(form, later=True)

    def show_recovery(self, form: Form, groups: tuple[str, ...]) -> None:
        """Show a recovery key over the form that asks for its last group."""
        self._card.setFixedWidth(KEY_CARD)
        self._begin(form)
        self._key = RecoveryGroups(groups, _GROUPS_IN_A_ROW)
        self._key.print_asked.connect(self.print_asked)
        self._key.save_asked.connect(self.save_asked)
        self._key.path_chosen.connect(self.path_chosen)
        self._inside.addWidget(self._key)
        self._ask(form, {})
        self._end(form, later=True)
        self._key.print_button.setFocus()

    def ask_where(self, name: str) -> None:
        """Ask where the sheet shall go."""
        if self._key is not None:
            self._key.ask_where(name)

    def print_sheet(self, pdf: bytes, printed: Callable[[str], None]) -> None:
        """Ask which printer shall print the sheet."""
        if self._key is not None:
            self._key.print_sheet(pdf, printed)

    def show_saved(self, said: str, *, problem: bool = False) -> None:
        """Say what became of the sheet."""
        if self._key is not None:
            self._key.show_saved(said, problem=problem)

    def show_problem(self, field_key: str, said: str) -> None:
        """Say what is wrong, at its field where one is at fault."""
        for key, label in self._problems.items():
            mark_bad(self._fields[key], bad=key == field_key and bool(said))
            say(label, said if key == field_key else "")
            label.setVisible(key == field_key and bool(said))
        elsewhere = field_key not in self._fields
        say(self._problem, said if elsewhere else "")
        self._problem.setVisible(elsewhere and bool(said))
        if said and (at := self._to_mend(field_key)) is not None:
            at.setFocus()
            at.selectAll()

    def _to_mend(self, field_key: str) -> QLineEdit | None:
        """Return the field to type in again: the one at fault, else the last, a secret's."""
        lines = list(self._fields.values())
        return self._fields.get(field_key, lines[-1] if lines else None)

    def show_busy(self, said: str) -> None:
        """Say what is being done; nothing can be pressed meanwhile."""
        say(self._busy, said)
        for widget in (*self._fields.values(), *self._buttons):
            widget.setEnabled(not said)
        if not said:
            self._bar.hide()

    def show_progress(self, done: int, of: int) -> None:
        """Show how far that is."""
        self._bar.setRange(0, of)
        self._bar.setValue(done)
        self._bar.show()

    # --- the card ---------------------------------------------------------------------------

    def _begin(self, form: Form) -> None:
        self._problem.setParent(None)
        self._busy.setParent(None)
        self._bar.setParent(None)
        empty(self._inside)
        self._key = None
        self._fields, self._problems, self._buttons = {}, {}, []
        head = row(mark(), 4, text(form.title, 20, 600), ..., text(form.step, 12, 400, "text_3"))
        fill(self._inside, (head, text(form.words, 13, 400, "text_2", wrap=True), 4))

    def _ask(self, form: Form, typed: Typed) -> None:
        for asked in form.fields:
            line = field(hint=asked.hint, name=asked.label)
            line.setText(typed.get(asked.key, ""))
            if asked.secret:
                line.setEchoMode(QLineEdit.EchoMode.Password)
            line.returnPressed.connect(lambda key=asked.key: self._enter(key))
            line.textEdited.connect(lambda _: self.show_problem("", ""))
            problem = text("", 12, 500, "alert", wrap=True)
            problem.hide()
            self._fields[asked.key], self._problems[asked.key] = line, problem
            fill(self._inside, (labelled(asked.label, line, asked.note), problem))

    def _end(self, form: Form, *, later: bool) -> None:
        confirm = button(form.confirm, "primary")
        confirm.clicked.connect(self._submit)
        self._buttons = [confirm]
        left: list[QWidget] = []
        if form.back:
            back = button("Back", "quiet")
            back.clicked.connect(self.back)
            left.append(back)
        if later:
            leave = button("Leave it for later", "quiet")
            leave.clicked.connect(self.later)
            left.append(leave)
        if form.rest:
            rest = button(form.rest, "quiet")
            rest.clicked.connect(self.rest_later)
            left.append(rest)
        self._buttons += left
        self._problem.hide()
        fill(self._inside, (self._problem, self._bar, 4, row(*left, (self._busy, 1), confirm)))
        self.show_busy("")
        first = next((f for f in self._fields.values() if not f.text()), None)
        (first or confirm).setFocus()

    def _enter(self, key: str) -> None:
        """Go on to the next empty field, or submit from the last one."""
        keys = list(self._fields)
        after = keys[keys.index(key) + 1 :]
        if after:
            self._fields[after[0]].setFocus()
        else:
            self._submit()

    def _submit(self) -> None:
        self.show_problem("", "")
        self.submitted.emit({key: line.text() for key, line in self._fields.items()})


def _bar() -> QProgressBar:
    made = QProgressBar()
    made.setTextVisible(False)
    made.setFixedHeight(6)
    made.setAccessibleName("How much is done")
    made.hide()
    return made


def _well(inside: QWidget) -> QFrame:
    return box(col(inside, edge=4), "well")
