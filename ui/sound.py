"""The sound of a reminder: two soft tones, by whatever this computer plays sounds with."""

from __future__ import annotations

import contextlib
import math
import struct
import sys
import wave
from io import BytesIO
from pathlib import Path

from PySide6.QtCore import QObject, QProcess, QStandardPaths, QTemporaryDir
from PySide6.QtWidgets import QApplication

if sys.platform == "win32":
    import winsound

RATE = 22_050
TONES = ((659.26, 0.22), (523.25, 0.34))
"""Frequency in hertz and seconds of each: E5 and then C5, the fall of a door chime."""

_LOUDEST = 0.25  # of full scale: heard in a room, not through its door

PLAYERS: tuple[tuple[str, ...], ...] = (
    ("pw-play",),
    ("paplay",),
    ("afplay",),
    ("aplay", "--quiet"),
)
"""Programs that play a file: of PipeWire, PulseAudio, macOS and ALSA; the first there is."""


def chime() -> bytes:
    """Return the two tones as a WAV file."""
    samples: list[int] = []
    for hertz, seconds in TONES:
        count = round(RATE * seconds)
        for n in range(count):
            swell = min(1.0, n / (RATE * 0.01)) * math.exp(-4 * n / count) * (1 - n / count)
            value = math.sin(2 * math.pi * hertz * n / RATE)
            samples.append(round(32767 * _LOUDEST * swell * value))
    made = BytesIO()
    with wave.open(made, "wb") as file:
        file.setnchannels(1)
        file.setsampwidth(2)
        file.setframerate(RATE)
        file.writeframes(struct.pack(f"<{len(samples)}h", *samples))
    return made.getvalue()


class Chime(QObject):
    """Plays the two tones; where nothing can play them the computer's own beep is heard.

    Args:
        players: Programs that play a file, by name.
    """

    def __init__(
        self, parent: QObject | None = None, players: tuple[tuple[str, ...], ...] = PLAYERS
    ) -> None:
        super().__init__(parent)
        self._players, self._file = players, Path()
        self._folder: QTemporaryDir | None = None
        self._process = QProcess(self)
        self._process.errorOccurred.connect(lambda _: QApplication.beep())
        self._process.finished.connect(self._on_finished)

    def play(self) -> None:
        """Let it be heard; one that is being heard is let finish."""
        if self._process.state() is not QProcess.ProcessState.NotRunning:
            return
        path = self._written()
        if path is None:
            QApplication.beep()
        elif sys.platform == "win32":
            winsound.PlaySound(str(path), winsound.SND_FILENAME | winsound.SND_ASYNC)
        elif (player := self._player()) is None:
            QApplication.beep()
        else:
            self._process.start(player[0], [*player[1:], str(path)])

    def close(self) -> None:
        """Fall silent."""
        self._process.blockSignals(True)  # noqa: FBT003 - Qt's own
        if self._process.state() is not QProcess.ProcessState.NotRunning:
            self._process.kill()
            self._process.waitForFinished(1000)
        if self._folder is not None:
            self._folder.remove()
            self._folder = None

    def _player(self) -> tuple[str, ...] | None:
        found = ((QStandardPaths.findExecutable(name), *more) for name, *more in self._players)
        return next((each for each in found if each[0]), None)

    def _written(self) -> Path | None:
        """Return the file with the tones, made when it is first wanted; None on a full disk."""
        if self._folder is None:
            self._folder = QTemporaryDir()
            self._file = Path(self._folder.filePath("reminder.wav"))
            with contextlib.suppress(OSError):
                self._file.write_bytes(chime())
        return self._file if self._folder.isValid() else None

    def _on_finished(self, code: int) -> None:
        if code:
            QApplication.beep()  # no sound server, or none that this person may use
