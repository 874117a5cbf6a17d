"""From a gap in the worklist to where it came about, and back again."""

from __future__ import annotations

from collections.abc import Callable

from ui.session_rooms import OpenRooms
from ui.widgets.back_strip import BackStrip
from ui.window import Window


class BackToSigning:
    """Takes a person from the worklist to a session's screen, and shows the way back there.

    The way back is shown on that session's screens alone: who goes elsewhere has left.
    """

    def __init__(self, window: Window, sessions: OpenRooms, back: Callable[[str], None]) -> None:
        self._window, self._sessions, self._back = window, sessions, back
        self._session_id = ""
        self.strip = BackStrip()
        self.strip.back.connect(self._go_back)
        window.add_strip(self.strip)
        window.moved.connect(self._on_move)

    def came(self, session_id: str, words: str) -> None:
        """A person was taken there from the worklist, for this."""
        self._session_id = session_id
        self.strip.show_why(words)

    def close(self) -> None:
        """Forget the way: somebody else may look at the window now."""
        self._window.moved.disconnect(self._on_move)
        self.strip.show_why("")
        self.strip.setParent(None)
        self.strip.deleteLater()

    def _go_back(self) -> None:
        session_id, self._session_id = self._session_id, ""
        if session_id:
            self.strip.show_why("")
            self._back(session_id)

    def _on_move(self) -> None:
        here, session_id = self._window.room, self._session_id
        if session_id and session_id in self._sessions and here in self._sessions[session_id].made:
            return
        self._session_id = ""
        self.strip.show_why("")
