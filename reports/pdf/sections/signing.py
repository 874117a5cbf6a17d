"""Who vouches for the record, and what ties the paper to it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from importlib import metadata
from itertools import groupby

from reportlab.graphics.barcode.qrencoder import QRCode, QRErrorCorrectLevel
from reportlab.platypus import Flowable, KeepTogether
from typing_extensions import override

from monitor.overview import SignatureView
from reports.pdf import look
from reports.pdf.drawn import Drawn
from reports.pdf.look import Types
from reports.pdf.parts import Heading, gap
from reports.pdf.pen import Pen
from reports.pdf.setting import Setting
from reports.summary import is_final

_LIMITS = (
    "Chairside records what staff entered. It is not a medical device, gives no treatment advice "
    "and does not monitor patients; verify every dose by your own process."
)
_MISSING = (
    "Characters that the printed typefaces lack stand as [U+…]; the exact text is in the record. "
)
_PER_ROW = 3
_SHORT = 16  # digits of a digest in a signature box: they equal the start of the one below


@dataclass(frozen=True, slots=True)
class Box:
    """One signer: what they attest, who they are, when.

    Attributes:
        at: Empty where nobody has signed yet.
        note: The digest's first digits, or why the signature no longer holds.
    """

    meaning: str
    name: str
    credential: str
    at: str
    note: str
    holds: bool


class Signatures(Drawn):
    """Up to three signature boxes side by side; dashed ones are void or not signed yet."""

    def __init__(self, pen: Pen, boxes: Sequence[Box]) -> None:
        super().__init__(look.MEASURE, 62)
        self.pen, self.boxes = pen, boxes

    @override
    def draw(self) -> None:
        """Draw it."""
        n = max(2, len(self.boxes))
        room = (self.width - look.GUTTER * (n - 1)) / n
        for k, box in enumerate(self.boxes):
            self._box(k * (room + look.GUTTER), room, box)

    def _box(self, x: float, room: float, box: Box) -> None:
        c, free = self.canv, room - 16
        c.setStrokeColor(look.INK if box.holds else look.LINE)
        c.setLineWidth(0.7)
        if not box.holds:
            c.setDash(3, 2)
        c.roundRect(x, 2, room, 58, 3, stroke=1, fill=0)
        c.setDash()
        self.pen.put_whole(c, (x + 8, 51), box.meaning, Types.LABEL, free)
        self.pen.put_whole(c, (x + 8, 39), box.name, Types.SIGNER, free)
        self.pen.put_whole(c, (x + 8, 29.5), box.credential, Types.LABEL_INK, free)
        if box.at:
            self.pen.put(c, (x + 8, 18.5), box.at, Types.TABLE_STRONG)
            how = Types.TINY_MONO if box.holds else Types.TINY_STRONG.inked(look.ALERT)
            self.pen.put(c, (x + 8, 9), box.note, how, room=free)
        else:
            self.pen.put(c, (x + 8, 14), "○ not signed", Types.TABLE_STRONG.inked(look.ALERT))


def signatures(s: Setting) -> list[Flowable]:
    """Return the signature boxes and who is who; they come after everything they cover."""
    boxes = [_signed(s, signature) for signature in s.overview.signatures]
    boxes += _unsigned(s)
    rows = [boxes[n : n + _PER_ROW] for n in range(0, len(boxes), _PER_ROW)]
    remark = "password asked again at the moment of signing · times with UTC offset"
    heading = Heading(s.pen, "Signatures", remark)
    staff = s.pen.say("Staff: {staff}", "label", staff=s.initials.line() or "none")
    first, *later = [Signatures(s.pen, row) for row in rows]
    return [KeepTogether([heading, gap(0.5), first]), *later, gap(0.5), staff]


def _signed(s: Setting, signature: SignatureView) -> Box:
    by = signature.by
    credential = ", ".join(part for part in (by.credential, by.role.value) if part)
    note = f"digest {signature.digest[:_SHORT]}"
    if not signature.holds:
        note = "✕ void: the record was amended after it"
    at = s.times.stamp(signature.at)
    return Box(signature.meaning, by.name, credential, at, note, signature.holds)


def _unsigned(s: Setting) -> list[Box]:
    standing = [signature for signature in s.overview.signatures if signature.holds]
    made = []
    if not any(not signature.co_signature for signature in standing):
        made.append(Box("recorded by", "", "", "", "", holds=False))
    if not any(signature.co_signature for signature in standing):
        made.append(Box("reviewed and approved", "", "", "", "", holds=False))
    return made


# -- proof -----------------------------------------------------------------------------------


class Proof(Drawn):
    """Labelled lines, and the same digest as a code for a camera."""

    def __init__(self, pen: Pen, rows: Sequence[tuple[str, str]], code: str) -> None:
        super().__init__(look.MEASURE, max(64 if code else 0, 9.2 * len(rows) + 4))
        self.pen, self.rows, self.code = pen, rows, code

    @override
    def draw(self) -> None:
        """Draw it."""
        y = self.height - 9
        for label, text in self.rows:
            self.pen.put(self.canv, (0, y), label, Types.LABEL)
            how = Types.HASH if _is_digest(text) else Types.LABEL_INK
            self.pen.put_whole(self.canv, (74, y), text, how, 386)
            y -= 9.2
        if self.code:
            self._draw_code(self.width - 58, self.height - 60, 58)

    def _draw_code(self, x: float, y: float, size: float) -> None:
        code = QRCode(None, QRErrorCorrectLevel.M)
        code.addData(self.code)
        code.make()
        n = code.getModuleCount()
        each, path = size / n, self.canv.beginPath()
        for row in range(n):
            bottom = y + each * (n - 1 - row)
            line = [code.isDark(row, col) for col in range(n)]
            for dark, run in groupby(range(n), line.__getitem__):
                cols = list(run)
                if dark:
                    path.rect(x + each * cols[0], bottom, each * len(cols), each * 1.02)
        self.canv.setFillColor(look.INK)
        self.canv.drawPath(path, stroke=0, fill=1)


def _is_digest(text: str) -> bool:
    words = text.split()
    return len(words) == 8 and all(len(word) == 8 for word in words)  # noqa: PLR2004 - 64 digits


def _grouped(digest: str) -> str:
    return " ".join(digest[n : n + 8] for n in range(0, len(digest), 8)) or "not recorded"


def proof(s: Setting) -> list[Flowable]:
    """Return what ties the paper to the record, how to check it, and what this is not."""
    overview = s.overview
    final = is_final(overview)
    approved = f"approved by {overview.approved_by}" if overview.approved_by else "not approved"
    rows = [
        ("Session digest", _grouped(overview.digest)),
        ("Protocol hash", _grouped(overview.protocol_hash)),
        ("Protocol", f"{overview.protocol_id} v{overview.protocol_version}, {approved} here"),
        ("Entries", f"{overview.entries} in this session, each chained to the one before"),
        (
            "Made by",
            f"Chairside {metadata.version('chairside')}, report version {overview.version}",
        ),
        ("To verify", _how(final=final)),
    ]
    code = f"CHAIRSIDE 1 {overview.code} v{overview.version} {overview.digest}" if final else ""
    last = (_MISSING if s.pen.missing else "") + _LIMITS
    return [
        KeepTogether(
            [
                Heading(s.pen, "Proof"),
                Proof(s.pen, rows, code),
                gap(0.5),
                s.pen.say("{text}", "label", text=last),
            ]
        )
    ]


def _how(*, final: bool) -> str:
    if not final:
        return "A draft: the digest covers the entries so far and changes with the next one."
    return "Run “chairside verify FILE”: it compares the whole file with the clinic’s record."
