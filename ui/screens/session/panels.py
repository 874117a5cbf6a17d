"""The panels of a session screen, and what the presenter asks of each."""

from __future__ import annotations

from contextlib import AbstractContextManager

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QFrame, QLabel, QPushButton, QVBoxLayout, QWidget
from typing_extensions import override

from monitor.chart_page import ChartPage
from monitor.overview import LocalTime
from ui import theme
from ui.charts.session_chart import SessionChart
from ui.presenters.alerts import AlertRow
from ui.presenters.chairs import Elsewhere
from ui.presenters.due import DueFace
from ui.presenters.event_questions import OpenEvent
from ui.presenters.now_faces import NowFace
from ui.presenters.readback import ReadBack
from ui.presenters.sheet import SheetRow
from ui.screens.session.asides import AsidePanels
from ui.screens.session.fields_panel import FieldsPanel
from ui.widgets.frame import Banner
from ui.widgets.parts import box, button, col, dressed, fill, icon, keyed, row, say, text
from ui.widgets.sheet import SheetTable
from ui.widgets.walking import keeping_focus

_GAP = 12
_CHART_EDGES, _SHEET_EDGES = 10, 28  # of the cards; above the rows stands how many are hidden


class Centre(QWidget):
    """The column between the panels.

    Signals:
        resized: It has another height.
    """

    resized = Signal()

    @override
    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self.resized.emit()


class SessionPanels(AsidePanels):
    """Everything that stands on the screen; it obeys and decides nothing.

    Signals:
        dose_requested: The dose set-up of this session is wanted, at a step; empty for none.
    """

    dose_requested = Signal(str)

    def __init__(self, *, roomy: bool = False, parent: QWidget | None = None) -> None:
        super().__init__(roomy=roomy, parent=parent)
        self.setProperty("role", "room")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self._roomy = roomy
        self.chart: SessionChart | None = None
        self._banner = Banner(self)
        self._centre = Centre(self)
        self.sheet, self.fields = SheetTable(), FieldsPanel(self._centre)
        self._notice, self._notice_words, self.notice_seen = _notice()
        self._chart_place = QVBoxLayout()
        self._chart_place.setContentsMargins(16, 8, 12, 2)
        self._chart_card = box(self._chart_place, "paper")
        self._above = text("", 12, 400, "text_2")
        self._above.setContentsMargins(8, 2, 0, 0)
        self._above.hide()
        self.sheet.above.connect(self._show_above)
        self.sheet_card = box(col(self._above, self.sheet, gap=0, edge=(8, 4, 8, 6)), "card")
        self.sheet.set_roomy(roomy=roomy)
        self._lay_out()

    def set_roomy(self, *, roomy: bool) -> None:
        """Give ring, rows and small lanes more room, where the window is wide."""
        if roomy == self._roomy:
            return
        self._roomy = roomy
        with self._still():
            self.now_panel.set_roomy(roomy=roomy)
            self.side.set_roomy(roomy=roomy)
            self.sheet.set_roomy(roomy=roomy)
            if self.chart:
                self.chart.set_roomy(roomy=roomy)

    @property
    def banner(self) -> Banner:
        """Return the banner."""
        return self._banner

    def show_chart(self, page: ChartPage, local: LocalTime) -> None:
        """Show this page of the chart; it is made once and then only fed."""
        if self.chart is None:
            self.chart = SessionChart(page, local, roomy=self._roomy)
            self._chart_place.addWidget(self.chart)
        else:
            self.chart.set_page(page, local)

    def show_now(self, face: NowFace) -> None:
        """Show phase, clock, figures and commands."""
        with self._still():
            self.now_panel.show_now(face)

    def show_problem(self, said: str) -> None:
        """Say why nothing was stored."""
        self.now_panel.show_problem(said)

    def show_due(self, face: DueFace) -> None:
        """Show what falls due."""
        with self._still():
            self.side.due.show_due(face)

    def show_rows(self, rows: tuple[SheetRow, ...]) -> None:
        """Show the sheet."""
        self._share()
        self.sheet.set_rows(rows)

    def show_alerts(self, rows: tuple[AlertRow, ...]) -> None:
        """Show the open alerts."""
        with self._still():
            self.side.alerts.show_alerts(rows)
            self.side.show_less_due()

    def show_quick(self, effects: tuple[str, ...]) -> None:
        """Offer these quick events."""
        with self._still():
            self.side.quick.show_quick(effects)

    def show_open_events(self, events: tuple[OpenEvent, ...]) -> None:
        """Show what is not yet over."""
        with self._still():
            self.side.quick.show_open(events)
            self.side.show_less_due()

    def show_elsewhere(self, others: tuple[Elsewhere, ...]) -> None:
        """Show what falls due in the other chairs, where there is room."""
        self.side.show_elsewhere(others)

    def show_notice(self, said: str) -> None:
        """Say something over the chart; empty takes it away."""
        with self._still():
            say(self._notice_words, said)
            self._notice.setVisible(bool(said))
        self._share()

    @property
    def has_notice(self) -> bool:
        """Tell whether something stands over the chart that nobody has taken away."""
        return not self._notice.isHidden()

    def show_read_back(self, read: ReadBack) -> None:
        """Show what was understood of the line."""
        self.entry.show_read_back(read)

    def ask_reason(self, why: str, picks: tuple[str, ...] = ()) -> None:
        """Open the reason's field under the line."""
        self.entry.ask_reason(why, picks)
        self.fields.setEnabled(False)  # what the reason is asked about stays as it is

    def show_reason_problem(self, said: str) -> None:
        """Say why the reason is refused."""
        self.entry.show_reason_problem(said)

    def end_reason(self) -> None:
        """Take it away, and go back to where the line was typed."""
        self.fields.setEnabled(True)
        self.entry.end_reason()
        if self.fields.isVisible():
            self.fields.go_back()

    def show_amended(self, title: str, was: str) -> None:
        """Show above the line what it replaces."""
        self.entry.show_amended(title, was)

    def set_line(self, text: str) -> None:
        """Put these words in the line.

        Where the fields are open they start anew; words that they do not hold are typed on in
        the line, and the fields go.
        """
        if self.fields.isHidden():
            self.entry.set_line(text)
        elif text:
            self.show_fields(shown=False)
            self.fields.stand_for("")
            self.entry.set_line(text)
        else:
            self.entry.line.setText("")
            self.fields.begin()

    def show_fields(self, *, shown: bool) -> None:
        """Show the labelled fields in place of the sheet, or the sheet again."""
        both = (self.sheet_card, self.fields)
        both[not shown].hide()  # first, or both together make the window grow
        both[shown].show()
        self.entry.lend_esc(lent=shown)
        self._share()

    @override
    def enter_line(self) -> None:
        """Give the focus to where a line is typed: the fields, the line or its reason."""
        if self.fields.isVisible() and not self.entry.line.isReadOnly():
            self.fields.go_back()
        else:
            super().enter_line()

    def allow_typing(self, *, allowed: bool) -> None:
        """Open or close the entry line."""
        with self._still():
            self.entry.setEnabled(allowed)

    def go_to_dose(self, step: str = "") -> None:
        """Ask the window for the dose set-up."""
        self.dose_requested.emit(step)

    def _still(self) -> AbstractContextManager[None]:
        """Leave the focus where it is, whatever is made anew meanwhile."""
        return keeping_focus(self, self.enter_line)

    def _show_above(self, count: int) -> None:
        """Say how many rows of the sheet are out of sight above."""
        say(self._above, f"↑ {count} more above")
        self._above.setVisible(count > 0)

    def _share(self) -> None:
        """Let sheet or fields give way before the chart does: what they hold stands there too."""
        notice = self._notice.sizeHint().height() + _GAP if self.has_notice else 0
        wanted = self.chart.wanted_height + _CHART_EDGES if self.chart else 0
        left = self._centre.height() - notice - wanted - _GAP
        self.sheet.set_room(left - _SHEET_EDGES)
        if not self.fields.isHidden():
            self.fields.set_room(left)

    def _lay_out(self) -> None:
        self.fields.hide()
        column = col(self._notice, (self._chart_card, 1), self.sheet_card, self.fields, gap=_GAP)
        self._centre.setLayout(column)
        self._centre.resized.connect(self._share)
        body = row(self.now_panel, (self._centre, 1), self.side, gap=_GAP, edge=12)
        layout = QVBoxLayout(self)
        layout.setSpacing(0)
        layout.setContentsMargins(0, 0, 0, 0)
        fill(layout, (self._banner, (body, 1), self.entry))


def _notice() -> tuple[QFrame, QLabel, QPushButton]:
    words = text("", 13, 500, wrap=True)
    away = button("Seen", "quiet", name="Seen, Esc")
    away.setFocusPolicy(Qt.FocusPolicy.TabFocus)  # a click leaves the entry line its focus
    keys = keyed("Esc", "")
    notice = box(row(icon("info", 18, "text_2"), (words, 1), away, keys, gap=8, edge=(14, 2, 8, 2)))
    dressed(
        notice,
        "notice",
        f"background: {theme.c.surface}; border: 1px solid {theme.c.line_strong};"
        "border-radius: 12px;",
    )
    notice.hide()
    return notice, words, away
