"""A session's whole record as one JSON document that needs nothing beside it."""

from __future__ import annotations

import json
from typing import Any

from db import codec
from db.book import Book
from monitor import ledger as rules
from monitor.certificates import CERTIFICATES, authority, issued
from monitor.drawn_with import DrawnWith
from monitor.entries import session_stream
from monitor.errors import NotFoundError

SIGNATURE_RULE = (
    "Each entry that is signed, co-signed or an addendum: signature (base64) is RSA, PKCS#1 v1.5,"
    " SHA-256, by the key of the certificate whose DER form has the SHA-256 certificate (hex),"
    " over the ASCII bytes chairside-signature-v1, a zero byte, and the JSON object with the"
    " names at, digest, kind, meaning, session, text, user in that order, no white space, every"
    " character beyond ASCII escaped as \\uXXXX; at is the entry's at with +00:00 in place of Z;"
    " text is an addendum's, else empty; user is by.user; the certificate was issued by authority,"
    " its subject's commonName, userId and title are by.name, by.user and by.role (the first 64"
    " bytes of each), and a co-signature's title is prescriber; certificates are PEM."
)
FORMAT = "chairside-record-v1"
DIGEST_RULE = (
    "SHA-256 over, for each of the entries in order whose kind is none of signed, co-signed and"
    " addendum, the length in bytes of its RFC 8785 form (8 bytes, big-endian) and that form"
    " (UTF-8), and at the end protocol.hash as it is written (64 hexadecimal digits, ASCII);"
    " protocol.hash is SHA-256 of protocol.content in UTF-8."
)


def record_json(
    book: Book, session_id: str, protocol_content: str, drawn_with: DrawnWith | None = None
) -> bytes:
    """Return the record of a session; the same entries give the same bytes.

    Args:
        book: The ledger.
        session_id: Which session.
        protocol_content: The text of the protocol that the session was opened under.
        drawn_with: What its report is drawn with beside its entries; None leaves that out.

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
        **_certificates(book, entries),
        **({"drawn_with": codec.plainly(drawn_with)} if drawn_with else {}),
    }
    return json.dumps(record, ensure_ascii=False, indent=1).encode("utf-8") + b"\n"


def _certificates(book: Book, entries: list[Any]) -> dict[str, object]:
    """Return the certificates that signatures in a record name, and the authority's.

    A record from before people had keys names none, and says nothing of them.
    """
    named = {entry.get("certificate", "") for entry in entries} - {""}
    if not named:
        return {}
    written = book.stream(CERTIFICATES)
    found = {each.fingerprint: each.certificate for each in issued(written)}
    founded = authority(written)
    return {
        "certificates": {name: found[name] for name in sorted(named) if name in found},
        "authority": founded.certificate if founded else "",
        "signature_rule": SIGNATURE_RULE,
    }
