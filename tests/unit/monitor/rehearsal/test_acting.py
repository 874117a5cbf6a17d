"""What a script writes becomes the act that the program performs, or a refusal of it."""

from __future__ import annotations

from decimal import Decimal

import pytest

from monitor import acts
from monitor.entries import Given, Weighing
from monitor.errors import Code, MonitorError
from monitor.rehearsal import acting
from monitor.rehearsal.acting import Labels, act_of
from monitor.rehearsal.fields import FIELDS
from tests.unit.monitor.rehearsal.scripts import script_of

BY_THE_PLAYER = {"sign", "cosign", "export", "crash", "identity", "clock_jump", "clock_confirm"}


def made(do: str, fields: str, labels: Labels | None = None, before: str = "") -> acts.Act:
    act = f'at = "10:00"\nby = "nk"\ndo = "{do}"\n{fields}'
    written = script_of(*([before] if before else []), act).acts[-1]
    return act_of(written, labels or {})


def refused(do: str, fields: str) -> Code:
    with pytest.raises(MonitorError) as caught:
        made(do, fields)
    return caught.value.code


def test_that_an_order_is_read() -> None:
    made_of = made("order", 'per_kg_mg = "0.5"\nminutes = 40\nhow = "verbal"')
    assert made_of == acts.TakeOrder(
        how=Given.VERBAL, per_kg_mg=Decimal("0.5"), minutes=Decimal(40)
    )


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
    assert acting._MAKERS.keys() == FIELDS.keys() - BY_THE_PLAYER
