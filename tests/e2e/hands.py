"""A person at the window: looks for words, types with the keyboard, presses what can be seen."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import TypeVar

from PySide6.QtCore import QEvent, QMimeData, QPointF, Qt, QUrl
from PySide6.QtGui import QDragEnterEvent, QDropEvent, QKeyEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import (
    QAbstractButton,
    QApplication,
    QFileDialog,
    QLabel,
    QLineEdit,
    QPushButton,
    QWidget,
)
from pytestqt.qtbot import QtBot

from ui.widgets.person import Person
from ui.widgets.reminder_window import ReminderWindow
from ui.window import Window

W = TypeVar("W", bound=QWidget)

PATIENCE_MS = 8_000
"""How long slow work beside the window may take before a test gives up on it."""


class Hands:
    """Does what hands and eyes do, and nothing that they could not."""

    def __init__(self, qtbot: QtBot, window: Window) -> None:
        self._qtbot, self._window = qtbot, window

    # --- eyes -------------------------------------------------------------------------------

    def said(self) -> str:
        """Return all the words that can be seen now, one after the other."""
        return "\n".join(label.text() for label in self._seen(QLabel) if label.text())

    def sees(self, words: str) -> bool:
        """Tell whether these words can be seen, on a label or a button."""
        return words in self.said() or any(words in b.text() for b in self._seen(QPushButton))

    def wait_for(self, words: str) -> None:
        """Wait until these words can be seen."""

        def seen() -> None:
            assert self.sees(words), f"no {words!r} in:\n{self.said()}"

        self._qtbot.waitUntil(seen, timeout=PATIENCE_MS)

    def wait_until(self, so: Callable[[], bool]) -> None:
        """Wait until something is so."""
        self._qtbot.waitUntil(so, timeout=PATIENCE_MS)

    def line(self) -> str:
        """Return what stands in the entry line."""
        return self._field("Entry line").text()

    def groups(self) -> list[str]:
        """Return the groups of the recovery key that is seen, in their order."""
        named = {label.accessibleName(): label.text() for label in self._seen(QLabel)}
        found = [name for name in named if name.startswith("Group ")]
        found.sort(key=lambda name: int(name.split()[1].rstrip(":")))
        return [named[name] for name in found]

    # --- hands ------------------------------------------------------------------------------

    def fill(self, name: str, words: str) -> None:
        """Type into the field of that name, in place of what stands there."""
        line = self._field(name)
        line.setFocus()
        line.selectAll()
        for letter in words:  # QTest.keyClicks knows ASCII only
            for kind in (QEvent.Type.KeyPress, QEvent.Type.KeyRelease):
                event = QKeyEvent(kind, 0, Qt.KeyboardModifier.NoModifier, letter)
                QApplication.sendEvent(line, event)

    def key(self, key: Qt.Key, modifier: Qt.KeyboardModifier | None = None) -> None:
        """Press a key wherever the focus is.

        A reminder's window takes no key; only the platform of these tests gives it the keyboard.
        """
        if isinstance(QApplication.activeWindow(), ReminderWindow):
            self._window.activateWindow()
            QApplication.processEvents()
        where = QApplication.focusWidget() or self._window.focusWidget()
        QTest.keyClick(where, key, modifier or Qt.KeyboardModifier.NoModifier)
        QApplication.processEvents()

    def enter(self) -> None:
        """Press Enter."""
        self.key(Qt.Key.Key_Return)

    def press(self, words: str) -> None:
        """Press the button with these words, once it can be pressed."""
        self.wait_until(lambda: self._button(words) is not None)
        button = self._button(words)
        assert button is not None  # it was there a moment ago
        QTest.mouseClick(button, Qt.MouseButton.LeftButton)
        QApplication.processEvents()

    def log_out(self) -> None:
        """Press whoever is at the foot of the rail, and then "Log out"."""
        QTest.mouseClick(next(self._seen(Person)), Qt.MouseButton.LeftButton)
        self.press("Log out")

    def type_line(self, words: str) -> None:
        """Type into the entry line and press Enter."""
        self.fill("Entry line", words)
        self.enter()

    def save_in(self, folder: Path) -> Path:
        """Answer the question where a file shall go; returns where it went."""
        self.wait_until(lambda: any(self._seen(QFileDialog)))
        dialog = next(self._seen(QFileDialog))
        file = folder / Path(dialog.selectedFiles()[0]).name
        dialog.fileSelected.emit(str(file))
        dialog.close()
        self._window.activateWindow()  # as a desktop does; without a screen nobody does it
        self.wait_until(self._window.isActiveWindow)
        return file

    def drop(self, *files: Path) -> None:
        """Let go of files over the room that is seen."""
        mime = QMimeData()
        mime.setUrls([QUrl.fromLocalFile(str(file)) for file in files])
        room = self._window.room
        assert room is not None
        middle = QPointF(room.rect().center())
        copy, left = Qt.DropAction.CopyAction, Qt.MouseButton.LeftButton
        none = Qt.KeyboardModifier.NoModifier
        entering = QDragEnterEvent(middle, copy, mime, left, none)
        QApplication.sendEvent(room, entering)
        assert entering.isAccepted()
        QApplication.sendEvent(room, QDropEvent(middle, copy, mime, left, none))

    def _field(self, name: str) -> QLineEdit:
        found = [each for each in self._seen(QLineEdit) if each.accessibleName() == name]
        assert len(found) == 1, f"{len(found)} fields {name!r} in:\n{self.said()}"
        return found[0]

    def _button(self, words: str) -> QAbstractButton | None:
        for button in self._seen(QAbstractButton):
            name = button.accessibleName()
            is_it = words in (button.text(), name) or name.startswith(f"{words},")
            if is_it and button.isEnabled():
                return button
        return None

    def _seen(self, kind: type[W]) -> Iterator[W]:
        return (each for each in self._window.findChildren(kind) if each.isVisible())
