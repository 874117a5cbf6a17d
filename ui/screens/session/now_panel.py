"""The panel at the left: phase, ring or clocks, figures, what is waited for, what can be done."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QFrame, QPushButton, QVBoxLayout, QWidget
from typing_extensions import override

from ui.presenters.now_faces import Command, NowFace
from ui.screens.session.device_box import DeviceBox
from ui.screens.session.figures import Figures
from ui.screens.session.needs import Needs
from ui.widgets.clocks import TwoClocks
from ui.widgets.fitting import FittingScroll
from ui.widgets.parts import button, col, elided, empty, fill, icon, row, rule, say, text
from ui.widgets.ring import Ring

_NARROW, _WIDE = (184, 216), (264, 320)
_SMALL_RING, _RING = 112, 144
_SHORT = 16
"""So many letters fit on a button of the narrow panel, beside its icon."""
_LINES = 5
"""So many lines of buttons leave room for ring and figures at 720 px; beside a device, one does.

Where there are more, the ring gives way: what it shows stands among the figures as a time.
"""


def holder(*items: object, gap: int = 8) -> tuple[QWidget, QVBoxLayout]:
    """Return a bare widget and the column in it, so that a part can be hidden whole."""
    made = QWidget()
    layout = QVBoxLayout(made)
    layout.setContentsMargins(0, 0, 0, 0)
    layout.setSpacing(gap)
    fill(layout, items)  # type: ignore[arg-type] # checked where it is called
    return made, layout


def _lines(commands: tuple[Command, ...]) -> int:
    """Return how many lines the buttons take; those that are half a line share one."""
    halves = any(each.half for each in commands)
    return sum(not each.half for each in commands) + halves


class NowPanel(QFrame):
    """What is true now.

    Signals:
        command: The key of a button that was pressed.
        device_given: Lot and expiry as typed, and how many sprays are ticked.
        focus_lost: The button that had the focus is gone.
    """

    command = Signal(str)
    focus_lost = Signal()
    device_given = Signal(str, str, int)

    def __init__(self, family: str = "ketamine", *, roomy: bool = False) -> None:
        super().__init__()
        self.setProperty("role", "card")
        self.setAccessibleName("Now")
        self._roomy = roomy
        self._face: NowFace | None = None
        self._commands: tuple[Command, ...] = ()
        self._buttons: dict[str, QPushButton] = {}
        self._title, self._note = text("", 13, 600), text("", 12, 400, "text_3")
        self._ring = Ring(family, 184 if roomy else _RING, 36 if roomy else 30)
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
        self._show_peak(face.peak if self._roomy or not (face.needs or face.device) else None)

    def show_problem(self, said: str) -> None:
        """Say why nothing was stored; empty takes the sentence away."""
        say(self._problem, said)
        self._problem.setVisible(bool(said))

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
        self._peak = text("", 14, 600)
        self._peak_change, self._peak_at = text("", 13, 500, "text_2"), text("", 12, 400, "text_2")
        self._peak_box, _ = holder(
            rule(),
            elided("Highest, against baseline", 12, 400, "text_3"),
            row(self._peak, self._peak_change, ..., gap=6),
            self._peak_at,
            gap=6,
        )

    def _lay_out(self) -> None:
        inner, layout = holder(gap=8)
        layout.setContentsMargins(16, 12, 16, 4)
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
        foot = col(self._problem, self._command_box, gap=8, edge=(16, 4, 16, 8))
        self._peak_box.setContentsMargins(16, 0, 16, 12)
        outer = QVBoxLayout(self)
        outer.setContentsMargins(1, 1, 1, 1)
        outer.setSpacing(0)
        self._scroll = FittingScroll(inner)
        fill(outer, (self._scroll, foot, ..., self._peak_box))
        self._problem.hide()

    def _show_clock(self, face: NowFace) -> None:
        crowded = not self._roomy and _lines(face.commands) > (1 if face.device else _LINES)
        self._ring_row.setVisible(face.ring is not None and not crowded)
        if face.ring:
            self._ring.set_family(face.family)
            small = bool(face.needs or face.device) and not self._roomy
            self._ring.set_side(_SMALL_RING if small else 184 if self._roomy else _RING)
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
        held = next((key for key, made in self._buttons.items() if made.hasFocus()), "")
        self._commands = commands
        empty(self._command_list)
        self._buttons = {each.key: self._button(each) for each in commands}
        halves = [self._buttons[each.key] for each in commands if each.half]
        whole = tuple(self._buttons[each.key] for each in commands if not each.half)
        fill(self._command_list, whole)
        if halves:
            self._command_list.addLayout(row(*halves, gap=8))
        self._keep_focus(held)

    def _keep_focus(self, held: str) -> None:
        """Let the same button have the focus again, or say that it is gone."""
        if held in self._buttons:
            self._buttons[held].show()
            self._buttons[held].setFocus()
        elif held:
            self.focus_lost.emit()

    def _button(self, each: Command) -> QPushButton:
        made = button(each.words, each.kind, each.glyph, enabled=each.enabled)
        made.clicked.connect(lambda: self.command.emit(each.key))
        return made

    def _show_peak(self, peak: tuple[str, str, str] | None) -> None:
        self._peak_box.setVisible(peak is not None)
        if peak:
            for label, said in zip(
                (self._peak, self._peak_change, self._peak_at), peak, strict=True
            ):
                say(label, said)
