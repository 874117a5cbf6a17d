"""What forgers do to a file, whatever it is that they forge."""

from __future__ import annotations

import io
import re
from collections.abc import Callable
from typing import Any

import pikepdf
from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter
from pyhanko.sign.fields import MDPPerm, SigFieldSpec, SigSeedSubFilter
from pyhanko.sign.signers import PdfSignatureMetadata, PdfSigner
from reportlab.pdfgen.canvas import Canvas
from typing_extensions import override

from monitor.ports import PersonalKey
from reports.sealing.seal import OwnKeySigner

_GAP = re.compile(rb"/Contents <([0-9A-Fa-f]+)>")
_RANGE = re.compile(rb"/ByteRange \[([0-9 ]+)\]( *)")


def plain(text: str) -> bytes:
    out = io.BytesIO()
    canvas = Canvas(out, invariant=1)
    canvas.drawString(72, 700, text)
    canvas.save()
    return out.getvalue()


def saved(pdf: pikepdf.Pdf, **how: Any) -> bytes:  # noqa: ANN401 - as pikepdf takes them
    out = io.BytesIO()
    deterministic = "encryption" not in how
    pdf.save(out, deterministic_id=deterministic, **how)
    return out.getvalue()


def flipped(content: bytes, place: int, bit: int = 1) -> bytes:
    return content[:place] + bytes((content[place] ^ bit,)) + content[place + 1 :]


def before_seal(content: bytes) -> bytes:
    """The archive form: all that stands before the signature's own objects."""
    end = content.rindex(b"%%EOF", 0, gap(content).start())
    return content[: end + len(b"%%EOF\n")]


def gap(content: bytes) -> re.Match[bytes]:
    found = list(_GAP.finditer(content))
    assert found
    return found[-1]


def seal_digits(content: bytes) -> tuple[int, int]:
    """Where the seal's own digits begin and end: what the signature does not cover."""
    found = gap(content)
    return found.start(1), found.end(1)


def byte_range(content: bytes) -> tuple[int, ...]:
    found = _RANGE.search(content)
    assert found is not None
    return tuple(int(part) for part in found[1].split())


def with_range(content: bytes, numbers: tuple[int, ...]) -> bytes:
    """Write another byte range in the room of the old one."""
    found = _RANGE.search(content)
    assert found is not None
    said = f"/ByteRange [{' '.join(map(str, numbers))}]".encode()
    room = found.end() - found.start()
    assert len(said) <= room
    return content[: found.start()] + said.ljust(room) + content[found.end() :]


def with_message(content: bytes, message: bytes) -> bytes:
    """Put another message into the gap, and fill what is left with zeros."""
    found = gap(content)
    room = found.end(1) - found.start(1)
    digits = message.hex().upper().encode()
    assert len(digits) <= room
    return content[: found.start(1)] + digits.ljust(room, b"0") + content[found.end(1) :]


def appended(content: bytes, change: Callable[[IncrementalPdfFileWriter], None]) -> bytes:
    writer, out = IncrementalPdfFileWriter(io.BytesIO(content), strict=False), io.BytesIO()
    change(writer)
    writer.write(out)
    return out.getvalue()


def sealed_by_hand(
    content: bytes, key: PersonalKey, *, field: str = "Seal", certify: bool = True, room: int = 9000
) -> bytes:
    """Sign as pyHanko does by itself, with as much room for the signature as is wanted."""
    said = PdfSignatureMetadata(
        field_name=field,
        md_algorithm="sha256",
        subfilter=SigSeedSubFilter.PADES,
        certify=certify,
        docmdp_permissions=MDPPerm.NO_CHANGES,
        reason="reviewed and approved",
    )
    signer = _Lawless(said, OwnKeySigner(key), new_field_spec=SigFieldSpec(field))
    writer = IncrementalPdfFileWriter(io.BytesIO(content), strict=False)
    out = io.BytesIO()
    signer.sign_pdf(writer, output=out, bytes_reserved=room, existing_fields_only=False)
    return out.getvalue()


class _Lawless(PdfSigner):
    """Signs also what may not be signed any more."""

    @override
    def _enforce_certification_constraints(self, reader: object) -> None:
        """Let it be."""
