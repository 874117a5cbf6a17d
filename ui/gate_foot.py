"""Keeps the foot of the log-in page true: the shield, the clock, how many chairs wait, no name."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from dataclasses import dataclass

from PySide6.QtCore import QObject

from ui.presenters.reminding import PressingFace
from ui.presenters.shield_face import ShieldFace
from ui.widgets.frame import Foot

HINTS = (("Tab", "next"), ("Enter", "log in"))
"""What the foot says before the log-in."""


@dataclass(frozen=True, slots=True)
class FootDoors:
    """What the foot asks of the program."""

    shield: Callable[[], ShieldFace]
    waiting: Callable[[], PressingFace]
    zone: dt.tzinfo


class GateFoot(QObject):
    """Moves the foot from second to second; it ends with the foot."""

    def __init__(self, foot: Foot, doors: FootDoors) -> None:
        super().__init__(foot)
        self._foot, self._doors = foot, doors
        self._shield: ShieldFace | None = None
        foot.set_hints(HINTS)

    def on_tick(self, now: dt.datetime) -> None:
        """A second has passed: say how all stands now."""
        self._foot.set_clock(f"{now.astimezone(self._doors.zone):%H:%M}")
        shield = self._doors.shield()
        if shield != self._shield:
            self._shield = shield
            self._foot.set_shield(shield)
        face = self._doors.waiting()
        self._foot.pressing.show_words(chairs_wait(face), face.state)


def chairs_wait(face: PressingFace) -> str:
    """Return how many chairs wait: "3 chairs wait, 2 overdue, 1 cannot be read"; or nothing.

    A chair that cannot be read is none that waits: nobody knows what it waits for.
    """
    waiting = len(face.lines) - face.unread
    parts = (
        (waiting, "1 chair waits" if waiting == 1 else f"{waiting} chairs wait"),
        (face.alerts, f"{face.alerts} with an alert"),
        (face.overdue, f"{face.overdue} overdue"),
        (face.unread, f"{face.unread} cannot be read"),
    )
    said = ", ".join(words for count, words in parts if count)
    if waiting or not face.unread:
        return said
    return "1 chair cannot be read" if face.unread == 1 else f"{face.unread} chairs cannot be read"
