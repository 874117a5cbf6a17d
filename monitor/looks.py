"""Who looked at what: each look is an entry, once an hour for one person and one thing."""

from __future__ import annotations

import datetime as dt
import threading

from monitor.desk import ACCESS, World, write
from monitor.entries import Draft, Looked
from monitor.people import Author

AGAIN_AFTER = dt.timedelta(hours=1)
"""The same look of the same person is written again after so long (project choice).

A nurse goes between three chairs every few minutes: that is one look an hour at each, not forty.
"""


class NoteLook:
    """Puts on record that a person looked at something.

    What was noted within the hour is remembered by this object and not written again; so the
    program keeps one of it for as long as its record is open. It can be called from any thread.
    """

    def __init__(self, world: World) -> None:
        self._world = world
        self._noted: dict[tuple[str, Looked], dt.datetime] = {}
        self._turn = threading.Lock()

    def __call__(
        self, author: Author, what: str, *, session: str = "", patient: str = "", asked: str = ""
    ) -> bool:
        """Write it down; returns whether it was not there yet.

        Args:
            author: Who looks.
            what: As in `monitor.entries.Looked`.
            session: Which session, where it is about one.
            patient: Whose record, where it is about a patient.
            asked: What was asked for, where it was a question.

        Raises:
            StorageError: If it cannot be written; then the next look tries again.
        """
        moment = self._world.clock.moment()
        looked = Looked(what, session, patient, asked)
        with self._turn:
            before = self._noted.get((author.user, looked))
            if before is not None and before <= moment.now < before + AGAIN_AFTER:
                return False
            draft = Draft(looked, moment.now, self._world.new_uid())
            with self._world.transaction() as tx:
                write(self._world, tx, ACCESS, [draft], author=author, moment=moment)
            self._noted[author.user, looked] = moment.now
        return True
