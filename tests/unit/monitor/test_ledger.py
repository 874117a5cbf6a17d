"""The chain's rules, on lines made by hand."""

from __future__ import annotations

import datetime as dt
import hashlib
import hmac
import json
from collections.abc import Callable
from dataclasses import replace

import pytest
from hypothesis import given, strategies as st

from monitor import ledger
from monitor.ledger import GENESIS, Chain, Head, Line, Trouble, Where, mislabelled

KEY = b"k" * 32


def line(seq: int, prev_hash: bytes, *, stream: str = "clinic", n: int | None = None) -> Line:
    """A sound line."""
    said = {"uid": f"u-{seq}", "stream": stream, "n": n or seq, "kind": "event", "text": "x"}
    body = json.dumps(said).encode("utf-8")
    made = ledger.link(prev_hash, body)
    return Line(
        *(seq, f"u-{seq}", stream, n or seq, "event", body),
        *(prev_hash, made, ledger.mac(KEY, made)),
    )


def book(length: int) -> list[Line]:
    """A sound ledger."""
    lines: list[Line] = []
    for seq in range(1, length + 1):
        lines.append(line(seq, lines[-1].hash if lines else GENESIS))
    return lines


def troubles(lines: list[Line], key: bytes = KEY) -> dict[int, set[Trouble]]:
    """What a chain finds wrong with each line that is not right."""
    chain = Chain({1: key})
    found = {each.seq: set(chain.follow(each)) for each in lines}
    return {seq: wrong for seq, wrong in found.items() if wrong}


def test_that_a_hash_runs_over_the_domain_the_hash_before_and_the_body() -> None:
    plain = hashlib.sha256(b"chairside-ledger-v1" + b"\0" + b"p" * 32 + b"{}").digest()
    assert ledger.link(b"p" * 32, b"{}") == plain


def test_that_a_mac_is_an_hmac_of_the_hash() -> None:
    assert ledger.mac(KEY, b"h") == hmac.new(KEY, b"h", hashlib.sha256).digest()


def test_that_a_digest_is_what_it_is_said_to_be() -> None:
    raw = b"\0\0\0\0\0\0\0\2{}" + b"\0\0\0\0\0\0\0\1x" + b"ab" * 32
    assert ledger.session_digest([b"{}", b"x"], "ab" * 32) == hashlib.sha256(raw).hexdigest()


@given(st.lists(st.binary(max_size=9)), st.lists(st.binary(max_size=9)))
def test_that_other_bodies_give_another_digest(one: list[bytes], other: list[bytes]) -> None:
    same = ledger.session_digest(one, "00" * 32) == ledger.session_digest(other, "00" * 32)
    assert same == (one == other)


def test_that_signatures_are_not_covered() -> None:
    lines = [("event", b"1"), ("signed", b"2"), ("co-signed", b"3"), ("event", b"4")]
    assert list(ledger.covered(lines)) == [b"1", b"4"]


def test_that_a_sound_ledger_shows_no_trouble() -> None:
    assert troubles(book(5)) == {}


def test_that_the_head_is_the_last_line() -> None:
    chain, lines = Chain({1: KEY}), book(3)
    assert chain.head == Head(0, "00" * 32)
    for each in lines:
        chain.follow(each)
    assert chain.head == Head(3, lines[2].hash.hex())


def test_that_streams_are_numbered_apart() -> None:
    first = line(1, GENESIS, stream="a", n=1)
    second = line(2, first.hash, stream="b", n=1)
    third = line(3, second.hash, stream="a", n=2)
    assert troubles([first, second, third]) == {}


def altered(lines: list[Line]) -> list[Line]:
    body = lines[2].body.replace(b'"x"', b'"y"')
    return [*lines[:2], replace(lines[2], body=body), *lines[3:]]


def rehashed(lines: list[Line]) -> list[Line]:
    changed = altered(lines)[2]
    changed = replace(changed, hash=ledger.link(changed.prev_hash, changed.body))
    return [*lines[:2], changed, *lines[3:]]


def deleted(lines: list[Line]) -> list[Line]:
    return [*lines[:2], *lines[3:]]


def swapped(lines: list[Line]) -> list[Line]:
    second, third = replace(lines[1], seq=3), replace(lines[2], seq=2)
    return [lines[0], third, second, *lines[3:]]


def inserted(lines: list[Line]) -> list[Line]:
    forged = replace(lines[1], seq=3)
    return [*lines[:2], forged, *(replace(each, seq=each.seq + 1) for each in lines[2:])]


def relabelled(lines: list[Line]) -> list[Line]:
    return [*lines[:2], replace(lines[2], kind="reading"), *lines[3:]]


MISPLACED = {Trouble.LINK, Trouble.STREAM}


@pytest.mark.parametrize(
    ("change", "found"),
    [
        (altered, {3: {Trouble.HASH}}),
        (rehashed, {3: {Trouble.MAC}, 4: {Trouble.LINK}}),
        (deleted, {4: {Trouble.NUMBERING, *MISPLACED}}),
        (swapped, {2: MISPLACED, 3: MISPLACED, 4: MISPLACED}),
        (inserted, {3: MISPLACED}),
        (relabelled, {3: {Trouble.LABEL}}),
    ],
)
def test_that_a_change_shows_at_its_place(
    change: Callable[[list[Line]], list[Line]], found: dict[int, set[Trouble]]
) -> None:
    assert troubles(change(book(5))) == found


def test_that_a_ledger_made_with_another_key_shows_it() -> None:
    assert troubles(book(2), b"K" * 32) == {1: {Trouble.MAC}, 2: {Trouble.MAC}}


def test_that_each_line_is_held_against_the_key_of_its_own_time() -> None:
    first = line(1, GENESIS)
    made = ledger.link(first.hash, b"{}")
    newer = replace(line(2, first.hash), mac_key=2, mac=ledger.mac(b"n" * 32, made), hash=made)
    chain = Chain({1: KEY, 2: b"n" * 32})
    assert chain.follow(first) == frozenset()
    assert Trouble.MAC not in chain.follow(newer)
    assert Trouble.MAC in Chain({1: KEY}).follow(newer)


def test_that_a_chain_goes_on_after_a_line_that_is_known_to_be_right() -> None:
    lines = book(5)
    chain = Chain({1: KEY}, Head(3, lines[2].hash.hex()), lambda _: 3)
    assert chain.due("clinic") == 4
    assert [chain.follow(each) for each in lines[3:]] == [frozenset(), frozenset()]


def test_that_what_comes_after_unread_lines_is_not_held_against_them() -> None:
    lines = book(6)
    chain = Chain({1: KEY})
    chain.follow(lines[0])
    chain.skip()
    assert [chain.follow(each) for each in lines[3:5]] == [frozenset(), frozenset()]
    assert Trouble.HASH in chain.follow(replace(lines[5], body=b"{}"))


def test_that_a_column_that_says_something_else_is_named() -> None:
    assert mislabelled(replace(line(1, GENESIS), n=7, key_id=9)) == ("n", "key_id")


def test_that_a_body_that_is_no_object_says_nothing_of_its_columns() -> None:
    spoiled = replace(line(1, GENESIS), body=b"[]")
    assert mislabelled(spoiled) == ("uid", "stream", "n", "kind")
    assert mislabelled(replace(spoiled, body=b"\xff")) == ()


NOON = dt.datetime(2026, 3, 2, 12, tzinfo=dt.UTC)


def test_that_a_head_told_by_a_file_is_taken_if_a_ledger_can_have_it() -> None:
    known = ledger.told(7, "AB" * 32, NOON, Where.STATION)
    assert known == ledger.Remembered(Head(7, "ab" * 32), NOON, Where.STATION)


@pytest.mark.parametrize(
    ("seq", "line_hash", "at"),
    [
        (0, "ab" * 32, NOON),
        (True, "ab" * 32, NOON),
        (2**63, "ab" * 32, NOON),
        (7, "ab" * 31, NOON),
        (7, None, NOON),
        (7, "ab" * 32, NOON.replace(tzinfo=None)),
        (7, "ab" * 32, NOON.replace(year=9999)),
    ],
)
def test_that_a_head_that_no_ledger_can_have_is_refused(
    seq: object, line_hash: object, at: dt.datetime
) -> None:
    with pytest.raises(ValueError, match="no "):
        ledger.told(seq, line_hash, at, Where.STATION)


def test_that_a_station_signs_domain_number_hash_and_instant_in_utc() -> None:
    elsewhere = NOON.astimezone(dt.timezone(dt.timedelta(hours=5)))
    said = ledger.checkpoint_message(7, "ab", elsewhere)
    assert said == b"chairside-checkpoint-v1\x007\nab\n2026-03-02T12:00:00+00:00"
