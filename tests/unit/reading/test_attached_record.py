"""The attached record: its digest and its signatures are worked out anew."""

from __future__ import annotations

import base64
import datetime as dt
import json
from collections.abc import Callable
from typing import Any

import pytest

from monitor.certificates import Statement, signed_message
from monitor.people import Author, Role
from monitor.ports import PersonalKey
from monitor.sealed_file import RecordFacts
from reports.reading.attached_record import record_facts
from tests.fakes.sealing import practice_key, sealed_example

Change = Callable[[Any], object]


def changed(change: Change) -> RecordFacts | None:
    """What is seen in a genuine record after a change."""
    said = json.loads(sealed_example("addendum").record)
    change(said)
    return record_facts(json.dumps(said).encode())


def entry(said: Any, kind: str) -> Any:  # noqa: ANN401 - JSON
    """The first entry of a kind."""
    return next(each for each in said["entries"] if each["kind"] == kind)


def test_that_a_genuine_record_holds() -> None:
    facts = changed(lambda _: None)
    assert facts is not None
    assert facts.stated == facts.computed
    kinds = [(each.kind, each.name, each.holds) for each in facts.signatures]
    assert kinds == [
        ("signed", "Nina Kowal", True),
        ("co-signed", "Dana Silva", True),
        ("addendum", "Nina Kowal", True),
    ]
    assert (facts.addenda, facts.co_signed, facts.rehearsal) == (1, True, False)


CHANGES: dict[str, Change] = {
    "value": lambda said: entry(said, "reading").update(typed="80/40"),
    "deleted": lambda said: said["entries"].remove(entry(said, "reading")),
    "turned round": lambda said: said["entries"].reverse(),
    "protocol": lambda said: said["protocol"].update(content="[protocol]"),
    "protocol's hash": lambda said: said["protocol"].update(hash="0" * 64),
    "stream": lambda said: entry(said, "reading").update(stream="session/another"),
    "session": lambda said: said.update(session="another"),
}


@pytest.mark.parametrize("change", CHANGES.values(), ids=CHANGES)
def test_that_a_changed_entry_gives_another_digest(change: Change) -> None:
    facts = changed(change)
    assert facts is not None
    assert facts.stated != facts.computed
    assert not any(each.holds for each in facts.signatures)


def _of_another(said: Any) -> None:  # noqa: ANN401 - JSON
    entry(said, "addendum")["certificate"] = entry(said, "co-signed")["certificate"]


ADDENDUM: dict[str, Change] = {
    "text": lambda said: entry(said, "addendum").update(text="she slept badly"),
    "meaning": lambda said: entry(said, "addendum").update(meaning="approved"),
    "user": lambda said: entry(said, "addendum")["by"].update(user="ds"),
    "name": lambda said: entry(said, "addendum")["by"].update(name="Dana Silva"),
    "role": lambda said: entry(said, "addendum")["by"].update(role="prescriber"),
    "time": lambda said: entry(said, "addendum").update(at="2026-03-02T14:02:01Z"),
    "signature": lambda said: entry(said, "addendum").update(signature="AAAA"),
    "certificate": _of_another,
    "no certificate": lambda said: said["certificates"].pop(entry(said, "addendum")["certificate"]),
}


@pytest.mark.parametrize("change", ADDENDUM.values(), ids=ADDENDUM)
def test_that_a_changed_addendum_does_not_hold(change: Change) -> None:
    facts = changed(change)
    assert facts is not None
    assert facts.stated == facts.computed
    assert facts.signatures[-1].holds is False


def _signed_anew(kind: str, at: str, by: dict[str, str], key: PersonalKey) -> Change:
    """Have an entry signed by a key that the authority issued, whoever it says that signed."""

    def change(said: Any) -> None:  # noqa: ANN401 - JSON
        forged = entry(said, kind)
        forged.update(at=at, certificate=key.fingerprint, by=forged["by"] | by)
        statement = Statement(
            kind=kind,
            session_id=said["session"],
            digest=forged["digest"],
            meaning=forged["meaning"],
            user=forged["by"]["user"],
            at=dt.datetime.fromisoformat(at),
        )
        forged["signature"] = base64.b64encode(key.sign(signed_message(statement))).decode()
        said["certificates"][key.fingerprint] = key.certificate
        said["authority"] = key.authority

    return change


NURSE = {"user": "nk", "name": "Nina Kowal", "role": "nurse", "credential": "RN"}
GOOD, EARLY, LATE = "2026-03-02T11:31:00Z", "2026-01-01T08:00:00Z", "2031-03-02T11:31:00Z"


@pytest.mark.parametrize(
    ("kind", "at", "by", "holds"),
    [
        ("signed", GOOD, {}, True),
        ("signed", EARLY, {}, False),
        ("signed", LATE, {}, False),
        ("signed", GOOD, {"user": "nk2"}, False),
        ("signed", GOOD, {"role": "prescriber"}, False),
        ("co-signed", GOOD, {}, False),
        ("co-signed", GOOD, {"role": "prescriber"}, False),
    ],
)
def test_that_a_signature_holds_for_the_person_and_the_time_of_its_certificate(
    kind: str, at: str, by: dict[str, str], *, holds: bool
) -> None:
    key = practice_key(Author("nk", Role.NURSE, "Nina Kowal", "RN"))
    facts = changed(_signed_anew(kind, at, NURSE | by, key))
    assert facts is not None
    assert next(each.holds for each in facts.signatures if each.kind == kind) is holds


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"[]",
        b"null",
        b"{",
        b'{"format": "another"}',
        b'{"format": "chairside-record-v1"}',
        b'{"format": "x", "format": "chairside-record-v1"}',
        b"[" * 100_000,
        b"\xff\xfe",
        b'{"a": NaN}',
    ],
)
def test_that_what_is_no_record_is_none(content: bytes) -> None:
    assert record_facts(content) is None


def test_that_a_record_that_says_a_thing_twice_is_none() -> None:
    twice = sealed_example("addendum").record.replace(b'"digest":', b'"digest": "", "digest":', 1)
    assert record_facts(twice) is None
