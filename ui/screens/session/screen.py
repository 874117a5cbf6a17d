"""The session screen: arranges its panels and hands every key and press to the presenter."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeySequence, QShortcut, QShowEvent
from PySide6.QtWidgets import QFrame, QLabel, QVBoxLayout, QWidget
from typing_extensions import override

from monitor.chart_page import ChartPage
from monitor.overview import LocalTime
from ui import theme
from ui.charts.session_chart import SessionChart
from ui.presenters.alerts import AlertRow
from ui.presenters.delivery import NowFace
from ui.presenters.due import DueFace
from ui.presenters.question import Question
from ui.presenters.ratings import RatingFace
from ui.presenters.readback import ReadBack
from ui.presenters.session import SessionPresenter
from ui.presenters.sheet import SheetRow
from ui.screens.session.entry_strip import EntryStrip
from ui.screens.session.fields_panel import FieldsPanel
from ui.screens.session.now_panel import NowPanel
from ui.screens.session.side import Side
from ui.screens.session.wiring import connect_panels, go_to_next
from ui.widgets.frame import Banner
from ui.widgets.parts import box, button, col, dressed, fill, icon, row, say, text
from ui.widgets.sheet import SheetTable

HINTS = (("Enter", "store"), ("F2", "fields"), ("F6", "next pane"), ("F1", "what can be typed"))
"""What the foot says while this screen is open."""


class SessionScreen(QWidget):
    """One session at the chair.

    Make it, make a `SessionPresenter(screen, doors)`, then `wire` the two; the screen owns the
    presenter from then on.

    Signals:
        dose_requested: The dose set-up of this session is wanted.
    """

    dose_requested = Signal()

    def __init__(self, *, roomy: bool = False) -> None:
        super().__init__()
        self.setProperty("role", "room")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self._roomy = roomy
        self._presenter: SessionPresenter | None = None
        self._chart: SessionChart | None = None
        self._banner = Banner()
        self.now_panel, self.side = NowPanel(roomy=roomy), Side(roomy=roomy)
        self.sheet, self.fields, self.entry = SheetTable(), FieldsPanel(), EntryStrip()
        self._notice, self._notice_words = self._make_notice()
        self._chart_card = box(col(edge=(16, 8, 12, 2), gap=0), "paper")
        self._sheet_card = box(col(self.sheet, edge=(8, 4, 8, 6)), "card")
        self.sheet.set_roomy(roomy=roomy)
        self._lay_out()
        self._set_keys()

    # --- what the presenter asks ------------------------------------------------------

    @property
    def banner(self) -> Banner:
        """Return the banner."""
        return self._banner

    def show_chart(self, page: ChartPage, local: LocalTime) -> None:
        """Show this page of the chart; it is made once and then only fed."""
        if self._chart is None:
            self._chart = SessionChart(page, local, roomy=self._roomy)
            layout = self._chart_card.layout()
            assert layout is not None  # noqa: S101 - it was given one
            layout.addWidget(self._chart)
        else:
            self._chart.set_page(page, local)

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
        self.side.due.set_short(short=bool(rows))

    def show_quick(self, effects: tuple[str, ...]) -> None:
        """Offer these quick events."""
        self.side.quick.show_quick(effects)

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

    def open_question(self, question: Question) -> None:
        """Show a question beside the chart."""
        self.side.show_aside(self.side.question)
        self.side.question.show_question(question)

    def close_question(self) -> None:
        """Take it away and go back to the entry line."""
        self._close_aside()

    def show_question_problem(self, said: str, *, waiting: bool = False) -> None:
        """Say what refuses the answer."""
        self.side.question.show_question_problem(said, waiting=waiting)

    def show_rating(self, face: RatingFace) -> None:
        """Show a rating beside the chart."""
        if self.side.aside is not self.side.ratings:
            self.side.show_aside(self.side.ratings)
            self.side.ratings.setFocus()
        self.side.ratings.show_rating(face)

    def close_rating(self) -> None:
        """Take it away and go back to the entry line."""
        self._close_aside()

    def show_rating_problem(self, said: str) -> None:
        """Say why the rating was not stored."""
        self.side.ratings.show_problem(said)

    def go_to_dose(self) -> None:
        """Ask the window for the dose set-up."""
        self.dose_requested.emit()

    @override
    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self.entry.line.setFocus()

    # --- wiring -----------------------------------------------------------------------

    def wire(self, presenter: SessionPresenter) -> None:
        """Hand every key and press to this presenter, and keep it alive."""
        self._presenter = presenter
        connect_panels(self, presenter)
        self.side.quick.command.connect(self._quick)
        self.entry.cleared.connect(self._escape)
        self.fields.given_up.connect(self.toggle_fields)
        self.entry.line.setFocus()

    def toggle_fields(self) -> None:
        """Show the labelled fields in place of the sheet, or the sheet again."""
        here = self.fields.isHidden()
        leaving, coming = (
            (self._sheet_card, self.fields) if here else (self.fields, self._sheet_card)
        )
        leaving.hide()  # first, or both together make the window grow
        coming.show()
        if here:
            self.fields.begin()
        else:
            self.entry.line.setFocus()

    def toggle_help(self) -> None:
        """Show what can be typed, or take it away."""
        showing = self.side.aside is self.side.help
        if showing or self.side.aside is None:
            self.side.show_aside(None if showing else self.side.help)

    def _quick(self, command: str) -> None:
        if command == "fields":
            self.toggle_fields()
        elif self._presenter:
            self._presenter.command(command)

    def _escape(self) -> None:
        if self.side.aside is self.side.help:
            self.side.show_aside(None)
        elif self._presenter:
            self._presenter.entry.cancel()

    def _close_aside(self) -> None:
        self.side.show_aside(None)
        self.entry.line.setFocus()

    def _next_pane(self) -> None:
        aside = self.side.aside or self.side.quick
        panes = (self.entry, self.now_panel, self._chart, self.sheet, aside)
        go_to_next([pane for pane in panes if pane is not None and pane.isVisible()])

    def _set_keys(self) -> None:
        for keys, slot in (
            ("F1", self.toggle_help),
            ("F2", self.toggle_fields),
            ("F6", self._next_pane),
        ):
            made = QShortcut(QKeySequence(keys), self)
            made.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
            made.activated.connect(slot)

    def _make_notice(self) -> tuple[QFrame, QLabel]:
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

    def _lay_out(self) -> None:
        self.fields.hide()
        centre = col(self._notice, (self._chart_card, 1), self._sheet_card, self.fields, gap=12)
        body = row(self.now_panel, (centre, 1), self.side, gap=12, edge=12)
        layout = QVBoxLayout(self)
        layout.setSpacing(0)
        layout.setContentsMargins(0, 0, 0, 0)
        fill(layout, (self._banner, (body, 1), self.entry))
