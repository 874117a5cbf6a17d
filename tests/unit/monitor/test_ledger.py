"""The chain's rules, on lines made by hand."""

from __future__ import annotations

import hashlib
import hmac
import json
from collections.abc import Callable
from dataclasses import replace

import pytest
from hypothesis import given, strategies as st

from monitor import ledger
from monitor.ledger import GENESIS, Break, Chain, Finding, Head, Line

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


def findings(lines: list[Line], key: bytes = KEY) -> list[tuple[int, Break]]:
    """What a chain finds, and where."""
    chain = Chain(key)
    return [(found.seq, found.code) for each in lines for found in chain.follow(each)]


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


def test_that_a_sound_ledger_has_no_findings() -> None:
    assert findings(book(5)) == []


def test_that_the_head_is_the_last_line() -> None:
    chain, lines = Chain(KEY), book(3)
    assert chain.head == Head(0, "00" * 32)
    for each in lines:
        chain.follow(each)
    assert chain.head == Head(3, lines[2].hash.hex())


def test_that_streams_are_numbered_apart() -> None:
    first = line(1, GENESIS, stream="a", n=1)
    second = line(2, first.hash, stream="b", n=1)
    third = line(3, second.hash, stream="a", n=2)
    assert findings([first, second, third]) == []


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


@pytest.mark.parametrize(
    ("change", "found"),
    [
        (altered, [(3, Break.HASH)]),
        (rehashed, [(3, Break.MAC), (4, Break.LINK)]),
        (deleted, [(4, Break.NUMBERING), (4, Break.LINK), (4, Break.STREAM)]),
        (
            swapped,
            [
                *[(2, Break.LINK), (2, Break.STREAM)],
                *[(3, Break.LINK), (3, Break.STREAM)],
                *[(4, Break.LINK), (4, Break.STREAM)],
            ],
        ),
        (inserted, [(3, Break.LINK), (3, Break.STREAM)]),
        (relabelled, [(3, Break.COLUMNS)]),
    ],
)
def test_that_a_change_is_found_at_its_place(
    change: Callable[[list[Line]], list[Line]], found: list[tuple[int, Break]]
) -> None:
    assert findings(change(book(5))) == found


def test_that_a_ledger_made_with_another_key_is_found() -> None:
    assert findings(book(2), b"K" * 32) == [(1, Break.MAC), (2, Break.MAC)]


def test_that_a_finding_names_what_it_is_about() -> None:
    assert Chain(KEY).follow(replace(line(1, GENESIS), n=7)) == [
        Finding(1, Break.STREAM, "clinic"),
        Finding(1, Break.COLUMNS, "n"),
    ]


def test_that_a_body_that_is_no_object_says_nothing_of_its_columns() -> None:
    spoiled = replace(line(1, GENESIS), body=b"[]")
    assert [found.about for found in Chain(KEY).follow(spoiled)][1:] == [
        *("uid", "stream", "n", "kind")
    ]
