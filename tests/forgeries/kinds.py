"""Every kind of forgery, made from a genuine report; and a few files that are none.

Each takes the scene and returns the bytes that somebody might bring.
"""

from __future__ import annotations

import dataclasses
import datetime as dt
import io
import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass

import pikepdf
from asn1crypto import cms, core, pem, x509
from pyhanko.pdf_utils import embed, generic
from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter
from pypdf import PdfReader, PdfWriter

from monitor.people import Author, Role
from monitor.ports import PersonalKey
from monitor.signature_view import AddendumView
from tests.forgeries.clinic import Clinic
from tests.forgeries.pieces import (
    appended,
    before_seal,
    byte_range,
    flipped,
    gap,
    plain,
    saved,
    sealed_by_hand,
    with_message,
    with_range,
)
from tests.forgeries.records import as_attached, forged, signed_by

JUNK = b"\n% nothing to see here\n"


@dataclass(frozen=True)
class Scene:
    """Our clinic, and another one of the same name."""

    clinic: Clinic
    other: Clinic

    @property
    def report(self) -> bytes:
        """The genuine report."""
        return self.clinic.report


# --- saved anew, or cut and pasted ----------------------------------------------------------


def saved_by_pikepdf(scene: Scene) -> bytes:
    with pikepdf.open(io.BytesIO(scene.report)) as pdf:
        return saved(pdf)


def saved_by_qpdf_for_the_web(scene: Scene) -> bytes:
    with pikepdf.open(io.BytesIO(scene.report)) as pdf:
        return saved(pdf, linearize=True, object_stream_mode=pikepdf.ObjectStreamMode.generate)


def saved_by_pypdf(scene: Scene) -> bytes:
    out = io.BytesIO()
    PdfWriter(clone_from=PdfReader(io.BytesIO(scene.report))).write(out)
    return out.getvalue()


def page_replaced(scene: Scene) -> bytes:
    with (
        pikepdf.open(io.BytesIO(scene.report)) as pdf,
        pikepdf.open(io.BytesIO(plain("Nothing happened"))) as other,
    ):
        pdf.pages[1] = other.pages[0]
        return saved(pdf)


def attachment_swapped(scene: Scene) -> bytes:
    with pikepdf.open(io.BytesIO(scene.report)) as pdf:
        swapped = forged(scene.clinic.record)
        pdf.attachments["record.json"] = pikepdf.AttachedFileSpec(
            pdf,
            swapped,
            description="",
            filename="record.json",
            mime_type="application/json",
            creation_date="",
            mod_date="",
        )
        return saved(pdf)


def seal_stripped(scene: Scene) -> bytes:
    with pikepdf.open(io.BytesIO(scene.report)) as pdf:
        for name in ("/AcroForm", "/Perms"):
            if name in pdf.Root:
                del pdf.Root[name]
        for page in pdf.pages:
            if "/Annots" in page.obj:
                del page.obj["/Annots"]
        return saved(pdf)


def locked(scene: Scene) -> bytes:
    with pikepdf.open(io.BytesIO(scene.report)) as pdf:
        return saved(pdf, encryption=pikepdf.Encryption(owner="owner", user="user"))


def byte_flipped_on_a_page(scene: Scene) -> bytes:
    return flipped(scene.report, len(before_seal(scene.report)) // 2)


def byte_flipped_in_the_seal(scene: Scene) -> bytes:
    found = gap(scene.report)
    place = found.start(1) + 1000
    digit = b"0" if scene.report[place : place + 1] != b"0" else b"1"
    return scene.report[:place] + digit + scene.report[place + 1 :]


def cut_short(scene: Scene) -> bytes:
    return scene.report[:-1000]


def cut_back_to_before_the_seal(scene: Scene) -> bytes:
    return before_seal(scene.report)


def junk_appended(scene: Scene) -> bytes:
    return scene.report + JUNK


# --- appended as PDF allows -----------------------------------------------------------------


def content_appended(scene: Scene) -> bytes:
    def overlay(writer: IncrementalPdfFileWriter) -> None:
        page = writer.root["/Pages"]["/Kids"][0].get_object()
        drawn = generic.StreamObject(stream_data=b"1 0 0 rg 100 500 200 30 re f")
        added = writer.add_object(drawn)
        held = page.raw_get("/Contents")
        page["/Contents"] = generic.ArrayObject([held, added])
        writer.update_container(page)

    return appended(scene.report, overlay)


def note_appended(scene: Scene) -> bytes:
    def note(writer: IncrementalPdfFileWriter) -> None:
        page = writer.root["/Pages"]["/Kids"][0].get_object()
        box = generic.ArrayObject([generic.NumberObject(n) for n in (50, 700, 300, 800)])
        said = {
            "/Type": generic.pdf_name("/Annot"),
            "/Subtype": generic.pdf_name("/FreeText"),
            "/Rect": box,
            "/Contents": generic.pdf_string("pressure was 190"),
            "/DA": generic.pdf_string("/Helv 20 Tf"),
            "/F": generic.NumberObject(4),
        }
        made = {generic.pdf_name(name): value for name, value in said.items()}
        added = writer.add_object(generic.DictionaryObject(made))
        page["/Annots"] = generic.ArrayObject([*page.get("/Annots", ()), added])
        writer.update_container(page)

    return appended(scene.report, note)


def attachment_appended(scene: Scene) -> bytes:
    def attach(writer: IncrementalPdfFileWriter) -> None:
        made = embed.EmbeddedFileObject.from_file_data(
            writer, data=b'{"forged": 1}', mime_type="application/json"
        )
        embed.embed_file(writer, embed.FileSpec("more.json", "more.json", made))

    return appended(scene.report, attach)


def another_seal_appended(scene: Scene) -> bytes:
    return sealed_by_hand(scene.report, scene.other.key(), field="Another", certify=False)


# --- sealed by somebody else ----------------------------------------------------------------


def resealed_by_a_look_alike(scene: Scene) -> bytes:
    return _sealed(scene, scene.clinic.record, scene.other.key())


def another_clinics_report(scene: Scene) -> bytes:
    return scene.other.report


def forged_and_sealed_elsewhere(scene: Scene) -> bytes:
    return _sealed(scene, forged(scene.clinic.record), scene.other.key())


def forged_and_sealed_by_our_own(scene: Scene) -> bytes:
    return _sealed(scene, forged(scene.clinic.record), scene.clinic.key())


def sealed_by_another_of_ours(scene: Scene) -> bytes:
    return _sealed(scene, scene.clinic.record, scene.clinic.key("nk"))


def _sealed(scene: Scene, record: bytes, key: PersonalKey) -> bytes:
    """Seal our report with any key, which the pages name as the last signer's."""
    ours = scene.clinic
    *others, last = ours.overview.signatures
    named = dataclasses.replace(last, certificate=key.fingerprint)
    overview = dataclasses.replace(ours.overview, signatures=(*others, named))
    return ours.press.seal(overview, record, key)


def pages_drawn_otherwise_by_the_signer(scene: Scene) -> bytes:
    ours = scene.clinic
    return ours.press.seal(dataclasses.replace(ours.overview, chair="7"), ours.record, ours.key())


def record_forged_and_signed_without_keys(scene: Scene) -> bytes:
    """What a nurse alone can make: names without keys, and an addendum with her own."""
    said, key = json.loads(forged(scene.clinic.record)), scene.clinic.key("nk")
    signed, co_signed = said["entries"][-2:]
    for each in (signed, co_signed):
        each.update(certificate="", signature="")
    added = co_signed | {"kind": "addendum", "n": co_signed["n"] + 1, "text": "all is well"}
    said["entries"].append(added | {"meaning": "addendum", "by": signed["by"], "uid": "uid-9999"})
    view = AddendumView(
        by=Author("nk", Role.NURSE, "Nina Kowal", "RN"),
        at=dt.datetime.fromisoformat(added["at"]),
        text="all is well",
        version=2,
        meaning="addendum",
        digest=said["digest"],
        certificate=key.fingerprint,
    )
    overview = dataclasses.replace(scene.clinic.overview, addenda=(view,), version=2)
    return scene.clinic.press.seal(overview, signed_by(said, key, -1), key)


def co_signed_by_a_nurse(scene: Scene) -> bytes:
    said, key = json.loads(scene.clinic.record), scene.clinic.key("nk")
    signed, co_signed = said["entries"][-2:]
    co_signed["by"] = signed["by"] | {"role": "prescriber"}
    return _sealed(scene, signed_by(said, key, -1), key)


def time_of_another_changed(scene: Scene) -> bytes:
    said = json.loads(scene.clinic.record)
    said["entries"][-2]["at"] = "2026-03-02T11:20:00Z"
    return _sealed(scene, as_attached(said), scene.clinic.key())


# --- games with the seal --------------------------------------------------------------------


def seal_moved(scene: Scene) -> bytes:
    digits = gap(scene.report)[1]
    target = pages_drawn_otherwise_by_the_signer(scene)
    found = gap(target)
    return target[: found.start(1)] + digits + target[found.end(1) :]


def gap_widened(scene: Scene) -> bytes:
    start, length, second, rest = byte_range(scene.report)
    return with_range(scene.report, (start, length, second + 20, rest - 20))


def second_part_short(scene: Scene) -> bytes:
    start, length, second, rest = byte_range(scene.report)
    return with_range(scene.report, (start, length, second, rest - 30))


def parts_swapped(scene: Scene) -> bytes:
    start, length, second, rest = byte_range(scene.report)
    return with_range(scene.report, (second, rest, start, length))


def digits_in_small_letters(scene: Scene) -> bytes:
    found = gap(scene.report)
    return scene.report[: found.start(1)] + found[1].lower() + scene.report[found.end(1) :]


def unsigned_attribute_added(scene: Scene) -> bytes:
    roomy = sealed_by_hand(before_seal(scene.report), scene.clinic.key(), room=9000)
    held = cms.ContentInfo.load(bytes.fromhex(gap(roomy)[1].decode()))
    info = held["content"]["signer_infos"][0]
    hidden = {"type": "1.2.3.4", "values": [core.Any(core.UTF8String("hidden"))]}
    info["unsigned_attrs"] = cms.CMSAttributes([cms.CMSAttribute(hidden)])
    return with_message(roomy, held.dump(force=True))


def padding_used(scene: Scene) -> bytes:
    roomy = sealed_by_hand(before_seal(scene.report), scene.clinic.key(), room=9000)
    found = gap(roomy)
    return roomy[: found.end(1) - 8] + b"DEADBEEF" + roomy[found.end(1) :]


def certificate_swapped(scene: Scene) -> bytes:
    held = cms.ContentInfo.load(bytes.fromhex(gap(scene.report)[1].decode()))
    _, _, der = pem.unarmor(scene.other.key().certificate.encode())
    other = x509.Certificate.load(der)
    own = held["content"]["certificates"]
    swapped = [
        cms.CertificateChoices("certificate", other)
        if each.chosen.subject == other.subject
        else each
        for each in own
    ]
    held["content"]["certificates"] = cms.CertificateSet(swapped)
    return with_message(scene.report, held.dump(force=True))


# --- files of another kind ------------------------------------------------------------------


def genuine(scene: Scene) -> bytes:
    return scene.report


def empty(_: Scene) -> bytes:
    return b""


def a_text(_: Scene) -> bytes:
    return b"This is a letter and no PDF."


def another_programs(_: Scene) -> bytes:
    return plain("An invoice")


Make = Callable[[Scene], bytes]

KINDS: Mapping[str, Make] = {
    "the genuine file, renamed": genuine,
    "saved anew by pikepdf": saved_by_pikepdf,
    "saved anew for the web by qpdf": saved_by_qpdf_for_the_web,
    "saved anew by pypdf": saved_by_pypdf,
    "one page replaced": page_replaced,
    "attached record swapped": attachment_swapped,
    "seal stripped": seal_stripped,
    "locked with a password": locked,
    "one byte flipped on a page": byte_flipped_on_a_page,
    "one digit of the seal changed": byte_flipped_in_the_seal,
    "cut short": cut_short,
    "cut back to before the seal": cut_back_to_before_the_seal,
    "junk appended": junk_appended,
    "content appended to a page (incremental update)": content_appended,
    "note appended (incremental update)": note_appended,
    "attachment appended (incremental update)": attachment_appended,
    "another clinic's seal appended (incremental update)": another_seal_appended,
    "sealed anew by a look-alike authority": resealed_by_a_look_alike,
    "another clinic's genuine report": another_clinics_report,
    "record forged, sealed by another clinic": forged_and_sealed_elsewhere,
    "record forged, sealed by a signer of this clinic": forged_and_sealed_by_our_own,
    "sealed by another person of this clinic": sealed_by_another_of_ours,
    "record forged, signed without keys, sealed by a nurse": record_forged_and_signed_without_keys,
    "co-signed by a nurse as a prescriber": co_signed_by_a_nurse,
    "time of another's signature changed by the sealer": time_of_another_changed,
    "pages drawn otherwise by the signer, with the own key": pages_drawn_otherwise_by_the_signer,
    "seal moved from another file": seal_moved,
    "gap of the byte range widened": gap_widened,
    "second part of the byte range short": second_part_short,
    "parts of the byte range swapped": parts_swapped,
    "digits of the seal in small letters": digits_in_small_letters,
    "unsigned attribute added to the seal": unsigned_attribute_added,
    "padding of the seal used": padding_used,
    "signer's certificate swapped": certificate_swapped,
    "an empty file": empty,
    "a text": a_text,
    "another program's PDF": another_programs,
}
"""By what is done to the report."""
