"""Which of a station's marks stay when there are too many."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from itertools import count
from pathlib import Path

from db.witness import marks as kept
from db.witness.marks import Marks
from tests.integration.db.test_marks import NOON, head, said

MINUTE = dt.timedelta(minutes=1)


def days_of(folder: Path, *counted: Sequence[int]) -> Marks:
    """Marks at a minute's distance; each range counts on from wherever it likes."""
    log = folder / "marks" / "r-1.log"
    log.parent.mkdir(parents=True, exist_ok=True)
    minutes = count()
    lines = [
        said(f"{seq}", made=f"{turn:032x}{seq:032x}", at=f"{NOON + MINUTE * next(minutes)}")
        for turn, numbers in enumerate(counted)
        for seq in numbers
    ]
    log.write_bytes(b"\n".join(lines) + b"\n")
    return Marks(folder, "r-1")


def numbers(marks: Marks) -> list[int]:
    return [mark.head.seq for mark in marks.remembered()]


def test_that_of_many_marks_the_newest_stay_and_the_first_of_each_day(tmp_path: Path) -> None:
    marks = days_of(tmp_path, range(1, 4001))
    marks.thin_out(())
    assert numbers(marks) == [1, 721, 2161, *range(3001, 4001)]
    assert numbers(Marks(tmp_path, "r-1")) == numbers(marks)


def test_that_marks_are_not_thinned_out_as_long_as_they_are_few(tmp_path: Path) -> None:
    marks = days_of(tmp_path, range(1, kept.MOST + 1))
    marks.thin_out(())
    assert len(numbers(marks)) == kept.MOST


def test_that_thinning_out_keeps_what_shows_that_the_record_was_put_back(tmp_path: Path) -> None:
    marks = days_of(tmp_path, range(1, 501), range(471, 2071))
    marks.thin_out(())
    assert numbers(marks)[:4] == [1, 500, 471, 691]


def test_that_what_stayed_once_stays(tmp_path: Path) -> None:
    marks = days_of(tmp_path, range(1, 501), range(471, 2071))
    marks.thin_out(())
    before = numbers(marks)[:4]
    for seq in range(2071, 4000):
        marks.note(head(seq), NOON + dt.timedelta(days=2))
    again = Marks(tmp_path, "r-1")
    again.thin_out(())
    assert numbers(again)[:4] == before
    assert len(numbers(again)) < kept.MOST


def test_that_no_mark_goes_that_the_record_contradicts(tmp_path: Path) -> None:
    marks = days_of(tmp_path, range(1, 3001))
    needed = marks.remembered()[100:110]
    marks.thin_out(needed)
    assert numbers(marks)[:12] == [1, *range(101, 111), 721]


def test_that_a_guest_thins_nothing_out(tmp_path: Path) -> None:
    days_of(tmp_path, range(1, 4001))
    guest = Marks(tmp_path, "r-1", looks=True)
    guest.thin_out(())
    assert len(numbers(guest)) == 4000
