"""Notes that a file left the program: by whose hand, what, where to, and with which hash."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass

from monitor.desk import ACCESS, World, write
from monitor.entries import Draft, Exported
from monitor.people import Author


@dataclass(frozen=True, slots=True)
class NoteHandedOut:
    """Put on record that a file left the program."""

    world: World

    def __call__(
        self, author: Author, form: str, content: bytes, to: str, *, session: str = ""
    ) -> None:
        """Write it down, before the file is there.

        Args:
            author: Who hands it out.
            form: What it is: "register pdf", "sessions csv", "print", …
            content: The whole file.
            to: Where to: the file's path, or the printer's name.
            session: Which session it is about, where it is about one.
        """
        said = Exported(session, form, hashlib.sha256(content).hexdigest(), to)
        moment = self.world.clock.moment()
        draft = Draft(said, moment.now, self.world.new_uid())
        with self.world.transaction() as tx:
            write(self.world, tx, ACCESS, [draft], author=author, moment=moment)
