"""The keys that everybody has are known by sight."""

from __future__ import annotations

import hashlib
from pathlib import Path

from cryptography.hazmat.primitives.serialization import (
    Encoding,
    PublicFormat,
    load_pem_private_key,
)

import db.certification
from reports.reading.practice import PRACTICE_KEYS

_END = "-----END PRIVATE KEY-----"


def test_that_each_key_shipped_for_practice_is_known_and_no_other() -> None:
    text = Path(db.certification.__file__).with_name("practice_keys.pem").read_text("ascii")
    shipped = [f"{part}{_END}" for part in text.split(_END) if part.strip()]
    prints = set[str]()
    for each in shipped:
        key = load_pem_private_key(each.strip().encode(), None, unsafe_skip_rsa_key_validation=True)
        der = key.public_key().public_bytes(Encoding.DER, PublicFormat.SubjectPublicKeyInfo)
        prints.add(hashlib.sha256(der).hexdigest())
    assert prints == PRACTICE_KEYS
