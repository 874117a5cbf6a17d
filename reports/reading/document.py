"""A PDF as such: what it says of itself, what is attached, which signatures are in it."""

from __future__ import annotations

import hashlib
import logging
import re
from collections.abc import Iterator, Sized

from pypdf import PdfReader, apply_configuration
from pypdf.generic import ArrayObject, DictionaryObject, PdfObject

from monitor.sealed_file import FileFacts, Form, SealFacts
from reports.reading.attached_record import record_facts
from reports.reading.budget import LIMITS, BoundedReader, Budget, SpentError
from reports.reading.page_marks import page_marks
from reports.reading.seals import Bracketed, seal_facts
from reports.reading.trouble import TROUBLE

MAKER, RECORD_NAME = "Chairside", "record.json"
"""What a report says that it was made with, and what its attachment is called."""

_CODE = re.compile(r"S-[0-9A-F]{8}\b")
_MOST_FIELDS, _DEEPEST, _MOST_SEALS, _MOST_ATTACHED = 1000, 50, 10, 10
"""Of a form, whose seals are signed fields; a report has one field, at the top, and one file."""

logging.getLogger("pypdf").setLevel(logging.CRITICAL + 1)  # what is wrong is ours to say


def facts_of(content: bytes, sha256: str) -> FileFacts:
    """Return what can be seen in a PDF; it never raises, and spends no more than its budget."""
    try:
        with apply_configuration(LIMITS):
            return _facts(content, sha256)
    except SpentError:
        return FileFacts(sha256, len(content), Form.TOO_MUCH)


def _facts(content: bytes, sha256: str) -> FileFacts:
    size = len(content)
    try:
        reader = BoundedReader(content, Budget())
        if reader.is_encrypted:
            return FileFacts(sha256, size, Form.LOCKED)
        pages = len(reader.pages)
    except TROUBLE:
        locked = b"/Encrypt" in content
        return FileFacts(sha256, size, Form.LOCKED if locked else Form.BROKEN)
    maker, subject = _described(reader)
    attached = _attached(reader)
    records = [held for name, held in attached if name == RECORD_NAME]
    record = record_facts(records[0]) if len(records) == 1 else None
    code = _CODE.match(subject)
    return FileFacts(
        sha256=sha256,
        size=size,
        form=Form.PDF,
        maker=maker,
        ours=maker.startswith(MAKER) or record is not None,
        code=code[0] if code else "",
        pages=pages,
        seals=_seals(content, reader),
        record=record,
        attachments=len(attached),
        record_mark=hashlib.sha256(records[0]).hexdigest() if records else "",
        page_marks=_marks(reader),
    )


def _described(reader: PdfReader) -> tuple[str, str]:
    """Return with what it says that it was made, and what it says that it is."""
    try:
        said = reader.metadata or DictionaryObject()
        maker = said.get("/Creator") or said.get("/Producer") or ""
        producer = said.get("/Producer") or ""
        ours = str(producer) if str(producer).startswith(MAKER) else str(maker)
        return ours, str(said.get("/Subject") or "")
    except TROUBLE:
        return "", ""


def _attached(reader: PdfReader) -> list[tuple[str, bytes]]:
    """Return name and content of each file that is attached and can be read."""
    found: list[tuple[str, bytes]] = []
    try:
        for each in reader.attachment_list:
            found.append((each.name, each.content))  # those before a bad one stay
            _refuse_more_than(_MOST_ATTACHED, found)
    except TROUBLE:
        found.append(("", b""))  # there is something that cannot be read
    return found


def _refuse_more_than(most: int, found: Sized) -> None:
    """Raise `SpentError` where more was found: each costs a look at the whole file."""
    if len(found) > most:
        raise SpentError


def _marks(reader: PdfReader) -> tuple[str, ...]:
    try:
        return page_marks(reader)
    except TROUBLE:
        return ()


def _seals(content: bytes, reader: PdfReader) -> tuple[SealFacts, ...]:
    """Return the signatures, that which covers least first."""
    found: list[Bracketed] = []
    try:
        for name, field in _fields(reader):
            value = _dictionary(field.get("/V"))
            if field.get("/FT") == "/Sig" and value is not None:
                found.append(_bracketed(name, value))
                _refuse_more_than(_MOST_SEALS, found)
    except TROUBLE:
        found.append(Bracketed("", "", "", b"", ()))  # one that cannot be read
    found.sort(key=lambda each: sum(each.byte_range[-2:]))
    return tuple(seal_facts(content, each) for each in found)


def _fields(reader: PdfReader) -> Iterator[tuple[str, DictionaryObject]]:
    """Give the fields of the document's form, those inside others too."""
    form = _dictionary(_root(reader).get("/AcroForm"))
    waiting: list[tuple[str, PdfObject | None, int]] = [("", form and form.get("/Fields"), 0)]
    given = 0
    while waiting:
        above, listed, depth = waiting.pop()
        inside = listed.get_object() if listed is not None else None
        for each in inside if isinstance(inside, ArrayObject) else ():
            field = _dictionary(each)
            given += 1
            if given > _MOST_FIELDS or depth > _DEEPEST:
                raise ValueError("more fields than a report has")
            if field is not None:
                name = ".".join(part for part in (above, str(field.get("/T", ""))) if part)
                yield name, field
                waiting.append((name, field.get("/Kids"), depth + 1))


def _root(reader: PdfReader) -> DictionaryObject:
    return _dictionary(reader.trailer["/Root"]) or DictionaryObject()


def _dictionary(thing: PdfObject | None) -> DictionaryObject | None:
    found = thing.get_object() if thing is not None else None
    return found if isinstance(found, DictionaryObject) else None


def _bracketed(name: str, value: DictionaryObject) -> Bracketed:
    listed = value.get("/ByteRange")
    contents = value.get("/Contents")
    numbers = listed.get_object() if listed is not None else ()
    return Bracketed(
        field=name,
        stated=str(value.get("/M", "")),
        meaning=str(value.get("/Reason", "")),
        contents=getattr(contents, "original_bytes", b""),
        byte_range=tuple(int(each) for each in numbers),
    )
