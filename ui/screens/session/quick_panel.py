"""Quick events, open alerts, and what can be typed: the small cards at the right."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFrame, QGridLayout, QHBoxLayout, QPushButton, QVBoxLayout

from ui import theme
from ui.presenters.alerts import AlertRow
from ui.presenters.chairs import Elsewhere
from ui.presenters.event_questions import OpenEvent
from ui.presenters.limits import spoken
from ui.widgets.parts import button, col, elided, empty, fill, icon, key, row, text

_GLYPHS = {
    "nausea": "smiley-nervous",
    "vomiting": "smiley-sad",
    "dizziness": "arrows-clockwise",
    "anxiety": "heartbeat",
    "headache": "lightning",
    "dissociation": "cloud",
    "sedation": "moon",
}
_MORE = (
    ("Told…", "phone-call", "events:told "),
    ("Note…", "note-pencil", "begin:? "),
    ("CADSS-6…", "list-numbers", "rate-scale:cadss-6"),
    ("Fields", "rows", "fields"),
)


class QuickPanel(QFrame):
    """Words of the protocol's pick list, one press each.

    Signals:
        command: "event:nausea", "events:told ", "begin:? ", "rate-scale:cadss-6", "resolve:<uid>",
            "event-more:<uid>", "fields".
    """

    command = Signal(str)

    def __init__(self) -> None:
        super().__init__()
        self.setProperty("role", "card")
        self._grid = QGridLayout()
        self._grid.setSpacing(8)
        self._grid.setContentsMargins(0, 0, 0, 0)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(12, 12, 12, 12)
        layout.setSpacing(8)
        self._open = QVBoxLayout()
        self._open.setSpacing(0)
        self._shown: tuple[OpenEvent, ...] = ()
        every = button("All", "quiet", name="All events, F6")
        every.clicked.connect(lambda: self.command.emit("events:"))
        head = row(text("Quick events", 13, 600), ..., every, key("F6"), edge=(4, 0, 4, 0))
        fill(layout, (head, self._open, self._grid))

    def show_quick(self, effects: tuple[str, ...]) -> None:
        """Offer these words."""
        empty(self._grid)
        made = [
            (word.capitalize(), _GLYPHS.get(word.split()[0], "plus-circle"), f"event:{word}")
            for word in effects
        ]
        for place, (words, glyph, command) in enumerate((*made, *_MORE)):
            self._grid.addWidget(self._button(words, glyph, command), place // 2, place % 2)

    @property
    def has_open(self) -> bool:
        """Tell whether anything is not yet over."""
        return bool(self._shown)

    def show_open(self, events: tuple[OpenEvent, ...]) -> None:
        """Show what is not yet over, each with the button that says so."""
        if events == self._shown:
            return
        self._shown = events
        empty(self._open)
        for each in events:
            self._open.addLayout(self._open_row(each))

    def _open_row(self, each: OpenEvent) -> QHBoxLayout:
        """Return an open event with the buttons that say it is over, or more of it."""
        is_over, asks_more = f"resolve:{each.uid}", f"event-more:{each.uid}"
        over = button("Over", "quiet", name=f"{each.words} is over", means=is_over)
        over.clicked.connect(lambda: self.command.emit(is_over))
        said = f"{each.words}: over before, amend, serious"
        more = button("…", "quiet", name=said, means=asks_more)
        more.clicked.connect(lambda: self.command.emit(asks_more))
        words = elided(each.said, 13, 500, grows=True)
        since = text(each.since, 12, 400, "text_2")
        flag = (icon("warning", 16, "alert"), text("serious", 12, 600, "alert"))
        second = row(since, *(flag if each.serious else ()), ..., gap=4)
        return row((col(words, second, gap=0), 1), over, more, gap=2, edge=(4, 0, 0, 0))

    def _button(self, words: str, glyph: str, command: str) -> QPushButton:
        made = button(words, glyph=glyph, means=command)
        made.clicked.connect(lambda: self.command.emit(command))
        return made


_IN_FULL = 2  # so many open alerts have all their words; of more the oldest has
_MOST = 6  # so many are named, which leaves room for what is due
_A_LINE = "text-align: left; padding: 0 8px; min-height: 26px; max-height: 26px; color: {tone};"


class AlertsPanel(QFrame):
    """Open alerts; the card is there only while there are any.

    Signals:
        command: "acknowledge:<uid>".
    """

    command = Signal(str)

    def __init__(self) -> None:
        super().__init__()
        self.setProperty("role", "card-alert")
        self.setAccessibleName("Open alerts")
        self._shown: tuple[AlertRow, ...] = ()
        self._brief = self._curt = self._told = False
        self._list = QVBoxLayout(self)
        self._list.setSpacing(8)
        self.hide()

    def set_brief(self, *, brief: bool, curt: bool = False) -> None:
        """Be one line that says how many there are, while something else wants the room.

        Args:
            brief: How many, and which.
            curt: How many alone.
        """
        if (brief, curt) != (self._brief, self._curt):
            self._brief, self._curt = brief, curt
            self._build()

    def set_told(self, *, told: bool) -> None:
        """Be away while a question names every one of them."""
        self._told = told
        self.setVisible(bool(self._shown) and not told)

    def show_alerts(self, rows: tuple[AlertRow, ...]) -> None:
        """Show these."""
        if rows == self._shown:
            return
        self._shown = rows
        self._build()
        self.setVisible(bool(rows) and not self._told)

    def _build(self) -> None:
        empty(self._list)
        edge = 6 if self._brief else 12
        self._list.setContentsMargins(14, edge, 12, edge)
        if self._brief:
            count = len(self._shown)
            said = f"{count} {'alert' if count == 1 else 'alerts'} open"
            named = ", ".join(each.words for each in self._shown[:_BRIEFLY])
            named = "" if self._curt else named
            named += f" and {count - _BRIEFLY} more" if count > _BRIEFLY and named else ""
            lines = [text(said, 13, 600, "alert")]
            lines += [text(named, 12, 400, "alert", wrap=True)] if named else []
            words = col(*lines)
            self._list.addLayout(row(icon("warning", 18, "alert"), (words, 1), gap=8))
            return
        in_full = len(self._shown) if len(self._shown) <= _IN_FULL else 1
        for place, each in enumerate(self._shown[:in_full]):
            made = self._press(each, "Acknowledge…")
            press = row((made, 1), *(() if place else (key("F8"),)), gap=8)
            words = col(
                text(f"{each.number}  {each.words}", 14, 600, "alert", wrap=True),
                text(each.more, 12, 400, "text_2", wrap=True),
                gap=0,
            )
            self._list.addLayout(row(icon("warning", 20, "alert"), (words, 1), gap=10))
            self._list.addLayout(press)
        self._add_rest(self._shown[in_full:])

    def _press(self, each: AlertRow, words: str, kind: str = "") -> QPushButton:
        """Return the button that asks about an alert."""
        name = f"Acknowledge alert {each.number}, {spoken(each.words)}"
        key_of = f"acknowledge:{each.uid}"
        made = button(words, kind, name=name, means=key_of)
        made.clicked.connect(lambda: self.command.emit(key_of))
        return made

    def _add_rest(self, rest: tuple[AlertRow, ...]) -> None:
        """Name the newer ones in a line each, which is pressed: none of them may be cut."""
        lines = QVBoxLayout()
        lines.setSpacing(2)
        for each in rest[: _MOST - 1]:
            made = self._press(each, f"{each.number}  {each.words} …", "quiet")
            made.setStyleSheet(_A_LINE.format(tone=theme.c.alert))
            lines.addLayout(row(icon("warning", 16, "alert"), (made, 1), gap=4))
        if len(rest) >= _MOST:
            more = f"and {len(rest) - _MOST + 1} more: F8 asks about each in turn"
            lines.addWidget(text(more, 12, 500, "alert", wrap=True))
        self._list.addLayout(lines)


_BRIEFLY = 2
"""So many alerts are named while a question wants the room."""

_MOST_OTHERS = 6
"""So many other chairs are named; the others are counted."""


class OthersPanel(QFrame):
    """What falls due in the other chairs."""

    def __init__(self) -> None:
        super().__init__()
        self.setProperty("role", "card")
        self.setAccessibleName("Other chairs")
        self._shown: tuple[Elsewhere, ...] = ()
        self._list = QVBoxLayout()
        self._list.setSpacing(8)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(16, 12, 16, 12)
        layout.setSpacing(8)
        fill(layout, (text("Other chairs", 13, 600), self._list))
        self.hide()

    def show_others(self, others: tuple[Elsewhere, ...]) -> None:
        """Show these, the most pressing first."""
        if others == self._shown:
            return
        self._shown = others
        empty(self._list)
        for each in others[:_MOST_OTHERS]:
            late = each.state == "overdue"
            glyph, tone = ("timer", "overdue") if late else ("armchair", theme.drug(each.family)[0])
            chair = text(each.chair, 13, 600)
            weight, said = (500, "overdue") if late else (400, "text_2")
            words = elided(each.words, 13, weight, said, grows=True)
            self._list.addLayout(row(icon(glyph, 18, tone), chair, (words, 1), gap=8))
        if len(others) > _MOST_OTHERS:
            more = len(others) - _MOST_OTHERS
            said = f"and {more} more {'chair' if more == 1 else 'chairs'}"
            self._list.addWidget(text(said, 12, 400, "text_2"))


HELP = (
    ("128/82 76 98 16", "BP, heart rate, SpO₂, Resp; later ones may be left out"),
    ("128/82 - 98", "the heart rate was not taken"),
    ("s5  d3  a2  n0  p2", "sedation MOAA/S; dissociation, anxiety, nausea, pain 0 to 10"),
    ("t36.8  2l  ra", "temperature; oxygen 2 L/min; room air"),
    ("fio21  co35", "FiO₂ %; EtCO₂ mmHg"),
    ("@10:20  -3m", "when it was measured, if not now"),
    ("slot 40", "closes that slot; a reason outside its window"),
    ("left  sitting  cuff large", "arm, position, cuff"),
    ("nausea mild  @10:05", "an event of the pick list, F6; and when it began"),
    ("nausea over  -5m", "it is over; and since when"),
    ("ondansetron 4 mg iv", "what was given"),
    ("told Dr Lee", "who was told"),
    ("? words", "a note"),
    ("↑  Enter", "a row above, and amend it; F4 shows all that was entered"),
    ("F3", "why an overdue observation was missed"),
)


class HelpPanel(QFrame):
    """What can be typed, beside the chart."""

    def __init__(self) -> None:
        super().__init__()
        self.setProperty("role", "card")
        self.setAccessibleName("What can be typed")
        layout = QVBoxLayout(self)
        layout.setContentsMargins(16, 12, 16, 12)
        layout.setSpacing(8)
        close = row(text("What can be typed", 13, 600), ..., key("Esc"))
        fill(layout, (close,))
        for typed, means in HELP:
            fill(
                layout,
                (col(text(typed, 13, 600), text(means, 12, 400, "text_2", wrap=True), gap=0),),
            )
        layout.addStretch(1)
