"""Records that were forged: what is attached to a report, with something else in it."""

from __future__ import annotations

import base64
import datetime as dt
import json
from typing import Any

import rfc8785

from monitor import ledger
from monitor.certificates import Statement, signed_message
from monitor.ports import PersonalKey


def forged(record: bytes) -> bytes:
    """The record with another pressure, and the digest that goes with it."""
    said = json.loads(record)
    for entry in said["entries"]:
        if entry["kind"] == "reading":
            entry["reading"]["bp"]["systolic"] = 111
    pairs = ((entry["kind"], rfc8785.dumps(entry)) for entry in said["entries"])
    said["digest"] = ledger.session_digest(ledger.covered(pairs), said["protocol"]["hash"])
    for entry in said["entries"]:
        if "digest" in entry:
            entry["digest"] = said["digest"]
    return as_attached(said)


def signed_by(said: Any, key: PersonalKey, place: int) -> bytes:  # noqa: ANN401 - JSON
    """A record in which somebody signed an entry with the own key, as anybody."""
    entry = said["entries"][place]
    statement = Statement(
        kind=entry["kind"],
        session_id=said["session"],
        digest=said["digest"],
        meaning=entry["meaning"],
        user=entry["by"]["user"],
        at=dt.datetime.fromisoformat(entry["at"]),
        text=entry.get("text", ""),
    )
    made = base64.b64encode(key.sign(signed_message(statement))).decode()
    entry.update(certificate=key.fingerprint, signature=made)
    said["certificates"][key.fingerprint] = key.certificate
    return as_attached(said)


def as_attached(said: Any) -> bytes:  # noqa: ANN401 - JSON
    """A record as it is attached to a report."""
    return json.dumps(said, ensure_ascii=False, indent=1).encode() + b"\n"
