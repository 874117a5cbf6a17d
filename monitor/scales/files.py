"""Where the shipped wording of the scales is read from."""

from __future__ import annotations

from pathlib import Path

_HERE = Path(__file__).parent


def words_of(name: str) -> str:
    """Return the TOML text of a scale's shipped wording."""
    return (_HERE / f"{name}.toml").read_text(encoding="utf-8")
