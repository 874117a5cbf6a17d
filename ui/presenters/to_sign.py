"""The prescriber's worklist: what waits for a signature, what stands before it, and signing."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from concurrent.futures import Future
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol

from monitor.errors import Code, InputError, MonitorError, RefusedError
from monitor.overview import GapView, SessionOverview
from monitor.people import Author, Role
from monitor.ports import SessionHeader
from monitor.verifying import Verdict
from ui.console.verdicts import verdict_sentence
from ui.presenters.door import gap_words
from ui.presenters.gate import Run
from ui.presenters.question import Answers, Ask, Question, QuestionPresenter, QuestionView
from ui.presenters.words import drug_words
from ui.wording import sentence

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
    """

    code: str
    about: str
    words: str
    state: str
    more: str


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


class ToSignView(QuestionView, Protocol):
    """What the presenter asks of the room."""

    def show_waiting(self, rows: tuple[WaitingRow, ...], note: str) -> None:
        """Show the worklist."""
        ...

    def show_report(self, pdf: bytes | None) -> None:
        """Show the report itself; None while there is none."""
        ...

    def show_gaps(self, rows: tuple[GapRow, ...], note: str) -> None:
        """Show what stands before a signature."""
        ...

    def show_sign(self, face: SignFace | None) -> None:
        """Show the card that is signed on, with an empty password; None takes it away."""
        ...

    def show_problem(self, said: str) -> None:
        """Say why it was not signed; the password is emptied."""
        ...

    def show_busy(self, said: str) -> None:
        """Say what is being done; empty ends it."""
        ...

    def ask_where(self, name: str) -> None:
        """Ask where the file shall go, under this name."""
        ...


@dataclass(frozen=True, slots=True, kw_only=True)
class ToSignDoors:
    """What the room needs of the world.

    Attributes:
        waiting: Returns the closed sessions that no prescriber has signed, oldest first; after
            them those that were co-signed a short while ago.
        report: Draws the report as it stands; slow.
        sign, co_sign: With (session, password, meaning); slow.
        explain: Explains a gap: (session, code, about, reason).
        export: Hands the report out; who and its hash are an entry.
        write: Writes a file whole or not at all.
        go_to: Opens a session's chairside screen.
    """

    author: Callable[[], Author]
    waiting: Callable[[], tuple[SessionHeader, ...]]
    overview: Callable[[str], SessionOverview]
    report: Callable[[str], bytes]
    sign: Callable[[str, str, str], None]
    co_sign: Callable[[str, str, str], None]
    explain: Callable[[str, str, str, str], None]
    export: Callable[[str], bytes]
    verify: Callable[[bytes], Verdict]
    write: Callable[[Path, bytes], None]
    go_to: Callable[[str], None]
    now: Callable[[], dt.datetime]
    run: Run


class ToSignPresenter:
    """Leads through the worklist: no session is signed unseen."""

    def __init__(self, view: ToSignView, doors: ToSignDoors) -> None:
        self._view, self._doors = view, doors
        self.question = QuestionPresenter(view)
        self._waiting: tuple[SessionHeader, ...] = ()
        self._chosen = ""
        self._drawn = ""

    @property
    def chosen(self) -> str:
        """Return the session that is looked at; empty for none."""
        return self._chosen

    # --- walking ----------------------------------------------------------------------------

    def refresh(self) -> None:
        """Look again: somebody wrote, or the room was entered."""
        self._waiting = self._doors.waiting()
        if not self._chosen and self._waiting:
            self._chosen = self._waiting[0].session_id
        self._show_list()
        self._show_session()

    def choose(self, session_id: str) -> None:
        """Look at a session."""
        self._chosen = session_id
        self._show_list()
        self._show_session()

    def step(self, by: int) -> None:
        """Go to the next session of the list, or the one before."""
        ids = [header.session_id for header in self._waiting]
        if ids:
            here = ids.index(self._chosen) if self._chosen in ids else -by
            self.choose(ids[(here + by) % len(ids)])

    def go_to(self) -> None:
        """Open the chairside screen of the session that is looked at."""
        if self._chosen:
            self._doors.go_to(self._chosen)

    # --- gaps ---------------------------------------------------------------------------------

    def explain(self, code: str, about: str) -> None:
        """Ask for the explanation of a gap."""
        session_id = self._chosen
        gap = next(g for g in self._overview().gaps if (g.code, g.about) == (code, about))
        asked = Question(
            gap_words(gap),
            ("The explanation is printed on the report.",),
            (Ask("reason", "Explanation"),),
            "Store the explanation",
        )

        def store(answers: Answers) -> None:
            reason = answers["reason"].strip()
            if not reason:
                raise RefusedError(Code.REASON_MISSING, why="explain")
            self._doors.explain(session_id, code, about, reason)

        self.question.ask(asked, store)

    # --- signing ------------------------------------------------------------------------------

    def sign(self, password: str, meaning: str) -> None:
        """Sign or co-sign, by the meaning that was chosen."""
        if not meaning:
            self._view.show_problem("Choose what the signature means.")
            return
        if not password:
            self._view.show_problem("Type your password; it is asked at each signature.")
            return
        session_id = self._chosen
        act = self._doors.co_sign if meaning == APPROVED else self._doors.sign
        self._view.show_busy("Signing …")
        self._doors.run(lambda: act(session_id, password, meaning), self._signed)

    def _signed(self, future: Future[None]) -> None:
        self._view.show_busy("")
        try:
            future.result()
        except MonitorError as error:
            self._view.show_problem(sentence(error, self._overview().local))
            return
        self._drawn = ""
        self.refresh()

    # --- the file -----------------------------------------------------------------------------

    def export(self) -> None:
        """Ask where the report shall go; its name holds nothing of the patient."""
        overview = self._overview()
        self._view.ask_where(f"session-{overview.code}-{self._doors.now():%Y%m%dT%H%MZ}.pdf")

    def export_to(self, path: Path) -> None:
        """Write the report there, and hold it against the record at once."""
        session_id = self._chosen
        self._view.show_busy("Writing …")
        self._doors.run(lambda: self._write(session_id, path), self._exported)

    def _write(self, session_id: str, path: Path) -> Verdict:
        content = self._doors.export(session_id)
        try:
            self._doors.write(path, content)
            written = path.read_bytes()
        except OSError as error:
            raise InputError(Code.STORAGE, "file", cause=error.strerror) from error
        return self._doors.verify(written)

    def _exported(self, future: Future[Verdict]) -> None:
        self._view.show_busy("")
        try:
            verdict = future.result()
        except MonitorError:
            self._view.show_problem("The file could not be written there; choose another folder.")
            return
        self._show_session(done=f"Written and verified. {verdict_sentence(verdict)}")

    # --- showing ------------------------------------------------------------------------------

    def _overview(self) -> SessionOverview:
        return self._doors.overview(self._chosen)

    def _show_list(self) -> None:
        rows = tuple(self._row(header) for header in self._waiting)
        open_rows = [row for row in rows if not row.done]
        clear = sum(not row.gaps for row in open_rows)
        if open_rows:
            count = len(open_rows)
            note = f"{count} closed {_plural(count, 'session')}, {clear} without gaps"
        else:
            note = "Nothing waits for a signature"
        self._view.show_waiting(rows, note)

    def _row(self, header: SessionHeader) -> WaitingRow:
        overview = self._doors.overview(header.session_id)
        closed = overview.local(header.closed_at or header.opened_at)
        today = overview.local(self._doors.now()).date()
        when = f"today {closed:%H:%M}" if closed.date() == today else f"{closed:%d %b}"
        signed = [s.by.initials for s in overview.signatures if s.holds]
        return WaitingRow(
            session_id=header.session_id,
            patient=header.patient.name,
            family=header.drug,
            drug=drug_words(overview),
            when=when,
            gaps=sum(gap.blocks and not gap.explained for gap in overview.gaps),
            signed_by=", ".join(signed),
            here=header.session_id == self._chosen,
            done=header.status == "co-signed",
        )

    def _show_session(self, done: str = "") -> None:
        if not self._chosen:
            self._view.show_report(None)
            self._view.show_gaps((), "")
            self._view.show_sign(None)
            return
        overview = self._overview()
        rows = tuple(gap_row(gap) for gap in overview.gaps)
        blocking = sum(row.state == "blocks" for row in rows)
        note = f"{blocking} block" if blocking else "nothing blocks"
        self._view.show_gaps(rows, note)
        self._view.show_sign(sign_face(overview, self._doors.author(), blocking, done))
        state = f"{overview.session_id} {overview.entries}"
        if state != self._drawn:
            self._drawn = state
            session_id = self._chosen
            self._view.show_report(None)
            self._doors.run(lambda: self._doors.report(session_id), self._reported)

    def _reported(self, future: Future[bytes]) -> None:
        self._view.show_report(future.result())


def gap_row(gap: GapView) -> GapRow:
    """Return a gap as the list shows it."""
    if gap.explained:
        state, more = "explained", gap.explanation
    elif gap.blocks:
        state, more = "blocks", "Blocks until it is mended or explained."
    else:
        state, more = "may stay", "May stay. Explain if you wish."
    return GapRow(gap.code, gap.about, gap_words(gap), state, more)


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
    if author.role is Role.PRESCRIBER and held - {author.user}:
        meanings.append(APPROVED)
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
