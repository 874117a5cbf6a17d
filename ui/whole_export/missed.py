"""A session that an export goes without: which one, and why; said wherever the export is."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from typing_extensions import override

_HEAD = """

NOT EXPORTED

These sessions were opened on the days that export.json names, and cannot be read. Nothing of
them is in the tables, the register among them: where they took out of a lot, its stock goes
down without a row that says so. Lines of theirs stand in ledger.jsonl without their bodies.
Files of them that are here were written by an earlier run. The clinic has the same export made
again, into this folder, once its record is mended.

"""


@dataclass(frozen=True, slots=True)
class Missed:
    """One session that was not exported.

    Attributes:
        code: Its short name on paper.
        reason: In a sentence.
    """

    code: str
    reason: str

    @override
    def __str__(self) -> str:
        """Return both, as they are listed."""
        return f"{self.code}: {self.reason}"


def missed_words(missed: Sequence[Missed]) -> str:
    """Return the part of the README that names them; empty for none."""
    return _HEAD + "".join(f"  {each}\n" for each in missed) if missed else ""
