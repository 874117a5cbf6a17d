"""The way to one's own password from any room, and back; and what is said of one's certificate."""

from __future__ import annotations

import contextlib
from collections.abc import Callable

from PySide6.QtWidgets import QWidget
from shiboken6 import isValid

from monitor.certifying import Certificates, ChangePassword
from monitor.desk import World
from monitor.errors import MonitorError
from monitor.people import CLINICIANS, Author
from ui.presenters.certificate_faces import ending_words
from ui.presenters.own_password import OwnPasswordDoors, OwnPasswordPresenter
from ui.screens.password.room import HINTS, OwnPasswordRoom
from ui.tasks import Tasks
from ui.widgets.ending_strip import EndingStrip
from ui.window import Window


class OwnPassword:
    """Takes whoever is logged in to the room of the password, and back to where they were.

    Args:
        window: The program's.
        world: Of the opened record.
        author: Returns who is logged in.
        tasks: Where slow work is done.
        back: Called once one is back, with the room: it may have to look again.
    """

    def __init__(
        self,
        window: Window,
        world: World,
        author: Callable[[], Author],
        tasks: Tasks,
        back: Callable[[], None],
    ) -> None:
        self._window, self._world, self._author, self._back = window, world, author, back
        self._before: QWidget | None = None
        self._place = ""
        self.room, self.strip = OwnPasswordRoom(), EndingStrip()
        doors = OwnPasswordDoors(
            author=author, change=ChangePassword(world), away=self._go_back, run=tasks.run
        )
        self._presenter = OwnPasswordPresenter(self.room, doors)
        self.room.wire(self._presenter)
        window.add_room(self.room, HINTS)
        window.add_strip(self.strip)
        window.password_asked.connect(self.go)
        window.moved.connect(self._on_move)
        self._tell_ending()

    def go(self) -> None:
        """Go to the room, from wherever one is."""
        if self._window.room is not self.room:
            self._before, self._place = self._window.room, self._window.rail.here
        self._window.show_room(self.room, "")
        self._presenter.begin()

    def _tell_ending(self) -> None:
        """Say to somebody who signs, once they are in, that their certificate ends before long."""
        author, ends = self._author(), None
        if author.role in CLINICIANS:
            with contextlib.suppress(MonitorError):  # the shield says that it cannot be read
                ends = Certificates(self._world).ends_soon(author.user)
        if ends is not None:
            local, ended = ends.astimezone(self._world.zone), self._world.clock.now() > ends
            self.strip.show_words(ending_words(local, ended=ended))

    def close(self) -> None:
        """Forget the room: somebody else may look at the window now."""
        self._window.password_asked.disconnect(self.go)
        self._window.moved.disconnect(self._on_move)
        self._window.drop_room(self.room)
        self.strip.setParent(None)
        self.strip.deleteLater()

    def _go_back(self) -> None:
        before, self._before = self._before, None
        if before is not None and isValid(before):
            self._window.show_room(before, self._place)
            before.setFocus()
            self._back()

    def _on_move(self) -> None:
        """Whoever went elsewhere by the rail has left what was typed behind."""
        if self._window.room is not self.room and self._before is not None:
            self._before = None
            self._presenter.forget()
