"""The dose set-up on the screen: the form, the paper beside it, what is recorded at the right."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QVBoxLayout, QWidget

from ui.presenters.dose_compare import CheckFace
from ui.presenters.dose_parts import RecordedRow, StepFace, Unusual
from ui.presenters.dose_setup import DoseSetUpPresenter
from ui.presenters.dose_working import WorkingFace
from ui.screens.dose.aside import Recorded, UnusualPanel
from ui.screens.dose.comparison import Comparison
from ui.screens.dose.paper import Paper
from ui.screens.dose.steps_bar import StepsBar
from ui.widgets.form_room import FormRoom
from ui.widgets.frame import Banner
from ui.widgets.parts import col, fill, row

HINTS = (("Enter", "next field"), ("Ctrl Enter", "second check"), ("Esc", "back to the session"))
"""What the foot says while this room is open."""

_FORM_WIDTH, _ASIDE_WIDTH = 372, 272
_RECORDED_WIDTH, _COMPARISON_WIDTH = 272, 372
"""While two people's figures stand side by side, they have the room of the form."""


class DoseRoom(FormRoom):
    """The dose set-up of one session.

    Make it, make a `DoseSetUpPresenter(room, doors)`, `wire` the two, then `presenter.begin()`
    each time it is shown; the room owns the presenter from then on.

    Signals:
        done: Back to the session: the dose is recorded, or the set-up was left.
    """

    done = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.setProperty("role", "room")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self._presenter: DoseSetUpPresenter | None = None
        self._banner = Banner()
        self.steps, self.paper = StepsBar(), Paper()
        self.recorded, self.unusual = Recorded(), UnusualPanel()
        self.comparison = Comparison()
        self.form.setFixedWidth(_FORM_WIDTH)
        self.comparison.setFixedWidth(_COMPARISON_WIDTH)
        self._aside = QWidget()
        self._aside.setLayout(col(self.unusual, (self.recorded, 1), gap=0))
        self._aside.setFixedWidth(_ASIDE_WIDTH)
        self._cards = row(self.form, (self.paper, 1), self._aside, self.comparison, gap=12)
        body = col(self.steps, (self._cards, 1), gap=12, edge=12)
        layout = QVBoxLayout(self)
        layout.setSpacing(0)
        layout.setContentsMargins(0, 0, 0, 0)
        fill(layout, (self._banner, (body, 1)))

    # --- what the presenter asks ------------------------------------------------------

    @property
    def banner(self) -> Banner:
        """Return the patient banner."""
        return self._banner

    def show_steps(self, steps: tuple[StepFace, ...], protocol: str) -> None:
        """Show where one is, and under which protocol."""
        self.steps.show_steps(steps, protocol)

    def show_working(self, face: WorkingFace) -> None:
        """Show the paper."""
        self.paper.show_working(face)

    def show_recorded(self, rows: tuple[RecordedRow, ...]) -> None:
        """Show what is in the record."""
        self.recorded.show_rows(rows)

    def show_check(self, face: CheckFace | None) -> None:
        """Show both people's figures; then what is recorded stands in the form's place."""
        comparing = face is not None
        if comparing != self.form.isHidden():
            self._cards.removeWidget(self._aside)
            self._cards.insertWidget(0 if comparing else 2, self._aside)
            self._aside.setFixedWidth(_RECORDED_WIDTH if comparing else _ASIDE_WIDTH)
        self.form.setVisible(not comparing)
        self.comparison.show_check(face)

    def show_busy(self, said: str) -> None:
        """Say what is being done; nothing can be pressed meanwhile."""
        self.form.show_busy(said)

    def ask_unusual(self, unusual: Unusual | None) -> None:
        """Ask about a value; None asks no more."""
        self.recorded.setVisible(unusual is None)
        self.unusual.show_unusual(unusual)

    def leave(self) -> None:
        """Go back to the session."""
        self.done.emit()

    # --- hands ------------------------------------------------------------------------

    def type(self, key: str, words: str) -> None:
        """Type into a field as a hand does."""
        self.form.type(key, words)

    def choose(self, key: str, value: str) -> None:
        """Press one of a field's options."""
        self.form.choose(key, value)

    def wire(self, presenter: DoseSetUpPresenter) -> None:
        """Hand every key and press to this presenter, and keep it alive."""
        self._presenter = presenter
        self.form.typed.connect(presenter.typed)
        self.form.chosen.connect(presenter.chosen)
        self.form.submitted.connect(presenter.submit)
        self.form.given_up.connect(presenter.leave)
        self.form.other.connect(presenter.other)
        self.comparison.asked.connect(presenter.other)
        self.comparison.given_up.connect(presenter.leave)
        for keys in ("Ctrl+Return", "Ctrl+Enter"):
            pressed = QShortcut(QKeySequence(keys), self)
            pressed.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
            pressed.activated.connect(presenter.second_check)
        self.steps.asked.connect(presenter.go)
        self.recorded.asked.connect(self._asked)
        self.unusual.kept.connect(presenter.confirm_unusual)
        self.unusual.refused.connect(presenter.refuse_unusual)

    def _asked(self, key: str) -> None:
        """A button beside the paper was pressed: a step again, or (without a key) back."""
        if self._presenter and key:
            self._presenter.go(key)
        elif self._presenter:
            self._presenter.leave()
