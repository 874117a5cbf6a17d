"""The entry line: reads back, asks once about the unlikely, asks for a reason, stores on Enter."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from typing import Protocol

from monitor.acts import TypeLine
from monitor.errors import Code, MonitorError
from monitor.overview import SessionOverview
from monitor.vitals import Sign
from ui.presenters.acting import Do, wants_reason
from ui.presenters.readback import ReadBack, Reader
from ui.presenters.words import SIGN_NAMES
from ui.wording import sentence

Now = Callable[[], dt.datetime]


class EntryView(Protocol):
    """What the presenter asks of the entry line."""

    def show_read_back(self, read: ReadBack) -> None:
        """Show what was understood of the line, and what Enter will do."""
        ...

    def ask_reason(self, why: str) -> None:
        """Open the reason's field under the line; the line stays as it is."""
        ...

    def end_reason(self) -> None:
        """Take the reason's field away and give the focus back to the line."""
        ...

    def set_line(self, text: str) -> None:
        """Put these words in the line, the cursor behind them, and take the focus."""
        ...


class EntryPresenter:
    """Decides what becomes of a typed line; nothing that was refused is ever lost."""

    def __init__(self, view: EntryView, reader: Reader, do: Do, now: Now) -> None:
        self._view, self._reader, self._do, self._now = view, reader, do, now
        self._overview: SessionOverview | None = None
        self._text = ""
        self._asked = ""
        self._reasoned: TypeLine | None = None
        self._refused = False

    @property
    def text(self) -> str:
        """Return what stands in the line."""
        return self._text

    def refresh(self, overview: SessionOverview) -> None:
        """Read the line anew: what it will close may have changed."""
        self._overview = overview
        if self._reasoned is None and not self._refused and self._asked != self._text:
            self._read_back()

    def typed(self, text: str) -> None:
        """Read back what has been typed so far."""
        if text == self._text:
            return
        self._text, self._refused = text, False
        self._asked = ""
        self._read_back()

    def begin(self, text: str) -> None:
        """Start a line for the user: "told "."""
        self.typed(text)
        self._view.set_line(text)

    def submit(self) -> None:
        """Store the line, or say in one sentence why not."""
        if self._overview is None or not self._text.strip():
            self._say_empty()
            return
        missing = self._reader.missing(self._text, self._overview, self._now())
        act = TypeLine(text=self._text, confirm=self._asked == self._text)
        if missing:
            self._reasoned = act
            self._view.ask_reason(_why(missing))
            return
        self._store(act)

    def give_reason(self, reason: str) -> None:
        """Store the line with its reason; without one, as an extra reading where it may be."""
        if self._reasoned is not None:
            act, self._reasoned = self._reasoned, None
            self._view.end_reason()
            self._store(TypeLine(text=act.text, confirm=act.confirm, reason=reason.strip()))

    def cancel(self) -> None:
        """Give up the reason that was asked for, else the line."""
        if self._reasoned is not None:
            self._reasoned = None
            self._view.end_reason()
            self._read_back()
        else:
            self._clear()

    def _store(self, act: TypeLine) -> None:
        try:
            self._do(act)
        except MonitorError as error:
            self._take_refusal(act, error)
        else:
            self._clear()

    def _take_refusal(self, act: TypeLine, error: MonitorError) -> None:
        local = self._overview.local if self._overview else None
        if wants_reason(act, error) and not act.reason:
            self._reasoned = act
            self._view.ask_reason(sentence(error, local))
            return
        read, said = self._current(), sentence(error, local)
        enter = ""
        if error.code is Code.IMPLAUSIBLE:
            self._asked = act.text
            enter = "confirms and stores it"
        else:
            self._refused = True
        self._view.show_read_back(ReadBack(read.chips, read.goes, said, "alert", enter))

    def _say_empty(self) -> None:
        said = "Nothing has been typed yet; nothing was stored."
        self._view.show_read_back(ReadBack(said=said, tone="alert"))

    def _clear(self) -> None:
        self._text = self._asked = ""
        self._refused = False
        self._view.set_line("")
        self._view.show_read_back(ReadBack())

    def _read_back(self) -> None:
        self._view.show_read_back(self._current())

    def _current(self) -> ReadBack:
        if self._overview is None:
            return ReadBack()
        return self._reader.read(self._text, self._overview, self._now())


def _why(missing: tuple[Sign, ...]) -> str:
    names = ", ".join(SIGN_NAMES[sign] for sign in missing)
    return f"Why no {names}? Left empty: extra reading."
