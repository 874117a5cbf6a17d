"""The audit desk's page on the record itself: how it stands, what was found, what is missing."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import (
    QFrame,
    QProgressBar,
    QScrollArea,
    QVBoxLayout,
    QWidget,
)

from ui import theme
from ui.presenters.integrity import GapFace, IntegrityFace
from ui.widgets.parts import (
    Item,
    box,
    button,
    col,
    dressed,
    empty,
    field,
    fill,
    icon,
    row,
    say,
    show_icon,
    text,
    titled,
)

_STEPS = 1000
_DISC = 40
_RIGHT_WIDTH = 320
_TINTS = {"good": "good_tint", "alert": "alert_tint", "text_2": "line"}


class IntegrityPage(QWidget):
    """Implements `ui.presenters.integrity.IntegrityView`.

    Signals:
        pressed: The button that begins the check of everything, or stops it.
        noted: A gap is to be noted.
        explained: A gap is to be explained; carries the reason as typed.
    """

    pressed = Signal()
    noted = Signal()
    explained = Signal(str)

    def __init__(self) -> None:
        super().__init__()
        self.standing, self.gap = StandingCard(), GapCard()
        self.findings, self.facts = FindingsCard(), FactsCard()
        left = col(self.standing, self.gap, (self.findings, 1), gap=12)
        self.facts.setFixedWidth(_RIGHT_WIDTH)
        self.setLayout(row((left, 1), col(self.facts, ...), gap=12))
        self.standing.action.clicked.connect(self.pressed)
        self.gap.note.clicked.connect(self.noted)
        self.gap.explained.connect(self.explained)

    def show_integrity(self, face: IntegrityFace) -> None:
        """Show how the record stands; what is typed in a field stays."""
        self.standing.show_face(face)
        self.gap.show_gap(face.gap)
        self.findings.show_found(face.found, face.nothing)
        self.facts.show_facts(face.facts, face.bound)

    def show_refusal(self, said: str) -> None:
        """Say why a gap was not noted or explained."""
        self.gap.show_refusal(said)

    def clear_reason(self) -> None:
        """Empty the field of the explanation."""
        self.gap.reason.clear()

    def enter(self) -> None:
        """Take the focus where something is to be done."""
        first = (self.gap.note, self.gap.reason, self.standing.action)
        next(each for each in first if each.isVisibleTo(self)).setFocus()


class StandingCard(QFrame):
    """How the record stands, and the check of everything."""

    def __init__(self) -> None:
        super().__init__()
        self.setProperty("role", "card")
        self._icon = icon("shield", 22, "text_2")
        self._disc = box(row(..., self._icon, ...), w=_DISC, h=_DISC)
        self._said = text("", 16, 600, wrap=True)
        self._more = text("", 13, 400, "text_2", wrap=True)
        self._bar = QProgressBar()
        self._bar.setRange(0, _STEPS)
        self._bar.setTextVisible(False)
        self._bar.setFixedHeight(6)
        self._bar.setAccessibleName("How much of the record is checked")
        self._bar.hide()
        self.action = button("Check everything")
        words = col(self._said, self._more, gap=4)
        head = row(
            col(self._disc, ...), (words, 1), col(self.action, ...), gap=14, edge=(16, 14, 16, 14)
        )
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        fill(layout, (head, row(self._bar, edge=(16, 0, 16, 14))))

    def show_face(self, face: IntegrityFace) -> None:
        """Show how it stands."""
        show_icon(self._icon, face.glyph, face.tone)
        tint = theme.tone(_TINTS[face.tone])
        dressed(self._disc, "disc", f"background: {tint}; border-radius: {_DISC // 2}px;")
        say(self._said, face.said, "text" if face.tone == "text_2" else face.tone)
        say(self._more, face.more)
        self._bar.setVisible(face.share is not None)
        self._bar.setValue(round((face.share or 0) * _STEPS))
        self.action.setText(face.action)
        self.action.setAccessibleName(face.action)


class GapCard(QFrame):
    """What is missing of the record's history, and the way on.

    Signals:
        explained: The reason, as typed.
    """

    explained = Signal(str)

    def __init__(self) -> None:
        super().__init__()
        self.setProperty("role", "card")
        self._said = text("", 14, 600, "alert", wrap=True)
        self._noted = text("", 13, 500, wrap=True)
        self._means = text("", 13, 400, "text_2", wrap=True)
        self._refusal = text("", 13, 500, "alert", wrap=True)
        self._refusal.hide()
        self.note = button("Note it and go on", "primary")
        self.reason = field(
            hint="Why it is missing: it stays in the record", name="Why a part is missing"
        )
        self.explain = button("Explain", "primary")
        self.reason.returnPressed.connect(self._explain)
        self.explain.clicked.connect(self._explain)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(16, 12, 16, 14)
        layout.setSpacing(6)
        heading = row(icon("clock-counter-clockwise", 18, "alert"), (self._said, 1), gap=8)
        way_on = row((self.reason, 1), self.explain, self.note, gap=8)
        fill(layout, (heading, self._noted, self._means, 2, way_on, self._refusal))
        self._way_on: list[QWidget] = [self.reason, self.explain]
        self.hide()

    def show_gap(self, gap: GapFace | None) -> None:
        """Show what is missing; without a gap there is no card."""
        self.setVisible(gap is not None)
        if gap is None:
            return
        say(self._said, gap.said)
        say(self._noted, gap.noted)
        say(self._means, gap.means)
        self.note.setVisible(gap.can_note and not gap.can_explain)
        for each in self._way_on:
            each.setVisible(gap.can_explain)

    def show_refusal(self, said: str) -> None:
        """Say why it was refused."""
        say(self._refusal, said)
        self._refusal.setVisible(bool(said))

    def _explain(self) -> None:
        self.explained.emit(self.reason.text())


class FindingsCard(QFrame):
    """What the last check found, a sentence each."""

    def __init__(self) -> None:
        super().__init__()
        self.setProperty("role", "card")
        self._shown: tuple[object, ...] = ()
        inside = QWidget()
        self._list = QVBoxLayout(inside)
        self._list.setContentsMargins(16, 4, 16, 12)
        self._list.setSpacing(10)
        area = QScrollArea()
        area.setWidget(inside)
        area.setWidgetResizable(True)
        area.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        area.setAccessibleName("Findings")
        layout = QVBoxLayout(self)
        layout.setContentsMargins(1, 1, 1, 1)
        layout.setSpacing(0)
        title = row(text("Findings", 13, 600), ..., edge=(15, 12, 15, 6))
        fill(layout, (title, (area, 1)))

    def show_found(self, found: tuple[str, ...], nothing: str) -> None:
        """Show these, or these words; nothing is rebuilt while they stay the same."""
        if (found, nothing) == self._shown:
            return
        self._shown = (found, nothing)
        empty(self._list)
        lines: list[Item] = [_finding(said) for said in found]
        fill(self._list, (*(lines or [text(nothing, 13, 400, "text_2")]), ...))


class FactsCard(QFrame):
    """What can be noted down elsewhere, and what no check can tell."""

    def __init__(self) -> None:
        super().__init__()
        self._rows = QVBoxLayout()
        self._rows.setSpacing(8)
        self._bound = text("", 12, 400, "text_2", wrap=True)
        self._limit = titled("What no check can tell", self._bound, gap=6)
        facts = titled("To note down", self._rows, gap=6)
        self.setLayout(col(facts, self._limit, gap=12))
        self._shown: tuple[object, ...] = ()

    def show_facts(self, facts: tuple[tuple[str, str], ...], bound: str) -> None:
        """Show name and value of each, and the bound."""
        say(self._bound, bound)
        self._limit.setVisible(bool(bound))
        if facts == self._shown:
            return
        self._shown = facts
        empty(self._rows)
        fill(self._rows, tuple(_fact(*fact) for fact in facts))


def _finding(said: str) -> Item:
    words = text(said, 13, 500, wrap=True)
    words.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
    return row(col(icon("warning-circle", 18, "alert"), ...), (words, 1), gap=10)


def _fact(name: str, value: str) -> Item:
    said = text(value, 13, 600)
    said.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
    said.setAccessibleName(f"{name}: {value}")
    return row(text(name, 13, 400, "text_2"), ..., said, gap=8)
