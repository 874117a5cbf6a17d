"""The keys that are shipped for practice: everybody has them, so they prove nobody's will."""

from __future__ import annotations

PRACTICE_KEYS = frozenset(
    {
        "fdb791a486b19dc381b42081ed0ef2ab59e5ca3c59dc816c199aff6861572ba3",
        "c0c1568f08883fc6bf40d32ee5ce06d852a7e3cebcb2839567bbe159f371107c",
        "79aaae90de6f7b4c2910b25e5a20fb17847dcd7fca30791467da8007b8647810",
        "ceb31de35c8d44b60623d7aeac0647e2816104495d8e8b934149c557c0acb287",
        "20dabf15b41cc802651d8a6725542ca4bf3b9a87de9d6ccb8088e9e064e2a75d",
        "a2a86bf15cbb94b2e25a40345bd46260d6de30d454fd4220e202cfe9e0299b34",
        "064ab98824f8b210a587d275d7efd2c96e74480578cdbc2b0de50cc9084bf174",
        "aa442ea64b26475cbc4a62fd32b4931ee2e5f8761c8d67c10a53d585b15ef9de",
        "676fff1469003dae2d1a0dd73b3de4b0942b175824ad20a7c87e88a6219e491c",
        "d1aedd51c689b394a26e818b829ecf3864e38b0708bdc69126746c70119b906a",
        "987662d79853bbcb009868c4d7af9a9a44e069da2f6d4f3d696f747a991a9c95",
        "f6a30c582b368904bb8d08ddf3a0e96234acb7d53ddda2bddb95fcd4e3f5adad",
    }
)
"""By the SHA-256 of the public key's DER form, in hex; a test holds them against `db`'s."""
