"""A session's report on paper: the kept file, or a draft that is kept once it was printed."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass

from monitor.clock import Moment
from monitor.desk import ACCESS, World, overview_of, record_of, write
from monitor.entries import Draft, Exported
from monitor.overview import SessionOverview
from monitor.people import Author
from monitor.ports import Transaction
from monitor.signing import keep_draft, kept_report

PRINT = "print"
"""What an `Exported` says of a report that was printed."""


@dataclass(frozen=True, slots=True)
class Printable:
    """A report as it goes to a printer.

    Attributes:
        content: The file whose pages are printed.
        moment: When it was looked at.
        draft_of: What an unsigned draft shows; None of a file that is kept already.
    """

    session_id: str
    content: bytes
    moment: Moment
    draft_of: SessionOverview | None = None


@dataclass(frozen=True, slots=True)
class PrintReport:
    """Draw a report for a printer, and put on record that it was printed."""

    world: World

    def draw(self, session_id: str, *, version: int = 0) -> Printable:
        """Return the kept report, or an unsigned draft; slow, and nothing is written.

        Args:
            session_id: Which session.
            version: Which of the kept ones; the newest for 0.

        Raises:
            NotFoundError: If no such version is kept.
        """
        moment = self.world.clock.moment()
        with self.world.looking() as tx:
            kept = kept_report(tx, session_id, version)
            if kept is not None:
                return Printable(session_id, kept.content, moment)
            overview = overview_of(self.world, tx, session_id, moment.now)
            record = record_of(tx, overview)
        content = self.world.press.archive(overview, record)
        return Printable(session_id, content, moment, overview)

    def note(self, author: Author, printed: Printable, printer: str) -> None:
        """Put on record that it was printed; a draft is kept, as one that leaves in a file is.

        Of a session that was co-signed meanwhile no draft is kept any more; that it was printed
        is noted all the same.

        Args:
            author: Who printed it.
            printed: What.
            printer: Its name.
        """
        digest = hashlib.sha256(printed.content).hexdigest()
        moment = self.world.clock.moment()
        with self.world.transaction() as tx:
            if printed.draft_of is not None and not _is_signed(tx, printed.session_id):
                overview, content = printed.draft_of, printed.content
                keep_draft(self.world, tx, author, printed.moment, overview, content)
            said = Exported(printed.session_id, PRINT, digest, printer)
            draft = Draft(said, moment.now, self.world.new_uid())
            write(self.world, tx, ACCESS, [draft], author=author, moment=moment)


def _is_signed(tx: Transaction, session_id: str) -> bool:
    newest = tx.report(session_id)
    return newest is not None and newest.status == "signed"
