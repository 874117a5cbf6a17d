"""The section of the protocols: the versions, one version's numbers, and its approval."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent, QMouseEvent
from PySide6.QtWidgets import QApplication, QFrame, QScrollArea, QVBoxLayout, QWidget
from typing_extensions import override

from monitor.protocols.protocol import Protocol
from ui import theme
from ui.presenters.settings_protocols import ProtocolRow
from ui.screens.settings.protocol_view import ProtocolView, drug_and_route
from ui.widgets.form import Form
from ui.widgets.parts import (
    box,
    button,
    col,
    drug_pill,
    elided,
    empty,
    fill,
    icon,
    row,
    say,
    text,
)

_LIST_WIDTH, _FORM_HEIGHT = 300, 204


class ProtocolCard(QFrame):
    """One version.

    Signals:
        chosen: Its key: it is to be opened.
        stepped: An arrow key: 1 to the next, -1 to the one before.
    """

    chosen = Signal(str)
    stepped = Signal(int)

    def __init__(self, shown: ProtocolRow) -> None:
        super().__init__()
        self.key = shown.key
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setAccessibleName(f"{shown.title}, {shown.version}, {shown.state}")
        edge = theme.c.text if shown.here else "transparent"
        ground = theme.c.sunken if shown.here else "transparent"
        self.setObjectName("version")
        self.setStyleSheet(
            f"QFrame#version {{ background: {ground}; border: none; border-left: 3px solid {edge};"
            f" border-bottom: 1px solid {theme.c.line}; }}"
            f"QFrame#version:focus {{ border: 2px solid {theme.c.focus}; }}"
        )
        glyph, tone = ("check-circle", "good") if shown.approved else ("note-pencil", "text_2")
        pills = row(
            drug_pill(shown.family, drug_and_route(shown.family, shown.route)),
            text(shown.version, 12, 400, "text_2"),
            ...,
        )
        state = row(
            col(icon(glyph, 16, tone), ...), (text(shown.state, 12, 500, tone, wrap=True), 1), gap=6
        )
        layout = QVBoxLayout(self)
        layout.setContentsMargins(13, 12, 12, 12)
        layout.setSpacing(6)
        fill(layout, (elided(shown.title, 14, 600, grows=True), pills, state))

    @override
    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        self.chosen.emit(self.key)

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        steps = {Qt.Key.Key_Up: -1, Qt.Key.Key_Down: 1}
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Space):
            self.chosen.emit(self.key)
        elif event.key() in steps:
            self.stepped.emit(steps[Qt.Key(event.key())])
        else:
            super().keyPressEvent(event)


class ProtocolsSection(QWidget):
    """Every version, its numbers and its approval; implements `ProtocolsView`.

    Signals:
        chosen: A version's key.
        stepped: 1 to the next version, -1 to the one before.
        rems_asked: The version of the REMS form is to be looked at.
    """

    chosen = Signal(str)
    stepped = Signal(int)
    rems_asked = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.rems = button("REMS form version…", glyph="list")
        self.rems.clicked.connect(self.rems_asked)
        self.rems.hide()
        self.form = Form()
        self.form.setFixedHeight(_FORM_HEIGHT)
        self._rows: tuple[ProtocolRow, ...] = ()
        self._cards: list[ProtocolCard] = []
        self._list = QVBoxLayout()
        self._list.setSpacing(0)
        head = row(text("Versions", 13, 600), edge=(16, 12, 16, 8))
        self._versions = _scrolled("Versions of the protocols")
        self._versions.setFocusPolicy(Qt.FocusPolicy.NoFocus)  # its cards take the focus
        self._versions.setWidget(box(col(self._list, ..., gap=0), "list"))
        versions = box(
            col(head, (self._versions, 1), row((self.rems, 1), edge=12), edge=1, gap=0),
            "card",
            w=_LIST_WIDTH,
        )
        self._area = _scrolled("Numbers of the protocol, with their sources")
        self._said = text("", 13, 500, wrap=True)
        glyph = icon("info", 18, "text_2")
        self._foot = box(row(glyph, (self._said, 1), gap=10, edge=(16, 12, 16, 12)), "card")
        paper = box(col(self._area, edge=4), "card")
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        right = col((paper, 1), self.form, self._foot, gap=12)
        fill(layout, ((row(versions, (right, 1), gap=12), 1),))

    def set_rems(self, offered: bool) -> None:  # noqa: FBT001 - a signal's slot
        """Show the way to the version of the REMS form, where a form can be due here."""
        self.rems.setVisible(offered)

    def show_protocols(self, rows: tuple[ProtocolRow, ...]) -> None:
        """Show every version there is; the focus stays where it is."""
        if rows == self._rows:
            return
        focused = any(card.hasFocus() for card in self._cards)
        self._rows = rows
        empty(self._list)
        self._cards = [ProtocolCard(each) for each in rows]
        for each, card in zip(rows, self._cards, strict=True):
            card.chosen.connect(self.chosen)
            card.stepped.connect(self.stepped)
            self._list.addWidget(card)
            card.show()
            if focused and each.here:
                card.setFocus()
        self._show_open()

    def show_protocol(self, protocol: Protocol | None) -> None:
        """Show the numbers of one, from the top."""
        none = text("No protocol yet.", 13, 400, "text_2")
        self._area.setWidget(ProtocolView(protocol) if protocol else none)
        self._area.verticalScrollBar().setValue(0)

    def show_approving(self, *, asked: bool, said: str) -> None:
        """Show the form that approves, or a sentence in its place; the list takes its focus."""
        focus = QApplication.focusWidget()
        leaves = not asked and focus is not None and self.form.isAncestorOf(focus)
        self.form.setVisible(asked)
        if leaves:
            self.enter()
        say(self._said, said)
        self._foot.setVisible(bool(said))

    def _show_open(self) -> None:
        """Scroll so that the version that is open can be seen."""
        for each, card in zip(self._rows, self._cards, strict=True):
            if each.here:
                self._versions.ensureWidgetVisible(card, 0, 0)

    def enter(self) -> bool:
        """Take the focus, where there is something to do."""
        for each, card in zip(self._rows, self._cards, strict=True):
            if each.here:
                card.setFocus()
        return bool(self._cards)


def _scrolled(name: str) -> QScrollArea:
    area = QScrollArea()
    area.setWidgetResizable(True)
    area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
    area.setAccessibleName(name)
    return area
