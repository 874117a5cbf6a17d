"""The column at the right: alerts, what is due, and one thing more at a time."""

from __future__ import annotations

from PySide6.QtWidgets import QVBoxLayout, QWidget

from ui.presenters.chairs import Elsewhere
from ui.screens.session.account_panel import AccountPanel
from ui.screens.session.due_panel import DuePanel
from ui.screens.session.events_panel import EventsPanel
from ui.screens.session.question_panel import QuestionPanel
from ui.screens.session.quick_panel import AlertsPanel, HelpPanel, OthersPanel, QuickPanel
from ui.screens.session.ratings_panel import RatingsPanel
from ui.widgets.fitting import FittingScroll
from ui.widgets.parts import fill

_WIDTHS = (272, 320)


class Side(QWidget):
    """Alerts and due list stay; below them quick events or one thing more.

    That is a question, a rating, the pick list of events, the help or the drug account.
    """

    def __init__(self, parent: QWidget | None = None, *, roomy: bool = False) -> None:
        super().__init__(parent)
        self.alerts, self.due, self.quick = AlertsPanel(), DuePanel(), QuickPanel()
        self.question, self.ratings, self.help = QuestionPanel(), RatingsPanel(), HelpPanel()
        self.others, self.account, self.events = OthersPanel(), AccountPanel(), EventsPanel()
        self._asides: tuple[QWidget, ...] = (
            *(self.question, self.ratings, self.help, self.account, self.events),
        )
        inside = QWidget(self)
        column = QVBoxLayout(inside)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(12)
        self._scroll = FittingScroll(inside, "canvas")
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(12)
        fill(layout, (self.alerts, self._scroll, self.question, self.account, ...))
        fill(column, (self.due, self.quick, self.ratings, self.events, self.help, self.others))
        self._has_others = False
        self.set_roomy(roomy=roomy)
        self.show_aside(None)

    def set_roomy(self, *, roomy: bool) -> None:
        """Be a little wider."""
        self._roomy = roomy
        self.setFixedWidth(_WIDTHS[roomy])
        self.due.set_roomy(roomy=roomy)
        self.make_room()

    @property
    def aside(self) -> QWidget | None:
        """Return what stands in place of the quick events."""
        return next((each for each in self._asides if not each.isHidden()), None)

    def show_less_due(self) -> None:
        """Show less of what is done, where open alerts or events want the room."""
        alerts = not self.alerts.isHidden()
        self.due.set_short(short=alerts or self.quick.has_open, few=alerts and not self._roomy)

    def show_elsewhere(self, others: tuple[Elsewhere, ...]) -> None:
        """Show what falls due in the other chairs; only a wide window has room for it."""
        self.others.show_others(others)
        self._has_others = bool(others)
        self._show_others()

    def _show_others(self) -> None:
        """What is asked of this patient comes before what is due in other chairs."""
        asked = self.aside in (self.question, self.account)
        self.others.setVisible(self._roomy and self._has_others and not asked)

    def show_aside(self, wanted: QWidget | None) -> None:
        """Show one thing in place of the quick events, or these again."""
        for each in self._asides:
            each.setVisible(each is wanted)
        self.quick.setVisible(wanted is None)
        self.make_room()
        self._scroll.set_whole(whole=wanted in (self.question, self.account))
        self._scroll.verticalScrollBar().setValue(0)

    def make_room(self) -> None:
        """Let alerts and due list be a line each where a question or the account wants room."""
        crowded = self.aside in (self.question, self.account) and not self._roomy
        pinned = crowded and self.aside is self.question and self.question.is_pinned
        wanting = (self.question, self.account, self.events)
        self.alerts.set_brief(brief=self.aside in wanting, curt=pinned)
        self.alerts.set_told(told=self.aside is self.question and self.question.tells_alerts)
        self.due.set_compact(compact=self.aside is not None, brief=crowded, alone=pinned)
        self._show_others()
