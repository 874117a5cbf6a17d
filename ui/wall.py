"""Puts the wall screen over the window and takes it away again."""

from __future__ import annotations

from PySide6.QtCore import QObject, Slot

from ui.presenters.chairs import BoardFace, ChairsPresenter
from ui.presenters.wall import wall
from ui.screens.chairs.wall import WallPage
from ui.window import Window


class Wall(QObject):
    """The wall screen of whoever is logged in: it lies over whatever room one is in.

    What happens under it goes on: a screen that locks itself locks behind the wall, and whoever
    leaves the wall stands before the lock.
    """

    def __init__(self, window: Window, chairs: ChairsPresenter) -> None:
        super().__init__(window)
        self._window, self._chairs = window, chairs
        self._page: WallPage | None = None
        window.wall_asked.connect(self.toggle)
        chairs.on_board = self.show_board

    @property
    def is_on(self) -> bool:
        """Tell whether it is seen."""
        return self._page is not None

    @Slot()
    def toggle(self) -> None:
        """Put it over the window, or take it away."""
        if self._page is None:
            self._page = WallPage()
            self._page.left.connect(self.toggle)
            self._chairs.on_entries()
            self._window.show_over(self._page)
        else:
            page, self._page = self._page, None
            self._window.drop_over(page)

    def show_board(self, face: BoardFace) -> None:
        """Show the board, as far as everybody may see it."""
        if self._page is not None:
            self._page.set_face(wall(face))
            self._page.set_shield(self._window.foot.shield.face)

    def drop(self) -> None:
        """Take it away, where it is on: whoever is there goes somewhere."""
        if self.is_on:
            self.toggle()

    def close(self) -> None:
        """Take it away for good: whoever was logged in has left."""
        self._window.wall_asked.disconnect(self.toggle)
        self.drop()
        self._chairs.on_board = lambda _: None
        self.setParent(None)
        self.deleteLater()
