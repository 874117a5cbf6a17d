"""The quiet strip over the chairs: what a worry about the record means for whoever is there."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass

from monitor.people import CLINICIANS, Author, Role
from ui.presenters.shield_face import missing_words, other_findings, room_words
from ui.presenters.watching import VERY_LOW, Watched
from ui.wording.findings import headline

GO_ON = "Go on charting; tell the administrator."

NOTE, LOOK, HIDE = "note", "look", "hide"
"""What the strip's buttons ask for: note the gap, go to the audit desk, take the strip away."""


@dataclass(frozen=True, slots=True)
class NoticeFace:
    """The strip.

    Attributes:
        key: Which worry it is: what was taken away once is not shown again.
        said: What is so, in a sentence.
        means: What it means for whoever is there.
        actions: (what it asks for, the words on its button).
        tone: "alert" or "overdue".
    """

    key: str
    said: str
    means: str
    actions: tuple[tuple[str, str], ...]
    tone: str = "alert"


def record_notice(
    watched: Watched, author: Author, zone: dt.tzinfo, hidden: frozenset[str] = frozenset()
) -> NoticeFace | None:
    """Return the strip, None where there is nothing to say that is not hidden.

    Args:
        watched: What is known of the record.
        author: Who is there.
        zone: The clinic's time zone.
        hidden: Keys of what was taken away.
    """
    notices = _notices(watched, author, zone)
    return next((each for each in notices if each.key not in hidden), None)


def _notices(watched: Watched, author: Author, zone: dt.tzinfo) -> Iterator[NoticeFace]:
    gap, findings = watched.gap, other_findings(watched)
    look = (LOOK, "Look")
    if gap is not None and gap.noticed_at is None:
        may_note = author.role in CLINICIANS | {Role.ADMINISTRATOR}
        actions = ((NOTE, "Note it and go on"), look) if may_note else (look,)
        said = f"{missing_words(gap, zone)}."
        yield NoticeFace(f"gap {gap.until.isoformat()}", said, GO_ON, actions)
    if gap is not None and gap.noticed_at is not None and author.role is Role.ADMINISTRATOR:
        said = f"{missing_words(gap, zone)}."
        means = "It was noted; older sessions are signed once you have explained it."
        actions = ((LOOK, "Explain"), (HIDE, "Later"))
        yield NoticeFace(f"explain {gap.until.isoformat()}", said, means, actions)
    if findings:
        more = f" and {len(findings) - 1} more" if len(findings) > 1 else ""
        said = f"The record does not agree with itself: {headline(findings[0])}{more}."
        means = GO_ON if author.role is not Role.ADMINISTRATOR else "Look at it in Audit."
        key = f"found {','.join(f'{f.seq} {f.code} {f.about}' for f in findings)}"
        yield NoticeFace(key, said, means, (look, (HIDE, "Hide")))
    if watched.free is not None and watched.free < VERY_LOW:
        means = "Until then an entry may find no room; what is stored stays stored."
        said = f"{room_words(watched.free)}."
        yield NoticeFace("room", said, means, ((HIDE, "Hide"),))
