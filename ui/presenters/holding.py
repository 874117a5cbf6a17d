"""A pressure before the dose that a prescriber decides about: decide, or wait and measure again."""

from __future__ import annotations

from collections.abc import Callable

from monitor.acts import NoteEvent
from monitor.entries import EventKind
from monitor.errors import Code, RefusedError
from monitor.overview import SessionOverview
from ui.presenters.acting import Actor


def held(overview: SessionOverview) -> RefusedError | None:
    """Return how the first drug would be refused for its pressure; None where it would not."""
    decided = any(o.what == Code.PRE_DOSE_HOLD and o.in_force for o in overview.overrides)
    if overview.hold is None or decided:
        return None
    pressure, (systolic, diastolic) = overview.hold
    return RefusedError(
        Code.PRE_DOSE_HOLD, bp=pressure.text, systolic=systolic, diastolic=diastolic
    )


class HoldingPresenter:
    """Has the pressure decided about, before anybody presses to give the drug."""

    def __init__(self, actor: Actor, type_on: Callable[[], None]) -> None:
        self._actor, self._type_on = actor, type_on
        self._overview: SessionOverview | None = None

    def refresh(self, overview: SessionOverview) -> None:
        """Know where the session stands."""
        self._overview = overview

    def decide(self) -> None:
        """Ask the prescriber who decides; where nobody can, say what is waited for."""
        error = held(self._overview) if self._overview else None
        if error is None:
            return
        if self._actor.can_override(error):
            self._actor.ask_override(error, "Pressure before the dose", lambda: None)
        else:
            self._actor.refuse(error)

    def wait(self) -> None:
        """Note that the dose waits for another pressure, and go to where that is typed."""
        if self._overview is None or self._overview.hold is None:
            return
        text = f"Waits: BP {self._overview.hold[0].text} before the dose"
        self._actor.attempt(NoteEvent(text=text, sort=EventKind.NOTE), "Wait", "Store")
        self._type_on()
