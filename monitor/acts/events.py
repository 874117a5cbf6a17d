"""Events: what began, how bad it is, when it was over, and what makes it a serious one."""

from __future__ import annotations

import dataclasses
import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import ClassVar

from monitor.acts.act import Act, Scene
from monitor.acts.free_text import plain_or_none, plain_text
from monitor.entries import (
    Criterion,
    Draft,
    EventKind,
    EventNoted,
    EventResolved,
    EventSerious,
    Severity,
)
from monitor.entry_event import ParsedEvent, parse_event, picked, severity_in
from monitor.errors import Code, InputError, NotFoundError, RefusedError
from monitor.overview import EventView
from monitor.session import Kept, Session


@dataclass(frozen=True, slots=True, kw_only=True)
class NoteEvent(Act):
    """Note what happened, what was given as an event, who was told, or a remark.

    Attributes:
        at: When it began, if not now; it may have begun before the session.
        severity: Of a side effect, where its own words do not say it.
    """

    text: str
    sort: EventKind | None = None
    severity: Severity | None = None

    after_closing: ClassVar[bool] = True
    before_opening: ClassVar[bool] = True

    def decide(self, scene: Scene) -> tuple[Draft, ...]:
        """Write the event."""
        text = plain_text(self.text, "text")
        sort = self.sort or _sort(scene, text) or EventKind.EFFECT
        noted = EventNoted(text, sort, _severity(text, sort, self.severity))
        return (self.draft(scene, noted),)


@dataclass(frozen=True, slots=True, kw_only=True)
class ResolveEvent(Act):
    """Say that a side effect is over.

    Attributes:
        at: When it was, if not now; never before it began.
    """

    event: str

    after_closing: ClassVar[bool] = True
    before_opening: ClassVar[bool] = True

    def decide(self, scene: Scene) -> tuple[Draft, ...]:
        """Write the resolution."""
        kept = noted(scene.session, self.event)
        if kept.uid not in {event.uid for event in scene.overview.events if event.is_open_effect}:
            raise RefusedError(Code.NOTHING_OPEN, what="event")
        at = ended_at(scene, kept, self.when(scene))
        return (self.draft(scene, EventResolved(kept.uid), at),)


@dataclass(frozen=True, slots=True, kw_only=True)
class MarkSerious(Act):
    """Say that an event is a serious adverse event, and why; or take that back, with a reason.

    Attributes:
        event: Its uid, or that of any entry of its chain.
        criteria: What makes it serious; none takes the flag back.
        description: What happened, for the form.
        treated: What was done about it; empty where nothing was.
    """

    event: str
    criteria: Sequence[Criterion]
    description: str = ""
    treated: str = ""

    after_closing: ClassVar[bool] = True

    def decide(self, scene: Scene) -> tuple[Draft, ...]:
        """Write the flag; one that stood before stays in sight, as what it replaced."""
        kept = noted(scene.session, self.event)
        before = serious(scene.session).get(kept.uid)
        if not self.criteria:
            if before is None or not before.what.criteria:
                raise RefusedError(Code.NOTHING_OPEN, what="serious")
            said = EventSerious(kept.uid, ())
        else:
            said = checked_serious(
                EventSerious(kept.uid, tuple(self.criteria), self.description, self.treated)
            )
        if before is None:
            return (self.draft(scene, said),)
        self.need_reason("serious")
        if said == before.what:
            raise InputError(Code.UNCHANGED, "criteria")
        made = self.draft(scene, said)
        return (dataclasses.replace(made, amends=before.entry.uid),)


def type_event(act: Act, scene: Scene, parsed: ParsedEvent) -> Draft:
    """Return what a typed event writes: that it began, or that one is over.

    Raises:
        RefusedError: `nothing-open`, where none of that name is.
        InputError: `out-of-range`, where it would be over before it began.
    """
    ended = event_ended(parsed, scene.overview.events)
    if ended is not None:
        at = ended_at(scene, noted(scene.session, ended.uid), parsed.at or act.when(scene))
        return act.draft(scene, EventResolved(ended.uid), at)
    if parsed.ends:
        raise RefusedError(Code.NOTHING_OPEN, what="event", name=parsed.text)
    text = plain_text(parsed.text, "text")
    return act.draft(scene, EventNoted(text, parsed.sort, parsed.severity), parsed.at)


def event_ended(parsed: ParsedEvent, events: Sequence[EventView]) -> EventView | None:
    """Return the newest open effect that a typed event says to be over; None for none."""
    found = [e for e in events if e.is_open_effect and parsed.calls_over(e.text)]
    return max(found, key=lambda event: (event.at, event.number), default=None)


def begins_another(parsed: ParsedEvent, events: Sequence[EventView]) -> bool:
    """Tell whether it begins an effect, though its words could be meant to end an open one."""
    like = any(each.is_open_effect and parsed.is_like(each.text) for each in events)
    return like and event_ended(parsed, events) is None


def still_open(parsed: ParsedEvent, events: Sequence[EventView]) -> EventView | None:
    """Return the newest open effect of the same first word as one that begins; None for none."""
    if parsed.sort is not EventKind.EFFECT or parsed.ends:
        return None
    word = parsed.text.split()[0].casefold()
    like = (e for e in events if e.is_open_effect and e.text.split()[0].casefold() == word)
    return max(like, key=lambda event: (event.at, event.number), default=None)


def ended_at(scene: Scene, kept: Kept[EventNoted], at: dt.datetime) -> dt.datetime:
    """Return when an event was over; people give times to the minute, and it began within one.

    Raises:
        InputError: `out-of-range`, with when it began.
    """
    if at < kept.at.replace(second=0, microsecond=0):
        raise InputError(Code.OUT_OF_RANGE, "at", began=scene.overview.local(kept.at))
    return max(at, kept.at)


def amended_event(
    scene: Scene, old: EventNoted, text: str | None, changes: Mapping[str, object]
) -> tuple[EventNoted, dt.datetime | None]:
    """Return an event as it is put right, and the time that its new text names.

    Words that name a severity decide it; one that was chosen stays with words that name none.

    Raises:
        InputError: `empty`, `not-understood` (also for words that say it is over), `out-of-range`
            or `differs`.
    """
    new, at = old, None
    typed = changes.get("text") if text is None else text
    if typed is not None:
        new, at = _retyped(scene, old, plain_text(str(typed), "text"))
    if "severity" in changes:
        chosen = _chosen(changes["severity"])
        named = severity_in(new.text)
        kept = _severity(new.text, new.sort, chosen) if chosen else named
        new = dataclasses.replace(new, severity=kept)
    return new, at


def checked_serious(said: EventSerious) -> EventSerious:
    """Return a serious adverse event with all that it must say.

    Raises:
        InputError: `empty` for criteria or description, `not-understood` for text that cannot
            be read as written.
    """
    if not said.criteria:
        raise InputError(Code.EMPTY, "criteria", allowed=tuple(each.value for each in Criterion))
    known = {each.value: each for each in Criterion}
    unknown = [each for each in said.criteria if str(each) not in known]
    if unknown:
        raise InputError(Code.OUT_OF_RANGE, "criteria", allowed=tuple(known))
    chosen = {str(each) for each in said.criteria}
    return EventSerious(
        said.event,
        tuple(each for each in Criterion if each.value in chosen),
        plain_text(said.description, "description"),
        plain_or_none(said.treated, "treated"),
    )


def noted(session: Session, uid: str) -> Kept[EventNoted]:
    """Return an event by any uid of its chain.

    Raises:
        NotFoundError: If there is none.
    """
    found = session.find(uid)
    for kept in session.all(EventNoted):
        if found is not None and kept.uid == found.uid:
            return kept
    raise NotFoundError("event")


def serious(session: Session) -> dict[str, Kept[EventSerious]]:
    """Return what was last said of each event's being serious, by the event's uid."""
    return {kept.what.event: kept for kept in session.all(EventSerious)}


def _sort(scene: Scene, text: str) -> EventKind | None:
    protocol = scene.session.protocol
    found = picked(text, protocol.effects, protocol.drugs)
    return found[1] if found else None


def _severity(text: str, sort: EventKind, chosen: Severity | None) -> Severity | None:
    """Return the severity that was chosen, else the one that the words name."""
    if sort is not EventKind.EFFECT:
        return None
    named = severity_in(text)
    if chosen and named and chosen is not named:
        raise InputError(Code.DIFFERS, "severity", first=named.value, second=chosen.value)
    return chosen or named


def _chosen(value: object) -> Severity | None:
    known = {each.value: each for each in Severity}
    if value is None or str(value) == "":
        return None
    if str(value) not in known:
        raise InputError(Code.OUT_OF_RANGE, "severity", allowed=tuple(known))
    return known[str(value)]


def _retyped(scene: Scene, old: EventNoted, text: str) -> tuple[EventNoted, dt.datetime | None]:
    """Return an event with a new text, read as the entry line reads it; a note stays one."""
    sort, at = old.sort, None
    if sort is not EventKind.NOTE:
        protocol = scene.session.protocol
        parsed = parse_event(text, scene.now, scene.zone, protocol.effects, protocol.drugs)
        read = parsed or ParsedEvent(text, sort)
        if read.ends or read.calls_over(old.text):
            raise InputError(Code.NOT_UNDERSTOOD, "text", over=text)
        if read.sort is not EventKind.NOTE:
            text, sort, at = read.text, read.sort, read.at
    before = severity_in(old.text)
    kept = old.severity if before is None and sort is EventKind.EFFECT else None
    named = severity_in(text) if sort is EventKind.EFFECT else None
    return EventNoted(text, sort, named or kept), at
