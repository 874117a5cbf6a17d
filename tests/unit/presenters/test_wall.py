"""The wall screen: what the chairs need, and nothing of who sits in them."""

from __future__ import annotations

import dataclasses
import datetime as dt

from monitor.people import Patient, Sex
from tests.fakes import open_sessions
from tests.fakes.overview_parts import LOCAL, at
from tests.fakes.overviews import ketamine
from ui.presenters.chairs import board, seated
from ui.presenters.chairs_today import DayFace, LeftToday
from ui.presenters.wall import WallFace, wall

PLANTED = Patient(
    "p-planted", "Zyxfamily", "Wvugiven", dt.date(1931, 12, 29), Sex.FEMALE, "998877", ("qqzlatex",)
)
WORDS = ("Zyx", "Wvu", "1931", "998877", "qqz", "planted", "Escortina", "142/88", "184/108")


def hung(chairs: tuple[str, ...] = ("1", "2", "3", "4", "5")) -> WallFace:
    alert = dataclasses.replace(ketamine().alerts[0], state="open")
    late = open_sessions.infusing("10:22:20", overdue=True)
    ready = dataclasses.replace(open_sessions.ready(), escort="Escortina Zyx")
    sessions = [
        dataclasses.replace(each, chair=str(place), session_id=f"s{place}", patient=PLANTED)
        for place, each in enumerate((late, open_sessions.infusing(), ready), 1)
    ]
    sessions[1] = dataclasses.replace(sessions[1], alerts=(alert, alert))
    gone = LeftToday("c1", "4", "Zyxfamily, W.", "ketamine", "left 09:40", "to sign")
    day = DayFace((gone,), {"5": "s-planted"})
    return wall(board(seated(sessions, chairs, day), at("10:22:20"), LOCAL, overdue_first=True))


def test_that_nothing_on_the_wall_says_who_sits_in_a_chair() -> None:
    face = hung()
    shown = repr(face) + " ".join(tile.said for tile in face.tiles)
    assert [word for word in WORDS if word in shown] == []


def test_that_the_wall_says_what_each_chair_needs() -> None:
    face = hung()
    tiles = {tile.sign: tile for tile in face.tiles}
    assert (face.clock, face.note) == ("10:22", "4 of 5 in use · 1 overdue")
    assert [tile.state for tile in face.tiles] == ["unread", "due", "overdue", "ready", "free"]
    assert tiles["1"].said == (
        "Chair 1, Ketamine IV, Infusing, 20:40 min left, Vitals 20, Overdue 2 min"
    )
    assert tiles["2"].alerts == "2 alerts open"
    assert (tiles["3"].due, tiles["3"].left[:5]) == ("Ready to leave", "since")
    assert tiles["4"].said == "Chair 4, free"
    assert tiles["5"].said == "Chair 5, cannot be read, See the shield"


def test_that_a_chair_in_which_no_clock_runs_shows_none() -> None:
    early = dataclasses.replace(open_sessions.pre_dose(), chair="1")
    face = wall(board(seated([early], ("1",)), early.seen_at, LOCAL, overdue_first=True))
    assert (face.tiles[0].figure, face.tiles[0].below) == ("", "")
