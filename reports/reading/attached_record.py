"""The record that is attached to a report: its digest worked out anew, its signatures checked."""

from __future__ import annotations

import base64
import datetime as dt
import hashlib
import json
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import rfc8785

from monitor.certificates import Statement, signed_message
from monitor.ledger import STATING, covered, session_digest
from monitor.people import Role
from monitor.sealed_file import CertificateFacts, EntrySignature, RecordFacts
from reports.reading.certificates import Certificate, from_pem, was_issued
from reports.reading.trouble import TROUBLE

FORMAT = "chairside-record-v1"
MOST, MOST_MARKS, DEEPEST = 2 * 1000 * 1000, 120_000, 20
"""Bytes, signs that part things, and things inside things; a session of sixty readings, with
notes over two pages, has some 120 kB, 7,000 and 5."""

MOST_SIGNATURES = 200
"""Each is worked out; twelve people have signed the one that most have."""

LONGEST_HOLDER = 64
"""Bytes of a name that a certificate has room for, as `db.certification` cuts it (X.520)."""

Said = Mapping[str, Any]
"""What a document says, as JSON is read; every look into it may fail."""


def record_facts(content: bytes) -> RecordFacts | None:
    """Return what a record says, None where it cannot be read; it never raises."""
    if len(content) > MOST or not _is_plain(content):
        return None
    try:
        said = json.loads(content, object_pairs_hook=_no_name_twice)
        return _facts(said) if said["format"] == FORMAT else None
    except TROUBLE:
        return None


def _is_plain(content: bytes) -> bool:
    """Tell, before anything is made of it, whether it holds no more than a record may."""
    if sum(map(content.count, (b"{", b"[", b",", b":"))) > MOST_MARKS:
        return False
    depth = deepest = 0
    for bracket in _BRACKETS.findall(_TEXTS.sub(b"", content)):
        depth += 1 if bracket in b"{[" else -1
        deepest = max(deepest, depth)
    return deepest <= DEEPEST


_TEXTS = re.compile(rb'"(?:[^"\\]|\\.)*+\\?(?:"|\Z)', re.DOTALL)
"""Whole, or to the end: one that does not end is looked at once."""

_BRACKETS = re.compile(rb"[][{}]")


def _no_name_twice(pairs: list[tuple[str, object]]) -> dict[str, object]:
    """Refuse an object that says one thing twice: two readers would read two records."""
    said = dict(pairs)
    if len(said) != len(pairs):
        raise ValueError("a name stands there twice")
    return said


def _facts(said: Said) -> RecordFacts:
    entries: Sequence[Said] = said["entries"]
    computed = _digest(said)
    chain = _Chain(said)
    opened = [entry for entry in entries if entry["kind"] == "opened"]
    return RecordFacts(
        session_id=str(said["session"]),
        stated=str(said["digest"]),
        computed=computed,
        signatures=tuple(chain.signatures(entries, computed)),
        authority=chain.authority.fingerprint if chain.authority else "",
        addenda=sum(entry["kind"] == "addendum" for entry in entries),
        rehearsal=any(entry.get("rehearsal") is True for entry in opened),
    )


def _digest(said: Said) -> str:
    """Return the session digest of its entries; empty if it cannot be worked out."""
    protocol, entries = said["protocol"], said["entries"]
    content_hash = hashlib.sha256(protocol["content"].encode()).hexdigest()
    ours = all(entry["stream"] == f"session/{said['session']}" for entry in entries)
    in_order = [entry["n"] for entry in entries] == list(range(1, len(entries) + 1))
    if content_hash != protocol["hash"] or not ours or not in_order:
        return ""
    pairs = ((entry["kind"], rfc8785.dumps(entry)) for entry in entries)
    return session_digest(covered(pairs), protocol["hash"])


@dataclass(frozen=True, slots=True)
class _Chain:
    """The certificates in a record."""

    said: Said

    @property
    def authority(self) -> Certificate | None:
        """Return the authority's; None where there is none."""
        written = self.said.get("authority", "")
        return from_pem(written) if written else None

    def signatures(self, entries: Sequence[Said], computed: str) -> Iterator[EntrySignature]:
        """Give the signatures that cover the record as it stands, oldest first.

        One that was voided by a later amendment covers another digest, and is left out.
        """
        authority = self.authority
        if sum(entry["kind"] in STATING for entry in entries) > MOST_SIGNATURES:
            raise ValueError("more signatures than a session has")
        for entry in entries:
            if entry["kind"] in STATING and entry.get("digest", "") in ("", self.said["digest"]):
                yield _signature(entry, self._holds(entry, authority, computed))

    def _holds(self, entry: Said, authority: Certificate | None, computed: str) -> bool | None:
        """Tell whether a signature holds; None for one from before people had keys."""
        name = entry.get("certificate", "")
        if not name:
            return None
        written = self.said["certificates"].get(name)
        if written is None or authority is None or entry["digest"] != computed:
            return False
        own = from_pem(written)
        at = dt.datetime.fromisoformat(entry["at"])
        said = Statement(
            kind=entry["kind"],
            session_id=self.said["session"],
            digest=entry["digest"],
            meaning=entry["meaning"],
            user=entry["by"]["user"],
            at=at,
            text=entry.get("text", ""),
        )
        signature = base64.b64decode(entry["signature"], validate=True)
        made = own.key.made(signature, signed_message(said))
        good = all(each.facts().held_at(at) for each in (own, authority))
        named = _names(own.facts(), entry) and own.fingerprint == name
        return made and good and named and was_issued(own, authority)


def _names(own: CertificateFacts, entry: Said) -> bool:
    """Tell whether a certificate is that of the person who signed, in the role that was needed."""
    by = entry["by"]
    said = tuple(_held(str(by[part])) for part in ("name", "user", "role"))
    allowed = entry["kind"] != "co-signed" or own.role == Role.PRESCRIBER
    return allowed and said == (own.holder, own.user, own.role)


def _held(part: str) -> str:
    """Return a part of a name as a certificate holds it."""
    return part.encode("utf-8")[:LONGEST_HOLDER].decode("utf-8", "ignore")


def _signature(entry: Said, holds: bool | None) -> EntrySignature:  # noqa: FBT001 - a fact
    zone = dt.timezone(dt.timedelta(minutes=entry["offset"]))
    return EntrySignature(
        kind=entry["kind"],
        name=str(entry["by"]["name"]),
        role=str(entry["by"]["role"]),
        meaning=str(entry.get("meaning", "")),
        at=dt.datetime.fromisoformat(entry["at"]).astimezone(zone),
        fingerprint=str(entry.get("certificate", "")),
        holds=holds,
        user=str(entry["by"]["user"]),
    )
