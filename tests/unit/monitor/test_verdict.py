"""What a file is judged to be, from what was seen and what is known; no bytes are needed."""

from __future__ import annotations

import dataclasses
import datetime as dt

import pytest

from monitor.judging import Kept, Known, doubted, judge, without_store
from monitor.sealed_file import (
    CertificateFacts,
    EntrySignature,
    FileFacts,
    Form,
    RecordFacts,
    SealFacts,
    session_code,
)
from monitor.verdict import Knowledge, Reason, Seen, Standing, Verdict

CLINICS, ANOTHERS, PERSONS = "c1" * 32, "a2" * 32, "b3" * 32
BEGINS = dt.datetime(2026, 1, 1, tzinfo=dt.UTC)
ENDS = dt.datetime(2031, 1, 1, tzinfo=dt.UTC)
AT = dt.datetime(2026, 3, 2, 11, 31, tzinfo=dt.UTC)

AUTHORITY = CertificateFacts(CLINICS, "Riverside", "Riverside", "01", BEGINS, ENDS)
PERSON = CertificateFacts(PERSONS, "Dana Silva", "Riverside", "02", BEGINS, ENDS)
SEAL = SealFacts(
    field="Seal",
    signed_at=AT,
    meaning="reviewed and approved",
    signer=PERSON,
    authority=AUTHORITY,
    whole=True,
    after=0,
    intact=True,
    holds=True,
    issued=True,
    tight=True,
)
SIGNED = EntrySignature("signed", "Nina Kowal", "nurse", "recorded by", AT, "d4" * 32, holds=True)
CO_SIGNED = EntrySignature("co-signed", "Dana Silva", "prescriber", "ok", AT, PERSONS, holds=True)
RECORD = RecordFacts("session", "ee" * 32, "ee" * 32, (SIGNED, CO_SIGNED), CLINICS)
FILE = FileFacts(
    sha256="ff" * 32,
    size=1000,
    form=Form.PDF,
    maker="Chairside 1",
    ours=True,
    code=session_code("session"),
    pages=2,
    seals=(SEAL,),
    record=RECORD,
    attachments=1,
)
VOUCHED = (("signed", "d4" * 32, AT), ("co-signed", PERSONS, AT))
KEPT = Kept(session_code("session"), 1, "signed", AT, same=True, digest="ee" * 32, vouched=VOUCHED)


def with_seal(**changes: object) -> FileFacts:
    """The genuine file, with another seal."""
    return dataclasses.replace(FILE, seals=(dataclasses.replace(SEAL, **changes),))  # type: ignore[arg-type]


def with_record(**changes: object) -> FileFacts:
    """The genuine file, with another record."""
    return dataclasses.replace(FILE, record=dataclasses.replace(RECORD, **changes))  # type: ignore[arg-type]


def by_certificate(facts: FileFacts) -> Verdict:
    """What is said with the clinic's certificate alone."""
    return without_store(facts, [CLINICS])


def in_record(facts: FileFacts, kept: Kept | None) -> Verdict:
    """What is said with the record at hand."""
    return judge(facts, Known(Knowledge.RECORD, frozenset({CLINICS}), kept))


def against(verdict: Verdict) -> list[Seen]:
    """What speaks against the file."""
    return [reason.seen for reason in verdict.reasons if reason.held is False]


def of(verdict: Verdict, seen: Seen) -> Reason:
    """The one reason of a kind."""
    (found,) = (reason for reason in verdict.reasons if reason.seen is seen)
    return found


def test_that_a_whole_file_is_genuine_as_far_as_each_degree_reaches() -> None:
    assert in_record(FILE, KEPT).standing is Standing.GENUINE
    assert by_certificate(FILE).standing is Standing.GENUINE
    assert without_store(FILE).standing is Standing.CANNOT_TELL
    assert [v.exit_status for v in (by_certificate(FILE), without_store(FILE))] == [0, 2]


def test_that_by_the_certificate_it_is_said_who_signed_which_version() -> None:
    told = by_certificate(with_record(addenda=1))
    assert (told.session_code, told.version) == (session_code("session"), 2)
    assert [name for name, *_ in told.signers] == ["Nina Kowal", "Dana Silva"]
    nothing = without_store(FILE)
    assert (nothing.session_code, nothing.version, nothing.signers) == ("", None, ())


def test_that_what_cannot_be_told_is_said() -> None:
    def untold(verdict: Verdict) -> list[object]:
        return [r.facts["what"] for r in verdict.reasons if r.seen is Seen.UNTOLD]

    assert untold(in_record(FILE, KEPT)) == []
    assert untold(by_certificate(FILE)) == ["newer", "pages", "replaced", "time"]
    assert untold(without_store(FILE)) == ["authority", "newer", "pages", "replaced", "time"]


@pytest.mark.parametrize(
    ("name", "seen"),
    [
        ("whole", Seen.WHOLE),
        ("intact", Seen.INTACT),
        ("holds", Seen.HOLDS),
        ("tight", Seen.TIGHT),
        ("issued", Seen.AUTHORITY),
    ],
)
def test_that_a_seal_with_one_fault_is_worth_nothing(name: str, seen: Seen) -> None:
    facts = with_seal(**{name: False})
    for verdict in (by_certificate(facts), without_store(facts)):
        assert verdict.standing is Standing.CHANGED
        assert against(verdict) == [seen]


@pytest.mark.parametrize(
    ("facts", "seen"),
    [
        (with_record(computed="00" * 32), Seen.DIGEST),
        (with_record(computed=""), Seen.DIGEST),
        (dataclasses.replace(FILE, record=None), Seen.RECORD),
        (dataclasses.replace(FILE, seals=(SEAL, SEAL)), Seen.ONLY),
        (with_record(signatures=(CO_SIGNED, SIGNED)), Seen.SEALER),
        (with_record(signatures=()), Seen.SEALER),
        (with_seal(signed_at=AT + dt.timedelta(seconds=1)), Seen.SEALER),
        (with_seal(signer=None), Seen.SEALER),
        (
            with_record(signatures=(dataclasses.replace(SIGNED, holds=False), CO_SIGNED)),
            Seen.ENTRY,
        ),
    ],
    ids=str,
)
def test_that_what_does_not_fit_the_seal_is_found(facts: FileFacts, seen: Seen) -> None:
    for verdict in (by_certificate(facts), without_store(facts)):
        assert verdict.standing is Standing.CHANGED
        assert against(verdict) == [seen]


def test_that_another_authoritys_file_is_not_the_clinics() -> None:
    other = dataclasses.replace(AUTHORITY, fingerprint=ANOTHERS)
    facts = dataclasses.replace(with_seal(authority=other), record=None)
    assert by_certificate(facts).standing is Standing.FOREIGN
    assert without_store(with_seal(authority=other)).standing is Standing.CANNOT_TELL
    assert by_certificate(with_seal(authority=None, issued=False)).standing is Standing.CHANGED


def test_that_a_record_under_another_authority_does_not_hold() -> None:
    verdict = by_certificate(with_record(authority=ANOTHERS))
    assert verdict.standing is Standing.CHANGED
    assert against(verdict) == [Seen.ENTRY, Seen.ENTRY]


def test_that_certificates_are_judged_at_the_time_that_the_seal_states() -> None:
    later = ENDS + dt.timedelta(days=1)
    verdict = without_store(FILE, [CLINICS], later)
    assert verdict.standing is Standing.GENUINE
    assert of(verdict, Seen.EXPIRED_SINCE).held is None
    late = dataclasses.replace(CO_SIGNED, at=later)
    expired = dataclasses.replace(
        with_seal(signed_at=later),
        record=dataclasses.replace(RECORD, signatures=(SIGNED, late)),
    )
    verdict = without_store(expired, [CLINICS], later)
    assert verdict.standing is Standing.CHANGED
    assert against(verdict) == [Seen.IN_TIME]


def test_that_a_seal_without_a_time_is_not_in_time() -> None:
    assert Seen.IN_TIME in against(by_certificate(with_seal(signed_at=None)))


def test_that_a_draft_can_be_told_by_the_record_alone() -> None:
    draft = dataclasses.replace(
        FILE, seals=(), record=dataclasses.replace(RECORD, signatures=(SIGNED,))
    )
    assert by_certificate(draft).standing is Standing.CANNOT_TELL
    kept = dataclasses.replace(KEPT, status="draft")
    assert in_record(draft, kept).standing is Standing.DRAFT
    newer = dataclasses.replace(kept, newest_version=1, newest_status="signed")
    assert in_record(draft, newer).standing is Standing.DRAFT
    assert of(in_record(draft, newer), Seen.NEWER).held is False
    assert in_record(draft, None).standing is Standing.CHANGED


def test_that_a_signed_report_without_its_seal_is_not_genuine() -> None:
    stripped = dataclasses.replace(FILE, seals=())
    assert by_certificate(stripped).standing is Standing.CHANGED
    assert against(by_certificate(stripped)) == [Seen.SEAL]


def test_that_the_hash_in_the_record_counts_more_than_what_is_seen() -> None:
    old = FileFacts("ff" * 32, 10, Form.PDF)  # from before files were sealed
    verdict = in_record(old, KEPT)
    assert verdict.standing is Standing.GENUINE
    assert against(verdict) == []


def test_that_a_newer_version_is_said() -> None:
    verdict = in_record(FILE, dataclasses.replace(KEPT, newest_version=2, newest_status="signed"))
    assert verdict.standing is Standing.SUPERSEDED
    assert verdict.exit_status == 0
    assert against(verdict) == [Seen.NEWER]
    older = in_record(FILE, dataclasses.replace(KEPT, version=2, replaces=(1, "ab" * 32)))
    assert of(older, Seen.OLDER).facts == {"version": 1, "sha256": "ab" * 32}


def test_that_a_re_issued_certificate_is_said() -> None:
    anew = ((Seen.REISSUED, "Dana Silva", AT), (Seen.RENEWED, "Nina Kowal", AT))
    verdict = in_record(FILE, dataclasses.replace(KEPT, anew=anew))
    assert verdict.standing is Standing.GENUINE
    assert of(verdict, Seen.REISSUED).facts == {"name": "Dana Silva", "at": AT}
    assert of(verdict, Seen.RENEWED).facts == {"name": "Nina Kowal", "at": AT}


def test_that_a_sealed_file_which_the_record_has_lost_is_not_called_forged() -> None:
    verdict = in_record(FILE, None)
    assert (verdict.standing, verdict.exit_status) == (Standing.CANNOT_TELL, 2)
    first = dataclasses.replace(KEPT, same=False)
    assert in_record(with_record(addenda=1), first).standing is Standing.CANNOT_TELL


def test_that_there_is_one_file_of_each_version() -> None:
    another = dataclasses.replace(KEPT, same=False, differs=(Reason(Seen.PAGE, False),))  # noqa: FBT003
    assert in_record(FILE, another).standing is Standing.CHANGED
    second = dataclasses.replace(another, newest_version=2)
    assert in_record(with_record(addenda=1), second).standing is Standing.CHANGED


@pytest.mark.parametrize(
    ("form", "standing"),
    [
        (Form.NOT_A_PDF, Standing.NOT_A_PDF),
        (Form.BROKEN, Standing.CHANGED),
        (Form.LOCKED, Standing.CHANGED),
        (Form.TOO_LARGE, Standing.FOREIGN),
        (Form.TOO_MUCH, Standing.FOREIGN),
    ],
)
def test_that_what_cannot_be_read_is_not_genuine(form: Form, standing: Standing) -> None:
    facts = FileFacts("ff" * 32, 10, form)
    for verdict in (in_record(facts, None), by_certificate(facts), without_store(facts)):
        assert (verdict.standing, verdict.exit_status) == (standing, 1)
        assert Seen.FORM in against(verdict)


def test_that_another_programs_pdf_is_foreign() -> None:
    facts = FileFacts("ff" * 32, 10, Form.PDF, "Another", pages=1)
    for verdict in (in_record(facts, None), by_certificate(facts), without_store(facts)):
        assert verdict.standing is Standing.FOREIGN


@pytest.mark.parametrize(
    "facts",
    [
        with_record(rehearsal=True),
        with_seal(signer=dataclasses.replace(PERSON, practice=True)),
        with_seal(authority=dataclasses.replace(AUTHORITY, practice=True)),
    ],
    ids=["record", "signer", "authority"],
)
def test_that_a_rehearsal_is_always_said(facts: FileFacts) -> None:
    assert of(by_certificate(facts), Seen.REHEARSAL).held is None
    assert of(without_store(facts), Seen.REHEARSAL).held is None
    kept = dataclasses.replace(KEPT, rehearsal=True)
    assert of(in_record(FILE, kept), Seen.REHEARSAL).held is None


UNKEYED = dataclasses.replace(CO_SIGNED, name="Dana Silva", fingerprint="", holds=None)
ADDED = EntrySignature("addendum", "Nina Kowal", "nurse", "addendum", AT, PERSONS, holds=True)


def test_that_no_key_vouches_for_a_name_without_one() -> None:
    facts = with_record(signatures=(SIGNED, UNKEYED, ADDED), addenda=1)
    verdict = by_certificate(facts)
    assert (verdict.standing, verdict.exit_status) == (Standing.CANNOT_TELL, 2)
    assert (verdict.signers, against(verdict)) == ((), [])
    assert of(verdict, Seen.KEYLESS).facts == {"name": "Dana Silva"}
    assert in_record(facts, None).standing is Standing.CANNOT_TELL
    kept = dataclasses.replace(KEPT, version=2)
    assert in_record(facts, kept).standing is Standing.GENUINE


@pytest.mark.parametrize(
    "forged",
    [
        {"stated": "dd" * 32, "computed": "dd" * 32},
        {"signatures": (dataclasses.replace(SIGNED, fingerprint="99" * 32), CO_SIGNED)},
        {"signatures": (dataclasses.replace(SIGNED, at=BEGINS), CO_SIGNED)},
        {"signatures": (CO_SIGNED,)},
    ],
    ids=["digest", "certificate", "time", "left out"],
)
def test_that_a_later_version_goes_on_from_what_the_record_has(
    forged: dict[str, object],
) -> None:
    first = dataclasses.replace(KEPT, same=False)
    assert in_record(with_record(addenda=1), first).standing is Standing.CANNOT_TELL
    verdict = in_record(with_record(addenda=1, **forged), first)
    assert (verdict.standing, verdict.exit_status) == (Standing.CHANGED, 1)


def test_that_a_description_of_another_session_speaks_against_a_file() -> None:
    facts = dataclasses.replace(FILE, code="S-00000001")
    verdict = by_certificate(facts)
    assert verdict.standing is Standing.CHANGED
    assert against(verdict) == [Seen.CODE]
    nameless = by_certificate(dataclasses.replace(FILE, code=""))
    assert nameless.session_code == session_code("session")


def test_that_nothing_speaks_against_the_kept_file() -> None:
    late = with_seal(signed_at=ENDS + dt.timedelta(days=1))
    verdict = in_record(late, KEPT)
    assert verdict.standing is Standing.GENUINE
    assert against(verdict) == []
    assert of(verdict, Seen.IN_TIME).facts["overruled"] is True


def test_that_a_record_for_practice_says_so() -> None:
    known = Known(Knowledge.RECORD, frozenset({CLINICS}), KEPT, practice=True)
    assert of(judge(FILE, known), Seen.REHEARSAL).held is None


def test_that_two_of_one_name_are_told_apart() -> None:
    twin = dataclasses.replace(CO_SIGNED, name="Nina Kowal", user="nk2")
    signed = dataclasses.replace(SIGNED, user="nk")
    verdict = by_certificate(with_record(signatures=(signed, twin)))
    assert [name for name, *_ in verdict.signers] == ["Nina Kowal (nk)", "Nina Kowal (nk2)"]


def test_that_a_doubtful_record_makes_no_broken_file_uncertain() -> None:
    broken = with_seal(intact=False)
    first = dataclasses.replace(KEPT, same=False)
    alone = by_certificate(broken)
    assert doubted(in_record(broken, first), alone) is alone
    left = doubted(in_record(FILE, KEPT), by_certificate(FILE), "beside")
    assert left.standing is Standing.CANNOT_TELL
    assert of(left, Seen.WHOSE).facts == {"why": "beside"}
    old = FileFacts("ff" * 32, 10, Form.PDF)  # from before files were sealed
    assert doubted(in_record(old, KEPT), by_certificate(old)).standing is Standing.CANNOT_TELL
