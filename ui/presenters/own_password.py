"""Another password for oneself: the old one, the new one twice; the key stays the same."""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import Future
from dataclasses import dataclass
from typing import Protocol

from monitor.errors import Code, MonitorError
from monitor.people import Author
from ui.presenters.form import FormFace, FormField, FormView, Shape
from ui.presenters.gate import Run
from ui.wording import sentence

FACE = FormFace(
    "Change my password",
    (
        FormField("old", "Password as it is now", Shape.DOTS),
        FormField("new", "New password", Shape.DOTS, hint="at least 15 characters"),
        FormField("again", "New password again", Shape.DOTS),
    ),
    "Change my password",
)
WORDS = (
    "It logs you in, unlocks the screen and opens the key you sign with. The key stays the same, "
    "and so does all that you have signed. A sentence is easier to remember than signs."
)
BUSY = "Checking the password, and locking your key under the new one …"
DONE = "Your password is changed; use the new one from now on."

_FIELD_OF = {
    Code.WRONG_PASSWORD: "old",
    Code.WEAK_PASSWORD: "new",
    Code.UNCHANGED: "new",
}
"""Where a refusal is said."""


class OwnPasswordView(Protocol):
    """What the presenter asks of the room."""

    @property
    def form(self) -> FormView:
        """Return the form."""
        ...

    def show_person(self, name: str, words: str) -> None:
        """Show whose password it is, and what it is for."""
        ...

    def show_busy(self, said: str) -> None:
        """Say what is being done; nothing can be pressed meanwhile. Empty ends it."""
        ...

    def show_done(self, said: str) -> None:
        """Say what was done, in place of the form."""
        ...


@dataclass(frozen=True, slots=True, kw_only=True)
class OwnPasswordDoors:
    """What the room needs of the world.

    Attributes:
        change: With (user, old, new); slow.
        away: Goes back to where one was.
    """

    author: Callable[[], Author]
    change: Callable[[str, str, str], None]
    away: Callable[[], None]
    run: Run


class OwnPasswordPresenter:
    """Changes the password of whoever is logged in."""

    def __init__(self, view: OwnPasswordView, doors: OwnPasswordDoors) -> None:
        self._view, self._doors = view, doors
        self._values: dict[str, str] = {}
        self._busy = False

    def begin(self) -> None:
        """Ask, with empty fields."""
        if self._busy:
            return
        self._values = {}
        self._view.show_person(self._doors.author().name, WORDS)
        self._view.form.show_form(FACE)
        self._view.form.enter_form()

    def typed(self, key: str, words: str) -> None:
        """Take what stands in a field now."""
        self._values[key] = words

    def submit(self) -> None:
        """Change it; what is wrong is said at its field."""
        if self._busy:
            return
        problem = self._problem()
        if problem:
            self._view.form.show_problem(*problem)
            return
        user, old, new = self._doors.author().user, self._values["old"], self._values["new"]
        self._busy = True
        self._view.form.show_problem("", "")
        self._view.show_busy(BUSY)
        self._doors.run(lambda: self._doors.change(user, old, new), self._changed)

    def leave(self) -> None:
        """Go back to where one was, and keep nothing of what was typed."""
        if not self._busy:
            self.forget()
            self._doors.away()

    def forget(self) -> None:
        """Keep nothing of what was typed."""
        self._values = {}
        for each in FACE.fields:
            self._view.form.put(each.key, "")

    def _changed(self, future: Future[None]) -> None:
        self._busy = False
        self._view.show_busy("")
        try:
            future.result()
        except MonitorError as error:
            self._view.form.show_problem(_FIELD_OF.get(error.code, ""), sentence(error))
            return
        self.forget()
        self._view.show_done(DONE)

    def _problem(self) -> tuple[str, str] | None:
        """Return the first field at fault, and the sentence."""
        if not self._values.get("old"):
            return "old", "Type your password as it is now."
        if not self._values.get("new"):
            return "new", "Type the password that is to be yours from now on."
        if self._values["new"] != self._values.get("again", ""):
            return "again", "The two passwords differ. Type the same one twice."
        return None
