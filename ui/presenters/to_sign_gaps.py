"""The gaps of a session as the worklist shows them, and where each of them came about."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass

from monitor.entries import DeviceGiven, Discharged, Finished, SlotMissed, Started, Stopped
from monitor.overview import GapView, SessionOverview
from ui.presenters.door import gap_words, open_event_words, override_words
from ui.presenters.words import clock

ROW = "row"
"""The command that leads to a row of the sheet; after it a colon and what the row is of."""


@dataclass(frozen=True, slots=True)
class GapRow:
    """One gap of the session that is looked at.

    Attributes:
        state: "blocks", "may stay" or "explained".
        more: The explanation, or what blocks.
        place: The command of the session's screen that leads to where it came about; empty
            where that is the screen itself.
    """

    code: str
    about: str
    words: str
    state: str
    more: str
    place: str = ""


def gap_row(gap: GapView, overview: SessionOverview) -> GapRow:
    """Return a gap as the list shows it; an override with the reason that was given for it."""
    told = (override_words, open_event_words, _alert_words, _slot_words)
    about = next(filter(None, (words(gap, overview) for words in told)), "")
    if gap.explained:
        state, more = "explained", gap.explanation
    else:
        state = "blocks" if gap.blocks else "may stay"
        more = state if about else state.capitalize()
    said = "; ".join(filter(None, (about, more)))
    return GapRow(gap.code, gap.about, gap_words(gap), state, said, place_of(gap, overview))


def gaps_note(rows: tuple[GapRow, ...]) -> str:
    """Return how many gaps block, and how many may stay: "2 block, 1 may stay"."""
    states = [row.state for row in rows]
    block, stay = states.count("blocks"), states.count("may stay")
    said = [f"{block} {'blocks' if block == 1 else 'block'}"] if block else []
    said += [f"{stay} may stay"] if stay else []
    return ", ".join(said) or "nothing blocks"


def place_of(gap: GapView, overview: SessionOverview) -> str:
    """Return the command that leads to where a gap came about, and where it can be mended.

    Example:
        An alert that nobody acknowledged leads to the question about it ("acknowledge:A2"), a
        reading to its row ("row:" and its uid), drug that is unaccounted for to the account.
    """
    found = PLACES.get(gap.code)
    return found(gap, overview) if found else ""


def _always(command: str) -> Callable[[GapView, SessionOverview], str]:
    return lambda gap, _: command.format(gap.about)


def _slot(gap: GapView, overview: SessionOverview) -> str:
    """Lead to the row of what closed the slot, or of why it was missed; else to that question."""
    slot = next((s for s in overview.slots if s.name == gap.about), None)
    if slot is None:
        return ""
    if gap.code == "slot-overdue":
        return f"miss:{slot.name}"
    given = [(t.what, t.uid) for t in overview.things]
    missed = [uid for what, uid in given if isinstance(what, SlotMissed) and what.slot == slot.name]
    uid = slot.reading or (missed[-1] if missed else "")
    return f"{ROW}:{uid}" if uid else f"miss:{slot.name}"


def _reading(gap: GapView, overview: SessionOverview) -> str:
    """Lead to the reading whose uid the gap's `about` begins with; else it is about the weight."""
    uid, _, sign = gap.about.partition("/")
    if not sign:
        return "dose:weight"
    return _row(next((row.uid for row in overview.readings if row.uid == uid), ""))


def _leaving(_: GapView, overview: SessionOverview) -> str:
    """Lead to how the patient left: it can be put right there."""
    return _row(_newest(overview, Discharged))


def _ending(_: GapView, overview: SessionOverview) -> str:
    """Lead to how the dose ended, or to its beginning where nobody said that it did."""
    begun = _newest(overview, Started, DeviceGiven)
    return _row(_newest(overview, Stopped, Finished) or begun)


def _override(gap: GapView, overview: SessionOverview) -> str:
    """Lead to what was let through."""
    if gap.about == "door-closed":
        return _leaving(gap, overview)
    if gap.about in ("baseline-missing", "pre-dose-hold"):
        return _row(overview.reference.uid if overview.reference else "")
    return _LIFTED.get(gap.about, "")


def _newest(overview: SessionOverview, *kinds: type) -> str:
    uids = [thing.uid for thing in overview.things if isinstance(thing.what, kinds)]
    return uids[-1] if uids else ""


def _row(uid: str) -> str:
    return f"{ROW}:{uid}" if uid else ""


_LIFTED = {
    "check-missing": "dose:check",
    "too-much": "dose:dose",
    "too-early": "account",
}

PLACES: dict[str, Callable[[GapView, SessionOverview], str]] = {
    "slot-overdue": _slot,
    "slot-late": _slot,
    "slot-early": _slot,
    "slot-missed": _slot,
    "implausible": _reading,
    "alert-open": _always("acknowledge:{0}"),
    "event-open": _always("over:{0}"),
    "rating-incomplete": _always("rate-scale:{0}"),
    "overrun": _always("account"),
    "dose-open": _ending,
    "unaccounted": _always("account"),
    "vial-open": _always("account"),
    "devices-left": _always("account"),
    "device-incomplete": _always("account"),
    "order-missing": _always("dose:order"),
    "order-verbal": _always("dose:order"),
    "weight-missing": _always("dose:weight"),
    "check-missing": _always("dose:check"),
    "not-prepared": _always("dose:prepare"),
    "deviation": _always("dose:prepare"),
    "override": _override,
    "left-unexplained": _leaving,
    "home-unmet": _leaving,
}
"""How each gap is gone to, by its code."""


def _alert_words(gap: GapView, overview: SessionOverview) -> str:
    """Return what crossed a limit and when; empty for any other gap."""
    found = [a for a in overview.alerts if gap.code == "alert-open" and a.number == gap.about]
    return "".join(f"{a.value} at {clock(overview.local, a.at)}" for a in found)


def _slot_words(gap: GapView, overview: SessionOverview) -> str:
    """Return when an observation was due; empty for any other gap."""
    return next(_due_at(gap, overview), "")


def _due_at(gap: GapView, overview: SessionOverview) -> Iterator[str]:
    for slot in overview.slots:
        if gap.code.startswith("slot") and slot.name == gap.about and slot.due:
            yield f"Due {clock(overview.local, slot.due)}"
