"""The signature inside the file: PAdES baseline B-B, certifying, and nothing may follow it.

Only what the signature needs is appended; the archive form stays as it is, byte by byte. What
is appended follows from the archive form, the record and the key alone, so that a practice
key gives the same file each time.
"""

from __future__ import annotations

import asyncio
import hashlib
import io
import re
from collections.abc import Generator
from typing import Any, cast

import pikepdf
from asn1crypto import pem, x509
from pyhanko.pdf_utils import generic
from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter
from pyhanko.pdf_utils.reader import PdfFileReader
from pyhanko.sign.fields import MDPPerm, SigFieldSpec, SigSeedSubFilter
from pyhanko.sign.signers import Signer
from pyhanko.sign.signers.cms_embedder import (
    PdfCMSEmbedder,
    SigIOSetup,
    SigMDPSetup,
    SigObjSetup,
)
from pyhanko.sign.signers.constants import ESIC_EXTENSION_1
from pyhanko.sign.signers.pdf_byterange import SignatureObject
from pyhanko_certvalidator.registry import SimpleCertificateStore
from typing_extensions import override

from monitor.overview import SessionOverview
from monitor.ports import PersonalKey
from reports.pdf.signature_box import Place
from reports.pdf.stamp import stamp
from reports.vouching import ADDENDUM, Vouched, last_vouched

FIELD = "Seal"
"""The name of the one signature field."""

_HASH = "sha256"
_SUBSET = re.compile(r"^/[A-Z]{4}(?=[A-Z]{2}\+)")
_SIGNATURE = 384  # bytes of an RSA-3072 signature


class OwnKeySigner(Signer):
    """Has a person's own key sign; the key itself stays where it is."""

    def __init__(self, key: PersonalKey) -> None:
        others = SimpleCertificateStore()
        others.register(_certificate(key.authority))
        super().__init__(signing_cert=_certificate(key.certificate), cert_registry=others)
        self._key = key

    @override
    async def async_sign_raw(
        self, data: bytes, digest_algorithm: str, dry_run: bool = False
    ) -> bytes:
        """Return the signature; for a dry run so many bytes as it will have."""
        return bytes(_SIGNATURE) if dry_run else self._key.sign(data)


class _Appending(IncrementalPdfFileWriter):
    """Appends what it is told to and nothing of its own: no time of day, nothing by chance."""

    @override
    def _update_meta(self) -> None:
        """Leave the metadata as the archive form has them: they say the record's time."""

    @classmethod
    @override
    def _handle_id(cls, prev: PdfFileReader) -> generic.ArrayObject:
        """Return the file's identity: the first half as it was, the second from its bytes."""
        first, _ = prev.trailer["/ID"]
        prev.stream.seek(0)
        second = hashlib.sha256(prev.stream.read()).digest()[:16]
        return generic.ArrayObject([first, generic.ByteStringObject(second)])


def sealed(archived: bytes, overview: SessionOverview, place: Place, key: PersonalKey) -> bytes:
    """Return the signed file.

    Args:
        archived: The archive form; the signed file begins with it.
        overview: What was drawn; its last signer's entry says when and what for.
        place: The last signer's box.
        key: The last signer's own.
    """
    vouched = last_vouched(overview)
    if vouched is None:
        raise ValueError("a draft is not sealed")
    if vouched.certificate not in ("", key.fingerprint):
        raise ValueError("the last signer has another key")
    signer = OwnKeySigner(key)
    writer = _Appending(io.BytesIO(archived))
    writer.register_extension(ESIC_EXTENSION_1)
    page, box = place
    spec = SigFieldSpec(FIELD, on_page=page - 1, box=_whole(box))
    steps = PdfCMSEmbedder(spec).write_cms(FIELD, writer)
    field = next(steps).get_object()
    _show(writer, field, _drawn(overview, vouched, (box[2] - box[0], box[3] - box[1])))
    return _signed(steps, signer, _dictionary(overview, vouched, _room(signer)))


def _signed(
    steps: Generator[Any, Any, None], signer: OwnKeySigner, dictionary: SignatureObject
) -> bytes:
    """Go through the steps of pyHanko's own way to put a signature into a file."""
    rules = SigMDPSetup(md_algorithm=_HASH, certify=True, docmdp_perms=MDPPerm.NO_CHANGES)
    steps.send(SigObjSetup(sig_placeholder=dictionary, mdp_setup=rules))
    prepared, out = steps.send(SigIOSetup(md_algorithm=_HASH))
    steps.send(_cms(signer, prepared.document_digest))
    return cast("bytes", out.getvalue())


def _cms(signer: OwnKeySigner, digest: bytes, *, dry_run: bool = False) -> Any:  # noqa: ANN401 - asn1crypto carries no types
    return asyncio.run(signer.async_sign(digest, _HASH, dry_run=dry_run, use_pades=True))


def _room(signer: OwnKeySigner) -> int:
    """Return how many hexadecimal digits the signature takes: no digit is left over."""
    return 2 * len(_cms(signer, bytes(32), dry_run=True).dump())


def _dictionary(overview: SessionOverview, vouched: Vouched, room: int) -> SignatureObject:
    return SignatureObject(
        timestamp=overview.local(vouched.at).replace(microsecond=0),
        subfilter=SigSeedSubFilter.PADES,
        name=_writable(vouched.by.name),
        reason=_writable(vouched.meaning or ADDENDUM),
        bytes_reserved=room,
    )


def _writable(text: str) -> str:
    """Return text that a PDF can hold: half of a pair of surrogates is no character."""
    return text.encode("utf-8", "replace").decode("utf-8")


# -- the stamp -------------------------------------------------------------------------------


def _drawn(overview: SessionOverview, vouched: Vouched, size: tuple[float, float]) -> bytes:
    """Return the stamp with streams as the archive form has them, and typefaces of its own."""
    out = io.BytesIO()
    with pikepdf.open(io.BytesIO(stamp(overview, vouched, size))) as pdf:
        _tag(pdf)
        pdf.save(out, deterministic_id=True)
    return out.getvalue()


def _tag(pdf: pikepdf.Pdf) -> None:
    """Tell its subsets of the typefaces from those of the report (ISO 32000-1, 9.6.4)."""
    for each in pdf.objects:
        if isinstance(each, pikepdf.Dictionary):
            for name in ("/BaseFont", "/FontName"):
                if name in each:
                    each[name] = pikepdf.Name(_SUBSET.sub("/SEAL", str(each[name])))


def _show(writer: IncrementalPdfFileWriter, field: generic.DictionaryObject, drawn: bytes) -> None:
    """Give the signature field its appearance."""
    page = PdfFileReader(io.BytesIO(drawn)).root["/Pages"]["/Kids"][0]
    form = generic.StreamObject(
        {
            generic.pdf_name("/Type"): generic.pdf_name("/XObject"),
            generic.pdf_name("/Subtype"): generic.pdf_name("/Form"),
            generic.pdf_name("/BBox"): page["/MediaBox"],
            generic.pdf_name("/Resources"): writer.import_object(page["/Resources"]),
        },
        stream_data=page["/Contents"].data,
    )
    form.compress()
    shown = generic.DictionaryObject({generic.pdf_name("/N"): writer.add_object(form)})
    field[generic.pdf_name("/AP")] = shown


def _whole(box: tuple[float, float, float, float]) -> Any:  # noqa: ANN401
    return tuple(round(each, 2) for each in box)


def _certificate(text: str) -> x509.Certificate:
    _, _, der = pem.unarmor(text.encode("ascii"))
    return x509.Certificate.load(der)
