"""A small PDF with a genuine seal, made without a report and without a record."""

from __future__ import annotations

import datetime as dt
import functools
import io

from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter
from pyhanko.sign.fields import MDPPerm, SigFieldSpec, SigSeedSubFilter
from pyhanko.sign.signers import PdfSignatureMetadata, PdfSigner
from reportlab.pdfgen.canvas import Canvas

from db.certification import OpenedKey, PracticeCertification
from monitor.certificates import Authority, PersonalCertificate
from monitor.people import Author, Clinic, Role
from reports.sealing.seal import OwnKeySigner

AT = dt.datetime(2026, 3, 2, 9, 0, tzinfo=dt.UTC)


@functools.cache
def personal_key() -> OpenedKey:
    """A prescriber's key, under an authority for practice."""
    clinic = PracticeCertification()
    found = clinic.found(Clinic("c", "Riverside Clinic", "", ("1",)), "a long passphrase", AT)
    admin = Author(user="ad", name="Ada Min", role=Role.ADMINISTRATOR, credential="")
    authority = Authority(found.certificate, found.wrapped, AT, admin)
    person = Author(user="ds", name="Dana Silva", role=Role.PRESCRIBER, credential="MD")
    made = clinic.issue(authority, "a long passphrase", person, "a long password", AT)
    own = PersonalCertificate("ds", made.serial, made.certificate, made.wrapped, AT, admin)
    return clinic.open(authority, own, "a long password")


@functools.cache
def plain_pdf() -> bytes:
    """One page, as reportlab draws it."""
    out = io.BytesIO()
    canvas = Canvas(out, invariant=1)
    canvas.drawString(72, 700, "a page")
    canvas.save()
    return out.getvalue()


@functools.cache
def sealed_pdf(room: int = 8000) -> bytes:
    """That page with a seal, in so many digits."""
    said = PdfSignatureMetadata(
        field_name="Seal",
        md_algorithm="sha256",
        subfilter=SigSeedSubFilter.PADES,
        certify=True,
        docmdp_permissions=MDPPerm.NO_CHANGES,
        reason="reviewed",
    )
    signer = PdfSigner(said, OwnKeySigner(personal_key()), new_field_spec=SigFieldSpec("Seal"))
    writer, out = IncrementalPdfFileWriter(io.BytesIO(plain_pdf())), io.BytesIO()
    signer.sign_pdf(writer, output=out, bytes_reserved=room, existing_fields_only=False)
    return out.getvalue()
