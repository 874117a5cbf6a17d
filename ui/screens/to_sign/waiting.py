"""The list of the worklist: one card a session, and what was signed last under them."""

from __future__ import annotations

from dataclasses import replace

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent, QMouseEvent
from PySide6.QtWidgets import QFrame, QVBoxLayout
from typing_extensions import override

from ui import theme
from ui.presenters.to_sign_faces import DoneFace, RemsFace, WaitingRow
from ui.widgets.card_column import CardColumn
from ui.widgets.parts import (
    Item,
    Thing,
    button,
    drug_pill,
    elided,
    empty,
    fill,
    icon,
    pill,
    row,
    rule,
    text,
)

_REMS = {
    "later": ("text_2", "line", "calendar"),
    "soon": ("overdue", "overdue_tint", "calendar"),
    "over": ("alert", "alert_tint", "warning-circle"),
}
"""Tone, ground and glyph of the days that are left, by their state."""

NOTHING = "Nothing waits for a signature."
NOTHING_OWN = "Nothing here is yours to sign."


class WaitingCard(QFrame):
    """One session of the worklist.

    Signals:
        chosen: Its identity: it is to be looked at.
        opened: Enter was pressed on it while it is looked at.
    """

    chosen = Signal(str)
    opened = Signal()

    def __init__(self, waiting: WaitingRow) -> None:
        super().__init__()
        self.session_id = waiting.session_id
        self._here: bool | None = None
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.setAccessibleName(_said(waiting))
        self.setObjectName("waiting")
        self.show_here(here=waiting.here)
        head = row(
            (elided(waiting.patient, 14, 600, grows=True), 1), text(waiting.when, 12, tone="text_2")
        )
        layout = QVBoxLayout(self)
        layout.setContentsMargins(12, 10, 12, 10)
        layout.setSpacing(6)
        drug = drug_pill(waiting.family, waiting.drug)
        state = row(*_state(waiting), ...)
        fill(layout, (head, row(drug, *_signed(waiting), ...), state, *_days(waiting)))

    def show_here(self, *, here: bool) -> None:
        """Show whether it is the one that is looked at."""
        if here == self._here:
            return
        self._here = here
        edge = theme.c.text if here else "transparent"
        ground = theme.c.sunken if here else "transparent"
        self.setStyleSheet(
            f"QFrame#waiting {{ background: {ground}; border: none; border-left: 3px solid {edge};"
            f" border-bottom: 1px solid {theme.c.line}; }}"
            f"QFrame#waiting:focus {{ border: 2px solid {theme.c.focus}; }}"
        )

    @override
    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        self.chosen.emit(self.session_id)

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() not in (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Space):
            super().keyPressEvent(event)
        elif self._here:
            self.opened.emit()
        else:
            self.chosen.emit(self.session_id)


def _bare(waiting: WaitingRow) -> WaitingRow:
    """Return a row as it is whether or not it is looked at."""
    return replace(waiting, here=False)


def _said(waiting: WaitingRow) -> str:
    gaps = _gaps_words(waiting)
    signed = f"signed {waiting.signed_by}" if waiting.signed_by else ""
    rems = waiting.rems.words if waiting.rems else ""
    own = "for you to sign" if waiting.mine else ""
    parts = (waiting.patient, waiting.drug, waiting.when, gaps, signed, rems, own)
    return ", ".join(filter(None, parts))


def _signed(waiting: WaitingRow) -> list[QFrame]:
    """Return who has signed; beside the drug, for the line below has the gaps and the days."""
    if not waiting.signed_by or waiting.done:
        return []
    signers = waiting.signed_by.split(", ")
    more = f" +{len(signers) - 1}" if len(signers) > 1 else ""
    return [pill(f"{signers[0]}{more}", "text_2", "line", "pen-nib")]


def _state(waiting: WaitingRow) -> list[QFrame]:
    """Return the pill of a session: what is open, or who co-signed it."""
    if waiting.done:
        signer = waiting.signed_by.split(", ")[-1]
        made = [pill(f"co-signed {signer}", "good", "good_tint", "check-circle")]
    else:
        made = [_gaps_pill(waiting)]
    return made


def _gaps_words(waiting: WaitingRow) -> str:
    """Return how many gaps block and how many may stay, as over the list of them."""
    block = f"{waiting.gaps} {'blocks' if waiting.gaps == 1 else 'block'}" if waiting.gaps else ""
    stay = f"{waiting.stay} may stay" if waiting.stay else ""
    return ", ".join(filter(None, (block, stay))) or "no gaps"


def _gaps_pill(waiting: WaitingRow) -> QFrame:
    words = _gaps_words(waiting)
    if not waiting.gaps:
        return pill(words, "good", "good_tint", "check-circle")
    return pill(words, "overdue", "overdue_tint", "warning-circle")


def _days(waiting: WaitingRow) -> list[Thing]:
    """Return how long there is for its form, in a line of its own: it can be long."""
    return [row(_rems_pill(waiting.rems), ...)] if waiting.rems else []


def _rems_pill(rems: RemsFace) -> QFrame:
    tone, ground, glyph = _REMS[rems.state]
    return pill(rems.words, tone, ground, glyph)


class WaitingList(QFrame):
    """The sessions that wait, oldest first, whether only one's own; and what was signed last.

    Signals:
        chosen: A session's identity.
        opened: Enter was pressed on the session that is looked at.
        turned: All, or only one's own, is wanted.
        export_asked: What was signed last is to be handed out.
        rems_asked: The worksheet of the session that is looked at is wanted, for its REMS form.
    """

    chosen = Signal(str)
    opened = Signal()
    turned = Signal()
    export_asked = Signal()
    rems_asked = Signal(str)

    def __init__(self) -> None:
        super().__init__()
        self.setProperty("role", "card")
        self.setFixedWidth(264)
        self._rows: tuple[WaitingRow, ...] | None = None
        self._column = CardColumn(self._card)
        self._mine = button("Only mine", "quiet", "funnel")
        self._mine.clicked.connect(self.turned)
        self.rems = button("REMS form", "quiet", "clipboard-text")
        self.rems.clicked.connect(self._ask_rems)
        self._done = QVBoxLayout()
        self._done.setContentsMargins(16, 8, 16, 4)
        self._done.setSpacing(8)
        self._lay_out()

    @property
    def cards(self) -> list[WaitingCard]:
        """Return the cards in their order."""
        return self._column.cards

    def show_waiting(self, rows: tuple[WaitingRow, ...], *, mine: bool) -> None:
        """Show these; nothing is rebuilt while they stay the same."""
        words = "Show all" if mine else "Only mine"
        self._mine.setText(words)
        self._mine.setAccessibleName(f"{words}, M")
        self.rems.setVisible(any(row.here and row.rems is not None for row in rows))
        if rows == self._rows:
            return
        focused = self.window().focusWidget() in self.cards
        nothing = NOTHING_OWN if mine else NOTHING
        self._rows = rows
        self._column.lay([*map(_bare, rows)], "" if rows else nothing)
        here = self._here()
        for card in self.cards:
            card.show_here(here=card is here)
        if focused:
            self.enter()

    def _here(self) -> WaitingCard | None:
        """Return the card of the session that is looked at."""
        places = [place for place, each in enumerate(self._rows or ()) if each.here]
        return self._column.card(places[0]) if places else None

    def _card(self, waiting: WaitingRow) -> WaitingCard:
        made = WaitingCard(waiting)
        made.chosen.connect(self.chosen)
        made.opened.connect(self.opened)
        return made

    def show_done(self, face: DoneFace) -> None:
        """Say what was signed last."""
        empty(self._done)
        mark = icon("check-circle", 18, "good")
        said = text(face.words, 13, 600, wrap=True)
        more = [text(face.more, 12, 400, "text_2", wrap=True)] if face.more else []
        offer: list[Item] = []
        if face.export:
            made = button("Export the PDF", "", "export", name="Export the PDF, E")
            made.clicked.connect(self.export_asked)
            offer = [made]
        fill(self._done, (rule(), row(mark, (said, 1), gap=8), *more, *offer))

    def _ask_rems(self) -> None:
        for each in self._rows or ():
            if each.here:
                self.rems_asked.emit(each.session_id)

    def enter(self) -> bool:
        """Take the focus at the session that is looked at; tell whether there is one."""
        here = self._here()
        if here is not None:
            self._column.go_to(here)
        return here is not None

    def _lay_out(self) -> None:
        layout = QVBoxLayout(self)
        layout.setContentsMargins(1, 12, 1, 8)
        layout.setSpacing(8)
        head = row(text("Waiting, oldest first", 13, 600), ..., edge=(16, 0, 16, 0))
        foot = row(self._mine, ..., self.rems, edge=(8, 0, 8, 0))
        fill(layout, (head, (self._column.area, 1), self._done, foot))
