"""The audit desk's page of sessions, wired to the record."""

from __future__ import annotations

import secrets
from collections.abc import Callable, Sequence
from pathlib import Path

from PySide6.QtCore import QObject, Signal

from monitor.access_list import AccessRow, AskedAccess
from monitor.access_register import ShowAccess
from monitor.clinic import Lists
from monitor.handed_out import NoteHandedOut
from monitor.looks import NoteLook
from monitor.overview import SessionOverview
from monitor.people import Author
from monitor.printing import PRINT
from monitor.sealed_file import session_code
from monitor.searching import SearchSessions
from monitor.version_difference import CompareVersions, VersionDifference
from ui.files import PRIVATE, write_whole
from ui.presenters.audit_asked import found_choices
from ui.presenters.audit_sessions import Choices, SessionsDoors, SessionsPresenter
from ui.presenters.audit_versions import VersionsDoors, VersionsPresenter, version_name
from ui.presenters.limits import limit_named
from ui.record import Record
from ui.screens.audit.sessions import SessionsPage
from ui.tasks import Tasks

BESIDE = "audit sessions"
"""The worker that searches: nobody waits behind a thousand sessions."""

TABLE = "sessions.csv"
_SEED_DIGITS = 8


class SessionsDesk(QObject):
    """The page's presenters, told on the window's thread how far a search is.

    Args:
        record: The opened record.
        author: Returns who is logged in.
        tasks: Where slow work is done.
        page: What shows it.
    """

    _stepped = Signal(int, int)

    def __init__(
        self, record: Record, author: Callable[[], Author], tasks: Tasks, page: SessionsPage
    ) -> None:
        super().__init__(page)
        self._record, self._world, self._author = record, record.world, author
        self._note = NoteLook(record.world)
        self._compare = CompareVersions(record.world)
        run = tasks.beside(BESIDE).run
        doors = SessionsDoors(
            search=SearchSessions(record.world),
            choices=self._choices,
            note=lambda what, asked: self._looked(what, asked=asked),
            save=self._save,
            chance=lambda: f"{secrets.randbelow(10**_SEED_DIGITS):0{_SEED_DIGITS}}",
            run=run,
        )
        self.sessions = SessionsPresenter(page, doors)
        self.versions = VersionsPresenter(
            page.one,
            VersionsDoors(
                versions=self._compare.versions,
                read=self._read,
                compare=self._differ,
                looks=self._who_looked,
                note_print=self._printed,
                zone=record.world.zone,
                run=run,
            ),
        )
        self._stepped.connect(self.sessions.on_step)
        self.sessions.stepped = self._stepped.emit
        page.wire(self.sessions, self.versions)

    def refresh(self) -> None:
        """Show how things stand."""
        self.sessions.refresh()

    def close(self) -> None:
        """Show nothing any more."""
        self.sessions.close()
        self.versions.close()

    def _looked(self, what: str, *, session: str = "", asked: str = "") -> None:
        self._note(self._author(), what, session=session, asked=asked)

    def _choices(self) -> Choices:
        lists = Lists(self._world)
        clinic, approvals = lists.clinic(), lists.approvals()
        with self._world.looking() as tx:
            used = tx.protocols_used()
        titles = {each.protocol.id: each.protocol.title for each in approvals}
        limits: dict[str, dict[str, None]] = {}
        for each in approvals:
            for limit in each.protocol.limits if each.protocol.id in used else ():
                limits.setdefault(limit.id, {})[limit_named(limit)] = None
        return Choices(
            tuple((chair, f"Chair {chair}") for chair in (clinic.chairs if clinic else ())),
            tuple((name, titles.get(name, name)) for name in sorted(used)),
            found_choices([(name, ", ".join(words)) for name, words in sorted(limits.items())]),
        )

    def _save(self, path: Path, shown: Sequence[SessionOverview]) -> None:
        content = self._record.papers.tables(shown)[TABLE]
        NoteHandedOut(self._world)(self._author(), "sessions csv", content, str(path))
        write_whole(path, content, PRIVATE)

    def _read(self, session_id: str, sha256: str) -> bytes:
        self._looked("report", session=session_id, asked=self._named(session_id, sha256))
        return self._compare.content(session_id, sha256)

    def _printed(self, session_id: str, content: bytes, printer: str) -> None:
        note = NoteHandedOut(self._world)
        note(self._author(), PRINT, content, printer, session=session_id)

    def _who_looked(self, session_id: str) -> tuple[AccessRow, ...]:
        self._looked("access", session=session_id)
        return ShowAccess(self._world)(AskedAccess(session=session_code(session_id)))

    def _differ(self, session_id: str, one: str, other: str) -> VersionDifference:
        asked = self._named(session_id, one, other)
        self._looked("versions", session=session_id, asked=asked)
        return self._compare(session_id, one, other)

    def _named(self, session_id: str, *hashes: str) -> str:
        """Return which versions these are, as the list of looks says it."""
        kept = self._compare.versions(session_id)
        names = (version_name(v, self._world.zone) for v in kept if v.sha256 in hashes)
        return " and ".join(names)
