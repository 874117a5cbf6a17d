"""The entry line: reads back, asks once about the unlikely, asks for a reason, stores on Enter."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from dataclasses import replace
from typing import Protocol

from monitor.acts import Amend, TypeLine
from monitor.errors import Code, MonitorError
from monitor.overview import ReadingView, SessionOverview
from ui.presenters.acting import Do, wants_reason
from ui.presenters.half_typed import HalfTyped
from ui.presenters.readback import ASKS_AGAIN, WILL_ASK, ReadBack, Reader
from ui.presenters.reasons import reason_of
from ui.presenters.words import clock, in_words
from ui.wording import sentence

Now = Callable[[], dt.datetime]
Typed = TypeLine | Amend

_NOTHING = "Nothing has been typed yet; nothing was stored."


class EntryView(Protocol):
    """What the presenter asks of the entry line."""

    def show_read_back(self, read: ReadBack) -> None:
        """Show what was understood of the line, and what Enter will do."""
        ...

    def ask_reason(self, why: str, picks: tuple[str, ...] = ()) -> None:
        """Open the reason's field under the line, with numbered picks; the line stays as it is."""
        ...

    def show_reason_problem(self, said: str) -> None:
        """Say why the reason is refused; what was typed there stays."""
        ...

    def end_reason(self) -> None:
        """Take the reason's field away and give the focus back to the line."""
        ...

    def set_line(self, text: str) -> None:
        """Put these words in the line, the cursor behind them, and take the focus."""
        ...

    def type_on(self) -> None:
        """Give the focus to where a line is typed, as it stands there."""
        ...

    def show_amended(self, title: str, was: str) -> None:
        """Show, struck through above the empty line, what it replaces; empty takes that away."""
        ...


class EntryPresenter:
    """Decides what becomes of a typed line; nothing that was refused is ever lost.

    Attributes:
        changed: Told of every change; of an edited line of a new entry, what it was and is.
    """

    def __init__(self, view: EntryView, reader: Reader, do: Do, now: Now) -> None:
        self._view, self._reader, self._do, self._now = view, reader, do, now
        self._overview: SessionOverview | None = None
        self._text = self._asked = ""
        self._reasoned: Typed | None = None
        self._picks: tuple[str, ...] = ()
        self._refused = False
        self._amended: ReadingView | None = None
        self._half = HalfTyped()
        self.changed: Callable[[str, str], None] = lambda *_: None

    @property
    def text(self) -> str:
        """Return the line of a new entry, half-typed or not: never one that amends another."""
        return "".join(self._half.lines[-1:]) if self._amended else self._text

    @property
    def at_hand(self) -> str:
        """Return what would be lost if other words took the line's place; empty for nothing."""
        return self._text.strip() or ("an amendment" if self._amended else "")

    @property
    def lines(self) -> tuple[str, ...]:
        """Return every half-typed line of a new entry, what is typed now last."""
        return (*self._half.lines, *(() if self._amended else self._half.unfinished(self._text)))

    def refresh(self, overview: SessionOverview) -> None:
        """Read the line anew: what it will close may have changed."""
        self._overview = overview
        if self._amended is not None:
            self._show_amended(self._amended)
        if self._reasoned is None and not self._refused and self._asked != self._text:
            self._read_back()

    def typed(self, text: str) -> None:
        """Read back what has been typed so far."""
        if text == self._text:
            return
        edited = ("", "") if self._amended else (self._text, text)
        self._text, self._refused = text, False
        self._asked = ""
        self._read_back()
        self.changed(*edited)

    def begin(self, text: str) -> None:
        """Start a line for the user: "told "; what was half-typed comes back after it.

        While a reason is asked nothing is begun: the line it is asked about waits for it.
        """
        if self._reasoned is None:
            self._half.keep("" if text == self._text else self._text, self._amended)
            self._end_amending()
            self._half.begun = text
            self._start(text)

    def give_back(self, lines: tuple[str, ...]) -> None:
        """Put half-typed lines back: the last one into the line, the others behind it."""
        if lines and self._reasoned is None:
            self.begin(lines[-1])
            self._half.put_behind(lines[:-1])

    def swap(self) -> str:
        """Go on in the other place, the labelled fields or the line; returns what waits there."""
        self._text, self._half.beside = self._half.beside, self._text
        self._asked, self._refused = "", False
        self._read_back()
        return self._text

    def amend(self, uid: str) -> None:
        """Take an empty line for a reading's whole new one; what was half-typed is kept aside."""
        rows = self._overview.readings if self._overview else ()
        row = next((row for row in rows if row.uid == uid), None)
        if row is None or self._reasoned is not None:
            return
        again = self._amended is not None and self._amended.uid == uid
        if not again:
            self._half.keep(self._text, self._amended)
        self._show_amended(row)
        self._start(self._text if again else "")

    def submit(self) -> None:
        """Store the line, or say in one sentence why not."""
        if self._reasoned is not None:
            return
        if self._overview is None or not self._text.strip():
            self._view.show_read_back(ReadBack(said=_NOTHING, tone="alert"))
            return
        read, act = self._current(), self._act()
        if read.enter == ASKS_AGAIN and not act.confirm:
            self._ask_again(read)
        elif read.why:
            self._ask_reason(act, read.why, read.picks)
        elif self._amended is None or read.enter:
            self._store(act)
        else:
            said = read.said or self._reader.refusal(self._text, self._overview, self._now())
            self._refuse(replace(read, said=said))

    def give_reason(self, typed: str) -> None:
        """Store the line with its reason; without one, as an extra reading where it may be."""
        if self._reasoned is not None:
            self._store(replace(self._reasoned, reason=reason_of(typed, self._picks)))

    def cancel(self) -> None:
        """Give up the reason that was asked for, else the amendment, else the line."""
        if self._reasoned is not None:
            self._end_reason()
            self._read_back()
        else:
            self._clear()

    def _act(self) -> Typed:
        confirm = self._asked == self._text
        if self._amended is not None:
            return Amend(entry=self._amended.uid, text=self._text, confirm=confirm)
        return TypeLine(text=self._text, confirm=confirm)

    def _store(self, act: Typed) -> None:
        try:
            self._do(act)
        except MonitorError as error:
            self._take_refusal(act, error)
        else:
            self._end_reason()
            self._clear()

    def _take_refusal(self, act: Typed, error: MonitorError) -> None:
        said = sentence(error, self._overview.local if self._overview else None)
        if wants_reason(act, error) and not act.reason:
            self._ask_reason(act, said, self._picks)
        elif self._reasoned is not None and error.facts.get("field") == "reason":
            self._view.show_reason_problem(said)
        elif error.code is Code.IMPLAUSIBLE:
            self._ask_again(replace(self._current(), said=said))
        else:
            self._refuse(replace(self._current(), said=said))

    def _ask_again(self, read: ReadBack) -> None:
        """Ask once whether the unlikely is so; any change of the line asks anew."""
        self._end_reason()
        self._asked = self._text
        self._view.show_read_back(_asking(read))

    def _refuse(self, read: ReadBack) -> None:
        self._end_reason()
        self._refused = True
        self._view.show_read_back(replace(read, tone="alert", enter=""))

    def _ask_reason(self, act: Typed, why: str, picks: tuple[str, ...]) -> None:
        self._reasoned, self._picks = act, picks
        self._view.ask_reason(why, picks)

    def _end_reason(self) -> None:
        if self._reasoned is not None:
            self._reasoned, self._picks = None, ()
            self._view.end_reason()

    def _show_amended(self, row: ReadingView) -> None:
        """Show what is to be replaced, as it stands now."""
        self._amended = row
        if self._overview is not None:
            self._amended = row = _newest(row, self._overview)
            at = clock(self._overview.local, row.measured)
            self._view.show_amended(f"Amends the reading of {at}", in_words(row.reading))

    def _end_amending(self) -> None:
        if self._amended is not None:
            self._amended, self._half.beside = None, ""
            self._view.show_amended("", "")

    def _clear(self) -> None:  # or go on with what was half-typed before
        self._end_amending()
        half = self._half.take()
        if half.amends is not None:
            self._show_amended(half.amends)
        self._start(half.text)

    def _start(self, text: str) -> None:
        self._text, self._asked, self._refused = text, "", False
        self._view.set_line(text)
        self._read_back()
        self.changed("", "")

    def _read_back(self) -> None:
        self._view.show_read_back(self._current())

    def _current(self) -> ReadBack:
        if self._overview is None:
            return ReadBack()
        if self._amended is not None:
            now = self._now()
            return self._reader.read_amended(self._text, self._amended, self._overview, now)
        return self._reader.read(self._text, self._overview, self._now())


def _asking(read: ReadBack) -> ReadBack:
    """Return a read-back that asks whether the unlikely is so."""
    enter = "confirms, then asks why" if read.why else "confirms and stores it"
    said = read.said.replace(WILL_ASK, ": is it right?")
    return replace(read, said=said, tone="alert", enter=enter)


def _newest(row: ReadingView, overview: SessionOverview) -> ReadingView:
    """Return a reading as it stands now."""
    return next((each for each in overview.readings if each.uid == row.uid), row)
