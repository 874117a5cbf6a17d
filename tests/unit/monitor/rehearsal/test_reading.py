"""A rehearsal's file is read as a whole, or its fault is named by line."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import pytest
from hypothesis import given, strategies as st

from monitor.people import Role
from monitor.rehearsal.reading import read_script
from monitor.rehearsal.script import Expectation, ScriptError
from tests.unit.monitor.rehearsal.scripts import HEAD, NOTE, ORDER, script_of, text_of

SHIPPED = sorted(Path("ui/console/rehearsals").glob("*.toml"))
OWN = sorted(Path("tests/data/rehearsals").glob("*.toml"))

ACT = {  # a field, and what would be there if all were well
    "order": 'per_kg_mg = "0.5"\nminutes = "40"\nhow = "written"',
    "weigh": 'weight_kg = "70"\nhow = "measured"',
    "score": 'scale = "cadss-6"\nanswers = [0, "1", "-"]',
    "ready": "items = { escort = true }",
    "discharge": 'how = "home"',
}


def act(do: str, more: str = "") -> str:
    return f'at = "10:00"\nby = "nk"\ndo = "{do}"\n{ACT.get(do, "")}\n{more}'


def fault_in(text: str) -> ScriptError:
    with pytest.raises(ScriptError) as caught:
        read_script(text.encode(), "x.toml")
    return caught.value


def line_with(text: str, words: str) -> int:
    return next(n for n, line in enumerate(text.splitlines(), 1) if words in line)


@pytest.mark.parametrize("file", [*SHIPPED, *OWN], ids=lambda path: path.stem)
def test_that_every_rehearsal_of_ours_can_be_read(file: Path) -> None:
    script = read_script(file.read_bytes(), file.name)
    assert script.acts[-1].number == len(script.acts)


def test_that_a_script_tells_who_did_what_and_when() -> None:
    script = script_of(act("order"), NOTE.replace("09:48", "10:02:30"))
    order, note = script.acts
    assert (order.do, order.by, order.text("per_kg_mg")) == ("order", "nk", "0.5")
    assert order.at == dt.datetime(2026, 3, 2, 9, 0, tzinfo=dt.UTC)
    assert note.at - order.at == dt.timedelta(minutes=2, seconds=30)
    assert script.prescriber.role is Role.PRESCRIBER
    assert script.patient.name == "Nowak, Anna"


@pytest.mark.parametrize(
    ("at_fault", "line", "said"),
    [
        (text_of(NOTE + '\ntexxt = "x"'), "texxt", 'knows no field "texxt"; perhaps "text"'),
        (HEAD.replace("chair =", "chare =") + f"[[act]]\n{NOTE}", "chare", '"chare"'),
        (text_of(NOTE, head=HEAD.replace("role =", "rank =")), "rank", '"rank"'),
        (text_of(NOTE, head=HEAD.replace("born =", "birth =")), "birth", '"birth"'),
        (text_of(NOTE, head=HEAD.replace("1984-03-12", "12.3.1984")), "born", "a date"),
        (text_of(NOTE, head=HEAD.replace("Europe/Warsaw", "Mars")), "timezone", '"Mars"'),
        (text_of(NOTE, head=HEAD.replace('"iv-ketamine-40"', '"iv"')), "protocol", "not"),
        (text_of(NOTE, head=HEAD.replace('"ds"', '"nk"')), 'name = "Daniel', 'id "nk"'),
        (
            text_of(NOTE, head=HEAD.replace('family = "', 'family = "\u200f')),
            "family",
            '"family" holds a character that cannot be seen (U+200F, RIGHT-TO-LEFT MARK); take',
        ),
        (text_of(NOTE.replace('"nk"', '"zz"')), '"zz"', "nobody"),
        (text_of(NOTE.replace("09:48", "9.48")), "9.48", "a time"),
        (text_of(NOTE.replace("09:48", "25:00")), "25:00", "no time"),
        (text_of(act("weigh", 'expect = "refusd"')), "refusd", "recorded, refused or"),
        (text_of(act("weigh").replace("measured", "guessed")), "guessed", "measured, stated"),
        (text_of(act("weigh").replace('"70"', "[70]")), "weight_kg", "a number"),
        (text_of(act("score").replace("[0", "[true")), "answers", "a list of answers"),
        (text_of(act("ready").replace("true", '"yes"')), "items", "true or false"),
        (text_of(act("line", 'text = 1\nconfirm = "yes"')), "text = 1", "a text"),
        (text_of(act("amend", 'entry = "nothing"')), 'entry = "nothing"', '"nothing"'),
        (text_of(NOTE + '\nlabel = "a"', NOTE + '\nlabel = "a"  # again'), "again", 'label "a"'),
    ],
)
def test_that_a_fault_is_named_with_its_line(at_fault: str, line: str, said: str) -> None:
    error = fault_in(at_fault)
    expected = line_with(at_fault, line)
    assert said in error.problem
    assert error.line in (expected, expected - 1)
    assert error.sentence.startswith(f"x.toml, line {error.line}: ")


def test_that_an_unknown_field_names_its_very_line_among_many_acts() -> None:
    text = text_of(NOTE, act("order"), act("weigh", "wait = 1"), act("discharge"))
    assert fault_in(text).line == line_with(text, "wait = 1")


def test_that_text_that_looks_like_an_act_does_not_count_as_one() -> None:
    tricky = NOTE.replace('"? a note"', '"""? a\n[[act]]\nnonsense = 1"""')
    text = text_of(tricky, NOTE + "\nnonsense = 2")
    assert fault_in(text).line == line_with(text, "nonsense = 2")


@pytest.mark.parametrize(
    ("do", "missing"),
    [("order", "how"), ("score", "answers"), ("line", "text"), ("event", "text"), ("rate", "rate")],
)
def test_that_a_missing_field_is_named_with_the_acts_line(do: str, missing: str) -> None:
    lines = [line for line in act(do).splitlines() if not line.startswith(missing)]
    text = text_of(NOTE, "\n".join(lines))
    error = fault_in(text)
    assert f"act 2 ({do}) lacks" in error.problem
    assert error.line == line_with(text, "10:00") - 1


@pytest.mark.parametrize("missing", ["by", "at", "do"])
def test_that_an_act_says_who_did_what_and_when(missing: str) -> None:
    lines = [line for line in NOTE.splitlines() if not line.startswith(missing)]
    assert f'lacks "{missing}"' in fault_in(text_of("\n".join(lines))).problem


PAUSING = Path("tests/data/rehearsals/pause-shifts-slots.toml").read_text(encoding="utf-8")
CLINICS_OWN = "own_protocol = '''" + PAUSING.split("'''")[1] + "'''\n"


def test_that_a_clinics_own_protocol_can_stand_in_the_file() -> None:
    head = CLINICS_OWN + HEAD.replace("iv-ketamine-40", "iv-ketamine-moves")
    assert script_of(ORDER, head=head).draft.pause_shifts is True


def test_that_a_protocol_is_named_as_it_calls_itself() -> None:
    fault = fault_in(text_of(ORDER, head=CLINICS_OWN + HEAD))
    assert fault.problem == '"protocol" must be "iv-ketamine-moves", as "own_protocol" calls itself'
    assert fault.line == line_with(CLINICS_OWN + HEAD, 'protocol = "iv-ketamine-40"')


@pytest.mark.parametrize(
    ("own", "said"),
    [
        ("7", '"own_protocol" must be the text of a protocol'),
        ("'id = 7 8'", '"own_protocol" cannot be read, look at: '),
        ("'title = \"x\"'", '"own_protocol" cannot be read, look at: drug'),
    ],
)
def test_that_a_protocol_that_cannot_be_read_is_named_with_its_line(own: str, said: str) -> None:
    head = HEAD.replace("[clinic]", f"own_protocol = {own}\n\n[clinic]")
    fault = fault_in(text_of(ORDER, head=head))
    assert fault.problem.startswith(said)
    assert fault.line == line_with(head, f"own_protocol = {own}")


def test_that_what_is_no_toml_is_said_with_its_line() -> None:
    error = fault_in(HEAD + "[[act]\n")
    assert error.line == len(HEAD.splitlines()) + 1
    assert "not TOML" in error.problem


def test_that_what_is_no_utf_8_is_said_with_its_line() -> None:
    with pytest.raises(ScriptError) as caught:
        read_script(b'title = "x"\nchair = "\xff"\n', "x.toml")
    assert caught.value.line == 2


def test_that_a_rehearsal_without_acts_or_prescriber_is_refused() -> None:
    assert "[[act]]" in fault_in(HEAD).problem
    assert "prescriber" in fault_in(text_of(NOTE, head=HEAD.replace("prescriber", "nurse"))).problem


def test_that_an_act_nobody_knows_is_no_fault_of_the_script() -> None:
    (unknown,) = script_of('at = "10:00"\ndo = "dance"\npartner = 3').acts
    assert (unknown.do, unknown.by, dict(unknown.fields)) == ("dance", "", {})


def test_that_a_crash_happens_right_after_the_act_before_it() -> None:
    note, crash = script_of(NOTE, 'do = "crash"').acts
    assert (crash.at, crash.by) == (note.at, "")


def test_that_numbers_may_be_written_without_quotes() -> None:
    (weigh,) = script_of(act("weigh").replace('"70"', "70.50")).acts
    assert weigh.text("weight_kg") == "70.50"


def test_that_an_amended_act_lends_its_fields() -> None:
    device = 'at = "10:00"\nby = "nk"\ndo = "device"\nlot = "A"\nlabel = "first"'
    amend = 'at = "10:01"\nby = "nk"\ndo = "amend"\nentry = "first"\nlot = "B"\nreason = "slip"'
    assert script_of(device, amend).acts[1].text("lot") == "B"
    assert '"sprayz"' in fault_in(text_of(device, amend + "\nsprayz = 1")).problem


@pytest.mark.parametrize(
    ("said", "met_by", "not_by"),
    [
        ("recorded", {""}, {"empty"}),
        ("refused", {"empty", "future"}, {""}),
        ("refused:empty", {"empty"}, {"future", ""}),
    ],
)
def test_that_an_expectation_is_met_or_not(said: str, met_by: set[str], not_by: set[str]) -> None:
    (note,) = script_of(NOTE + f'\nexpect = "{said}"').acts
    assert note.expect.words == said
    assert all(note.expect.met_by(recorded=not code, code=code) for code in met_by)
    assert not any(note.expect.met_by(recorded=not code, code=code) for code in not_by)


def test_that_an_act_is_expected_to_be_recorded_unless_the_script_says_otherwise() -> None:
    (note,) = script_of(NOTE).acts
    assert note.expect == Expectation()


VALID = text_of(NOTE, act("order"), act("weigh"), act("score"), act("ready"), act("discharge"))


@given(st.data())
def test_that_whatever_the_file_holds_it_is_read_or_its_fault_is_named(data: st.DataObject) -> None:
    start = data.draw(st.integers(0, len(VALID)))
    end = data.draw(st.integers(start, min(len(VALID), start + 40)))
    junk = ["", "3", "[]", "{}", "true", '""', "\n", "=", "1.5", "-", "é", "[[act]]", "x = 1\n"]
    text = VALID[:start] + data.draw(st.sampled_from(junk)) + VALID[end:]
    fault: ScriptError | None = None
    try:
        read_script(text.encode(), "x.toml")
    except ScriptError as error:
        fault = error
    assert fault is None or (0 <= fault.line <= len(text.splitlines()) + 1 and fault.problem)


@given(st.binary(max_size=200))
def test_that_no_bytes_at_all_break_the_reader(content: bytes) -> None:
    with pytest.raises(ScriptError):
        read_script(content, "x.toml")
