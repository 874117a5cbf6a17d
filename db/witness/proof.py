"""The proof beside an exported file: what the record was when the file left it.

It names no person. Whoever keeps it can show later that the file is the one that was handed
out, and that the record's chain went through this head.
"""

from __future__ import annotations

import datetime as dt
import hashlib
import json

from monitor.ledger import Checkpoint, Head

FORMAT = "chairside-proof-v1"


def proof_json(
    session_code: str, content: bytes, *, head: Head, checkpoint: Checkpoint | None, at: dt.datetime
) -> bytes:
    """Return the proof of one file.

    Args:
        session_code: The session's short name.
        content: The whole file.
        head: The ledger's last line when the file was handed out, or later.
        checkpoint: The newest of a station's signatures under the chain; None where there
            is none yet.
        at: The present instant.
    """
    said = {
        "format": FORMAT,
        "session": session_code,
        "sha256": hashlib.sha256(content).hexdigest(),
        "head": {"seq": head.seq, "hash": head.hash},
        "checkpoint": None if checkpoint is None else _said(checkpoint),
        "at": at.astimezone(dt.UTC).isoformat(),
    }
    return json.dumps(said, indent=2).encode("ascii") + b"\n"


def _said(checkpoint: Checkpoint) -> dict[str, object]:
    return {
        "seq": checkpoint.seq,
        "hash": checkpoint.hash,
        "at": checkpoint.at.astimezone(dt.UTC).isoformat(),
        "key": checkpoint.key,
        "signature": checkpoint.signature,
    }
