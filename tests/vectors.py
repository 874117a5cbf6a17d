"""The worked examples that the clinical rules came with (`tests/data/vectors`)."""

from __future__ import annotations

import tomllib
from pathlib import Path
from typing import Any

FOLDER = Path(__file__).parent / "data" / "vectors"


def cases(name: str) -> list[dict[str, Any]]:
    """Return the cases of one file."""
    table = tomllib.loads((FOLDER / f"{name}.toml").read_text(encoding="utf-8"))
    found: list[dict[str, Any]] = table["case"]
    return found
