"""Signatures in a PDF: which bytes they cover, and whether they hold."""

from __future__ import annotations

import dataclasses
import datetime as dt
import hashlib
import re
from dataclasses import dataclass

from monitor.sealed_file import SealFacts
from reports.reading.certificates import was_issued
from reports.reading.cms import Message, message
from reports.reading.trouble import TROUBLE

_PARTS = 4  # numbers in a byte range
_DATE = re.compile(
    r"D:(\d{4})(\d\d)(\d\d)(\d\d)(\d\d)(\d\d)(?:Z(?:00'00'?)?|([+-])(\d\d)'(\d\d)'?)"
)
_DIGITS = re.compile(rb"<((?:[0-9A-F]{2})+)>")
"""A seal's own digits: pairs of one case, in one pair of brackets, and nothing else."""


@dataclass(frozen=True, slots=True)
class Bracketed:
    """A signature as it stands in the PDF.

    Attributes:
        stated: When it was made, as the PDF writes dates.
        contents: The value of its /Contents, as the PDF's parser read it.
        byte_range: Offsets and lengths of what it says that it covers.
    """

    field: str
    stated: str
    meaning: str
    contents: bytes
    byte_range: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Covered:
    """The bytes that a signature says that it covers.

    Attributes:
        digits: What its own digits mean; empty where something else stands in their place.
        whole: Whether all but these digits is covered.
        after: How many bytes of the file stand after the last that is covered.
    """

    sha256: bytes = b""
    digits: bytes = b""
    whole: bool = False
    after: int = 0


def seal_facts(content: bytes, found: Bracketed) -> SealFacts:
    """Return what can be seen of a signature; it never raises."""
    covered = covered_by(content, found.byte_range)
    facts = SealFacts(
        field=found.field,
        signed_at=pdf_date(found.stated),
        meaning=found.meaning,
        signer=None,
        authority=None,
        whole=covered.whole,
        after=covered.after,
        intact=False,
        holds=False,
        issued=False,
        tight=False,
    )
    try:
        return _told(facts, covered, message(found.contents), found.contents)
    except TROUBLE:
        return facts


def _told(facts: SealFacts, covered: Covered, said: Message, contents: bytes) -> SealFacts:
    """Add what the message between the brackets says."""
    padding = contents[len(said.rebuilt) :]
    alone = covered.digits == contents and contents.startswith(said.rebuilt)
    return dataclasses.replace(
        facts,
        signer=said.signer.facts(),
        authority=said.authority.facts() if said.authority else None,
        intact=covered.sha256 == said.digest,
        holds=said.holds,
        issued=said.authority is not None and was_issued(said.signer, said.authority),
        tight=alone and not any(padding),
    )


def covered_by(content: bytes, byte_range: tuple[int, ...]) -> Covered:
    """Return what a byte range covers (ISO 32000-2, 12.8.1): two parts, and a gap between.

    Args:
        content: The whole file.
        byte_range: Offset and length of the first part, then of the second.
    """
    if len(byte_range) != _PARTS or min(byte_range) < 0:
        return Covered(after=len(content))
    start, length, second, rest = byte_range
    gap, end = start + length, second + rest
    if not gap <= second <= end <= len(content):
        return Covered(after=max(0, len(content) - end))
    digest = hashlib.sha256(content[start:gap])
    digest.update(content[second:end])
    digits = _DIGITS.fullmatch(content, gap, second)
    bracketed = content[gap : gap + 1] == b"<" and content[second - 1 : second] == b">"
    return Covered(
        sha256=digest.digest(),
        digits=bytes.fromhex(digits[1].decode("ascii")) if digits else b"",
        whole=start == 0 and end == len(content) and bracketed,
        after=len(content) - end,
    )


def pdf_date(text: str) -> dt.datetime | None:
    """Return an instant as a PDF writes it (ISO 32000-2, 7.9.4); None for anything else."""
    found = _DATE.fullmatch(text)
    if found is None:
        return None
    *parts, sign, hours, minutes = found.groups()
    offset = dt.timedelta(hours=int(hours or 0), minutes=int(minutes or 0))
    year, month, day, hour, minute, second = (int(part) for part in parts)
    try:
        zone = dt.timezone(-offset if sign == "-" else offset)
        return dt.datetime(year, month, day, hour, minute, second, tzinfo=zone)
    except ValueError:
        return None
