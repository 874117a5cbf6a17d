"""What the room of the audit is given of an opened record."""

from __future__ import annotations

import dataclasses
from collections.abc import Callable, Sequence
from functools import partial
from pathlib import Path

from monitor.access_list import AccessList, AccessRow
from monitor.access_register import ShowAccess
from monitor.certificates import CERTIFICATES, authority
from monitor.clinic import Lists
from monitor.errors import MonitorError
from monitor.handed_out import NoteHandedOut
from monitor.judging import without_store
from monitor.ledger import Finding
from monitor.people import Author
from monitor.verifying import NoteVerified, VerifyReport
from ui.audit_late import LateDesk
from ui.audit_sessions import SessionsDesk
from ui.brought_files import as_looked_at, brought, list_beside
from ui.files import PRIVATE, write_whole
from ui.handing_out import HandOutDesk
from ui.looks import Looks
from ui.presenters.audit import AuditDoors, AuditPresenter
from ui.presenters.audit_access import AccessDoors, AccessPresenter
from ui.presenters.audit_verdicts import Looked, believed
from ui.presenters.audit_verifier import Kit, KitDoors, KitPresenter
from ui.presenters.integrity import IntegrityDoors, IntegrityPresenter
from ui.record import Record
from ui.screens.audit.room import AuditRoom
from ui.tasks import Tasks
from ui.wording import sentence

BESIDE = "audit"
"""The worker that looks at files: nobody who signs or charts waits behind a hundred of them."""

_RUNNABLE = 0o777


class AuditDesk:
    """The room with its presenters, wired to the record.

    Args:
        record: The opened record.
        author: Returns who is logged in.
        tasks: Where slow work is done.
        integrity: What the page on the record itself needs.
    """

    def __init__(
        self,
        record: Record,
        author: Callable[[], Author],
        tasks: Tasks,
        integrity: IntegrityDoors,
    ) -> None:
        self._record, self._world, self._author = record, record.world, author
        self._run = tasks.beside(BESIDE).run
        self._looks = Looks(record.world, author, tasks)
        self.room = AuditRoom()
        self.files = AuditPresenter(self.room.files, self._doors())
        self.access = AccessPresenter(
            self.room.access,
            AccessDoors(
                show=self._accesses,
                save=self._save_access,
                draw=record.papers.access_pdf,
                note_print=partial(self._printed, "access print"),
                zone=self._world.zone,
                run=self._run,
            ),
        )
        self.kit = KitPresenter(
            self.room.files.kit, KitDoors(kit=self._kit, write=_write_for_all, run=self._run)
        )
        self.integrity = IntegrityPresenter(self.room, integrity)
        self.late = LateDesk(record, author, tasks, self.room.late)
        self.sessions = SessionsDesk(record, author, tasks, self.room.sessions)
        self.hand_out = HandOutDesk(record, author, tasks, self.room.hand_out)
        self.room.wire(self.files, self.access, self.kit, self.integrity)

    def refresh(self) -> None:
        """Show how things stand."""
        self.files.refresh()
        self.integrity.refresh()
        if self.room.access.isVisible():
            self.access.refresh()
        self.hand_out.refresh()
        self.sessions.refresh()

    def be_still(self) -> None:
        """Stop an export: nobody waits for a thousand sessions once the window closes."""
        self.hand_out.close()

    def close(self) -> None:
        """Show nothing any more; the file that is being looked at is still put on record."""
        for presenter in (
            self.files,
            self.access,
            self.kit,
            self.hand_out,
            self.sessions,
            self.late,
        ):
            presenter.close()

    def _doors(self) -> AuditDoors:
        return AuditDoors(
            look=self._look,
            read=as_looked_at,
            note_print=partial(self._printed, "verified print"),
            clinic=Lists(self._world).clinic,
            write=lambda path, content: write_whole(path, content, PRIVATE),
            now=self._world.clock.now,
            zone=self._world.zone,
            run=self._run,
        )

    def _look(self, path: Path) -> Looked:
        """Hold a file against the record, and put on record that it was asked; slow."""
        world, findings = self._world, self._findings()
        seen = brought(path, world.press.read)
        listed = list_beside(path, seen.facts.sha256)
        verdict = VerifyReport(world).of(seen.facts, seen.content, listed=listed)
        alone = without_store(seen.facts, (), world.clock.now())
        found = believed(verdict, alone, findings)
        try:
            NoteVerified(world)(found.answered, self._author())
        except MonitorError as error:
            return dataclasses.replace(found, unnoted=sentence(error))
        return found

    def _accesses(self) -> tuple[AccessRow, ...]:
        self._looks.access()
        return ShowAccess(self._world)()

    def _save_access(self, path: Path, listed: AccessList) -> None:
        papers, is_pdf = self._record.papers, path.suffix.lower() == ".pdf"
        content = papers.access_pdf(listed) if is_pdf else papers.access_csv(listed)
        form = f"access {'pdf' if is_pdf else 'csv'}"
        NoteHandedOut(self._world)(self._author(), form, content, str(path))
        write_whole(path, content, PRIVATE)

    def _printed(self, form: str, content: bytes, printer: str) -> None:
        NoteHandedOut(self._world)(self._author(), form, content, printer)

    def _findings(self) -> Sequence[Finding]:
        return self.integrity.findings

    def _kit(self) -> Kit:
        with self._world.looking() as tx:
            founded = authority(tx.stream(CERTIFICATES))
        verifier = self._record.lone_verifier()
        if founded is None:
            return Kit(verifier)
        digits = founded.fingerprint
        groups = " ".join(digits[n : n + 4] for n in range(0, len(digits), 4))
        return Kit(verifier, founded.certificate, groups)


def _write_for_all(path: Path, content: bytes) -> None:
    """Write a file that holds nothing of the record; a program can be run."""
    write_whole(path, content, _RUNNABLE if path.suffix == ".pyz" else 0o666)
