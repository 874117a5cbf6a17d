"""A long worklist is read beside the window, some at a time."""

from __future__ import annotations

from dataclasses import replace

from monitor.overview import SessionOverview
from tests.fakes.signing_desk import Desk
from tests.fakes.views_audit import Later

SESSIONS = 9


class Long:
    """Somebody before a list of sessions that nobody has read yet."""

    def __init__(self) -> None:
        self.later = Later()
        self.desk = Desk(run=self.later)
        self.read: list[str] = []
        doors = self.desk.doors()
        (header,) = doors.list.waiting()
        headers = tuple(replace(header, session_id=f"s-{n}") for n in range(SESSIONS))
        overview = doors.list.overview(header.session_id)

        def look(session_id: str) -> SessionOverview:
            self.read.append(session_id)
            return replace(overview, session_id=session_id)

        self.headers = headers
        longer = replace(
            doors.list,
            waiting=lambda: self.headers,
            lengths=lambda names: dict.fromkeys(names, 1),
            overview=look,
        )
        self.desk.view.waiting = ()
        self.presenter = self.desk.with_report(list=longer)

    @property
    def listed(self) -> list[str]:
        return [row.session_id for row in self.desk.view.waiting]


def test_that_a_long_list_is_read_beside_the_window_and_says_how_far_it_is() -> None:
    long = Long()
    long.presenter.refresh()
    assert (long.read, long.listed) == ([], [])
    assert long.desk.view.note.endswith(f"reading 0 of {SESSIONS} …")
    told = []
    while long.later.waiting:
        long.later.do_next()
        told.append(long.desk.view.note.rpartition(", ")[2])
    assert f"reading 4 of {SESSIONS} …" in told
    assert "reading" not in long.desk.view.note
    assert long.listed == [header.session_id for header in long.headers]
    assert long.presenter.chosen == "s-0"


def test_that_what_was_read_is_not_read_again_and_what_changed_is_read_at_once() -> None:
    long = Long()
    long.presenter.refresh()
    while long.later.waiting:
        long.later.do_next()
    long.read.clear()
    first, *others = long.headers
    long.headers = (replace(first, status="signed"), *others)
    long.presenter.list.look()
    assert long.read == ["s-0"]
    long.presenter.list.look()
    assert long.read == ["s-0"]


def test_that_what_goes_while_it_is_read_is_not_listed() -> None:
    long = Long()
    long.presenter.refresh()
    long.headers = long.headers[2:]
    long.presenter.refresh()
    while long.later.waiting:
        long.later.do_next()
    assert long.listed == [header.session_id for header in long.headers]
