"""The panel at the left: phase, ring or clocks, figures, what is waited for, what can be done."""

from __future__ import annotations

from PySide6.QtCore import QEvent, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QFrame, QPushButton, QVBoxLayout, QWidget
from typing_extensions import override

from ui.presenters.now_faces import Command, NowFace
from ui.presenters.words import NOTHING
from ui.screens.session.device_box import DeviceBox
from ui.screens.session.figures import Figures
from ui.screens.session.needs import Needs
from ui.widgets.clocks import TwoClocks
from ui.widgets.fitting import FittingScroll
from ui.widgets.parts import button, col, elided, empty, fill, icon, row, rule, say, text
from ui.widgets.ring import Ring

_NARROW, _WIDE = (184, 216), (264, 320)
_RINGS = (184, 144, 112)
_GAP, _EDGE = 8, 1
_SHORT = 14
"""So many letters fit on a button of the narrow panel, beside its icon."""


def holder(*items: object, gap: int = 8) -> tuple[QWidget, QVBoxLayout]:
    """Return a bare widget and the column in it, so that a part can be hidden whole."""
    made = QWidget()
    layout = QVBoxLayout(made)
    layout.setContentsMargins(0, 0, 0, 0)
    layout.setSpacing(gap)
    fill(layout, items)  # type: ignore[arg-type] # checked where it is called
    return made, layout


def _high(part: QWidget, wide: int) -> int:
    """Return how high a part is in that width."""
    return part.heightForWidth(wide) if part.hasHeightForWidth() else part.sizeHint().height()


def _shared(room: int, rings: tuple[int, ...], peak: int) -> tuple[int, bool]:
    """Return how large the ring may be, 0 for none, and whether what was highest has room.

    Args:
        room: What is not taken by all that is listed.
        rings: How large it might be, the largest first.
        peak: How high what was highest is; 0 where nothing is said of it.
    """
    least = [(side, 0) for side in rings[-1:]]
    ways = [*((side, peak) for side in rings), *least, (0, peak), (0, 0)]
    fit = (way for way in ways if way[0] + _GAP * (way[0] > 0) + way[1] <= room)
    side, kept = next(fit, (0, 0))
    return side, kept > 0


class NowPanel(QFrame):
    """What is true now.

    Where there is no room for all of it the ring grows smaller, then what was highest gives way,
    for it stands in the sheet, and last the ring: nothing that is listed is cut for them.

    Signals:
        command: The key of a button that was pressed.
        device_given: Lot and expiry as typed, and how many sprays are ticked.
    """

    command = Signal(str)
    device_given = Signal(str, str, int)

    def __init__(
        self, family: str = "ketamine", *, roomy: bool = False, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self.setProperty("role", "card")
        self.setAccessibleName("Now")
        self._roomy = roomy
        self._face: NowFace | None = None
        self._commands: tuple[Command, ...] = ()
        self._title, self._note = text("", 13, 600), text("", 12, 400, "text_3")
        self._ring = Ring(family, _RINGS[0 if roomy else 1])
        self._rings: tuple[int, ...] = ()
        self._has_peak = self._keeps_peak = False
        self._ring_row, _ = holder(row(..., self._ring, ...))
        self._clocks = TwoClocks(family)
        self._figures, self._device, self._needs = Figures(), DeviceBox(), Needs()
        self._make_sections()
        self._problem = text("", 13, 500, "alert", wrap=True)
        self._device.given.connect(self.device_given)
        self._device.changed.connect(lambda: self.show_problem(""))
        self._needs.command.connect(self.command)
        self._lay_out()

    def set_roomy(self, *, roomy: bool) -> None:
        """Have a larger ring and wider lines."""
        self._roomy = roomy
        if self._face:
            self.show_now(self._face)

    def show_now(self, face: NowFace) -> None:
        """Show this; called every second."""
        self._face = face
        wordy = any(len(each.words) > _SHORT for each in face.commands)
        wide = bool(face.needs_title or face.needs or face.clocks or face.device or wordy)
        self.setFixedWidth((_WIDE if wide else _NARROW)[self._roomy])
        say(self._title, face.title)
        say(self._note, face.note)
        self._show_clock(face)
        self._figures.setVisible(bool(face.figures))
        self._figures.set_figures(face.figures)
        self._device.setVisible(face.device is not None)
        if face.device:
            self._device.set_device(face.device)
        self._show_needs(face)
        self._show_commands(face.commands)
        with_peak = self._roomy or not (face.needs or face.device)
        self._keeps_peak = with_peak and face.keeps_peak
        self._show_peak(face.peak if with_peak else None)
        self._share()

    def show_problem(self, said: str) -> None:
        """Say why nothing was stored; empty takes the sentence away."""
        say(self._problem, said)
        self._problem.setVisible(bool(said))

    @override
    def event(self, event: QEvent) -> bool:
        done = super().event(event)
        if event.type() in (QEvent.Type.LayoutRequest, QEvent.Type.Resize):
            self._share()
        return done

    def _share(self) -> None:
        """Have as large a ring as there is room for beside all that is listed."""
        wide, edges = self.width() - 2 * _EDGE, 2 * _EDGE
        ring = self._ring_row.height() + _GAP if self._ring_row.isVisibleTo(self) else 0
        listed = _high(self._inner, wide) - ring + _high(self._foot, wide)
        peak = self._peak_box.sizeHint().height() if self._has_peak or self._keeps_peak else 0
        side, has_peak = _shared(self.height() - edges - listed, self._rings, peak)
        if side:
            self._ring.set_side(side)
            self._ring_row.setFixedHeight(side)
        self._ring_row.setVisible(side > 0)
        self._peak_box.setVisible(has_peak and self._has_peak)

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        if not self._scroll.turn(event.key()):
            super().keyPressEvent(event)

    def _make_sections(self) -> None:
        self._needs_title = text("", 16, 600)
        self._needs_note = text("", 13, 400, "text_2", wrap=True)
        self._needs_icon = icon("door", 24, "text")
        head = row(self._needs_icon, (col(self._needs_title, self._needs_note, gap=0), 1), gap=10)
        self._needs_box, _ = holder(head, rule(), self._needs, gap=8)
        self._command_box, self._command_list = holder()
        self._peak = text(NOTHING, 14, 600)  # as high as with words: its room is kept for them
        self._peak_change = text(NOTHING, 13, 500, "text_2")
        self._peak_at = text(NOTHING, 12, 400, "text_2")
        self._peak_box, _ = holder(
            rule(),
            elided("Highest, against baseline", 12, 400, "text_3"),
            row(self._peak, self._peak_change, ..., gap=6),
            self._peak_at,
            gap=6,
        )

    def _lay_out(self) -> None:
        self._inner, layout = holder(gap=_GAP)
        layout.setContentsMargins(16, 12, 16, 4)
        outer = QVBoxLayout(self)
        outer.setContentsMargins(_EDGE, _EDGE, _EDGE, _EDGE)
        outer.setSpacing(0)
        self._scroll = FittingScroll(self._inner)
        outer.addWidget(self._scroll)
        fill(
            layout,
            (
                row(self._title, ..., self._note),
                self._ring_row,
                self._clocks,
                self._figures,
                self._device,
                self._needs_box,
            ),
        )
        self._foot, foot = holder(self._problem, self._command_box)
        foot.setContentsMargins(16, 4, 16, 8)
        self._peak_box.setContentsMargins(16, 0, 16, 12)
        fill(outer, (self._foot, ..., self._peak_box))
        self._problem.hide()

    def _show_clock(self, face: NowFace) -> None:
        small = bool(face.needs or face.device)
        sides = _RINGS if self._roomy else _RINGS[-1:] if small else _RINGS[1:]
        self._rings = sides if face.ring else ()
        if face.ring:
            self._ring.set_family(face.family)
            self._ring.set_ring(face.ring.share, face.ring.middle, face.ring.below)
        self._clocks.setVisible(face.clocks is not None)
        if face.clocks:
            self._clocks.set_clocks(face.clocks, face.family)

    def _show_needs(self, face: NowFace) -> None:
        self._needs_box.setVisible(bool(face.needs or face.needs_title))
        self._needs_icon.setVisible("leave" in face.needs_title)
        say(self._needs_title, face.needs_title)
        self._needs_title.setVisible(bool(face.needs_title))
        say(self._needs_note, face.needs_note)
        self._needs_note.setVisible(bool(face.needs_note))
        self._needs.set_needs(face.needs)

    def _show_commands(self, commands: tuple[Command, ...]) -> None:
        self._command_box.setVisible(bool(commands))
        if commands == self._commands:
            return
        self._commands = commands
        empty(self._command_list)
        made = {each.key: self._button(each) for each in commands}
        halves = [made[each.key] for each in commands if each.half]
        whole = tuple(made[each.key] for each in commands if not each.half)
        fill(self._command_list, whole)
        if halves:
            self._command_list.addLayout(row(*halves, gap=8))

    def _button(self, each: Command) -> QPushButton:
        made = button(each.words, each.kind, each.glyph, enabled=each.enabled, means=each.key)
        made.clicked.connect(lambda: self.command.emit(each.key))
        return made

    def _show_peak(self, peak: tuple[str, str, str] | None) -> None:
        self._has_peak = peak is not None
        if peak:
            for label, said in zip(
                (self._peak, self._peak_change, self._peak_at), peak, strict=True
            ):
                say(label, said)
