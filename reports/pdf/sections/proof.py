"""What ties the paper to the record, how to check it, and what the program is not."""

from __future__ import annotations

from collections.abc import Sequence
from importlib import metadata
from itertools import groupby

from reportlab.graphics.barcode.qrencoder import QRCode, QRErrorCorrectLevel
from reportlab.platypus import Flowable
from typing_extensions import override

from monitor.overview import SessionOverview
from reports.pdf import look
from reports.pdf.drawn import Drawn
from reports.pdf.look import Types
from reports.pdf.parts import Heading, gap
from reports.pdf.pen import Pen
from reports.pdf.setting import Setting
from reports.vouching import is_final

_LIMITS = (
    "Chairside records what staff entered. It is not a medical device, gives no treatment advice "
    "and does not monitor patients; verify every dose by your own process."
)
_MISSING = (
    "Characters that the printed typefaces lack stand as [U+…]; the exact text is in the record. "
)
_DRAFT = "A draft: the digest covers the entries so far and changes with the next one."
_WITH = "chairside verify FILE: compares the whole file, to the last bit, with the clinic’s record."
_WITHOUT = (
    "python3 chairside-verify.pyz --ca authority.pem FILE: ask the clinic for these two files."
)
_PRACTICE = "Signed with practice keys, which everybody has: it shows how it is done, no more."


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
    code = f"CHAIRSIDE 1 {overview.code} v{overview.version} {overview.digest}" if final else ""
    last = (_MISSING if s.pen.missing else "") + _LIMITS
    return [
        Heading(s.pen, "Proof"),
        Proof(s.pen, _rows(overview), code),
        gap(0.5),
        s.pen.say("{text}", "label", text=last),
    ]


def _rows(overview: SessionOverview) -> list[tuple[str, str]]:
    approved = f"approved by {overview.approved_by}" if overview.approved_by else "not approved"
    made = f"made by Chairside {metadata.version('chairside')}, report version {overview.version}"
    replaced = [("Replaces the file", _grouped(overview.replaces))] if overview.replaces else []
    return [
        ("Session digest", _grouped(overview.digest)),
        ("Protocol hash", _grouped(overview.protocol_hash)),
        ("Clinic’s authority", _grouped(overview.authority)),
        *replaced,
        ("Protocol", f"{overview.protocol_id} v{overview.protocol_version}, {approved} here"),
        ("Entries", f"{overview.entries} in this session, each chained to the one before; {made}"),
        *_how(overview),
    ]


def _how(overview: SessionOverview) -> list[tuple[str, str]]:
    """Return how to check the file, and what it is worth."""
    if not is_final(overview):
        return [("To verify", _DRAFT)]
    if overview.rehearsal:
        return [("To verify", _WITH), ("Without it", _WITHOUT), ("Rehearsal", _PRACTICE)]
    return [("To verify", _WITH), ("Without it", _WITHOUT)]
