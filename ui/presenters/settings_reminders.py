"""What this computer does about reminders and the lock: chosen here, at once and for everybody."""

from __future__ import annotations

from collections.abc import Callable
from typing import Protocol

from ui.preferences import LEADS, LOCKS, PreferencesFile
from ui.presenters.form import FormFace, FormField, FormView, Option, Shape

ON, OFF = "on", "off"

FACE = FormFace(
    "Reminders and lock",
    (
        FormField("sound", "Sound", Shape.BUTTONS),
        FormField("lead", "Say that it is coming", Shape.BUTTONS),
        FormField("lock", "Lock the screen by itself", Shape.BUTTONS),
    ),
    "Try the sound",
    note="Of this computer.",
)

SOUNDS = (Option(ON, "On"), Option(OFF, "Off"))
_LEADS = tuple(Option(str(n), f"{n} min before" if n else "Not before") for n in LEADS)
_LOCKS = tuple(Option(str(n), f"{n} min" if n else "Never") for n in LOCKS)

KEPT = "Kept on this computer."
NOT_KEPT = "This holds until the program is closed: the computer's disk took no file of it."

_NOTES = {
    "sound": "Two soft tones with each reminder, also while the screen is locked.",
    "lead": "What is due and what is overdue is always said.",
    "lock": "After so long without a key or the pointer. Ctrl+L locks at once.",
}


class RemindersView(Protocol):
    """What the presenter asks of the section."""

    @property
    def form(self) -> FormView:
        """Return the form."""
        ...

    def show_done(self, said: str) -> None:
        """Say what was kept; empty takes it away."""
        ...


class RemindersDoors(Protocol):
    """What the section needs of the world."""

    @property
    def preferences(self) -> PreferencesFile:
        """Return what this computer was told."""
        ...

    @property
    def play(self) -> Callable[[], None]:
        """Let the sound be heard."""
        ...


class RemindersPresenter:
    """Keeps each choice as it is made."""

    def __init__(self, view: RemindersView, doors: RemindersDoors) -> None:
        self._view, self._doors = view, doors
        self._shown = False

    def refresh(self) -> None:
        """Show what holds."""
        if not self._shown:
            self._shown = True
            self._view.form.show_form(FACE)
            for key, words in _NOTES.items():
                self._view.form.show_note(key, words)
        now, form = self._doors.preferences.now, self._view.form
        form.show_options("sound", SOUNDS, ON if now.sound else OFF)
        form.show_options("lead", _LEADS, str(now.lead_minutes))
        form.show_options("lock", _LOCKS, str(now.lock_minutes))

    def chosen(self, key: str, value: str) -> None:
        """Keep a choice."""
        preferences = self._doors.preferences
        if key == "sound":
            preferences.change(sound=value == ON)
        else:
            preferences.change(**{f"{key}_minutes": int(value)})
        self.refresh()
        self._view.show_done(KEPT if preferences.kept else "")
        self._view.form.show_problem("", "" if preferences.kept else NOT_KEPT)

    def submit(self) -> None:
        """Let the sound be heard, whether or not it is on."""
        self._doors.play()
