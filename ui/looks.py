"""Puts on record who looked at which session, patient and report, beside the window."""

from __future__ import annotations

import contextlib
from collections.abc import Callable
from concurrent.futures import Future

from monitor.desk import World
from monitor.errors import MonitorError
from monitor.looks import NoteLook
from monitor.people import Author
from ui.tasks import Tasks

BESIDE = "looks"
"""The worker that writes them: nobody waits for it, and nobody is kept from looking."""


class Looks:
    """Notes the looks of whoever is logged in.

    In a record for practice nothing is noted: what is looked at there, a script decides. A look
    that the disk refuses is tried again with the next one; that the disk is full is told where
    something is charted.
    """

    def __init__(self, world: World, author: Callable[[], Author], tasks: Tasks) -> None:
        self._note, self._author = NoteLook(world), author
        self._practice, self._tasks = world.practice, tasks

    def session(self, session_id: str) -> None:
        """Somebody went to a session's screen."""
        self._write("session", session=session_id)

    def patient(self, patient_id: str) -> None:
        """Somebody opened a patient's page."""
        self._write("patient", patient=patient_id)

    def register(self) -> None:
        """Somebody went to the controlled-drug register, which names patients."""
        self._write("register")

    def report(self, session_id: str, version: int = 0) -> None:
        """Somebody is shown a session's report; called on the worker that draws it.

        Args:
            session_id: Whose.
            version: Which was asked for; 0 for the newest.
        """
        self._write_now("report", session_id, f"version {version}" if version else "")

    def access(self) -> None:
        """Somebody reads the list of looks and exports; called on the worker that reads it."""
        self._write_now("access")

    def _write_now(self, what: str, session: str = "", asked: str = "") -> None:
        if not self._practice:
            with contextlib.suppress(MonitorError):
                self._note(self._author(), what, session=session, asked=asked)

    def _write(self, what: str, *, session: str = "", patient: str = "") -> None:
        if self._practice:
            return
        author = self._author()
        self._tasks.beside(BESIDE).run(
            lambda: self._note(author, what, session=session, patient=patient), _let_be
        )


def _let_be(future: Future[bool]) -> None:
    error = future.exception()
    if error is not None and not isinstance(error, MonitorError):
        raise error
