"""Whether a signature was made with a key: RSA, PKCS#1 v1.5, SHA-256 (RFC 8017, 8.2.2).

The block that the signature must give is built whole and compared. Nothing is parsed out of
it, so that nothing can hide in it.
"""

from __future__ import annotations

import hashlib
from dataclasses import dataclass

DIGEST_INFO = bytes.fromhex("3031300d060960864801650304020105000420")
"""What stands before a SHA-256 in the block (RFC 8017, 9.2, note 1)."""

LEAST_BITS, MOST_BITS = 3072, 8192
"""No key of the program has fewer (`db.certification`), and none so many that it takes long."""

EXPONENT = 65537


@dataclass(frozen=True, slots=True)
class PublicKey:
    """An RSA key that signatures are checked with."""

    modulus: int
    exponent: int

    def made(self, signature: bytes, message: bytes) -> bool:
        """Tell whether a signature over a message was made with this key's private half."""
        bits = self.modulus.bit_length()
        if not LEAST_BITS <= bits <= MOST_BITS or self.exponent != EXPONENT:
            return False
        size = (bits + 7) // 8
        number = int.from_bytes(signature, "big")
        if len(signature) != size or number >= self.modulus:
            return False
        digest = DIGEST_INFO + hashlib.sha256(message).digest()
        filling = b"\xff" * (size - len(digest) - 3)
        expected = b"\x00\x01" + filling + b"\x00" + digest
        return pow(number, self.exponent, self.modulus).to_bytes(size, "big") == expected
