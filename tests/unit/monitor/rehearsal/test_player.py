"""A rehearsal is played through the program's own use-cases, and can be gone on with."""

from __future__ import annotations

import datetime as dt

import pytest

from monitor.desk import ShowSession
from monitor.errors import Code, MonitorError
from monitor.rehearsal.player import Memory
from monitor.rehearsal.script import ScriptError
from tests.unit.monitor.rehearsal.playing import Playing
from tests.unit.monitor.rehearsal.scripts import HEAD, NOTE, ORDER, script_of

EXPORT = 'at = "09:59"\nby = "ds"\ndo = "export"'
CRASH = 'do = "crash"'


def test_that_everyone_is_there_before_the_first_act() -> None:
    playing = Playing(script_of(NOTE))
    assert playing.kinds() == [
        "clinic named",
        "account created",
        "account created",
        "authority founded",
        "certificate issued",
        "certificate issued",
        "logged in",
        "protocol approved",
        "patient registered",
    ]


def test_that_the_first_act_opens_the_session_by_its_actor() -> None:
    playing = Playing(script_of(ORDER, NOTE))
    assert playing.codes() == ["recorded", "recorded"]
    opened = next(entry for entry in playing.store.entries if entry.kind == "opened")
    assert opened.by.user == "ds"
    overview = ShowSession(playing.world)(playing.player.session_id)
    assert overview.rehearsal
    assert overview.chair == "2"


def test_that_a_patients_identity_is_changed_only_where_the_act_says_so() -> None:
    act = 'at = "09:50"\nby = "nk"\ndo = "identity"\nreason = "seen on the passport"\n'
    changes = 'family = "Nowak-Lis"\nborn = 1984-03-13\nallergies = ["latex"]'
    playing = Playing(script_of(NOTE, act, act + changes))
    assert playing.codes() == ["recorded", "unchanged", "recorded"]
    patient = ShowSession(playing.world)(playing.player.session_id).patient
    assert (patient.name, patient.born.isoformat()) == ("Nowak-Lis, Anna", "1984-03-13")
    assert (patient.number, patient.sex.value) == ("100234", "female")
    assert patient.allergies == ("latex",)


@pytest.mark.parametrize(
    ("field", "problem"),
    [
        ("born = 12", "must be a date"),
        ('allergies = ["latex", 1]', "must be a list of texts"),
        ('sex = "none"', "is one of female, male, other"),
    ],
)
def test_that_an_identity_of_the_wrong_form_is_said_with_its_line(field: str, problem: str) -> None:
    with pytest.raises(ScriptError) as caught:
        script_of(NOTE, f'at = "09:50"\nby = "nk"\ndo = "identity"\n{field}')
    assert problem in caught.value.problem


def test_that_each_act_takes_place_at_its_time() -> None:
    playing = Playing(script_of(ORDER, NOTE))
    playing.all()
    written = {entry.kind: entry.at for entry in playing.store.entries}
    assert written["ordered"] == dt.datetime(2026, 3, 2, 8, 45, tzinfo=dt.UTC)
    assert written["event"] == dt.datetime(2026, 3, 2, 8, 48, tzinfo=dt.UTC)


def test_that_a_refused_act_says_why_and_leaves_no_trace() -> None:
    playing = Playing(script_of(NOTE, ORDER.replace('"ds"', '"nk"').replace("09:45", "09:50")))
    playing.player.step()
    playing.player.author("nk")
    before = len(playing.store.entries)
    outcome = playing.player.step()
    assert (outcome.recorded, outcome.code) == (False, "not-allowed")
    assert outcome.error is not None
    assert len(playing.store.entries) == before


def test_that_an_unknown_act_opens_no_session() -> None:
    playing = Playing(script_of('at = "09:40"\nby = "nk"\ndo = "dance"'))
    assert playing.codes() == ["unknown-act"]
    assert playing.player.session_id == ""


def test_that_an_auditor_opens_no_session_and_the_next_one_does() -> None:
    head = HEAD.replace('role = "nurse"', 'role = "auditor"')
    playing = Playing(script_of(NOTE, ORDER.replace("09:45", "09:50"), head=head))
    assert playing.codes() == ["not-allowed", "recorded"]


def test_that_exporting_and_crashing_are_left_to_the_stagehands() -> None:
    playing = Playing(script_of(ORDER, EXPORT, CRASH))
    assert playing.codes() == ["recorded"] * 3
    assert playing.hands.exported == [(playing.player.session_id, "ds")]
    assert [outcome.number for outcome in playing.hands.crashes] == [3]


def test_that_another_player_goes_on_where_one_was_killed() -> None:
    note = NOTE + '\nlabel = "n"'
    amend = 'at = "09:55"\nby = "nk"\ndo = "amend"\nentry = "n"\ntext = "? mended"\nreason = "x"'
    script = script_of(ORDER, note, CRASH, amend)
    first = Playing(script)
    for _ in range(3):
        first.player.step()
    memory = first.player.memory
    again = Memory(memory.played, memory.part + 1, memory.session_id, memory.labels)
    second = Playing(script, first.store, again)
    assert second.codes() == ["recorded"]
    overview = ShowSession(second.world)(second.player.session_id)
    assert len(overview.amendments) == 1
    assert overview.entries == 4


def test_that_two_runs_leave_the_same_entries() -> None:
    script = script_of(ORDER, NOTE, CRASH)
    first, second = Playing(script), Playing(script)
    assert first.codes() == second.codes()
    assert first.store.entries == second.store.entries


def test_that_an_acts_entries_are_called_the_same_whatever_was_asked_for_before() -> None:
    script = script_of(ORDER, NOTE)
    first, second = Playing(script), Playing(script)
    first.player.step()
    second.player.step()
    second.world.new_uid()
    first.player.step()
    second.player.step()
    assert first.store.entries[-1].uid == second.store.entries[-1].uid


def test_that_a_patient_born_in_the_future_keeps_the_rehearsal_from_beginning() -> None:
    with pytest.raises(MonitorError) as caught:
        Playing(script_of(NOTE, head=HEAD.replace("1984", "2084")))
    assert caught.value.code is Code.FUTURE
