"""A board without a screen."""

from __future__ import annotations

from dataclasses import dataclass, field

from ui.presenters.chairs import BoardFace


@dataclass
class FakeChairsView:
    """Implements `ui.presenters.chairs.ChairsView`."""

    board: BoardFace | None = None
    sessions: list[str] = field(default_factory=list)
    starts: list[str] = field(default_factory=list)
    shields: int = 0

    def show_board(self, face: BoardFace) -> None:
        self.board = face

    def go_to_session(self, session_id: str) -> None:
        self.sessions.append(session_id)

    def go_to_start(self, chair: str) -> None:
        self.starts.append(chair)

    def go_to_shield(self) -> None:
        self.shields += 1
