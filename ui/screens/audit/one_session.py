"""One session at the audit desk: its kept reports at the left, one of them, or what differs."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent, QKeySequence, QShortcut
from PySide6.QtWidgets import QFrame, QScrollArea, QStackedWidget, QVBoxLayout, QWidget
from typing_extensions import override

from ui.presenters.audit_access import AccessFace
from ui.presenters.audit_versions import ChangeRow, VersionRow, VersionsPresenter
from ui.printing import ask_to_print
from ui.screens.audit.access import AccessTable
from ui.widgets.pages import Pages, draw_pages
from ui.widgets.parts import Item, box, button, col, empty, fill, icon, row, say, show_icon, text
from ui.widgets.struck import struck

_LEFT = 300
_SHOWN, _COMPARED = ("eye", "Shown"), ("files", "Compared")
"""The marks of versions: symbol and word."""
_SESSION = 3
"""The column of the list of looks that says of each row what the title says."""


class OneSession(QWidget):
    """Implements `ui.presenters.audit_versions.VersionsView`.

    Signals:
        left: Back to the list.
        looks_asked: Who looked at the session is asked for.
        read_asked: The hash of the version that is to be read.
        print_asked: The hash of the version that is to be printed.
        differ_asked: The hash of the version to be compared with the one that was shown last.
    """

    left = Signal()
    looks_asked = Signal()
    read_asked = Signal(str)
    print_asked = Signal(str)
    differ_asked = Signal(str)

    def __init__(self) -> None:
        super().__init__()
        self.back = button("Back to the list", "quiet", "arrow-left")
        self._title = text("", 15, 600, wrap=True)
        self._list = QVBoxLayout()
        self._list.setSpacing(8)
        self._cards: dict[str, _VersionCard] = {}
        self._shown, self._printed = text("", 14, 600), text("", 13, 500, wrap=True)
        self._hash = ""  # of the version whose pages are shown
        self.print = button("Print…", glyph="printer")
        self.print.setAccessibleName("Print the report that is shown, Ctrl+P")
        self.pages, self.changes, self.looks = Pages(), _Changes(), _Looks()
        self.who = button("Who looked at it", "", "eye")
        self._right = QStackedWidget()
        self._presenter: VersionsPresenter | None = None
        for each in (self.pages, self.changes, self.looks):
            self._right.addWidget(each)
        self._lay_out()
        self.back.clicked.connect(self.left)
        self.who.clicked.connect(self.looks_asked)
        self.print.clicked.connect(self._ask_print)
        keys = QShortcut(QKeySequence("Ctrl+P"), self)
        keys.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
        keys.activated.connect(self._ask_print)
        self._offer_print("")

    def wire(self, presenter: VersionsPresenter) -> None:
        """Hand every press to this presenter, and keep it alive."""
        self._presenter = presenter
        self.looks_asked.connect(presenter.look_up)
        self.read_asked.connect(presenter.read)
        self.print_asked.connect(presenter.print_it)
        self.differ_asked.connect(presenter.compare)

    def enter(self) -> None:
        """Take the focus where pages are read."""
        (self.pages, self.changes, self.looks)[self._right.currentIndex()].setFocus()

    # --- what the presenter asks ------------------------------------------------------------

    def show_versions(self, title: str, rows: Sequence[VersionRow], nothing: str) -> None:
        """Show these versions, the newest first."""
        say(self._title, title)
        empty(self._list)
        self._cards = {each.sha256: self._version(each) for each in rows}
        for card in self._cards.values():
            self._list.addWidget(card)
        if nothing:
            self.show_trouble(nothing)

    def show_report(self, title: str, pdf: bytes) -> None:
        """Show a report's pages."""
        self._offer_print(hashlib.sha256(pdf).hexdigest())
        say(self._shown, title.capitalize())
        self.pages.show_pages(draw_pages(pdf))
        self._right.setCurrentWidget(self.pages)
        self.pages.setFocus()

    def show_marks(self, shown: str, compared: tuple[str, ...]) -> None:
        """Mark which version is shown and which two are compared."""
        for sha256, card in self._cards.items():
            card.mark(_SHOWN if sha256 == shown else _COMPARED if sha256 in compared else None)
            if shown:
                card.offer(self._cards[shown].name if sha256 != shown else "")

    def show_changes(self, title: str, rows: Sequence[ChangeRow], nothing: str) -> None:
        """Show what differs, in the order in which it was written."""
        self._offer_print("")
        say(self._shown, title)
        self.changes.show_changes(rows, nothing)
        self._right.setCurrentWidget(self.changes)
        self.changes.setFocus()

    def show_looks(self, title: str, rows: Sequence[AccessFace], nothing: str) -> None:
        """Show who did what with the session, the newest first; or that nobody did."""
        self.show_trouble(nothing)
        say(self._shown, title)
        if rows:
            self.looks.table.rows.set_rows(rows)
            self._right.setCurrentWidget(self.looks)
            self.looks.setFocus()

    def show_trouble(self, said: str) -> None:
        """Say why nothing is shown."""
        self._offer_print("")
        say(self._shown, "")
        self.pages.show_words(said)
        self._right.setCurrentWidget(self.pages)

    def print_sheet(self, pdf: bytes, printed: Callable[[str], None]) -> None:
        """Ask which printer shall print, and print."""
        ask_to_print(self, pdf, "Print the report", printed)

    def show_printed(self, said: str, *, well: bool = True) -> None:
        """Say that a report was printed, or why not."""
        say(self._printed, said, "text_2" if well else "alert")
        self._printed.setVisible(bool(said))

    def _offer_print(self, sha256: str) -> None:
        """Let what is shown be printed; an empty hash is of nothing that can be."""
        self._hash = sha256
        self.print.setEnabled(bool(sha256))
        self.show_printed("")

    def _ask_print(self) -> None:
        if self._hash:
            self.print_asked.emit(self._hash)

    def _lay_out(self) -> None:
        left = box(
            col(
                row(self.back, ...),
                self._title,
                row(self.who, ...),
                self._list,
                ...,
                gap=12,
                edge=16,
            ),
            "card",
            w=_LEFT,
        )
        head = row((self._shown, 1), self.print)
        right = box(col(head, self._printed, (self._right, 1), gap=8, edge=12), "card")
        self.setLayout(row(left, (right, 1), gap=12))

    def _version(self, each: VersionRow) -> _VersionCard:
        card = _VersionCard(each)
        card.read.clicked.connect(lambda: self.read_asked.emit(each.sha256))
        card.differ.clicked.connect(lambda: self.differ_asked.emit(each.sha256))
        return card

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        turns = {Qt.Key.Key_PageDown: 1, Qt.Key.Key_Space: 1, Qt.Key.Key_PageUp: -1}
        if event.key() in turns and self._right.currentWidget() is self.pages:
            self.pages.turn(turns[Qt.Key(event.key())])
            return
        super().keyPressEvent(event)


class _VersionCard(QFrame):
    """A kept report in the list: how it stands beside the others, and what can be done with it."""

    def __init__(self, each: VersionRow) -> None:
        super().__init__()
        self.setProperty("role", "card")
        self.name = each.name
        self.read, self.differ = button("Read", "", "file-pdf"), button("What differs")
        self.read.setAccessibleName(f"Read {each.name}")
        self._sign, self._mark = icon("eye", 16), text("", 12, 600, "text_2")
        name = text(each.name.capitalize(), 14, 600, wrap=True)
        about = text(each.about, 12, 400, "text_2", wrap=True)
        marked = row(self._sign, self._mark, ..., gap=6)
        hands = row(self.read, self.differ, ..., gap=6)
        self.setLayout(col(name, marked, about, hands, gap=4, edge=12))
        self.mark(None)
        self.offer("")

    def mark(self, mark: tuple[str, str] | None) -> None:
        """Show a symbol and a word beside the name; None for neither."""
        glyph, word = mark or ("", "")
        if glyph:
            show_icon(self._sign, glyph, "text_2")
        say(self._mark, word)
        for each in (self._sign, self._mark):
            each.setVisible(bool(word))

    def offer(self, other: str) -> None:
        """Offer to be compared with another version; empty for none."""
        self.differ.setVisible(bool(other))
        said = f"What differs between {self.name} and {other}"
        self.differ.setAccessibleName(said if other else "What differs")
        self.differ.setToolTip(said if other else "")


class _Changes(QScrollArea):
    """What differs, one under the other: the old struck through, the new beside it."""

    def __init__(self) -> None:
        super().__init__()
        inside = QWidget()
        self._column = QVBoxLayout(inside)
        self._column.setContentsMargins(16, 12, 16, 12)
        self._column.setSpacing(12)
        self.setWidget(inside)
        self.setWidgetResizable(True)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setAccessibleName("What differs, in the order in which it was written")

    def show_changes(self, rows: Sequence[ChangeRow], nothing: str) -> None:
        """Show these, or why there are none."""
        empty(self._column)
        if nothing:
            self._column.addWidget(text(nothing, 14, 400, "text_2", wrap=True))
        for each in rows:
            said: list[Item] = [text(each.kind, 13, 600)]
            if each.was:
                said.append(struck(each.was, wrap=False))
            said.append((text(each.now, 14, 500, wrap=True), 1))
            why = text(each.why, 12, 400, "text_2", wrap=True)
            self._column.addWidget(box(col(row(*said, gap=10), why, gap=2, edge=12), "card"))
        fill(self._column, (...,))


class _Looks(QWidget):
    """Who did what with the session; of the chosen row all of it below."""

    def __init__(self) -> None:
        super().__init__()
        self.table = AccessTable("Who looked at the session, and what left of it, newest first")
        self.table.setColumnHidden(_SESSION, True)  # noqa: FBT003 - Qt's own
        told = text("", 12, 400, "text_2", wrap=True)
        self.table.told.connect(lambda said: say(told, said))
        self.setLayout(col((self.table, 1), told, gap=8))
        self.setFocusProxy(self.table)
