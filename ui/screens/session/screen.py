"""The session screen: hands every key and press to the presenter."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent, QKeySequence, QResizeEvent, QShortcut, QShowEvent
from PySide6.QtWidgets import QWidget
from typing_extensions import override

from ui import theme
from ui.presenters.alerts import AlertRow
from ui.presenters.due import DueFace
from ui.presenters.session import SessionPresenter
from ui.screens.session.panels import SessionPanels
from ui.screens.session.wiring import connect_panels, go_to_next

_MISSED, _ALERT = ("F3", "why missed"), ("F8", "alert")
HINTS = (
    ("Enter", "store"),
    ("F6", "events"),
    ("F1", "help"),
    ("F2", "fields"),
    ("F9", "next pane"),
    ("F7", "account"),
)
"""What the foot says while this screen is open; the last ones give way where something presses.

Why something was missed is taught while an observation is overdue, the alerts while one is open.
"""


class SessionScreen(SessionPanels):
    """One session at the chair.

    Make it, make a `SessionPresenter(screen, doors)`, then `wire` the two; the screen owns the
    presenter from then on. Its size decides whether it is roomy; *roomy* only says how it
    begins.

    Signals:
        hinted: Other keys do something here than before.
    """

    hinted = Signal()

    def __init__(self, *, roomy: bool = False, parent: QWidget | None = None) -> None:
        super().__init__(roomy=roomy, parent=parent)
        self._presenter: SessionPresenter | None = None
        self._is_late = self._is_alerted = False
        self._set_keys()

    @property
    def hints(self) -> tuple[tuple[str, str], ...]:
        """Return what keys do here now; only what can be done is taught."""
        now = (*((_ALERT,) * self._is_alerted), *((_MISSED,) * self._is_late))
        return (*HINTS[:1], *now, *HINTS[1:])

    @override
    def show_due(self, face: DueFace) -> None:
        super().show_due(face)
        late = any(each.state == "overdue" and each.slot for each in face.waiting)
        if late != self._is_late:
            self._is_late = late
            self.hinted.emit()

    @override
    def show_alerts(self, rows: tuple[AlertRow, ...]) -> None:
        super().show_alerts(rows)
        if bool(rows) != self._is_alerted:
            self._is_alerted = bool(rows)
            self.hinted.emit()

    @property
    def panes(self) -> Sequence[QWidget]:
        """Return the panes that are in sight, as one reads them; the entry line is the last."""
        side = self.side
        below = (side.aside or side.quick, side.others)
        middle = (self._notice, self.chart, self.sheet, self.fields)
        every = (self.now_panel, *middle, side.alerts, side.due, *below, self.entry)
        return [pane for pane in every if pane is not None and pane.isVisible()]

    @override
    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self.enter_line()

    @override
    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self.set_roomy(roomy=self.width() + theme.SIZE["rail"] >= theme.ROOMY_FROM)

    def wire(self, presenter: SessionPresenter) -> None:
        """Hand every key and press to this presenter, and keep it alive."""
        self._presenter = presenter
        connect_panels(self, presenter)
        self.side.quick.command.connect(self._quick)
        self.entry.cleared.connect(self._escape)
        self.notice_seen.clicked.connect(lambda: presenter.command("seen"))
        self.fields.given_up.connect(self.toggle_fields)

    def toggle_fields(self) -> None:
        """Show the labelled fields in place of the sheet, or the sheet again.

        What is half-typed in the line stays for afterwards, and so does what is in the fields.
        """
        here = self.fields.isHidden()
        if self.entry.line.isReadOnly():
            return  # a reason is being asked
        words = self._presenter.entry.swap() if self._presenter else ""
        self.show_fields(shown=here)
        self.entry.line.setText(words)
        if here:
            self.fields.stand_for(words)
        self.enter_line()

    def turn_sheet(self) -> None:
        """Show all that was entered in the sheet, or the readings again, and go there."""
        if self._presenter:
            self._presenter.sheet.turn()
            self.sheet.enter()

    def toggle_help(self) -> None:
        """Show what can be typed, or take it away."""
        showing = self.side.aside is self.side.help
        if showing or self.side.aside is None:
            with self._still():
                self.side.show_aside(None if showing else self.side.help)

    def toggle_account(self) -> None:
        """Show the drug account, or take it away."""
        showing = self.side.aside is self.side.account
        self._quick("close-account" if showing else "account")

    def toggle_events(self) -> None:
        """Offer the pick list of events, or take it away; what is being asked stays."""
        if self._presenter and self.side.aside is self.side.events:
            self._presenter.events.close()
        elif self.side.aside in (None, self.side.help):
            self._quick("events:")

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            self.enter_line()  # from wherever nothing else is given up by it
        else:
            super().keyPressEvent(event)

    def _quick(self, command: str) -> None:
        if command == "fields":
            self.toggle_fields()
        elif self._presenter:
            self._presenter.command(command)
            self.type_on()

    def _escape(self) -> None:
        if self.side.aside is self.side.help:
            self.side.show_aside(None)
        elif self._presenter and self.has_notice:
            self._presenter.command("seen")
        elif self._presenter:
            self._presenter.entry.cancel()

    def _next_pane(self) -> None:
        *others, line = self.panes
        go_to_next((line, *others))

    def _set_keys(self) -> None:
        for keys, slot in (
            ("F1", self.toggle_help),
            ("F2", self.toggle_fields),
            ("F3", lambda: self._quick("miss:")),
            ("F4", self.turn_sheet),
            ("F6", self.toggle_events),
            ("F7", self.toggle_account),
            ("F8", lambda: self._quick("acknowledge:")),
            ("F9", self._next_pane),
        ):
            made = QShortcut(QKeySequence(keys), self)
            made.setContext(Qt.ShortcutContext.WindowShortcut)  # also at the rail: the foot says so
            made.activated.connect(slot)
