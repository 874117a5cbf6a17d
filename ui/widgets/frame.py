"""What surrounds every screen: the rail, the banner or heading, the foot with the shield."""

from __future__ import annotations

from collections.abc import Collection, Sequence

from PySide6.QtCore import QEvent, QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent, QMouseEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QVBoxLayout, QWidget
from typing_extensions import override

from ui import theme
from ui.presenters.check_chip import CheckChip
from ui.presenters.shield_face import ShieldFace
from ui.widgets.parts import (
    Align,
    Item,
    box,
    col,
    dressed,
    drug_tag,
    elided,
    empty,
    fill,
    icon,
    keyed,
    pill,
    row,
    say,
    show_icon,
    text,
)
from ui.widgets.person import Person
from ui.widgets.pressing import CORNER, Count, PressingLine, fit, waiting_number
from ui.widgets.shield import Shield

PLACES: tuple[tuple[str, str], ...] = (
    ("armchair", "Chairs"),
    ("users", "Patients"),
    ("pen-nib", "To sign"),
    ("notebook", "Register"),
    ("scales", "Audit"),
    ("gear", "Settings"),
)
"""Glyph and name of the rooms on the rail, by the number of their key."""

REMS = ("clipboard-text", "REMS")
"""A room that is on the rail only where a form can be due; so it stands after the others."""

RAIL = (*PLACES, REMS)
"""The rooms as they stand on the rail, each by its key: the same one for whoever is here."""


def mark() -> QLabel:
    """Return the sign of the program."""
    label = text("C", 16, 600, "on_ink", align=Align.AlignHCenter)
    label.setFixedSize(32, 32)
    label.setStyleSheet(f"background: {theme.c.ink}; color: {theme.c.on_ink}; border-radius: 10px;")
    return label


class Place(QFrame):
    """One room on the rail.

    Signals:
        chosen: Clicked, or Enter or Space pressed; carries the room's name.
    """

    chosen = Signal(str)

    def __init__(self, glyph: str, name: str) -> None:
        super().__init__()
        self._glyph, self._name = glyph, name
        self._icon = icon(glyph, 22, "text_2")
        self._label = text(name, 12, 400, "text_2", align=Align.AlignHCenter)
        layout = QVBoxLayout(self)
        layout.setSpacing(4)
        layout.setContentsMargins(0, 8, 0, 6)
        layout.addWidget(self._icon, 0, Align.AlignHCenter)
        layout.addWidget(self._label)
        self.setFixedSize(64, 56)
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self._worry = icon("warning-circle", 16, "overdue")
        self._worry.setParent(self)
        self._worry.move(42, 4)
        self._count = Count(self)
        self._count.move(*CORNER)
        self._waiting = waiting_number(self)
        self.set_worry("")
        self.set_here(here=False)

    def set_here(self, *, here: bool) -> None:
        """Show whether this is the room one is in."""
        tone = "text" if here else "text_2"
        show_icon(self._icon, self._glyph, tone)
        say(self._label, self._name, tone)
        self._label.setFont(theme.font(12, 600 if here else 400))
        ground = theme.c.surface if here else "transparent"
        edge = theme.c.line_strong if here else "transparent"
        self.setObjectName("place")
        self.setStyleSheet(
            f"QFrame#place {{ background: {ground}; border: 1px solid {edge};"
            f" border-radius: 12px; }}"
            f"QFrame#place:focus {{ border: 2px solid {theme.c.focus}; }}"
        )

    def set_worry(self, words: str) -> None:
        """Show that something in the room wants to be looked after; empty takes it away."""
        self._worry.setVisible(bool(words))
        self.setToolTip(words)
        self.setAccessibleName(f"{self._name}: {words}" if words else self._name)

    def set_waiting(self, count: int, words: str) -> None:
        """Show how many things in the room wait, in a quiet number; nought takes it away."""
        say(self._waiting, f"{count}" if count else "")
        fit(self._waiting)
        self._waiting.setVisible(count > 0)
        self.setToolTip(words)
        self.setAccessibleName(f"{self._name}: {words}" if words else self._name)

    def set_count(self, count: int, words: str) -> None:
        """Show how many things in the room are overdue; nought takes the number away."""
        self._count.show_count(count)
        self.set_worry(words)
        self._worry.setVisible(bool(words) and not count)

    @override
    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        self.chosen.emit(self._name)

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Space):
            self.chosen.emit(self._name)
        else:
            super().keyPressEvent(event)


class Rail(QFrame):
    """The rooms at the left, and who is here at the foot of it.

    Signals:
        chosen: A room's name.
    """

    chosen = Signal(str)
    here = ""

    def __init__(self, places: Sequence[tuple[str, str]] = RAIL) -> None:
        super().__init__()
        self.setProperty("role", "rail")
        self.setFixedWidth(theme.SIZE["rail"])
        self.places = {name: Place(glyph, name) for glyph, name in places}
        self._offered, self._shown = frozenset(self.places), frozenset(self.places)
        self.person = Person()
        layout = QVBoxLayout(self)
        layout.setSpacing(4)
        layout.setContentsMargins(8, 16, 7, 8)
        items: list[Item] = [row(..., mark(), ...), 12, *self.places.values(), ...]
        fill(layout, (*items, self.person))
        for place in self.places.values():
            place.chosen.connect(self.chosen)
        self.set_shown(REMS[1], shown=False)
        self.set_user("", "")

    def set_here(self, name: str) -> None:
        """Show which room one is in."""
        self.here = name
        for each, place in self.places.items():
            place.set_here(here=each == name)

    def set_shown(self, name: str, *, shown: bool) -> None:
        """Show a room on the rail, or take it off."""
        self._shown = self._shown | {name} if shown else self._shown - {name}
        self._show_places()

    def set_offered(self, names: Collection[str]) -> None:
        """Show those rooms only that are for whoever is here."""
        self._offered = frozenset(names)
        self._show_places()

    def leads_to(self, name: str) -> bool:
        """Tell whether a room is on the rail."""
        return name in self._offered & self._shown

    def _show_places(self) -> None:
        for name, place in self.places.items():
            place.setVisible(self.leads_to(name))

    def set_worry(self, name: str, words: str) -> None:
        """Show that something in a room wants to be looked after; empty takes it away."""
        self.places[name].set_worry(words)

    def set_waiting(self, name: str, count: int, words: str) -> None:
        """Show how many things in a room wait; nought takes the number away."""
        self.places[name].set_waiting(count, words)

    def set_user(self, initials: str, name: str) -> None:
        """Show who is logged in; empty while nobody is."""
        self.person.set_user(initials, name)


BEFORE_ROOMS = "Encrypted, this computer · no medical device"
"""What is always so, as the foot says it where nobody is in the rooms."""

_FOOT_SPACES, _BETWEEN_KEYS = 72, 16
"""Pixels between the parts of the foot, and at its ends; and between its keys."""


class Foot(QFrame):
    """The shield and its sentence at the left; key hints, what presses and the clock at the right.

    Attributes:
        pressing: What is overdue or unanswered in any chair.
    """

    def __init__(self, place: str = "Encrypted, this computer") -> None:
        super().__init__()
        self.setProperty("role", "foot")
        self.setFixedHeight(theme.SIZE["foot"])
        self.shield = Shield()
        self.pressing = PressingLine()
        self._is_quiet = True
        self._lock = QWidget()
        lock = row(icon("lock-key", 16, "text_3"), text(place, 12, 400, "text_2"), gap=6)
        self._lock.setLayout(lock)
        self._clock = text("", 13, 600)
        self._hints = QHBoxLayout()
        self._hints.setSpacing(_BETWEEN_KEYS)
        self._hints.setContentsMargins(0, 0, 0, 0)
        self._keys, self._each = QWidget(), tuple[QWidget, ...]()
        self._keys.setLayout(self._hints)
        self._keys.setMinimumWidth(1)  # they make no window wider
        layout = QHBoxLayout(self)
        layout.setSpacing(6)
        layout.setContentsMargins(10, 0, 16, 0)
        right: tuple[Item, ...] = (self._keys, 4, self.pressing, 10, self._clock)
        fill(layout, (self.shield, 12, self._lock, ..., *right))

    def set_shield(self, face: ShieldFace) -> None:
        """Say how the record stands; a worry takes the room of what is always so."""
        self.shield.show_face(face)
        self._is_quiet = face.is_quiet
        self._make_room()

    def set_hints(self, hints: Sequence[tuple[str, str]]) -> None:
        """Show what keys do here: ("Enter", "store")."""
        empty(self._hints)
        self._each = tuple(_hint(*hint) for hint in hints)
        fill(self._hints, self._each)
        self._make_room()

    def set_clock(self, words: str) -> None:
        """Show the time, "10:22"."""
        say(self._clock, words)

    @override
    def event(self, event: QEvent) -> bool:
        if event.type() in (QEvent.Type.LayoutRequest, QEvent.Type.Resize):
            self._make_room()
        return super().event(event)

    def _make_room(self) -> None:
        """Let what is always so, and then the last keys, give way to the shield's sentence."""
        room = self.width() - _FOOT_SPACES - self.shield.wanted - self._clock.sizeHint().width()
        room -= self.pressing.wanted
        keys = 0
        for each in self._each:
            keys += each.sizeHint().width() + _BETWEEN_KEYS
            each.setVisible(keys <= room)
        lock = self._lock.sizeHint().width()
        self._lock.setVisible(self._is_quiet and keys + lock <= room)


def _hint(shortcut: str, meaning: str) -> QWidget:
    made = QWidget()
    made.setLayout(keyed(shortcut, meaning))
    return made


class Banner(QFrame):
    """Who is in the chair and what is given, on every screen that touches a patient."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("role", "bar")
        self.setFixedHeight(theme.SIZE["banner"])
        self._name = elided("", 16, 600)
        self._facts = elided("", 13, 400, "text_2")
        self._allergies = elided("", 13, 500)
        self._chair = QHBoxLayout()
        self._check, self._chip = QHBoxLayout(), ""
        self._right = QHBoxLayout()
        self._right.setSpacing(12)
        self._kept: tuple[object, ...] = ()
        who = col(..., row(self._name, self._chair, ..., gap=10), self._facts, ..., gap=0)
        allergy = row(icon("warning-circle", 16, "text_2"), self._allergies, gap=6)
        layout = QHBoxLayout(self)
        layout.setSpacing(12)
        layout.setContentsMargins(16, 0, 16, 0)
        fill(layout, (who, 24, allergy, ..., self._check, self._right))

    def set_patient(self, name: str, facts: str, allergies: str, chair: str = "") -> None:
        """Name the patient; `facts` are birth date and age, record number and weight."""
        say(self._name, name)
        say(self._facts, facts)
        say(self._allergies, allergies)
        self._allergies.setAccessibleName(f"Allergies: {allergies}")
        if self._chair.count() == 0 or self._chair.property("chair") != chair:
            empty(self._chair)
            self._chair.setProperty("chair", chair)
            if chair:
                self._chair.addWidget(pill(chair, "text_2", "line"))

    def set_drug(self, family: str, words: str, dose: str, nudge: str = "") -> None:
        """Show the drug and its dose, and at most one nudge: "Chair 2 overdue 4 min"."""
        if self._kept == (family, words, dose, nudge):
            return
        self._kept = (family, words, dose, nudge)
        empty(self._right)
        if nudge:
            self._right.addWidget(pill(nudge, "overdue", "overdue_tint", "timer"))
        self._right.addWidget(drug_tag(family, words, dose))

    def set_check(self, chip: CheckChip | None) -> None:
        """Say how the second check of the dose stands; None says nothing."""
        if self._chip == (chip.words if chip else ""):
            return
        self._chip = chip.words if chip else ""
        empty(self._check)
        if chip:
            self._check.addWidget(pill(chip.words, chip.tone, f"{chip.tone}_tint", chip.glyph))


class Heading(QFrame):
    """The bar over a quiet room: its title, a note, and what can be done at the right."""

    def __init__(self, title: str, *right: QWidget) -> None:
        super().__init__()
        self.setProperty("role", "bar")
        self.setFixedHeight(theme.SIZE["banner"])
        self._note = text("", 13, 400, "text_2")
        layout = QHBoxLayout(self)
        layout.setSpacing(8)
        layout.setContentsMargins(24, 0, 24, 0)
        fill(layout, (text(title, 20, 600), 8, self._note, ..., *right))

    def set_note(self, note: str) -> None:
        """Set the quiet words beside the title."""
        say(self._note, note)


def badge(initials: str, side: int = 40) -> QLabel:
    """Return a person's initials on a disc."""
    made = text(initials, 14, 600, align=Align.AlignHCenter)
    made.setFixedSize(QSize(side, side))
    made.setStyleSheet(
        f"background: {theme.c.line}; border-radius: {side // 2}px; color: {theme.c.text};"
    )
    return made


def choice(layout: QVBoxLayout | QHBoxLayout, *, here: bool, name: str = "choice") -> QFrame:
    """Return a card one of several of which is chosen."""
    frame = box(layout, "choice")
    edge = f"2px solid {theme.c.text}" if here else f"1px solid {theme.c.line_strong}"
    dressed(frame, name, f"background: {theme.c.surface}; border: {edge}; border-radius: 8px;")
    return frame
