"""Times in which nobody could see the screen: what is said of them, and until when."""

from __future__ import annotations

import datetime as dt
import enum
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from monitor.clock_words import clock_on
from monitor.overview import SessionOverview
from monitor.reminders import Awaited, Reminder, reminders
from ui.presenters.due import RUN_OUT
from ui.presenters.words import chair_words, slot_name


class How(enum.Enum):
    """Why nobody could see the screen."""

    CLOSED = "closed"  # the program was closed, and opened again
    ENDED = "ended"  # it ended without being closed: killed, or the power went
    SLEPT = "slept"  # the computer was suspended


@dataclass(frozen=True, slots=True)
class Interruption:
    """A time in which nothing was shown, by the record's clock."""

    how: How
    since: dt.datetime
    until: dt.datetime

    def told_of(self, overview: SessionOverview) -> str:
        """Say it on a session's screen, with what fell due there."""
        own = Interruption(self.how, overview.own(self.since), overview.own(self.until))
        return f"{own.words(overview.local)} {_meanwhile(', '.join(_due_names(overview, self)))}"

    def words(self, local: Callable[[dt.datetime], dt.datetime]) -> str:
        """Say when it was, in local time: "The program was closed 10:14–10:22."."""
        since, until = local(self.since), local(self.until)
        if self.how is How.ENDED:
            return (
                f"The program ended without being closed, after {clock_on(since, until)}; every "
                f"entry it had shown is here, what was half typed is gone. It began again at "
                f"{until:%H:%M}."
            )
        said = "The computer slept" if self.how is How.SLEPT else "The program was closed"
        if since.date() != until.date():
            return f"{said} from {clock_on(since, until)} to {until:%H:%M}."
        if f"{since:%H:%M}" == f"{until:%H:%M}":
            return f"{said} at {since:%H:%M}, for less than a minute."
        return f"{said} {since:%H:%M}–{until:%H:%M}."


def due_in_all(overviews: Sequence[SessionOverview], interruption: Interruption) -> str:
    """Say what fell due in the chairs meanwhile and still waits."""
    found = [
        f"{chair_words(overview.chair)} {', '.join(names)}"
        for overview in overviews
        if (names := _due_names(overview, interruption))
    ]
    return _meanwhile("; ".join(found))


class Notices:
    """What is worth a line over a session's chart, until somebody has seen it.

    Attributes:
        on_seen: Called when somebody has, for whoever says the same elsewhere.
    """

    def __init__(self, show: Callable[[str], None]) -> None:
        self._show = show
        self._said: list[str] = []
        self.on_seen: Callable[[], None] = lambda: None

    def tell(self, said: str) -> None:
        """Say this too; the same is not said twice at once."""
        if said not in self._said:
            self._said.append(said)
        self._show("\n".join(self._said))

    def withdraw(self, said: str) -> None:
        """Say this no longer: it is no longer so."""
        if said in self._said:
            self._said.remove(said)
            self._show("\n".join(self._said))

    def seen(self) -> None:
        """Somebody has seen it: it does not come again."""
        self._said.clear()
        self._show("")
        self.on_seen()


def _meanwhile(due: str) -> str:
    return f"Fell due meanwhile: {due}." if due else "Nothing fell due meanwhile."


def _due_names(overview: SessionOverview, interruption: Interruption) -> list[str]:
    since, until = overview.own(interruption.since), overview.own(interruption.until)
    fell = (
        each
        for each in reminders(overview, until)
        if each.due is not None and since < each.due <= until
    )
    return [name for each in fell if (name := _name(each))]


def _name(awaited: Reminder) -> str:
    """Return what fell due; an alert or the rest of a dose falls due at no time."""
    if awaited.what is Awaited.SLOT:
        return slot_name(awaited.name)
    if awaited.what is Awaited.FINISH:
        return RUN_OUT
    return f"Device {awaited.name}" if awaited.what is Awaited.DEVICE else ""
