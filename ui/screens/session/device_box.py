"""The next nasal device: what it is, both its sprays, and the rest before it."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QCheckBox, QWidget

from ui import theme
from ui.presenters.now_faces import SPRAYS, DeviceFace
from ui.widgets.parts import (
    button,
    col,
    field,
    labelled,
    row,
    say,
    set_glyph,
    set_kind,
    text,
)
from ui.widgets.tick_box import TickBox

_WORDS = ("1st spray", "2nd spray")


class DeviceBox(QWidget):
    """The next nasal device: its number, lot and expiry, its sprays, and the button.

    Signals:
        given: Lot and expiry as typed, and how many sprays are ticked.
        changed: Something else stands in it now.
    """

    given = Signal(str, str, int)
    changed = Signal()

    def __init__(self) -> None:
        super().__init__()
        self._face: DeviceFace | None = None
        self._words, self._when = text("", 13, 600), text("", 13, 500, "text_2")
        self._lot = field(name="Lot", hint="as printed")
        self._expiry = field(name="Expiry", hint="2027-08")
        self._again = button("")
        self._again.setFont(theme.font(13, 500))
        self._again.clicked.connect(self._take_again)
        self._sprays = [self._spray(words) for words in _WORDS[:SPRAYS]]
        self._give = button("", "primary", "wind")
        self._give.clicked.connect(self._given)
        for line in (self._lot, self._expiry):
            line.textEdited.connect(lambda *_: self.changed.emit())
        self._again.clicked.connect(lambda *_: self.changed.emit())
        self._lot.returnPressed.connect(self._expiry.setFocus)
        self._expiry.returnPressed.connect(self._sprays[0].setFocus)
        both = row((labelled("Lot", self._lot), 1), (labelled("Expiry", self._expiry), 1), gap=8)
        head = row(self._words, ..., self._when)
        sprays = row(*self._sprays, ..., gap=8)
        self.setLayout(col(head, both, self._again, sprays, self._give, gap=6))

    def set_device(self, face: DeviceFace) -> None:
        """Show the next device; its fields are empty again when it is another one."""
        say(self._words, face.words)
        say(self._when, face.when, "text_2" if not face.ready else "good")
        set_kind(self._give, "primary" if face.ready else "")
        set_glyph(self._give, "wind")
        self._give.setText(f"Device {face.number} given")
        self._give.setAccessibleName(f"Device {face.number} given, {face.when}")
        lot, expiry = face.again
        self._again.setVisible(bool(lot))
        self._again.setText(f"Same lot: {lot}, {expiry}".rstrip(", "))
        self._again.setAccessibleName(f"Same lot as the device before: {lot}, {expiry}")
        if self._face is None or face.number != self._face.number:
            self._lot.clear()
            self._expiry.clear()
            for tick in self._sprays:
                tick.setChecked(False)
        self._face = face

    def _take_again(self) -> None:
        """Put lot and expiry of the device before into the fields: a hand has asked for it."""
        if self._face is not None:
            lot, expiry = self._face.again
            self._lot.setText(lot)
            self._expiry.setText(expiry)
            self._sprays[0].setFocus()

    def _given(self) -> None:
        sprays = sum(tick.isChecked() for tick in self._sprays)
        self.given.emit(self._lot.text(), self._expiry.text(), sprays)

    def _spray(self, words: str) -> QCheckBox:
        tick = TickBox(words)
        tick.setFont(theme.font(13))
        tick.setAccessibleName(f"{words} given")
        return tick
