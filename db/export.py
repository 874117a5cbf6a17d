"""A session's whole record as one JSON document that needs nothing beside it."""

from __future__ import annotations

import json

from db.book import Book
from monitor import ledger as rules
from monitor.entries import session_stream
from monitor.errors import NotFoundError

FORMAT = "chairside-record-v1"
DIGEST_RULE = (
    "SHA-256 over, for each of the entries in order whose kind is neither signed nor co-signed,"
    " the length in bytes of its RFC 8785 form (8 bytes, big-endian) and that form (UTF-8), and"
    " at the end protocol.hash as it is written (64 hexadecimal digits, ASCII); protocol.hash is"
    " SHA-256 of protocol.content in UTF-8."
)


def record_json(book: Book, session_id: str, protocol_content: str) -> bytes:
    """Return the record of a session; the same entries give the same bytes.

    Args:
        book: The ledger.
        session_id: Which session.
        protocol_content: The text of the protocol that the session was opened under.

    Raises:
        NotFoundError: If there is no such session.
    """
    lines = book.bodies(session_stream(session_id))
    entries = [json.loads(line.body) for line in lines]
    opened = [entry for entry in entries if entry["kind"] == "opened"]
    if not opened:
        raise NotFoundError("session")
    said = opened[-1]
    pairs = [(line.kind, bytes(line.body)) for line in lines]
    record = {
        "format": FORMAT,
        "session": session_id,
        "clinic": said["clinic"],
        "patient": said["patient"],
        "protocol": {
            "id": said["protocol"],
            "version": said["protocol_version"],
            "hash": said["protocol_hash"],
            "content": protocol_content,
        },
        "entries": entries,
        "digest": rules.session_digest(rules.covered(pairs), said["protocol_hash"]),
        "digest_rule": DIGEST_RULE,
    }
    return json.dumps(record, ensure_ascii=False, indent=1).encode("utf-8") + b"\n"
