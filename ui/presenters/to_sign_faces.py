"""What the worklist shows: its rows and the card that is signed on, as frozen data."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass

from monitor.errors import Code, MonitorError
from monitor.overview import SessionOverview
from monitor.people import Author, Role
from monitor.ports import SessionHeader
from monitor.rems import rems_due
from monitor.signature_view import SignatureView
from ui.presenters.words import drug_words
from ui.wording import sentence

RECORDED, APPROVED = "recorded by", "reviewed and approved"
MEANINGS = {RECORDED: "Recorded by", APPROVED: "Reviewed and approved"}

REMS_SOON = 2
"""From so many days on before the form is due it is said in amber."""


@dataclass(frozen=True, slots=True)
class RemsFace:
    """How long there is for the REMS form.

    Attributes:
        words: "REMS 5 days left", "REMS due today", "REMS 2 days overdue".
        state: "later", "soon" or "over".
    """

    words: str
    state: str


@dataclass(frozen=True, slots=True)
class WaitingRow:
    """One session of the worklist; what is done stays in sight for a while.

    Attributes:
        gaps: How many stand in the way.
        stay: How many are not explained, and may stay so.
        mine: Whether whoever is here can sign it as it stands, gaps apart.
    """

    session_id: str
    patient: str
    family: str
    drug: str
    when: str
    gaps: int
    signed_by: str
    here: bool
    done: bool
    mine: bool = False
    rems: RemsFace | None = None
    stay: int = 0


@dataclass(frozen=True, slots=True)
class SignFace:
    """The card that is signed on.

    Attributes:
        who: "Dana Silva, prescriber. The signature means:"
        meanings: (meaning, words) that this person can choose from here; none where the
            person cannot sign.
        blocked: What stands in the way, in one sentence; empty for nothing.
        done: What has been done here, when it is co-signed; then it can be exported.
        chosen: The meaning that is waited for from this person: it is chosen at first, and
            another can be; empty where nobody waits for it, then one is chosen by hand.
        remedy: Whether this person can do in the settings what `blocked` asks for.
        notice: What will stand in the way before long.
    """

    who: str
    meanings: tuple[tuple[str, str], ...]
    blocked: str = ""
    done: str = ""
    chosen: str = ""
    remedy: bool = False
    notice: str = ""


@dataclass(frozen=True, slots=True)
class DoneFace:
    """What was signed last in this room.

    Attributes:
        words: "Co-signed: Nowak, Anna, 10:22. It cannot be undone."
        more: What came of handing it out; empty while nobody did.
        export: Whether its report can be handed out now.
    """

    session_id: str
    words: str
    more: str = ""
    export: bool = False


@dataclass(frozen=True, slots=True)
class VersionRow:
    """One kept version of a report.

    Attributes:
        title: "Version 2, the newest".
        who: Who signed it and when.
        why: What was added; empty for the first one.
        here: Whether it is the one on the screen.
    """

    number: int
    title: str
    who: str
    why: str
    here: bool


@dataclass(frozen=True, slots=True)
class KeptFace:
    """The card of a report that is finished.

    Attributes:
        said: What has been done, and what an export came to.
        versions: The newest first.
        who: Who would sign an addendum: "Nina Kowal RN"; empty where this person can add none.
        closed: Why an addendum cannot be written now; empty where it can.
    """

    said: str
    versions: tuple[VersionRow, ...]
    who: str = ""
    closed: str = ""


def worklist(
    seen: Sequence[tuple[SessionHeader, SessionOverview]],
    now: dt.datetime,
    chosen: str,
    author: Author,
) -> tuple[WaitingRow, ...]:
    """Return the sessions as the worklist shows them, in their order."""
    return tuple(
        _waiting_row(*each, now, author, here=each[0].session_id == chosen) for each in seen
    )


def _waiting_row(
    header: SessionHeader,
    overview: SessionOverview,
    now: dt.datetime,
    author: Author,
    *,
    here: bool,
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
        mine=awaited(overview, author) != "",
        rems=rems_face(overview, today),
        stay=sum(not (gap.blocks or gap.explained) for gap in overview.gaps),
    )


def rems_face(overview: SessionOverview, today: dt.date) -> RemsFace | None:
    """Return how many days the REMS form still has, None where the session has none."""
    due = rems_due(overview)
    if due is None:
        return None
    days = (due - today).days
    if days < 0:
        return RemsFace(f"REMS {-days} {_plural(-days, 'day')} overdue", "over")
    state = "soon" if days <= REMS_SOON else "later"
    words = f"{days} {_plural(days, 'day')} left" if days else "due today"
    return RemsFace(f"REMS {words}", state)


def worklist_note(rows: tuple[WaitingRow, ...]) -> str:
    """Return how much waits, in a few words."""
    waiting = [row for row in rows if not row.done]
    if not waiting:
        return "Nothing waits for a signature"
    clear = sum(not row.gaps for row in waiting)
    sessions = _plural(len(waiting), "session")
    return f"{len(waiting)} closed {sessions}, {clear} with nothing in the way"


def sign_face(
    overview: SessionOverview,
    author: Author,
    *,
    trouble: MonitorError | None = None,
    notice: str = "",
) -> SignFace:
    """Return the card for one person and one session as it stands.

    Args:
        overview: The session.
        author: Who is here.
        trouble: Why this person has no key to sign with.
        notice: What will be so before long.
    """
    who = f"{author.name}, {author.role.value}. The signature means:"
    if overview.closed_at is None:
        return SignFace(who, (), blocked="The session is still open.")
    meanings = meanings_for(overview, author)
    words = tuple((each, _meaning_words(each, overview, author)) for each in meanings)
    administrator = author.role is Role.ADMINISTRATOR
    nobody = trouble is not None and trouble.code is Code.NO_AUTHORITY and administrator
    prescriber = author.role is Role.PRESCRIBER  # told at once, whoever signs before
    if trouble is not None and (meanings or nobody or prescriber):
        return SignFace(who, words, blocked=sentence(trouble), remedy=administrator)
    if not meanings:
        return SignFace(who, (), blocked=_why_not(overview, author))
    blocking = sum(gap.blocks and not gap.explained for gap in overview.gaps)
    blocked = f"Not yet: {blocking} {_plural(blocking, 'gap')} in the way." if blocking else ""
    return SignFace(who, words, blocked, chosen=awaited(overview, author), notice=notice)


def meanings_for(overview: SessionOverview, author: Author) -> tuple[str, ...]:
    """Return what this person's signature can mean here."""
    if overview.closed_at is None or overview.status == "co-signed":
        return ()
    held = {s.by.user for s in overview.signatures if s.holds}
    meanings = []
    wrote = author in overview.staff and author.user not in held
    if wrote and not (_is_alone(overview, author) and _lost(overview)):
        meanings.append(RECORDED)
    enough = held if overview.one_may_sign else held - {author.user}
    if author.role is Role.PRESCRIBER and enough:
        meanings.append(APPROVED)
    return tuple(meanings)


def _is_alone(overview: SessionOverview, author: Author) -> bool:
    """Tell whether a prescriber who signed as one who recorded could not co-sign any more."""
    is_prescriber = author.role is Role.PRESCRIBER and not overview.one_may_sign
    return is_prescriber and not any(s.holds for s in overview.signatures)


def _meaning_words(meaning: str, overview: SessionOverview, author: Author) -> str:
    """Return a meaning; of one that would leave the co-signature to somebody else, that it does."""
    alone = meaning == RECORDED and _is_alone(overview, author)
    return f"{MEANINGS[meaning]} (another co-signs)" if alone else MEANINGS[meaning]


def awaited(overview: SessionOverview, author: Author) -> str:
    """Return the meaning that is waited for from this person; empty for none.

    A prescriber's own entries can be vouched for as well; what waits for a prescriber is the
    co-signature.
    """
    meanings = meanings_for(overview, author)
    wanted = APPROVED if author.role is Role.PRESCRIBER else RECORDED
    return wanted if wanted in meanings else ""


def _why_not(overview: SessionOverview, author: Author) -> str:
    held = {s.by.user for s in overview.signatures if s.holds}
    if author.role is Role.PRESCRIBER:
        if author.user in held:
            return "You signed as one who recorded; another prescriber co-signs, or a nurse signs."
        return f"{void_words(overview)}The nurse's signature comes first."
    if held:
        return "Signed; a prescriber co-signs."
    return f"{void_words(overview)}Whoever wrote in the session signs it."


def void_words(overview: SessionOverview) -> str:
    """Return whose signature somebody wrote after, in a sentence and a space; empty for nobody."""
    lost = _lost(overview)
    if not lost:
        return ""
    are = "signature of {} is" if len(lost) == 1 else "signatures of {} are"
    return f"The {are.format(' and '.join(lost))} void: somebody wrote after that. "


def _lost(overview: SessionOverview) -> list[str]:
    """Return whose signature does not hold any more, and was not made again."""
    held = {s.by.user for s in overview.signatures if s.holds}
    lost = (s.by.name for s in overview.signatures if s.by.user not in held)
    return list(dict.fromkeys(lost))


def done_face(overview: SessionOverview) -> DoneFace:
    """Return what was just signed: the newest signature of a session, or its newest addendum."""
    at, what = _newest(overview)
    final = overview.status == "co-signed"
    words = f"{what}: {overview.patient.name}, {overview.local(at):%H:%M}. It cannot be undone."
    return DoneFace(overview.session_id, words, export=final)


def _newest(overview: SessionOverview) -> tuple[dt.datetime, str]:
    if overview.addenda:
        return overview.addenda[-1].at, f"Version {overview.version} signed"
    newest = overview.signatures[-1]
    return newest.at, "Co-signed" if newest.co_signature else "Signed"


def version_rows(overview: SessionOverview, seen: int) -> tuple[VersionRow, ...]:
    """Return the kept versions of a co-signed session's report, the newest first."""
    signed = [s for s in overview.signatures if s.holds]
    who = "; ".join(_signer(s, overview) for s in signed)
    made = [(1, f"Signed by {who}" if who else "", "")]
    for added in overview.addenda:
        by = f"Addendum by {_named(added.by)}, {_day(overview, added.at)}"
        made.append((added.version, by, added.text))
    newest = made[-1][0]
    rows = [
        VersionRow(number, _title(number, newest), by, text, here=number == (seen or newest))
        for number, by, text in made
    ]
    return tuple(reversed(rows))


def _title(number: int, newest: int) -> str:
    if newest == 1:
        return "Version 1"
    return f"Version {number}, the newest" if number == newest else f"Version {number}"


def _signer(signature: SignatureView, overview: SessionOverview) -> str:
    return f"{_named(signature.by)}, {_day(overview, signature.at)}"


def _named(author: Author) -> str:
    return f"{author.name} {author.credential}".strip()


def _day(overview: SessionOverview, at: dt.datetime) -> str:
    return f"{overview.local(at):%d %b %H:%M}"


def _plural(count: int, word: str) -> str:
    return word if count == 1 else f"{word}s"
