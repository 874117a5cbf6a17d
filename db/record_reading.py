"""Reads a session's record that was handed out as a document, without any store."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from db import codec
from db.export import FORMAT
from monitor import ledger as rules
from monitor.drawn_with import DrawnWith
from monitor.entries import Opened, session_stream
from monitor.errors import Code, InputError, IntegrityError, MonitorError
from monitor.protocols.loading import parse
from monitor.session import Session


@dataclass(frozen=True, slots=True)
class ReadRecord:
    """A session as a document tells it.

    Attributes:
        digest: The session digest, worked out anew, in hex.
        drawn_with: What its report is drawn with beside the entries.
    """

    session: Session
    digest: str
    drawn_with: DrawnWith


def read_record(content: bytes) -> ReadRecord:
    """Return the session that a document holds.

    Raises:
        InputError: `no-record-file` for what is no session's record; `record-file-older` for
            one from before records said what their reports are drawn with;
            `record-file-changed` where the entries do not give the digest that it states.
    """
    said = _said(content)
    try:
        read = _read(said)
    except (KeyError, TypeError, ValueError, AttributeError, MonitorError) as error:
        raise InputError(Code.NO_RECORD_FILE, "record") from error
    if read.digest != said["digest"]:
        raise InputError(Code.RECORD_FILE_CHANGED, "record")
    return read


def _said(content: bytes) -> Mapping[str, Any]:
    try:
        said = json.loads(content)
    except (ValueError, RecursionError) as error:
        raise InputError(Code.NO_RECORD_FILE, "record") from error
    if not isinstance(said, dict) or said.get("format") != FORMAT:
        raise InputError(Code.NO_RECORD_FILE, "record")
    if "drawn_with" not in said:
        raise InputError(Code.RECORD_FILE_OLDER, "record")
    return said


def _read(said: Mapping[str, Any]) -> ReadRecord:
    bodies = [codec.canonical(entry) for entry in said["entries"]]
    entries = tuple(codec.decode(body) for body in bodies)
    stream, protocol = session_stream(said["session"]), parse(said["protocol"]["content"])
    places = [(entry.stream, entry.n) for entry in entries]
    if places != [(stream, n) for n in range(1, len(entries) + 1)]:
        raise IntegrityError(Code.UNREADABLE)
    opened = [entry.what for entry in entries if isinstance(entry.what, Opened)][-1]
    if opened.protocol_hash != protocol.hash:
        raise IntegrityError(Code.UNREADABLE)
    pairs = [(entry.kind, body) for entry, body in zip(entries, bodies, strict=True)]
    return ReadRecord(
        Session(said["session"], protocol, entries),
        rules.session_digest(rules.covered(pairs), protocol.hash),
        codec.structured(said["drawn_with"], DrawnWith),
    )
