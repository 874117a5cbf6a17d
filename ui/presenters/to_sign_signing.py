"""The moment of signing: one thing at a time, off the window's thread, and never unseen."""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import Future

from monitor.errors import Code, MonitorError
from ui.presenters.to_sign_doors import Adding, ToSignDoors, ToSignView, Vouching
from ui.presenters.to_sign_report import ReportPane

CHECKING = "Checking the password …"


class Signing:
    """Signs what is on the screen, and holds everything else off meanwhile.

    Attributes:
        is_busy: Whether something slow is under way.
    """

    def __init__(
        self,
        view: ToSignView,
        doors: ToSignDoors,
        report: ReportPane,
        then: Callable[[], None],
        refused: Callable[[MonitorError], None],
    ) -> None:
        self._view, self._doors, self._report = view, doors, report
        self._then, self._refused = then, refused
        self.is_busy = False

    def begin(self, said: str) -> bool:
        """Say what is being done from now on; tell whether it could be begun."""
        if self.is_busy:
            return False
        self.is_busy = True
        self._view.show_busy(said)
        return True

    def end(self) -> None:
        """It is done, well or not."""
        self.is_busy = False
        self._view.show_busy("")

    def sign(self, session_id: str, password: str, meaning: str) -> None:
        """Sign what has been seen of a session, by the meaning that was chosen."""
        if self.is_busy:
            return
        if said := self._report.lock or _missing(password, meaning):
            self._view.show_problem(said)
            return
        wanted = Vouching(session_id, password, meaning, self._report.digest)
        self.begin(CHECKING)
        self._doors.run(lambda: self._doors.sign(wanted, self._view.show_busy), self._signed)

    def add(self, session_id: str, text: str, password: str) -> None:
        """Add an addendum to what has been seen of a session."""
        if said := self._report.lock or _unsaid(text, password):
            self._view.show_problem(said)
            return
        wanted = Adding(session_id, password, text, self._report.entries)
        self.begin(CHECKING)
        self._doors.run(lambda: self._doors.add(wanted, self._view.show_busy), self._added)

    def _added(self, future: Future[None]) -> None:
        if future.exception() is None:
            self._view.end_addendum()
        self._signed(future)

    def _signed(self, future: Future[None]) -> None:
        """Go on; or say why not, and have drawn anew what changed meanwhile."""
        self.end()
        try:
            future.result()
        except MonitorError as error:
            if error.code is Code.CHANGED_MEANWHILE:
                self._report.forget()
            self._refused(error)
        else:
            self._report.forget()
            self._then()


def _missing(password: str, meaning: str) -> str:
    if not meaning:
        return "Choose what the signature means."
    return "" if password else "Type your password; it is asked at each signature."


def _unsaid(text: str, password: str) -> str:
    if not text.strip():
        return "There is nothing in it; type what is to be added."
    return "" if password else "Type your password; it is asked at each signature."
