"""A closed session on a real record, and a real window on its worklist."""

from __future__ import annotations

import dataclasses
import io
from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QLineEdit
from pytestqt.qtbot import QtBot
from reportlab.pdfgen.canvas import Canvas
from typing_extensions import override

from db.store import Store
from monitor.acts import Discharge, Explain, Finish
from monitor.desk import Perform, ShowSession, World
from monitor.entries import Leaving
from monitor.overview import SessionOverview
from monitor.ports import PersonalKey
from tests.fakes.press import PlainPress
from tests.qt.real_windows import NURSE, PRESCRIBER, RealClinic, RealWindow

PASSWORD = "a long password of {}"  # noqa: S105 - of nobody who lives


class PaperPress(PlainPress):
    """A press whose reports have pages that can be looked at, and nothing on them."""

    @override
    def draw(self, overview: SessionOverview) -> bytes:
        kept = io.BytesIO()
        canvas = Canvas(kept, invariant=True)
        for _ in range(2):
            canvas.drawString(72, 720, f"{overview.status} {overview.digest}")
            canvas.showPage()
        canvas.save()
        return kept.getvalue()

    @override
    def archive(self, overview: SessionOverview, record: bytes) -> bytes:
        assert record
        return self.draw(overview)

    @override
    def seal(self, overview: SessionOverview, record: bytes, key: PersonalKey) -> bytes:
        assert key.sign(record)
        return self.archive(overview, record)


class PaperClinic(RealClinic):
    """A clinic with that press."""

    @override
    def _world(self, store: Store) -> World:
        return dataclasses.replace(super()._world(store), press=PaperPress())


class Office:
    """A closed session and a window on it.

    Args:
        clinic: Where; one whose reports are paper with nothing on it, if none is given.
    """

    def __init__(self, qtbot: QtBot, folder: Path, clinic: RealClinic | None = None) -> None:
        self.qtbot = qtbot
        self.clinic = clinic or PaperClinic(folder / "record")
        self.record = self.clinic.record()
        self.session_id = self.clinic.session_id
        self.clinic.infuse(self.record)
        for at in ("10:10", "10:20", "10:40"):
            self.clinic.clock.set(at)
            self.clinic.line(self.record, "128/82 76 98 16 s5 d3")
        self._do("10:40", Finish())
        for at in ("10:55", "11:10", "11:25", "11:40"):
            self.clinic.clock.set(at)
            self.clinic.line(self.record, "122/76 72 98 16 s5 d0")
        self._do("11:45", Discharge(how=Leaving.AGAINST_ADVICE, escort="", reason="wanted to go"))
        self.window = RealWindow(qtbot, self.clinic, self.record, NURSE)
        self.window.window.activateWindow()

    def _do(self, at: str, act: Finish | Discharge) -> None:
        self.clinic.clock.set(at)
        Perform(self.record.world)(self.session_id, NURSE, act)

    @property
    def overview(self) -> SessionOverview:
        """Return the session as the record has it."""
        return ShowSession(self.record.world)(self.session_id)

    def files(self, folder: str) -> list[str]:
        """Return what lies in a folder."""
        return sorted(path.name for path in Path(folder).iterdir())

    def explain_all(self) -> None:
        """Explain whatever stands before a signature."""
        for gap in self.overview.gaps:
            if not gap.explained:
                act = Explain(gap=gap.code, about=gap.about, reason="talked over")
                Perform(self.record.world)(self.session_id, NURSE, act)
        self.settle()

    def press(self, key: Qt.Key, modifier: Qt.KeyboardModifier | None = None) -> None:
        """Press a key wherever the focus is."""
        focus = QApplication.focusWidget()
        assert focus is not None
        self.qtbot.keyClick(focus, key, modifier or Qt.KeyboardModifier.NoModifier)
        QApplication.processEvents()

    def settle(self) -> None:
        """Let what is done beside the window end, and be told."""
        for _ in range(4):
            self.window.tasks.wait()
            QApplication.processEvents()

    def sit(self, who: str) -> Office:
        """Let somebody else sit down at the worklist."""
        self.window.house.set_author({"nk": NURSE, "ds": PRESCRIBER}[who])
        self.window.house.go("To sign")
        self.settle()
        return self

    def sign(self, who: str, seconds: int = 8) -> None:
        """Read to the end, and sign by keyboard."""
        self.type_password(who, seconds)
        before = self.overview.entries
        self.press(Qt.Key.Key_Return)
        self.qtbot.waitUntil(lambda: self.overview.entries > before, timeout=seconds * 1000)
        self.settle()

    def type_password(self, who: str, seconds: int = 8) -> None:
        """Sit down, read to the end, and type the password."""
        self.sit(who)
        room = self.window.house.quiet.to_sign_room
        room.setFocus()
        self.press(Qt.Key.Key_End)
        password = next(f for f in room.findChildren(QLineEdit) if f.isVisible())
        self.qtbot.waitUntil(password.isEnabled, timeout=seconds * 1000)
        password.setFocus()
        self.qtbot.keyClicks(password, PASSWORD.format(who))

    def close(self) -> None:
        """Close window and record."""
        self.window.close()
        self.clinic.close()
