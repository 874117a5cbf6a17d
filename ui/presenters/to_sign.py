"""The worklist: what waits for a signature, what stands before it, and what comes after it."""

from __future__ import annotations

import dataclasses
from collections.abc import Callable
from concurrent.futures import Future
from pathlib import Path
from typing import TypeVar

from monitor.errors import Code, MonitorError, RefusedError
from monitor.overview import SessionOverview
from ui.presenters.door import gap_words
from ui.presenters.question import Answers, Ask, Question, QuestionPresenter
from ui.presenters.to_sign_cards import Cards
from ui.presenters.to_sign_doors import ToSignDoors, ToSignView
from ui.presenters.to_sign_export import Exporting, Handing
from ui.presenters.to_sign_gaps import gap_row, gaps_note
from ui.presenters.to_sign_list import Reading, Worklist
from ui.presenters.to_sign_report import ReportPane, print_report
from ui.presenters.to_sign_signing import Signing
from ui.wording import sentence

T = TypeVar("T")


class ToSignPresenter:
    """Leads through the worklist: the report on the screen is always of the session that is signed.

    While something slow is under way the session stays the one it was begun for. Nothing is
    signed before the report of the very state that is signed has been seen to its last page.
    """

    def __init__(self, view: ToSignView, doors: ToSignDoors) -> None:
        self._view, self._is_open = view, True
        self._doors = doors = self._while_open(doors)
        self.question = QuestionPresenter(view)
        self.list = Worklist(doors.list)
        self._reading = Reading(self.list, doors.run, self._were_read)
        self._report = ReportPane(view, doors.report, doors.run, self._on_report)
        self._signing = Signing(view, doors, self._report, self._signed, self._refused)
        begin, told = self._signing.begin, (self._handed_out, self._not_handed)
        self._exporting = Exporting(view, doors.exporting, self.question, begin, *told)
        self._cards = Cards(view, doors, self._report)

    @property
    def chosen(self) -> str:
        """Return the session that is looked at; empty for none."""
        return self.list.chosen

    def close(self) -> None:
        """The room is gone: what is still under way is finished and told to nobody."""
        self._is_open = False
        self.question.drop()

    # --- walking ----------------------------------------------------------------------------

    def refresh(self) -> None:
        """Look again: somebody wrote, or the room was entered. What is being typed stays."""
        self.list.look()
        self._show_list()
        if not self._signing.is_busy:
            self._show_session()
        self._reading.go_on()

    def choose(self, session_id: str, version: int = 0) -> None:
        """Look at a session, at its newest version or another one."""
        if self._signing.is_busy:
            return
        if session_id != self.chosen and self.question.is_open:
            self.question.cancel()
        self._report.version = version
        self.list.choose(session_id)
        self._show_list()
        self._show_session()

    def step(self, by: int) -> None:
        """Go to the next session of the list, or the one before."""
        if session_id := self.list.beside(by):
            self.choose(session_id)

    def turn_list(self) -> None:
        """List all that waits, or what this person can sign."""
        if not self._signing.is_busy:
            before = self.chosen
            self.list.turn()
            self._show_list()
            if self.chosen != before:
                self.choose(self.chosen)

    def read_to_the_end(self, state: str) -> None:
        """The last page of this report has been seen: it can be signed."""
        if self._report.read_to_the_end(state):
            self._view.show_lock(self._report.lock)

    def go_to(self, place: str = "", words: str = "") -> None:
        """Open the chairside screen of the session that is looked at, where a gap came about."""
        if self.chosen and not self._signing.is_busy:
            patient = self._overview().patient.name
            self._doors.go_to(self.chosen, place, ": ".join(filter(None, (patient, words))))

    def go_to_settings(self) -> None:
        """Open the settings where certificates are issued."""
        self._doors.go_to_settings()

    def explain(self, code: str, about: str) -> None:
        """Ask for the explanation of a gap."""
        session_id = self.chosen
        gap = next((g for g in self._overview().gaps if (g.code, g.about) == (code, about)), None)
        if gap is None or self._signing.is_busy:
            return

        def store(answers: Answers) -> None:
            reason = answers["reason"].strip()
            if not reason:
                raise RefusedError(Code.REASON_MISSING, why="explain")
            self._doors.explain(session_id, code, about, reason)

        self.question.ask(_explanation(gap_words(gap)), store)

    # --- signing ------------------------------------------------------------------------------

    def sign(self, password: str, meaning: str) -> None:
        """Sign or co-sign, by the meaning that was chosen."""
        if self.chosen:
            self._signing.sign(self.chosen, password, meaning)

    def add(self, text: str, password: str) -> None:
        """Add an addendum to the report that is on the screen."""
        if not self.chosen or self._signing.is_busy:
            return
        if said := self._cards.closed(self._overview()):
            self._view.show_problem(said)
        else:
            self._signing.add(self.chosen, text, password)

    def _signed(self) -> None:
        """It is signed: go on to what this person can sign next."""
        signed = self._overview()
        self.list.look()
        if following := self.list.next_mine():
            self.list.choose(following)
        self.refresh()
        self._cards.tell_signed(signed)

    def _refused(self, error: MonitorError) -> None:
        was_mine = self.list.is_mine
        self.refresh()
        said = sentence(error, self._overview().local)
        gone = " It no longer waits for you." if was_mine and not self.list.is_mine else ""
        self._view.show_problem(said + gone)

    def export(self, *, elsewhere: bool = False) -> None:
        """Hand out the report that is on the screen, or else the one that was signed last."""
        if self._signing.is_busy or not self.chosen:
            return
        overview, version = self._overview(), self._report.version
        if overview.status != "co-signed":
            if self._cards.to_export is None:
                self._view.show_problem("It is exported once a prescriber has co-signed it.")
                return
            overview, version = self._doors.list.overview(self._cards.to_export), 0
        wanted = Handing(overview.session_id, overview.code, version or overview.version)
        self._exporting.export(wanted, elsewhere=elsewhere)

    def export_to(self, path: Path) -> None:
        """Write the report there, and hold it against the record at once."""
        if not self._signing.is_busy:
            self._exporting.export_to(path)

    def print_it(self) -> None:
        """Print the report of this session; a draft is drawn as it stands, and says what it is."""
        chosen = self.chosen
        if chosen and not self._signing.is_busy:
            version = self._report.version
            print_report(self._view, self._doors, chosen, version, lambda: self.chosen == chosen)

    def _handed_out(self, session_id: str, said: str) -> None:
        self._signing.end()
        self._cards.tell_handed_out(session_id, said)
        self._show_session()

    def _not_handed(self, session_id: str, said: str) -> None:
        self._signing.end()
        self._cards.tell_not_handed(session_id, said)

    def _on_report(self, *, moved_on: bool) -> None:
        """The report is on the screen now, or the record has moved on meanwhile."""
        if moved_on:
            self.refresh()
        else:
            self._cards.on_report()

    def _while_open(self, doors: ToSignDoors) -> ToSignDoors:
        """Return the doors, telling what came of slow work only while there is a room to tell."""

        def run(work: Callable[[], T], then: Callable[[Future[T]], None]) -> None:
            doors.run(work, lambda done: then(done) if self._is_open else None)

        exporting = dataclasses.replace(doors.exporting, run=run)
        return dataclasses.replace(doors, run=run, exporting=exporting)

    def _were_read(self, *, chosen: bool) -> None:
        self._show_list()
        if chosen and not self._signing.is_busy:
            self._show_session()

    def _overview(self) -> SessionOverview:
        return self._doors.list.overview(self.chosen)

    def _show_list(self) -> None:
        self._view.show_waiting(self.list.rows, self.list.note, mine=self.list.mine)

    def _show_session(self) -> None:
        if not self.chosen:
            self._cards.show(None)
            self._view.show_report(None)
            self._view.show_gaps((), "")
            return
        overview = self._overview()
        rows = tuple(gap_row(gap, overview) for gap in overview.gaps)
        self._view.show_gaps(rows, gaps_note(rows))
        self._report.show(overview)
        self._cards.show(overview)


def _explanation(gap: str) -> Question:
    """Return the question of a gap's explanation."""
    return Question(
        gap,
        ("The explanation is printed on the report.",),
        (Ask("reason", "Explanation"),),
        "Store the explanation",
    )
