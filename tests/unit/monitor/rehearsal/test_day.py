"""Several rehearsals are one day of one clinic, or are refused with what differs."""

from __future__ import annotations

from dataclasses import replace

import pytest

from monitor.clinic import Lists
from monitor.entries import LoggedIn, ProtocolApproved
from monitor.errors import Code
from monitor.rehearsal.day import day_of
from monitor.rehearsal.reading import read_script
from monitor.rehearsal.script import Script, ScriptError
from tests.unit.monitor.rehearsal.playing import DayPlaying
from tests.unit.monitor.rehearsal.scripts import HEAD, NOTE, ORDER, text_of

OTHER = (
    HEAD.replace('chair = "2"', 'chair = "3"')
    .replace('family = "Nowak"', 'family = "Lis"')
    .replace("100234", "100412")
)
CANCEL = 'at = "09:50"\nby = "nk"\ndo = "cancel"\nreason = "no time"'


def script(name: str, *acts: str, head: str = OTHER) -> Script:
    return read_script(text_of(*acts, head=head).encode(), f"{name}.toml")


FIRST = script("first", ORDER, NOTE, head=HEAD)


def at(hhmm: str, text: str = "? a note") -> str:
    return f'at = "{hhmm}"\nby = "nk"\ndo = "line"\ntext = "{text}"'


def test_that_one_file_alone_is_the_day_that_it_tells() -> None:
    day = day_of([FIRST])
    assert day.scripts == (FIRST,)
    assert (day.seed, day.zone, day.begins) == (FIRST.hash, FIRST.zone, FIRST.acts[0].at)


def test_that_acts_are_played_in_order_of_real_time_and_ties_in_order_of_the_files() -> None:
    playing = DayPlaying(FIRST, script("second", at("09:40"), at("09:45"), at("09:48", "? b")))
    assert [(place, outcome.number) for place, outcome in playing.all()] == [
        (1, 1),
        (0, 1),  # 09:45, and the other file's comes after it
        (1, 2),
        (0, 2),
        (1, 3),
    ]
    times = [entry.at for entry in playing.store.entries]
    assert times == sorted(times)


def test_that_each_file_has_its_own_session_in_its_own_chair() -> None:
    playing = DayPlaying(FIRST, script("second", at("09:46")))
    assert {outcome.code for _, outcome in playing.all()} == {""}
    assert [playing.overview(place).chair for place in (0, 1)] == ["2", "3"]
    assert [playing.overview(place).patient.name for place in (0, 1)] == [
        "Nowak, Anna",
        "Lis, Anna",
    ]


def test_that_everyone_has_one_account_and_logs_in_once() -> None:
    playing = DayPlaying(FIRST, script("second", at("09:46")))
    playing.all()
    logged_in = [e.what.user for e in playing.store.entries if isinstance(e.what, LoggedIn)]
    assert sorted(logged_in) == ["ds", "nk"]
    approved = [e for e in playing.store.entries if isinstance(e.what, ProtocolApproved)]
    assert len(approved) == 1


def test_that_the_staff_of_all_files_are_there_and_every_protocol_is_approved() -> None:
    head = OTHER.replace('"iv-ketamine-40"', '"im-ketamine"').replace('"nk"', '"mb"')
    note = at("09:46").replace('"nk"', '"mb"')
    playing = DayPlaying(FIRST, script("second", note, head=head))
    assert {outcome.code for _, outcome in playing.all()} == {""}
    approved = [e.what for e in playing.store.entries if isinstance(e.what, ProtocolApproved)]
    assert len(approved) == 2


def test_that_a_chair_that_is_taken_is_refused_and_free_again_later() -> None:
    head = OTHER.replace('chair = "3"', 'chair = "2"')
    first = script("first", ORDER, CANCEL, head=HEAD)
    playing = DayPlaying(first, script("second", at("09:48"), at("09:51"), head=head))
    codes = [(place, outcome.code) for place, outcome in playing.all()]
    assert codes == [(0, ""), (1, Code.CHAIR_TAKEN.value), (0, ""), (1, "")]


def test_that_one_number_is_one_patient() -> None:
    head = OTHER.replace('family = "Lis"', 'family = "Nowak"').replace("100412", "100234")
    playing = DayPlaying(FIRST, script("second", at("09:50"), head=head))
    assert [outcome.code for _, outcome in playing.all()] == ["", "", Code.SEEN_TODAY.value]
    assert len(Lists(playing.world).patients("100234")) == 1


def test_that_a_patient_comes_again_on_the_same_day_where_the_file_says_so() -> None:
    head = "again = true\n" + OTHER.replace('family = "Lis"', 'family = "Nowak"').replace(
        "100412", "100234"
    )
    playing = DayPlaying(FIRST, script("second", at("09:50"), head=head))
    assert [outcome.code for _, outcome in playing.all()] == ["", "", ""]
    first, second = (playing.overview(place).patient.id for place in (0, 1))
    assert first == second


def test_that_one_id_is_one_protocol_in_all_files() -> None:
    other = script("second", at("09:50"))
    other = replace(other, draft=replace(other.draft, pause_shifts=True))
    with pytest.raises(ScriptError) as caught:
        day_of([FIRST, other])
    assert "has another text in first.toml" in caught.value.problem


@pytest.mark.parametrize(
    ("old", "new", "problem"),
    [
        ("Riverside", "Lakeside", 'the clinic is "Lakeside Clinic" here'),
        ("Europe/Warsaw", "Europe/Berlin", 'the time zone is "Europe/Berlin" here'),
        ('name = "Nina Kowal"', 'name = "Nina Kowalska"', '"nk" is somebody else in first.toml'),
        ('credential = "RN"', 'credential = "LPN"', '"nk" is somebody else in first.toml'),
        ('"100412"', '"100234"', 'the patient "100234" is somebody else in first.toml'),
    ],
)
def test_that_what_cannot_be_one_day_is_refused_with_what_differs(
    old: str, new: str, problem: str
) -> None:
    assert old in OTHER
    with pytest.raises(ScriptError) as caught:
        day_of([FIRST, script("second", at("09:46"), head=OTHER.replace(old, new))])
    assert caught.value.sentence.startswith("second.toml: ")
    assert problem in caught.value.sentence
    assert caught.value.sentence.endswith(".")


def test_that_two_files_of_one_name_are_refused_for_their_results() -> None:
    with pytest.raises(ScriptError) as caught:
        day_of([FIRST, replace(FIRST)])
    assert 'two of the files are called "first"' in caught.value.sentence


def test_that_two_runs_of_a_day_leave_the_same_entries() -> None:
    second = script("second", at("09:45"), 'do = "crash"', at("09:48"))
    one, two = DayPlaying(FIRST, second), DayPlaying(FIRST, second)
    one.all()
    two.all()
    assert one.store.entries == two.store.entries
    uids = [entry.uid for entry in one.store.entries]
    assert len(set(uids)) == len(uids)


def test_that_a_sleep_of_one_file_s_computer_makes_the_others_late() -> None:
    sleep = 'at = "09:46"\ndo = "suspend"\nseconds = 600'
    playing = DayPlaying(script("first", ORDER, sleep, head=HEAD), script("second", at("09:48")))
    outcomes = playing.all()
    assert [outcome.code for _, outcome in outcomes] == ["", "", ""]
    assert (outcomes[2][1].at - outcomes[0][1].at).total_seconds() == 11 * 60
    assert playing.overview(1).readings == ()
