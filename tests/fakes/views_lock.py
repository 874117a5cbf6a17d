"""The locked screen, without a screen."""

from __future__ import annotations

from ui.presenters.lock import LockFace, LockRow


class FakeLockPage:
    """Implements `ui.presenters.lock.LockView`; remembers what it shows."""

    def __init__(self) -> None:
        self.face: LockFace | None = None
        self.rows: tuple[LockRow, ...] = ()
        self.asks_other = False
        self.problem: tuple[str, str] = ("", "")
        self.busy = ""

    def show_lock(self, face: LockFace) -> None:
        self.face, self.asks_other, self.problem = face, False, ("", "")

    def show_rows(self, rows: tuple[LockRow, ...]) -> None:
        self.rows = rows

    def ask_someone_else(self, *, asks: bool) -> None:
        self.asks_other, self.problem = asks, ("", "")

    def show_problem(self, field: str, said: str) -> None:
        self.problem = (field, said)

    def show_busy(self, said: str) -> None:
        self.busy = said

    @property
    def said(self) -> str:
        """Return every word that is shown, one after the other."""
        face = self.face
        words = [face.title, face.why, face.asks, face.kept, face.other] if face else []
        words += [part for row in self.rows for part in (row.chair, row.words, row.left)]
        return "\n".join([*words, *self.problem, self.busy])
