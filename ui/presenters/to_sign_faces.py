"""What the worklist shows: its rows, the gaps, and the card that is signed on, as frozen data."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass

from monitor.overview import GapView, SessionOverview
from monitor.people import Author, Role
from monitor.ports import SessionHeader
from ui.presenters.door import gap_words, open_event_words, override_words
from ui.presenters.words import drug_words

RECORDED, APPROVED = "recorded by", "reviewed and approved"
MEANINGS = {RECORDED: "Recorded by", APPROVED: "Reviewed and approved"}


@dataclass(frozen=True, slots=True)
class WaitingRow:
    """One session of the worklist; what is done stays in sight for a while."""

    session_id: str
    patient: str
    family: str
    drug: str
    when: str
    gaps: int
    signed_by: str
    here: bool
    done: bool


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


@dataclass(frozen=True, slots=True)
class SignFace:
    """The card that is signed on.

    Attributes:
        who: "Dana Silva, prescriber. The signature means:"
        meanings: (meaning, words) that this person can choose from here; none where the
            person cannot sign.
        blocked: What stands in the way, in one sentence; empty for nothing.
        done: What has been done here, when it is co-signed; then it can be exported.
    """

    who: str
    meanings: tuple[tuple[str, str], ...]
    blocked: str = ""
    done: str = ""


def worklist(
    seen: Sequence[tuple[SessionHeader, SessionOverview]], now: dt.datetime, chosen: str
) -> tuple[WaitingRow, ...]:
    """Return the sessions as the worklist shows them, in their order."""
    return tuple(_waiting_row(*each, now, here=each[0].session_id == chosen) for each in seen)


def _waiting_row(
    header: SessionHeader, overview: SessionOverview, now: dt.datetime, *, here: bool
) -> WaitingRow:
    closed = overview.local.present(header.closed_at or header.opened_at)
    today = overview.local.present(now).date()
    return WaitingRow(
        session_id=header.session_id,
        patient=header.patient.name,
        family=header.drug,
        drug=drug_words(overview),
        when=f"today {closed:%H:%M}" if closed.date() == today else f"{closed:%d %b}",
        gaps=sum(gap.blocks and not gap.explained for gap in overview.gaps),
        signed_by=", ".join(s.by.initials for s in overview.signatures if s.holds),
        here=here,
        done=header.status == "co-signed",
    )


def worklist_note(rows: tuple[WaitingRow, ...]) -> str:
    """Return how much waits, in a few words."""
    waiting = [row for row in rows if not row.done]
    if not waiting:
        return "Nothing waits for a signature"
    clear = sum(not row.gaps for row in waiting)
    return f"{len(waiting)} closed {_plural(len(waiting), 'session')}, {clear} without gaps"


_PLACES = {
    "unaccounted": "account",
    "vial-open": "account",
    "devices-left": "account",
    "check-missing": "dose:check",
    "not-prepared": "dose:prepare",
}
"""Where a gap of the dose chain is seen with all that it rests on."""


def gap_row(gap: GapView, overview: SessionOverview) -> GapRow:
    """Return a gap as the list shows it; an override with the reason that was given for it."""
    if gap.explained:
        state, more = "explained", gap.explanation
    elif gap.blocks:
        state, more = "blocks", "Blocks until it is mended or explained."
    else:
        state, more = "may stay", "May stay. Explain if you wish."
    about = override_words(gap, overview) or open_event_words(gap, overview)
    said = "; ".join(filter(None, (about, more)))
    return GapRow(gap.code, gap.about, gap_words(gap), state, said, _PLACES.get(gap.code, ""))


def gaps_note(rows: tuple[GapRow, ...]) -> str:
    """Return how many gaps block, and how many may stay: "2 block, 1 may stay"."""
    states = [row.state for row in rows]
    block, stay = states.count("blocks"), states.count("may stay")
    said = [f"{block} {'blocks' if block == 1 else 'block'}"] if block else []
    said += [f"{stay} may stay"] if stay else []
    return ", ".join(said) or "nothing blocks"


def sign_face(overview: SessionOverview, author: Author, blocking: int, done: str) -> SignFace:
    """Return the card for one person and one session as it stands."""
    who = f"{author.name}, {author.role.value}. The signature means:"
    if overview.status == "co-signed":
        said = done or "Signed and co-signed. The report is kept; it can be exported."
        return SignFace(who, (), done=said)
    if overview.closed_at is None:
        return SignFace(who, (), blocked="The session is still open.")
    held = {s.by.user for s in overview.signatures if s.holds}
    meanings = []
    if author in overview.staff and author.user not in held:
        meanings.append(RECORDED)
    if author.role is Role.PRESCRIBER and held:
        meanings.append(APPROVED)  # whether of the same person, the protocol decides
    blocked = f"Not yet: {blocking} {_plural(blocking, 'gap')} in the way." if blocking else ""
    if not meanings and not blocked:
        blocked = _why_not(author, held=bool(held))
    return SignFace(who, tuple((each, MEANINGS[each]) for each in meanings), blocked)


def _why_not(author: Author, *, held: bool) -> str:
    if author.role is Role.PRESCRIBER:
        return "The nurse's signature comes first."
    return "Signed; a prescriber co-signs." if held else "Whoever wrote in the session signs it."


def _plural(count: int, word: str) -> str:
    return word if count == 1 else f"{word}s"
