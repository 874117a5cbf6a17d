"""The page that hands out everything of some days, without a window."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from pathlib import Path

import pytest

from monitor.errors import Code, InputError
from monitor.people import Author, Role
from tests.fakes.views_audit import Later
from ui.presenters.hand_out import (
    FIRST,
    FOLDER,
    LAST,
    MOST_NAMED,
    NO_FOLDER,
    NOT_ALL,
    NOT_YOURS,
    STOPPING,
    UNFINISHED,
    HandOutDoors,
    HandOutFace,
    HandOutPresenter,
)
from ui.whole_export.driver import ALREADY, CANCELLED, FINISHED, Outcome, Step
from ui.whole_export.folder import FolderError, Known
from ui.whole_export.missed import Missed

DAYS = dt.date(2026, 3, 2), dt.date(2026, 3, 31)
TYPED = ("2026-03-02", "2026-03-31")
TO = Path("/export")


class Page:
    """The page, and what exports behind it; implements `HandOutView`."""

    def __init__(self, role: Role = Role.AUDITOR) -> None:
        self.faces: list[HandOutFace] = []
        self.days: tuple[str, str] | None = None
        self.asked = 0
        self.outcome: Outcome | Exception = Outcome(FINISHED, 40, 40, 0, 250, 2_600_000)
        self.known: Known | None = None
        self.exported: list[tuple[dt.date, dt.date, Path]] = []
        self.stopped: Callable[[], bool] = lambda: False
        self.queue = Later()
        author = Author("jm", role, "J. Moreau")
        self.presenter = HandOutPresenter(
            self,
            HandOutDoors(
                author=lambda: author,
                export=self._export,
                begun=lambda _folder: self.known,
                run=self.queue,
            ),
        )
        self.presenter.refresh()

    def show_hand_out(self, face: HandOutFace) -> None:
        self.faces.append(face)

    def put_days(self, first: str, last: str) -> None:
        self.days = first, last

    def ask_folder(self) -> None:
        self.asked += 1

    @property
    def face(self) -> HandOutFace:
        """How it stands."""
        return self.faces[-1]

    def begin(self) -> None:
        """Choose a folder, type the days and press the button."""
        self.presenter.chosen(TO)
        self.queue.do_next()
        self.presenter.press(*TYPED)

    def _export(
        self, first: dt.date, last: dt.date, to: Path, stopped: Callable[[], bool]
    ) -> Outcome:
        self.exported.append((first, last, to))
        self.stopped = stopped
        if isinstance(self.outcome, Exception):
            raise self.outcome
        return self.outcome


@pytest.mark.parametrize(
    ("first", "last", "at", "said"),
    [
        ("2.3.2026", TYPED[1], FIRST, "“2.3.2026” is no day; write it as 2026-03-02."),
        ("20260302", TYPED[1], FIRST, "“20260302” is no day; write it as 2026-03-02."),
        (TYPED[0], "2026-02-30", LAST, "“2026-02-30” is no day; write it as 2026-03-02."),
        ("", TYPED[1], FIRST, "The first day is missing; write it as 2026-03-02."),
        (TYPED[0], " ", LAST, "The last day is missing; write it as 2026-03-31."),
        (*TYPED, FOLDER, NO_FOLDER),
    ],
)
def test_that_what_cannot_be_done_is_said_at_its_field(
    first: str, last: str, at: str, said: str
) -> None:
    page = Page()
    page.presenter.press(first, last)
    assert page.face.problem == (at, said)
    assert not page.exported
    assert not page.face.busy


def test_that_it_goes_into_the_chosen_folder_and_says_what_is_there() -> None:
    page = Page()
    page.presenter.choose()
    assert page.asked == 1
    page.begin()
    assert page.face.busy
    assert page.face.action == "Stop"
    page.queue.do_next()
    assert page.exported == [(*DAYS, TO)]
    assert (page.face.said, page.face.tone, page.face.busy) == (
        "Everything is there.",
        "good",
        False,
    )
    assert page.face.more.startswith("40 sessions, 250 files, 2.6 MB were written to /export.")


def test_that_it_says_how_far_it_is_how_fast_and_for_how_long() -> None:
    page = Page()
    page.begin()
    page.presenter.on_step(Step(0, 1000))
    assert (page.face.said, page.face.more) == ("0 of 1,000 sessions", "")
    page.presenter.on_step(Step(400, 1000, 20.0, kept=300))
    assert page.face.said == "400 of 1,000 sessions"
    assert page.face.more == "5.0 a second, 2 min left"
    assert page.face.share == pytest.approx(0.4)
    page.presenter.on_step(Step(1000, 1000, 200.0))
    assert page.face.said == "Writing the ledger and the lists …"


def test_that_it_can_be_stopped_and_goes_on() -> None:
    page = Page()
    page.outcome = Outcome(CANCELLED, 12, 40)
    page.begin()
    page.presenter.press(*TYPED)
    assert (page.face.said, page.face.action) == (STOPPING, "Stop")  # it keeps the focus
    page.presenter.press(*TYPED)
    page.presenter.on_step(Step(13, 40))
    assert page.face.said == STOPPING
    page.queue.do_next()
    assert page.stopped()
    assert (page.face.said, page.face.action) == ("Stopped.", "Go on")
    assert "Stopped after 12 of 40 sessions" in page.face.more
    page.outcome = Outcome(FINISHED, 40, 40, 12)
    page.presenter.press(*TYPED)
    page.queue.do_next()
    assert not page.stopped()
    assert "40 sessions (12 of them from before)" in page.face.more


def test_that_a_folder_with_an_unfinished_export_brings_its_days() -> None:
    page = Page()
    page.known = Known("r1", "c1", *DAYS)
    page.presenter.chosen(TO)
    page.queue.do_next()
    assert page.days == TYPED
    assert (page.face.said, page.face.action) == (UNFINISHED, "Go on")


def test_that_what_went_wrong_is_said_and_the_button_is_there_again() -> None:
    page = Page()
    page.outcome = FolderError("/export is a file; name a folder.")
    page.begin()
    page.queue.do_next()
    face = page.face
    assert (face.said, face.more) == ("Nothing was begun.", "/export is a file; name a folder.")
    assert (face.tone, face.action, face.busy) == ("alert", "Hand out", False)
    page.outcome = FolderError("There is no room left.")
    page.begin()
    page.presenter.on_step(Step(700, 1000))
    page.queue.do_next()
    assert (page.face.said, page.face.more) == ("It was not finished.", "There is no room left.")


def test_that_a_range_that_ends_before_it_begins_is_said_at_its_field() -> None:
    page = Page()
    page.outcome = InputError(Code.OUT_OF_RANGE, LAST, typed=DAYS[0], first=DAYS[1])
    page.begin()
    page.queue.do_next()
    assert page.face.problem[0] == LAST
    assert "is before the first" in page.face.problem[1]


def test_that_an_export_that_was_finished_before_is_said_to_be() -> None:
    page = Page()
    page.outcome = Outcome(ALREADY, 40, 40)
    page.begin()
    page.queue.do_next()
    assert "is finished; nothing was written" in page.face.more


@pytest.mark.parametrize("role", list(Role))
def test_that_only_those_who_may_are_shown_the_form(role: Role) -> None:
    may = role in (Role.AUDITOR, Role.PRESCRIBER, Role.ADMINISTRATOR)
    face = Page(role).face
    assert face.may is may
    assert (face.said == NOT_YOURS) is not may


def test_that_leaving_stops_it_and_nothing_is_shown_any_more() -> None:
    page = Page()
    page.begin()
    page.presenter.close()
    shown = len(page.faces)
    page.queue.do_next()
    assert page.stopped()
    assert len(page.faces) == shown


def test_that_sessions_that_were_not_exported_are_named_and_can_be_tried_again() -> None:
    page = Page()
    missed = tuple(Missed(f"S-{n}", "It cannot be read.") for n in range(MOST_NAMED + 2))
    page.outcome = Outcome(FINISHED, 35, 40, 0, 250, 2_600_000, missed)
    page.presenter.chosen(TO)
    page.queue.do_next()
    page.presenter.press(*TYPED)
    page.queue.do_next()
    face = page.faces[-1]
    assert (face.said, face.tone, face.action) == (NOT_ALL, "alert", "Go on")
    assert face.more.startswith("Not exported: S-0: It cannot be read. S-1: It cannot be read. S-2")
    assert "And 2 sessions more, listed in README.txt." in face.more
