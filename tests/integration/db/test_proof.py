"""The proof beside an exported file."""

from __future__ import annotations

import datetime as dt
import hashlib
import json

from db.witness.proof import proof_json
from monitor.ledger import Checkpoint, Head

NOW = dt.datetime(2026, 3, 2, 12, 30, tzinfo=dt.timezone(dt.timedelta(hours=1)))
HEAD = Head(41, "cd" * 32)
CONTENT = b"%PDF-1.7 of Anna Nowak"


def test_that_a_proof_names_the_file_and_the_head_and_nobody() -> None:
    made = proof_json("S-1A2B", CONTENT, head=HEAD, checkpoint=None, at=NOW)
    assert json.loads(made) == {
        "format": "chairside-proof-v1",
        "session": "S-1A2B",
        "sha256": hashlib.sha256(CONTENT).hexdigest(),
        "head": {"seq": 41, "hash": "cd" * 32},
        "checkpoint": None,
        "at": "2026-03-02T11:30:00+00:00",
    }
    assert b"Nowak" not in made


def test_that_a_proof_carries_the_stations_newest_signature() -> None:
    checkpoint = Checkpoint(39, "ef" * 32, NOW, "0a" * 32, "0b" * 64)
    made = proof_json("S-1A2B", CONTENT, head=HEAD, checkpoint=checkpoint, at=NOW)
    assert json.loads(made)["checkpoint"] == {
        "seq": 39,
        "hash": "ef" * 32,
        "at": "2026-03-02T11:30:00+00:00",
        "key": "0a" * 32,
        "signature": "0b" * 64,
    }
