"""What was added after the co-signature: in full, each with its number, its author and when."""

from __future__ import annotations

from reportlab.platypus import Flowable

from monitor.signature_view import AddendumView
from reports.pdf.parts import Column, section, table
from reports.pdf.setting import Setting

_ADDENDA = (
    Column("No.", 26),
    Column("Added", 318),
    Column("By", 114),
    Column("When", 70, strong=True),
)


def addenda(s: Setting) -> list[Flowable]:
    """Return the addenda; before the co-signature there can be none, and nothing is said."""
    if not s.overview.addenda:
        return []
    rows = [_row(s, each) for each in s.overview.addenda]
    body = table(s.pen, _ADDENDA, rows)
    remark = "written after the co-signature; what was signed before is unchanged"
    return section(s.pen, "Addenda", remark, body)


def _row(s: Setting, added: AddendumView) -> tuple[object, ...]:
    by = ", ".join(part for part in (added.by.name, added.by.role.value) if part)
    return (
        str(added.version - 1),
        added.text,
        by,
        s.times.day_and_clock(added.at),
    )
