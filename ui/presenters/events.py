"""The pick list of events at the chair: an event by a few keys, with no amount ever suggested."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from typing import Protocol

from monitor.acts import NoteEvent
from monitor.overview import SessionOverview
from monitor.people import Role
from monitor.protocols.protocol import Protocol as TreatmentProtocol
from ui.presenters.acting import Colleagues
from ui.presenters.event_picks import (
    FAR,
    SEVERITIES,
    PickKind,
    PickRow,
    PicksFace,
    first_choice,
    pick_rows,
    picks_face,
)
from ui.presenters.event_questions import EventQuestions, OpenEvent, open_events

_TOLD = frozenset({Role.PRESCRIBER, Role.NURSE})
_TAKEN = "The entry line holds “{line}”; store or clear it first."


class EventsView(Protocol):
    """What the presenter asks of the panels."""

    def open_picks(self, face: PicksFace) -> None:
        """Show the pick list beside the chart and take the focus."""
        ...

    def show_picks(self, face: PicksFace) -> None:
        """Show the list as it is now; this never opens it."""
        ...

    def close_picks(self) -> None:
        """Take it away, and give the focus back to the entry line."""
        ...

    def show_open_events(self, events: tuple[OpenEvent, ...]) -> None:
        """Show what began and is not yet over."""
        ...


@dataclass(frozen=True, slots=True)
class LineAtHand:
    """The entry line, as the pick list uses it.

    Attributes:
        text: Returns what stands in it, or says what is typed there; empty for nothing.
        begin: Puts words in it, the cursor behind them.
    """

    text: Callable[[], str]
    begin: Callable[[str], None]


class EventsPresenter:
    """Narrows the list as letters are typed, and takes the row that is chosen.

    Args:
        view: The panels.
        protocol: Its words for effects and drugs.
        colleagues: Who can be told.
        line: The entry line; what is half-typed in it is never written over.
        questions: What is asked about one event.
    """

    def __init__(
        self,
        view: EventsView,
        protocol: TreatmentProtocol,
        colleagues: Colleagues,
        line: LineAtHand,
        questions: EventQuestions,
    ) -> None:
        self._view, self._protocol, self._colleagues = view, protocol, colleagues
        self._line, self._questions = line, questions
        self._overview: SessionOverview | None = None
        self._typed, self._place = "", 0
        self._rows: tuple[PickRow, ...] = ()
        self._is_open = self._is_chosen = False

    @property
    def is_open(self) -> bool:
        """Tell whether the list is there."""
        return self._is_open

    def refresh(self, overview: SessionOverview) -> None:
        """Know what has happened; the row that Enter takes stays the same."""
        self._overview = overview
        self._questions.refresh(overview)
        self._view.show_open_events(open_events(overview))
        if self._is_open:
            here = self._rows[self._place] if self._rows else None
            self._fill()
            self._place = self._place_of(here)
            self._show()

    def open(self, typed: str = "") -> None:
        """Offer what can be noted, narrowed by what is typed already."""
        self._is_open = True
        self._narrow(typed)
        self._view.open_picks(self._face())

    def narrow(self, typed: str) -> None:
        """Offer only what begins with these letters."""
        self._narrow(typed)
        self._show()

    def move(self, step: int) -> None:
        """Go to the row before or after, or to the first or last one by a `FAR` step."""
        if self._rows:
            last = len(self._rows) - 1
            far = abs(step) >= FAR
            ends = last if step > 0 else 0
            self._place = ends if far else (self._place + step) % (last + 1)
            self._is_chosen = True
            self._show()

    def press(self, row: PickRow) -> None:
        """Take the row that was pressed."""
        self._place = self._place_of(row)
        self.choose()

    def choose(self, digit: str = "") -> None:
        """Take the row: into the entry line, into the record, or on to what it asks.

        Args:
            digit: How bad an effect is: "1", "2" or "3"; empty where nobody says. It counts
                only for an effect of the list that letters or arrows have chosen.
        """
        row, severity = self._here(), SEVERITIES.get(digit)
        if row is None or (severity is not None and not self._face().severities):
            return
        half_typed = self._line.text().strip()
        if row.kind in (PickKind.OPEN, PickKind.NOTED):
            self.close()
            self._questions.more(row.value)
        elif row.kind is PickKind.SERIOUS:
            self.close()
            self._questions.serious()
        elif row.kind is PickKind.OTHER or (row.kind is PickKind.EFFECT and half_typed):
            self.close()
            self._questions.note(NoteEvent(text=row.value, severity=severity))
        elif half_typed:
            self._show(_TAKEN.format(line=half_typed))
        else:
            self.close()
            lead = "told " if row.kind is PickKind.TOLD else ""
            self._line.begin(f"{lead}{row.value} {f'{severity.value} ' if severity else ''}")

    def close(self) -> None:
        """Offer nothing more."""
        if self._is_open:
            self._is_open = False
            self._view.close_picks()

    def _narrow(self, typed: str) -> None:
        self._typed, self._is_chosen = typed, bool(typed.strip())
        self._fill()
        self._place = first_choice(self._rows)

    def _here(self) -> PickRow | None:
        return self._rows[self._place] if self._rows else None

    def _place_of(self, row: PickRow | None) -> int:
        key = (row.kind, row.value) if row else None
        same = (n for n, each in enumerate(self._rows) if (each.kind, each.value) == key)
        return next(same, first_choice(self._rows))

    def _fill(self) -> None:
        if self._overview is not None:
            names = _names(self._colleagues.choices(_TOLD, but_me=True))
            self._rows = pick_rows(self._protocol, self._overview, names, self._typed)

    def _show(self, problem: str = "") -> None:
        self._view.show_picks(self._face(problem))

    def _face(self, problem: str = "") -> PicksFace:
        face = picks_face(self._typed, self._rows, self._place, problem)
        return face if self._is_chosen else replace(face, severities=False)


def _names(people: Iterable[tuple[str, str]]) -> list[str]:
    return [name for _, name in people]
