"""The drawn report as PDF/A-3b, with the record attached.

Everything in it comes from what is known of the session: the same overview and record give
the same bytes. It is validated as it is written; what does not pass is never handed out.
"""

from __future__ import annotations

import datetime as dt
import io
import re
from importlib import metadata

import pikepdf
from pikepdf import pdfa

from monitor.overview import SessionOverview
from reports.vouching import stands_since

RECORD_NAME = "record.json"
"""What the attachment is called."""

TITLE = "Session report"
"""Who it is about stands on the pages; lists of files show this, so it says no more."""

_FLAVOUR = "3b"
_PDF_VERSION = "1.7"  # what PDF/A-3 is made from (ISO 19005-3), and a PAdES signature needs
_SAYS = "The whole record of the session, entry by entry, and how to check it"
_METADATA_DATE = re.compile(rb"(<xmp:MetadataDate>)[^<]*")


def archived(drawn: bytes, overview: SessionOverview, record: bytes) -> bytes:
    """Return the archive form.

    Args:
        drawn: The report as reportlab made it.
        overview: What was drawn.
        record: The attachment, which is kept byte by byte.
    """
    made, at = io.BytesIO(), stands_since(overview).replace(microsecond=0)
    with pikepdf.open(io.BytesIO(drawn)) as pdf:
        _take_out_what_is_not_used(pdf)
        _describe(pdf, overview, at)
        _attach(pdf, record, at)
        pdfa.prepare(pdf, _FLAVOUR)
        _stop_the_clock(pdf, at)
        pdfa.save(
            pdf, made, _FLAVOUR, repair=False, deterministic_id=True, min_version=_PDF_VERSION
        )
    return made.getvalue()


def _take_out_what_is_not_used(pdf: pikepdf.Pdf) -> None:
    """Remove what reportlab writes on every page whether it is used or not."""
    for page in pdf.pages:
        if "/Trans" in page.obj:
            del page.obj["/Trans"]


def _describe(pdf: pikepdf.Pdf, overview: SessionOverview, at: dt.datetime) -> None:
    """Say what it is and by whom; nothing of the patient, whose name no list of files shows."""
    maker = f"Chairside {metadata.version('chairside')}"
    stamp = at.isoformat()
    with pdf.open_metadata(set_pikepdf_as_editor=False, update_docinfo=True) as said:
        said["dc:title"] = TITLE
        said["dc:creator"] = ["Chairside"]
        said["dc:description"] = f"{overview.code}, version {overview.version}"
        said["dc:language"] = ["en-GB"]
        said["pdf:Producer"] = maker
        said["xmp:CreatorTool"] = maker
        for name in ("xmp:CreateDate", "xmp:ModifyDate", "xmp:MetadataDate"):
            said[name] = stamp


def _attach(pdf: pikepdf.Pdf, record: bytes, at: dt.datetime) -> None:
    day = f"D:{at.astimezone(dt.UTC):%Y%m%d%H%M%S}Z"
    attached = pikepdf.AttachedFileSpec(
        pdf,
        record,
        description=_SAYS,
        filename=RECORD_NAME,
        mime_type="application/json",
        creation_date=day,
        mod_date=day,
    )
    attached.relationship = pikepdf.Name.Data
    pdf.attachments[RECORD_NAME] = attached


def _stop_the_clock(pdf: pikepdf.Pdf, at: dt.datetime) -> None:
    """Put the record's time where pikepdf wrote the computer's."""
    held = pdf.Root.Metadata.read_bytes()
    pdf.Root.Metadata.write(_METADATA_DATE.sub(rb"\g<1>" + at.isoformat().encode("ascii"), held))
