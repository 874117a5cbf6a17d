"""The signature inside the file: what it says, what it covers, and that nothing else is added."""

from __future__ import annotations

import dataclasses
import functools
import io
import re
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import pikepdf
import pytest
from asn1crypto import cms

from monitor.overview import SessionOverview
from monitor.people import Author
from reports.pdf.session_report import drawing
from reports.press import ReportPress
from reports.sealing.seal import FIELD
from tests.fakes.overview_parts import DANA, ELENI, at
from tests.fakes.overviews import draft, esketamine
from tests.fakes.sealing import practice_key
from tests.unit.reports.reading_back import text
from tests.unit.reports.vouched import added, keyed

RECORD = b'{"entries": []}\n'


def whole() -> SessionOverview:
    return keyed(esketamine())


@functools.cache
def sealed(by: Author = DANA) -> bytes:
    return ReportPress().seal(whole(), RECORD, practice_key(by))


@contextmanager
def field(content: bytes) -> Iterator[tuple[pikepdf.Pdf, Any]]:
    """Open a file at its one signature field."""
    with pikepdf.open(io.BytesIO(content)) as pdf:
        (one,) = pdf.Root.AcroForm.Fields
        yield pdf, one


def signed_data(content: bytes) -> Any:  # noqa: ANN401 - asn1crypto carries no types
    """Return what the signature is made of."""
    with field(content) as (_, one):
        return cms.ContentInfo.load(bytes(one.V.Contents), strict=True)["content"]


def stamped(content: bytes) -> str:
    """Return the words of the stamp as a reader sees them."""
    with field(content) as (pdf, one):
        shown = one.AP.N
        page = pdf.add_blank_page(page_size=(int(shown.BBox[2]), int(shown.BBox[3])))
        page.obj.Resources = pikepdf.Dictionary(XObject=pikepdf.Dictionary(Stamp=shown))
        page.obj.Contents = pdf.make_stream(b"/Stamp Do")
        alone = pikepdf.new()
        alone.pages.append(page)
        out = io.BytesIO()
        alone.save(out)
        return text(out.getvalue())


def test_that_the_sealed_file_begins_with_the_archive_form() -> None:
    archived = ReportPress().archive(whole(), RECORD)
    assert sealed().startswith(archived)
    assert archived.rstrip().endswith(b"%%EOF")


def test_that_the_same_session_record_and_key_give_the_same_file() -> None:
    assert ReportPress().seal(whole(), RECORD, practice_key(DANA)) == sealed()


def test_that_nothing_of_the_report_is_changed_by_the_signature() -> None:
    archived = ReportPress().archive(whole(), RECORD)
    with pikepdf.open(io.BytesIO(archived)) as before, pikepdf.open(io.BytesIO(sealed())) as after:
        numbers = range(1, len(before.objects) + 1)
        changed = {n for n in numbers if _written(before, n) != _written(after, n)}
        page = next(page.obj for page in after.pages if "/Annots" in page)
        assert changed == {after.Root.objgen[0], page.objgen[0]}
        signed = {"/AcroForm", "/Perms", "/Extensions"}
        assert set(after.Root.keys()) - set(before.Root.keys()) == signed
        old = before.get_object(page.objgen)
        assert set(page.keys()) - set(old.keys()) == {"/Annots"}


def _written(pdf: pikepdf.Pdf, number: int) -> tuple[bytes, bytes]:
    found = pdf.get_object(number, 0)
    held = found.read_raw_bytes() if isinstance(found, pikepdf.Stream) else b""
    return found.unparse(resolved=not held), held


def test_that_it_is_one_pades_signature_that_certifies_and_forbids_every_change() -> None:
    with field(sealed()) as (pdf, one):
        said = one.V
        assert str(one.FT) == "/Sig"
        assert one.T == FIELD
        assert said.SubFilter == pikepdf.Name("/ETSI.CAdES.detached")
        assert pdf.Root.Perms.DocMDP.objgen == said.objgen
        (reference,) = said.Reference
        assert reference.TransformMethod == pikepdf.Name.DocMDP
        assert reference.TransformParams.P == 1
        assert int(pdf.Root.AcroForm.SigFlags) == 3
        assert not {"/Location", "/ContactInfo", "/Cert", "/Prop_Build"} & set(said.keys())


def test_that_it_says_who_what_for_and_the_time_of_the_entry() -> None:
    with field(sealed()) as (_, one):
        assert one.V.Name == DANA.name
        assert one.V.Reason == "reviewed and approved"
        assert one.V.M == "D:20260302124109+01'00'"


def test_that_it_covers_the_whole_file_but_its_own_digits() -> None:
    with field(sealed()) as (_, one):
        start, first, second, rest = (int(each) for each in one.V.ByteRange)
    digits = sealed()[first:second]
    assert (start, second + rest) == (0, len(sealed()))
    assert re.fullmatch(rb"<[0-9A-F]+>", digits)
    assert bytes.fromhex(digits[1:-1].decode()) == cms.ContentInfo.load(
        bytes.fromhex(digits[1:-1].decode()), strict=True
    ).dump(force=True)


def test_that_the_signature_holds_no_time_of_the_computer_and_nothing_unsigned() -> None:
    found = signed_data(sealed())
    (signer,) = found["signer_infos"]
    assert {each["type"].native for each in signer["signed_attrs"]} == {
        "content_type", "message_digest", "signing_certificate_v2",
    }  # fmt: skip
    assert not signer["unsigned_attrs"].native
    assert signer["digest_algorithm"]["algorithm"].native == "sha256"
    assert signer["signature_algorithm"].signature_algo == "rsassa_pkcs1v15"
    names = [each.chosen.subject.native["common_name"] for each in found["certificates"]]
    assert sorted(names) == ["Dana Silva", "Riverside Clinic signing authority"]


def test_that_the_stamp_says_who_attests_what_when_and_over_which_record() -> None:
    words = stamped(sealed())
    for said in (
        "Sealed with this signature", DANA.name, DANA.credential, "prescriber",
        "reviewed and approved", "2026-03-02 12:41:09 +01:00",
        f"record digest {whole().digest[:16]}",
        f"certificate {whole().signatures[-1].certificate[:16]}",
    ):  # fmt: skip
        assert said in words
    assert "re-issued" not in words


def test_that_a_certificate_issued_anew_never_goes_unseen() -> None:
    again = dataclasses.replace(
        whole().signatures[-1], reissued=(at("09:00", day=1), at("23:30", day=2))
    )
    seen = dataclasses.replace(whole(), signatures=(whole().signatures[0], again))
    words = stamped(ReportPress().seal(seen, RECORD, practice_key(DANA)))
    assert "certificate re-issued on 2026-03-02 (2 times in all)" in words


def test_that_a_renewal_is_printed_as_a_renewal() -> None:
    last = whole().signatures[-1]
    again = dataclasses.replace(last, renewed=(at("09:00", day=1), at("23:30", day=2)))
    seen = dataclasses.replace(whole(), signatures=(whole().signatures[0], again))
    words = stamped(ReportPress().seal(seen, RECORD, practice_key(DANA)))
    assert f"certificate {last.certificate[:16]} certificate renewed on 2026-03-02" in words
    assert "re-issued" not in words


def test_that_a_narrow_stamp_says_its_meaning_whole() -> None:
    first, last = whole().signatures
    seen = dataclasses.replace(whole(), signatures=(first, first, last))
    words = stamped(ReportPress().seal(seen, RECORD, practice_key(DANA)))
    assert "✓ Sealed reviewed and approved" in words


def test_that_the_stamp_lies_exactly_in_the_last_signer_s_box() -> None:
    place = drawing(whole()).seal
    assert place is not None
    with field(sealed()) as (pdf, one):
        number = next(n for n, page in enumerate(pdf.pages, 1) if "/Annots" in page)
        rect = tuple(float(each) for each in one.Rect)
        assert number == place[0]
        assert rect == pytest.approx(place[1], abs=0.01)
        assert one.P.objgen == pdf.pages[number - 1].objgen
        wide, tall = float(one.AP.N.BBox[2]), float(one.AP.N.BBox[3])
        assert (wide, tall) == pytest.approx((rect[2] - rect[0], rect[3] - rect[1]), abs=0.01)
        assert int(one.F) & 4  # it prints


def test_that_all_typefaces_of_the_stamp_are_embedded_and_told_apart() -> None:
    with field(sealed()) as (pdf, one):
        stamp = [str(font.BaseFont) for font in one.AP.N.Resources.Font.values()]
        report = [str(font.BaseFont) for font in pdf.pages[0].Resources.Font.values()]
        assert all("/FontFile2" in f.FontDescriptor for f in one.AP.N.Resources.Font.values())
    assert not set(stamp) & set(report)
    assert all(re.fullmatch(r"/SEAL[A-Z]{2}\+Noto\S+", name) for name in stamp)


def test_that_a_later_version_is_sealed_by_the_addendum_s_author_in_that_box() -> None:
    later = added(esketamine(), "She slept well.", "She called again.")
    content = ReportPress().seal(later, RECORD, practice_key(later.addenda[-1].by))
    with field(content) as (_, one):
        assert (one.V.Reason, one.V.Name) == ("addendum", "Nina Kowal")
        assert one.V.M == "D:20260304150200+01'00'"
    assert "Sealed with this signature addendum 2 Nina Kowal" in stamped(content)


def test_that_names_of_any_script_are_kept_exactly_beside_the_printed_ones() -> None:
    by = dataclasses.replace(ELENI, name="山本 Ελένη \N{HEBREW LETTER ALEF} \ud800")
    last = dataclasses.replace(whole().signatures[-1], by=by)
    seen = dataclasses.replace(whole(), signatures=(whole().signatures[0], last))
    content = ReportPress().seal(seen, RECORD, practice_key(DANA))
    with field(content) as (_, one):
        assert one.V.Name == "山本 Ελένη \N{HEBREW LETTER ALEF} ?"
    assert "[U+5C71][U+672C] Ελένη [U+05D0]" in stamped(content)


def test_that_nobody_seals_with_another_s_key() -> None:
    with pytest.raises(ValueError, match="another key"):
        ReportPress().seal(whole(), RECORD, practice_key(ELENI))


def test_that_a_draft_is_never_sealed() -> None:
    with pytest.raises(ValueError, match="draft"):
        ReportPress().seal(draft(), RECORD, practice_key(DANA))
