"""The panels of a session screen, and what the presenter asks of each."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFrame, QLabel, QVBoxLayout, QWidget

from monitor.chart_page import ChartPage
from monitor.overview import LocalTime
from ui import theme
from ui.charts.session_chart import SessionChart
from ui.presenters.account_faces import AccountFace
from ui.presenters.alerts import AlertRow
from ui.presenters.chairs import Elsewhere
from ui.presenters.due import DueFace
from ui.presenters.mending import OpenEvent
from ui.presenters.now_faces import NowFace
from ui.presenters.question import Question
from ui.presenters.ratings import RatingFace
from ui.presenters.readback import ReadBack
from ui.presenters.sheet import SheetRow
from ui.screens.session.entry_strip import EntryStrip
from ui.screens.session.fields_panel import FieldsPanel
from ui.screens.session.now_panel import NowPanel
from ui.screens.session.side import Side
from ui.widgets.frame import Banner
from ui.widgets.parts import box, button, col, dressed, fill, icon, row, say, text
from ui.widgets.sheet import SheetTable


class SessionPanels(QWidget):
    """Everything that stands on the screen; it obeys and decides nothing.

    Signals:
        dose_requested: The dose set-up of this session is wanted, at a step; empty for none.
    """

    dose_requested = Signal(str)

    def __init__(self, *, roomy: bool = False) -> None:
        super().__init__()
        self.setProperty("role", "room")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self._roomy = roomy
        self.chart: SessionChart | None = None
        self._account: AccountFace | None = None
        self._account_after = False
        self._banner = Banner()
        self.now_panel, self.side = NowPanel(roomy=roomy), Side(roomy=roomy)
        self.sheet, self.fields, self.entry = SheetTable(), FieldsPanel(), EntryStrip()
        self._notice, self._notice_words = _notice()
        self._chart_place = QVBoxLayout()
        self._chart_place.setContentsMargins(16, 8, 12, 2)
        self._chart_card = box(self._chart_place, "paper")
        self.sheet_card = box(col(self.sheet, edge=(8, 4, 8, 6)), "card")
        self.sheet.set_roomy(roomy=roomy)
        self._lay_out()

    def set_roomy(self, *, roomy: bool) -> None:
        """Give ring, rows and small lanes more room, where the window is wide."""
        if roomy != self._roomy:
            self._roomy = roomy
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
        self.now_panel.show_now(face)

    def show_problem(self, said: str) -> None:
        """Say why nothing was stored."""
        self.now_panel.show_problem(said)

    def show_due(self, face: DueFace) -> None:
        """Show what falls due."""
        self.side.due.show_due(face)

    def show_rows(self, rows: tuple[SheetRow, ...]) -> None:
        """Show the sheet."""
        self.sheet.set_rows(rows)

    def show_alerts(self, rows: tuple[AlertRow, ...]) -> None:
        """Show the open alerts."""
        self.side.alerts.show_alerts(rows)
        self.side.show_less_due()

    def show_quick(self, effects: tuple[str, ...]) -> None:
        """Offer these quick events."""
        self.side.quick.show_quick(effects)

    def show_open_events(self, events: tuple[OpenEvent, ...]) -> None:
        """Show what is not yet over."""
        self.side.quick.show_open(events)
        self.side.show_less_due()

    def show_elsewhere(self, others: tuple[Elsewhere, ...]) -> None:
        """Show what falls due in the other chairs, where there is room."""
        self.side.show_elsewhere(others)

    def show_notice(self, said: str) -> None:
        """Say something over the chart; empty takes it away."""
        say(self._notice_words, said)
        self._notice.setVisible(bool(said))

    def show_read_back(self, read: ReadBack) -> None:
        """Show what was understood of the line."""
        self.entry.show_read_back(read)

    def ask_reason(self, why: str) -> None:
        """Open the reason's field under the line."""
        self.entry.ask_reason(why)

    def end_reason(self) -> None:
        """Take it away."""
        self.entry.end_reason()

    def set_line(self, text: str) -> None:
        """Put these words in the line; the fields panel starts anew where it is open."""
        if self.fields.isVisible() and not text:
            self.entry.line.setText("")
            self.fields.begin()
        else:
            self.entry.set_line(text)

    def allow_typing(self, *, allowed: bool) -> None:
        """Open or close the entry line."""
        self.entry.setEnabled(allowed)

    def open_account(self, face: AccountFace) -> None:
        """Show the drug account beside the chart, and go there."""
        self._account = face
        self._enter_account()

    def show_account(self, face: AccountFace) -> None:
        """Show how the account stands now, where it is open."""
        self._account = face
        if not self.side.account.isHidden():
            self.side.account.show_account(face)

    def close_account(self) -> None:
        """Take it away and go back to the entry line."""
        self.close_aside()

    def open_question(self, question: Question) -> None:
        """Show a question beside the chart; the account comes back after it."""
        asked_there = self.side.aside in (self.side.account, self.side.question)
        self._account_after = asked_there and (
            self._account_after or self.side.aside is self.side.account
        )
        self.now_panel.show_problem("")
        self.side.show_aside(self.side.question)
        self.side.question.show_question(question)

    def close_question(self) -> None:
        """Take it away and go back to where it was asked: the account, or the entry line."""
        if self._account_after:
            self._account_after = False
            self._enter_account()
        else:
            self.close_aside()

    def show_question_problem(self, said: str, *, waiting: bool = False, field: str = "") -> None:
        """Say what refuses the answer."""
        self.side.question.show_question_problem(said, waiting=waiting, field=field)

    def show_rating(self, face: RatingFace) -> None:
        """Show a rating beside the chart."""
        if self.side.aside is not self.side.ratings:
            self.side.show_aside(self.side.ratings)
            self.side.ratings.setFocus()
        self.side.ratings.show_rating(face)

    def close_rating(self) -> None:
        """Take it away and go back to the entry line."""
        self.close_aside()

    def show_rating_problem(self, said: str) -> None:
        """Say why the rating was not stored."""
        self.side.ratings.show_problem(said)

    def go_to_dose(self, step: str = "") -> None:
        """Ask the window for the dose set-up."""
        self.dose_requested.emit(step)

    def close_aside(self) -> None:
        """Take away what stands in place of the quick events."""
        self.side.show_aside(None)
        self.entry.line.setFocus()

    def type_on(self) -> None:
        """Have the entry line take what is typed next, unless something is asked."""
        if self.side.aside is None and self.isVisible():
            self.entry.line.setFocus()

    def _enter_account(self) -> None:
        if self._account is not None:
            self.side.account.show_account(self._account)
        self.side.show_aside(self.side.account)
        self.side.account.enter()

    def _lay_out(self) -> None:
        self.fields.hide()
        centre = col(self._notice, (self._chart_card, 1), self.sheet_card, self.fields, gap=12)
        body = row(self.now_panel, (centre, 1), self.side, gap=12, edge=12)
        layout = QVBoxLayout(self)
        layout.setSpacing(0)
        layout.setContentsMargins(0, 0, 0, 0)
        fill(layout, (self._banner, (body, 1), self.entry))


def _notice() -> tuple[QFrame, QLabel]:
    words = text("", 13, 500, wrap=True)
    away = button("Seen", "quiet")
    notice = box(row(icon("info", 18, "text_2"), (words, 1), away, gap=8, edge=(14, 2, 8, 2)))
    dressed(
        notice,
        "notice",
        f"background: {theme.c.surface}; border: 1px solid {theme.c.line_strong};"
        "border-radius: 12px;",
    )
    away.clicked.connect(notice.hide)
    notice.hide()
    return notice, words
