"""What a script writes becomes the act that the program performs, or a refusal of it."""

from __future__ import annotations

from decimal import Decimal

import pytest

from monitor import acts
from monitor.entries import Given, Validity, Weighing
from monitor.errors import Code, MonitorError
from monitor.rehearsal import acting
from monitor.rehearsal.acting import act_of
from monitor.rehearsal.fields import FIELDS
from monitor.rehearsal.script import ScriptError
from monitor.rehearsal.typed import Around, Labels
from tests.unit.monitor.rehearsal.scripts import HEAD, NOTE, script_of

CLOCK = {"clock_jump", "clock_confirm", "suspend"}
BY_THE_PLAYER = {"sign", "cosign", "addendum", "export", "crash", "identity"} | CLOCK
WITH_A_PASSWORD = {"verify", "override", "waste"}


def made(do: str, fields: str, labels: Labels | None = None, before: str = "") -> acts.Act:
    act = f'at = "10:00"\nby = "nk"\ndo = "{do}"\n{fields}'
    script = script_of(*([before] if before else []), act)
    return act_of(script.acts[-1], Around(labels or {}, script.staff, script.zone))


def refused(do: str, fields: str) -> Code:
    with pytest.raises(MonitorError) as caught:
        made(do, fields)
    return caught.value.code


def test_that_an_order_is_read() -> None:
    made_of = made("order", 'per_kg_mg = "0.5"\nminutes = 40\nhow = "written"')
    assert made_of == acts.TakeOrder(
        how=Given.WRITTEN, per_kg_mg=Decimal("0.5"), minutes=Decimal(40)
    )


@pytest.mark.parametrize(
    ("by", "named", "taken_by", "read_back"),
    [
        ("ds", "", "nk", True),
        ("ds", 'taken_by = "mb"', "mb", True),
        ("mb", 'prescriber = "ds"', "mb", True),
        ("ds", "read_back = false", "nk", False),
    ],
)
def test_that_a_verbal_order_is_taken_by_the_first_nurse_unless_another_is_named(
    by: str, named: str, taken_by: str, *, read_back: bool
) -> None:
    more = '[[staff]]\nid = "mb"\nname = "Maria Bell"\nrole = "nurse"\n\n[patient]'
    act = f'at = "10:00"\nby = "{by}"\ndo = "order"\nhow = "verbal"\ndose_mg = "56"\n{named}'
    script = script_of(act, head=HEAD.replace("[patient]", more))
    order = act_of(script.acts[0], Around({}, script.staff, script.zone))
    assert isinstance(order, acts.TakeOrder)
    assert order.taken_by is not None
    assert (order.taken_by.user, order.read_back) == (taken_by, read_back)
    assert (order.prescriber is not None) == ("prescriber" in named)


def test_that_a_written_order_is_taken_by_nobody() -> None:
    order = made("order", 'dose_mg = "56"\nhow = "written"')
    assert isinstance(order, acts.TakeOrder)
    assert (order.taken_by, order.read_back) == (None, False)


@pytest.mark.parametrize(
    ("typed", "instant"),
    [
        ("08:30", "2026-03-02T07:30:00+00:00"),
        ("08:30:15", "2026-03-02T07:30:15+00:00"),
        ("2026-02-28 21:00", "2026-02-28T20:00:00+00:00"),
    ],
)
def test_that_a_weight_may_be_older_than_its_entry(typed: str, instant: str) -> None:
    weigh = made("weigh", f'weight_kg = "70"\nhow = "measured"\nmeasured_at = "{typed}"')
    assert weigh.at is not None
    assert weigh.at.isoformat() == instant


@pytest.mark.parametrize("typed", ["", "8:30", "25:00", "yesterday", "2026-02-30 08:00", "２０:00"])
def test_that_what_is_no_time_of_weighing_is_not_understood(typed: str) -> None:
    fields = f'weight_kg = "70"\nhow = "measured"\nmeasured_at = "{typed}"'
    assert refused("weigh", fields) is Code.NOT_UNDERSTOOD


def test_that_the_last_day_of_a_course_is_a_day() -> None:
    course = 'dose_mg = "56"\nhow = "written"\nvalidity = "course"\nvalid_until = '
    order = made("order", course + "2026-03-30")
    assert isinstance(order, acts.TakeOrder)
    assert (order.validity, str(order.valid_until)) == (Validity.COURSE, "2026-03-30")
    assert refused("order", course + '"in a month"') is Code.NOT_UNDERSTOOD


def test_that_vials_are_whole() -> None:
    prepare = made("prepare", 'lot = "A"\nexpiry = "2027-08"\nvials = 2\ndrawn_ml = "0,7"')
    assert prepare == acts.Prepare(lot="A", expiry="2027-08", vials=2, drawn_ml=Decimal("0.7"))
    assert refused("prepare", "vials = 1.5") is Code.NOT_UNDERSTOOD


@pytest.mark.parametrize("fields", ['witness = "zz"', 'witness = "nk"\nweight_kg = 70', ""])
def test_that_a_waste_names_somebody_of_the_staff_and_no_field_of_another_act(fields: str) -> None:
    act = f'at = "10:00"\nby = "nk"\ndo = "waste"\nof = "vial"\nml = "9"\n{fields}'
    with pytest.raises(ScriptError) as caught:
        script_of(NOTE, act)
    assert caught.value.line > 30


def test_that_a_decimal_comma_is_read_and_a_group_of_thousands_refused() -> None:
    weigh = made("weigh", 'weight_kg = "63,4"\nhow = "stated"')
    assert weigh == acts.Weigh(how=Weighing.STATED, kg=Decimal("63.4"))
    assert refused("weigh", 'weight_kg = "1,205"\nhow = "measured"') is Code.NOT_UNDERSTOOD
    assert refused("weigh", 'weight_kg = ""\nhow = "measured"') is Code.EMPTY


@pytest.mark.parametrize("number", ["-5", "5e3", "\u0667", "0x10", "70 kg", "nan"])
def test_that_what_is_no_number_is_refused_when_the_act_is_played(number: str) -> None:
    assert refused("rate", f'rate_ml_h = "{number}"') is Code.NOT_UNDERSTOOD


def test_that_answers_may_be_left_out() -> None:
    score = made("score", 'scale = "cadss-6"\nanswers = [0, "4", "-"]')
    assert score == acts.Score(scale="cadss-6", answers=(0, 4, None))
    assert refused("score", 'scale = "cadss-6"\nanswers = ["x"]') is Code.NOT_UNDERSTOOD
    assert refused("score", 'scale = "cadss-6"\nanswers = [1.5]') is Code.NOT_UNDERSTOOD


def test_that_a_device_has_two_sprays_unless_the_script_says_otherwise() -> None:
    assert made("device", 'lot = "A"') == acts.GiveDevice(lot="A", sprays=2)
    assert made("device", "sprays = 1") == acts.GiveDevice(sprays=1)


@pytest.mark.parametrize(
    ("do", "fields"), [("event", 'resolve = true\nevent = "n"'), ("resolve", 'event = "n"')]
)
def test_that_an_event_is_ended_by_its_label(do: str, fields: str) -> None:
    before = 'at = "09:00"\nby = "nk"\ndo = "event"\ntext = "nausea"\nlabel = "n"'
    assert made(do, fields, {"n": ("event", "uid-7")}, before) == acts.ResolveEvent(event="uid-7")


def test_that_an_amendment_brings_the_new_values_in_the_entrys_own_form() -> None:
    before = 'at = "09:00"\nby = "nk"\ndo = "score"\nscale = "cadss-6"\nanswers = [0]\nlabel = "s"'
    amend = made(
        "amend", 'entry = "s"\nanswers = [1, "-"]\nreason = "slip"', {"s": ("score", "u")}, before
    )
    assert amend == acts.Amend(entry="u", changes={"answers": (1, None)}, reason="slip")


def test_that_an_amendment_of_a_line_brings_the_whole_new_line() -> None:
    before = 'at = "09:00"\nby = "nk"\ndo = "line"\ntext = "128/82"\nlabel = "l"'
    fields = 'entry = "l"\ntext = "182/82"\nreason = "slip"\nconfirm = true'
    amend = made("amend", fields, {"l": ("line", "u")}, before)
    assert amend == acts.Amend(entry="u", text="182/82", reason="slip", confirm=True)


def test_that_a_label_whose_act_was_refused_names_nothing() -> None:
    before = 'at = "09:00"\nby = "nk"\ndo = "event"\ntext = "nausea"\nlabel = "n"'
    with pytest.raises(MonitorError) as caught:
        made("resolve", 'event = "n"', {}, before)
    assert caught.value.code is Code.UNKNOWN


def test_that_an_unknown_act_is_refused_without_a_look_at_its_fields() -> None:
    assert refused("dance", 'partner = "nobody"') is Code.UNKNOWN_ACT


def test_that_every_act_of_the_list_is_known() -> None:
    assert acting._MAKERS.keys() == FIELDS.keys() - BY_THE_PLAYER - WITH_A_PASSWORD
