"""The REMS form of a treatment: answered, filed, put right; each an entry, nothing by the way."""

from __future__ import annotations

import dataclasses
import datetime as dt
from functools import partial

import pytest

from monitor.acts import Amend, GiveDevice
from monitor.entries import Exported, RemsAnswered, RemsFiled, RemsFormSet
from monitor.errors import Code
from monitor.people import Author, Role
from monitor.rems import rems_stream
from monitor.rems_filing import AnswerRems, FileRems, Filing, NoteRemsExport, SetRemsForm
from monitor.rems_form import shipped_forms
from monitor.rems_looking import ShowRems
from monitor.rems_worksheet import State
from tests.fakes.visit import LOT, Visit

LINES = (
    ("10:50", "150/90 80 97 14 s4 d5"),
    ("11:10", "141/88 79 97 15 s5 d2"),
    ("11:40", "133/82 74 98 16 s5 d0"),
    ("12:11", "125/78 71 98 16 s5 d0"),
)


def treated(*lines: tuple[str, str]) -> Visit:
    """Return a closed visit with 84 mg at 10:00, 10:05 and 10:10."""
    visit = Visit("esketamine").started("10:00")
    for at in ("10:05", "10:10"):
        visit.at(at).do(GiveDevice(lot=LOT, expiry="2027-08"))
    for at, line in lines or LINES:
        visit.at(at).line(line)
    return visit.at("12:12").ready("Jan Nowak").left().at("12:20")


def written(visit: Visit) -> list[object]:
    with visit.world.transaction() as tx:
        return [entry.what for entry in tx.stream(rems_stream(visit.session_id))]


def file(visit: Visit, **others: object) -> None:
    said = Filing("2026-03-02", "Nina Kowal", "C-1", with_empty=True)
    said = dataclasses.replace(said, **others)  # type: ignore[arg-type]
    FileRems(visit.world)(visit.nurse, visit.session_id, said)


def test_that_a_form_is_answered_and_filed_by_entries_of_its_own_after_the_co_signature() -> None:
    visit = treated().signed().co_signed()
    show = ShowRems(visit.world)
    (due,) = show.worklist()
    assert (due.due, due.days_left, due.filed) == (dt.date(2026, 3, 9), 7, None)
    AnswerRems(visit.world)(visit.nurse, visit.session_id, "benzodiazepines", "no")
    AnswerRems(visit.world)(visit.nurse, visit.session_id, "benzodiazepines", "no")
    row = show.sheet(visit.session_id).row("benzodiazepines")
    assert row is not None
    assert (row.state, row.value) == (State.ANSWERED, "no")
    assert row.source.endswith("by Nina Kowal")
    assert show.worklist()[0].lacking == due.lacking - 1
    file(visit)
    answered, filed = written(visit)
    assert isinstance(answered, RemsAnswered)
    assert filed == RemsFiled(
        visit.session_id, "rems-respiratory", dt.date(2026, 3, 2), "Nina Kowal", "C-1"
    )
    assert show.worklist()[0].filed is not None
    assert show.worklist()[0].changed == 0


def test_that_a_form_with_empty_fields_is_filed_only_where_somebody_says_so() -> None:
    visit = treated()
    lacking = ShowRems(visit.world).sheet(visit.session_id).lacking
    with visit.refused(Code.GAPS_OPEN):
        file(visit, with_empty=False)
    file(visit)
    AnswerRems(visit.world)(visit.nurse, visit.session_id, "opioids", "no")
    sheet = ShowRems(visit.world).sheet(visit.session_id)
    assert (sheet.lacking, sheet.filed_empty) == (lacking - 1, lacking)
    assert ShowRems(visit.world).worklist()[0].filed_empty == lacking


def test_that_a_second_filing_wants_a_reason_and_something_new() -> None:
    visit = treated()
    file(visit)
    with visit.refused(Code.UNCHANGED):
        file(visit, reason="typed twice")
    with visit.refused(Code.REASON_MISSING):
        file(visit, confirmation="C-2")
    file(visit, confirmation="C-2", reason="number misread")
    assert [f.confirmation for f in ShowRems(visit.world).sheet(visit.session_id).filed] == [
        "C-1",
        "C-2",
    ]


@pytest.mark.parametrize(
    ("said", "code"),
    [
        ({"on": "2026-03-01"}, Code.OUT_OF_RANGE),
        ({"on": "2026-03-03"}, Code.FUTURE),
        ({"on": "20260302"}, Code.NOT_UNDERSTOOD),
        ({"on": "2026-02-30"}, Code.NOT_UNDERSTOOD),
        ({"on": ""}, Code.EMPTY),
        ({"filed_by": "  "}, Code.EMPTY),
        ({"filed_by": "Nina\u202eKowal"}, Code.NOT_UNDERSTOOD),
        ({"confirmation": "9" * 41}, Code.TOO_MUCH),
    ],
)
def test_that_a_filing_that_cannot_be_so_is_refused_and_leaves_nothing(
    said: dict[str, str], code: Code, filed_nowhere: Visit
) -> None:
    with filed_nowhere.refused(code):
        file(filed_nowhere, **said)


@pytest.fixture(scope="module")
def filed_nowhere() -> Visit:
    return treated()


def test_that_others_than_clinicians_and_open_sessions_file_nothing(filed_nowhere: Visit) -> None:
    auditor = Author("au", Role.AUDITOR, "Ada Unger")
    with filed_nowhere.refused(Code.NOT_ALLOWED):
        AnswerRems(filed_nowhere.world)(auditor, filed_nowhere.session_id, "opioids", "no")
    with filed_nowhere.refused(Code.NOT_ALLOWED):
        FileRems(filed_nowhere.world)(auditor, filed_nowhere.session_id, Filing("2026-03-02", "x"))
    open_visit = Visit("esketamine").started("10:00")
    with open_visit.refused(Code.WRONG_PHASE):
        file(open_visit)


@pytest.mark.parametrize(
    ("field", "value", "code"),
    [
        ("bp-40", "150/90", Code.NOT_ALLOWED),
        ("opioids", "maybe", Code.OUT_OF_RANGE),
        ("middle", "x" * 501, Code.TOO_MUCH),
        ("middle", "a\nb", Code.NOT_UNDERSTOOD),
        ("nothing", "x", Code.UNKNOWN),
    ],
)
def test_that_an_answer_that_cannot_be_is_refused(
    field: str, value: str, code: Code, filed_nowhere: Visit
) -> None:
    visit = filed_nowhere
    with visit.refused(code):
        AnswerRems(visit.world)(visit.nurse, visit.session_id, field, value)


@pytest.mark.parametrize("wrong", ["abc", "25:99", "9:00", "11.30", "not known"])
def test_that_a_time_that_is_answered_is_a_time_of_day(wrong: str) -> None:
    visit = treated(*LINES[:3], ("11:50", "drowsiness mild"), LINES[3])
    answer = partial(AnswerRems(visit.world), visit.nurse, visit.session_id, "sedation-resolved")
    with visit.refused(Code.NOT_UNDERSTOOD):
        answer(wrong)
    answer("11:38")
    sheet = ShowRems(visit.world).sheet(visit.session_id)
    row = sheet.row("sedation-resolved")
    assert row is not None
    assert row.value == "11:38"
    answer("")


def test_that_an_amended_session_says_which_filed_values_have_changed() -> None:
    visit = treated()
    file(visit)
    visit.at("12:30")
    row = visit.row("10:50")
    visit.do(Amend(entry=row.uid, text="148/90 80 97 14 s4 d5", reason="misread"))
    sheet = ShowRems(visit.world).sheet(visit.session_id)
    (changed,) = sheet.changed
    assert changed.said == "Blood pressure after 40 minutes, mmHg: filed 150/90, now 148/90"
    assert ShowRems(visit.world).worklist()[0].changed == 1
    AnswerRems(visit.world)(visit.nurse, visit.session_id, "opioids", "yes")
    opioids, _ = ShowRems(visit.world).sheet(visit.session_id).changed
    assert opioids.said == "Opioids: filed empty, now yes"
    file(visit, confirmation="C-2", reason="misread")
    assert len(ShowRems(visit.world).sheet(visit.session_id).changed) == 2, "the same filing"
    visit.clock.advance(days=1)
    file(visit, on="2026-03-03", reason="filed again")
    assert ShowRems(visit.world).sheet(visit.session_id).changed == ()


def test_that_the_clinic_takes_a_version_by_its_whole_text_and_a_name_means_one_text() -> None:
    visit = treated()
    old = shipped_forms()[0]
    with visit.refused(Code.NOT_ALLOWED):
        SetRemsForm(visit.world)(visit.nurse, old.content)
    SetRemsForm(visit.world)(visit.prescriber, old.content)
    now = ShowRems(visit.world).in_force()
    assert now.form.id == "rems-2021-11"
    assert now.by == visit.prescriber
    with visit.refused(Code.UNCHANGED):
        SetRemsForm(visit.world)(visit.prescriber, old.content)
    with visit.refused(Code.NAME_TAKEN):
        SetRemsForm(visit.world)(visit.prescriber, old.content.replace("Sex", "Gender"))
    ours = old.content.replace('id = "rems-2021-11"', 'id = "ours-1"').replace("Sex", "Gender")
    SetRemsForm(visit.world)(visit.prescriber, ours)
    with visit.world.transaction() as tx:
        kept = [e.what for e in tx.stream("clinic") if isinstance(e.what, RemsFormSet)]
    assert kept[-1].content == ours
    assert ShowRems(visit.world).sheet(visit.session_id).approved


def test_that_an_answer_stays_where_another_version_asks_the_very_same() -> None:
    visit = treated()
    answer = partial(AnswerRems(visit.world), visit.nurse, visit.session_id)
    answer("opioids", "no")
    answer("middle", "M")
    form = ShowRems(visit.world).in_force().form
    labels = {each.id: each.label for each in form.fields}
    other = form.content.replace(f'id = "{form.id}"', 'id = "ours-2"')
    other = other.replace(labels["middle"], "Second name")
    SetRemsForm(visit.world)(visit.prescriber, other)
    sheet = ShowRems(visit.world).sheet(visit.session_id)
    assert sheet.form.id == "ours-2"
    values = {row.field.id: row.value for row in sheet.rows}
    assert (values["opioids"], values["middle"]) == ("no", "")


def test_that_a_version_held_against_one_that_holds_no_more_is_refused() -> None:
    visit = treated()
    before, drafts = ShowRems(visit.world).in_force().form.hash, shipped_forms()
    SetRemsForm(visit.world)(visit.prescriber, drafts[0].content, before)
    with visit.refused(Code.CHANGED_MEANWHILE):
        SetRemsForm(visit.world)(visit.prescriber, drafts[1].content, before)


def test_that_a_filed_form_keeps_the_version_it_was_filed_by() -> None:
    visit = treated()
    file(visit)
    SetRemsForm(visit.world)(visit.prescriber, shipped_forms()[0].content)
    assert ShowRems(visit.world).sheet(visit.session_id).form.id == "rems-respiratory"


def test_that_an_export_says_where_to() -> None:
    visit = treated()
    NoteRemsExport(visit.world)(visit.nurse, visit.session_id, b"paper", "/out/rems.pdf")
    last = visit.store.entries[-1].what
    assert isinstance(last, Exported)
    assert (last.form, last.to, last.session) == ("rems", "/out/rems.pdf", visit.session_id)


def test_that_the_room_concerns_only_a_clinic_where_a_form_can_be_due() -> None:
    assert ShowRems(Visit("esketamine").world).concerns()
    assert not ShowRems(Visit().world).concerns()
    assert not ShowRems(Visit("esketamine-eu").world).concerns()
