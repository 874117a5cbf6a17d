"""Entries as canonical JSON: nothing is lost on the way, and what was written stays readable."""

from __future__ import annotations

import datetime as dt
import json
from dataclasses import fields, replace
from decimal import Decimal
from pathlib import Path
from typing import Any, cast

import pytest
from hypothesis import given, settings, strategies as st

from db import codec
from monitor.clock import Moment
from monitor.entries import KINDS, Entry, EventNoted, Fact, Rated, Weighed, Weighing
from monitor.errors import Code, InputError, IntegrityError
from monitor.people import Author, Role

SAMPLES = Path(__file__).parents[1] / "data" / "entries"
NURSE = Author("nk", Role.NURSE, "Nina Kowal", "RN")
NOON = dt.datetime(2026, 3, 2, 12, 0, tzinfo=dt.UTC)

text = (
    st.text(st.characters(exclude_categories=["Cs"]), max_size=12)
    .map(
        lambda typed: codec.canonical(typed).decode("utf-8")  # NFC, as the record keeps it
    )
    .map(json.loads)
)
st.register_type_strategy(str, text)
st.register_type_strategy(
    Decimal, st.decimals(allow_nan=False, allow_infinity=False, places=4, max_value=10**6)
)
st.register_type_strategy(int, st.integers(-(2**53) + 1, 2**53 - 1))
st.register_type_strategy(dt.datetime, st.datetimes(timezones=st.just(dt.UTC)))


def entry(what: Fact, **said: object) -> Entry:
    """An entry that says this."""
    made = Entry("u-1", "session/s-1", 1, NOON, Moment(NOON, 60, "b", 5), NURSE, "desk", what)
    return replace(made, **said)  # type: ignore[arg-type]  # each test knows the fields it names


def body(what: Fact, **said: object) -> dict[str, Any]:
    """An entry's body, read as any JSON reader would."""
    found: dict[str, Any] = json.loads(codec.encode(entry(what, **said)))
    return found


@pytest.mark.parametrize("kind", KINDS)
@settings(max_examples=15)
@given(data=st.data())
def test_that_every_kind_comes_back_as_it_was(kind: str, data: st.DataObject) -> None:
    what = cast("Fact", data.draw(st.builds(KINDS[kind])))
    moment = Moment(NOON, data.draw(st.integers(-720, 840)), "b", data.draw(st.integers(0, 2**60)))
    said = entry(what, moment=moment, at=data.draw(st.from_type(dt.datetime)))
    written = codec.encode(said)
    assert codec.decode(written) == said
    assert codec.encode(codec.decode(written)) == written
    assert codec.is_canonical(written)


@pytest.mark.parametrize("kind", KINDS)
def test_that_no_fact_names_a_field_as_the_envelope_does(kind: str) -> None:
    assert {field.name for field in fields(KINDS[kind])} & codec.ENVELOPE == set()


@pytest.mark.parametrize("kind", KINDS)
def test_that_a_sample_of_every_version_is_still_read(kind: str) -> None:
    for version in range(1, codec.newest_version(kind) + 1):
        kept = (SAMPLES / f"{kind.replace(' ', '-')}.v{version}.json").read_bytes().strip()
        assert codec.is_canonical(kept)
        assert json.loads(kept)["v"] == version
        assert codec.decode(kept).kind == kind


@pytest.mark.parametrize("kind", KINDS)
def test_that_a_sample_of_the_newest_version_is_written_as_it_was(kind: str) -> None:
    version = codec.newest_version(kind)
    kept = (SAMPLES / f"{kind.replace(' ', '-')}.v{version}.json").read_bytes().strip()
    assert codec.encode(codec.decode(kept)) == kept


def test_that_what_was_written_before_a_kind_had_more_fields_is_still_read() -> None:
    older = sorted(SAMPLES.glob("*.as-of-*.json"))
    assert older
    for path in older:
        kept = path.read_bytes().strip()
        said = codec.decode(kept)
        assert codec.is_canonical(kept)
        assert json.loads(codec.encode(said)).items() >= json.loads(kept).items()
        grown = {f.name for f in fields(said.what)} - json.loads(kept).keys()
        defaults = {f.name: f.default for f in fields(said.what)}
        assert grown
        assert all(getattr(said.what, name) == defaults[name] for name in grown)


def test_that_every_sample_is_of_a_known_kind() -> None:
    names = {path.name.rpartition(".v")[0].replace("-", " ") for path in SAMPLES.glob("*.json")}
    assert names - {"co signed", "log in refused"} == set(KINDS) - {"co-signed", "log-in refused"}


def test_that_the_body_says_who_when_and_where() -> None:
    assert body(EventNoted("slept"), amends="u-0", reason="typo") == {
        "v": 1,
        "kind": "event",
        "uid": "u-1",
        "stream": "session/s-1",
        "n": 1,
        "at": "2026-03-02T12:00:00Z",
        "recorded_at": "2026-03-02T12:00:00Z",
        "offset": 60,
        "by": {"user": "nk", "role": "nurse", "name": "Nina Kowal", "credential": "RN"},
        "station": "desk",
        "boot": "b",
        "mono": 5,
        "amends": "u-0",
        "reason": "typo",
        "text": "slept",
        "sort": "effect",
        "severity": None,
    }


def test_that_what_does_not_apply_is_left_out() -> None:
    assert body(EventNoted("slept")).keys().isdisjoint({"amends", "reason"})


@pytest.mark.parametrize(
    ("amount", "written"),
    [("35.0", "35"), ("0.5", "0.5"), ("-0", "0"), ("1E+2", "100"), ("1E-7", "0.0000001")],
)
def test_that_an_amount_is_written_plainly(amount: str, written: str) -> None:
    assert body(Weighed(Decimal(amount), Weighing.MEASURED))["kg"] == written


@pytest.mark.parametrize("amount", ["NaN", "Infinity", "-Infinity", "sNaN"])
def test_that_no_number_is_refused(amount: str) -> None:
    with pytest.raises(InputError):
        codec.encode(entry(Weighed(Decimal(amount), Weighing.MEASURED)))


def test_that_an_instant_is_written_in_utc() -> None:
    zone = dt.timezone(dt.timedelta(hours=2))
    at = dt.datetime(2026, 7, 1, 10, 30, 0, 1500, tzinfo=zone)
    assert body(EventNoted("x"), at=at)["at"] == "2026-07-01T08:30:00.001500Z"


def test_that_a_naive_time_is_a_mistake_of_ours() -> None:
    with pytest.raises(TypeError, match="naive"):
        codec.encode(entry(EventNoted("x"), at=NOON.replace(tzinfo=None)))


@pytest.mark.parametrize(("mono", "written"), [(2**53 - 1, 2**53 - 1), (2**53, str(2**53))])
def test_that_a_great_number_is_written_as_text(mono: int, written: object) -> None:
    moment = Moment(NOON, 0, "b", mono)
    assert body(EventNoted("x"), moment=moment)["mono"] == written
    assert codec.decode(codec.encode(entry(EventNoted("x"), moment=moment))).moment.mono == mono


def test_that_text_is_composed() -> None:
    assert body(EventNoted("Zoe\u0308"))["text"] == "Zoë"


def test_that_half_a_character_is_refused() -> None:
    with pytest.raises(InputError) as caught:
        codec.encode(entry(EventNoted("\ud800")))
    assert caught.value.code is Code.NOT_UNDERSTOOD


def test_that_an_item_without_an_answer_stays_one() -> None:
    assert body(Rated("cadss-6", 1, (0, None, 4)))["answers"] == [0, None, 4]


@pytest.mark.parametrize(
    "spoiled",
    [
        {"kind": "enchanted"},
        {"v": 2},
        {"v": "1"},
        {"kg": 70},
        {"kg": "70.0"},
        {"kg": "NaN"},
        {"kg": None},
        {"how": "guessed"},
        {"confirmed": [1]},
        {"at": "2026-03-02T12:00:00"},
        {"at": 5},
        {"n": True},
        {"n": "1"},
        {"mono": "5"},
        {"mono": 5.0},
        {"by": {"user": "nk"}},
        {"by": {"user": "nk", "role": "king", "name": "N", "credential": ""}},
        {"mood": "fine"},
    ],
    ids=str,
)
def test_that_a_spoiled_body_is_unreadable(spoiled: dict[str, object]) -> None:
    said = body(Weighed(Decimal(70), Weighing.MEASURED)) | spoiled
    with pytest.raises(IntegrityError) as caught:
        codec.decode(json.dumps(said).encode("utf-8"))
    assert caught.value.code is Code.UNREADABLE


@pytest.mark.parametrize("name", ["v", "kind", "uid", "at", "by", "boot", "kg"])
def test_that_a_missing_field_is_unreadable(name: str) -> None:
    said = body(Weighed(Decimal(70), Weighing.MEASURED))
    del said[name]
    with pytest.raises(IntegrityError):
        codec.decode(json.dumps(said).encode("utf-8"))


@pytest.mark.parametrize("raw", [b"", b"{", b"[]", b"7", b"\xff", b"[" * 100_000], ids=repr)
def test_that_no_body_at_all_is_unreadable(raw: bytes) -> None:
    assert not codec.is_canonical(raw) or raw in (b"[]", b"7")
    with pytest.raises(IntegrityError):
        codec.decode(raw)


@given(st.binary(max_size=40))
def test_that_anything_is_read_or_refused_in_order(raw: bytes) -> None:
    with pytest.raises(IntegrityError):
        codec.decode(raw)


@pytest.mark.parametrize(
    "raw",
    [b'{"b":1,"a":2}', b'{"a": 1}', b'{"a":1.0}', '{"a":"e\u0308"}'.encode(), b'{"a":"\\u0041"}'],
)
def test_that_another_form_is_not_canonical(raw: bytes) -> None:
    assert not codec.is_canonical(raw)


def test_that_an_old_body_is_brought_up_to_date() -> None:
    upcasters = {
        ("event", 1): lambda said: {**said, "text": said["words"]},
        ("event", 2): lambda said: {**said, "text": said["text"].upper()},
    }
    old = {"v": 1, "kind": "event", "words": "slept"}
    assert codec.newest_version("event", upcasters) == 3
    assert codec.upcast(old, upcasters) == {**old, "v": 3, "text": "SLEPT"}
    assert old["v"] == 1


def test_that_a_body_from_a_later_program_is_refused() -> None:
    with pytest.raises(ValueError, match="2"):
        codec.upcast({"v": 2, "kind": "event"})
