"""Who a patient is said to be changes only by an act with a reason, and stays in sight."""

from __future__ import annotations

import dataclasses
from decimal import Decimal

import pytest

from monitor.acts import Calculate, Sign, Weigh
from monitor.clinic import Lists, NewPatient
from monitor.entries import Basis, Leaving, Opened, PatientMended, VolumeMode, Weighing
from monitor.errors import Code, InputError
from monitor.identity import MendPatient, ShowChanges, patient_stream
from monitor.people import Author, Patient, Role, Sex, differences
from tests.fakes.rooms import registered
from tests.fakes.visit import Visit

REASON = "name changed"


def patient_of(visit: Visit) -> Patient:
    return visit.overview.patient


def as_new(patient: Patient, **changes: str) -> NewPatient:
    """Return what would be typed for a patient, with these fields changed."""
    known = NewPatient(
        family=patient.family,
        given=patient.given,
        born=patient.born.isoformat(),
        sex=patient.sex,
        number=patient.number,
        allergies=patient.allergies,
    )
    return dataclasses.replace(known, **changes)  # type: ignore[arg-type] # texts all of them


def mended(
    visit: Visit,
    author: Author | None = None,
    reason: str = REASON,
    seen: Patient | None = None,
    **changes: str,
) -> Patient:
    """Change what is known of the visit's patient."""
    (patient,) = Lists(visit.world).patients("100234")
    wanted = as_new(patient, **changes)
    return MendPatient(visit.world)(author or visit.nurse, patient.id, wanted, reason, seen)


def test_that_a_change_is_kept_with_what_was_known_before_and_why() -> None:
    visit = Visit()
    was = patient_of(visit)
    now = mended(visit, family="Nowak-Lis", reason=f"  {REASON} ")
    (entry,) = [e for e in visit.store.entries if isinstance(e.what, PatientMended)]
    assert (entry.stream, entry.n) == (patient_stream(was.id), 2)
    assert entry.what == PatientMended(was, now)
    assert (entry.by, entry.reason) == (visit.nurse, REASON)
    assert Lists(visit.world).patients("100234") == (now,)


def test_that_the_changes_are_listed_the_newest_first() -> None:
    visit = Visit()
    mended(visit, family="Nowack")
    visit.at("10:00")
    mended(visit, family="Nowak-Lis", born="1984-03-13", reason="misspelt")
    newest, oldest = ShowChanges(visit.world)(patient_of(visit).id)
    assert [(d.what, d.was, d.now) for d in differences(newest.was, newest.now)] == [
        ("name", "Nowack, Anna", "Nowak-Lis, Anna"),
        ("born", "1984-03-12", "1984-03-13"),
    ]
    assert (newest.at, newest.by, newest.reason) == (
        visit.instant("10:00"),
        visit.nurse,
        "misspelt",
    )
    assert oldest.now == newest.was


def test_that_an_open_session_follows_and_shows_both_names() -> None:
    visit = Visit().started()
    opened_at = visit.overview.opened_at
    visit.at("10:12")
    now = mended(visit, family="Nowak-Lis", number="100235")
    seen = visit.overview
    assert (seen.patient, seen.opened_at) == (now, opened_at)
    (amendment,) = seen.amendments
    assert (amendment.about, amendment.of) == ("identity", None)
    assert (amendment.old, amendment.new) == (
        "Nowak, Anna, MRN 100234",
        "Nowak-Lis, Anna, MRN 100235",
    )
    assert (amendment.reason, amendment.by, amendment.at) == (
        REASON,
        visit.nurse,
        visit.instant("10:12"),
    )


def test_that_a_second_change_takes_the_place_of_the_first() -> None:
    visit = Visit()
    mended(visit, family="Nowack")
    now = mended(visit, family="Nowak-Lis")
    with visit.world.transaction() as tx:
        session = tx.session(visit.session_id)
    assert session.opened.patient == now
    (kept,) = session.all(Opened)
    assert [a.new for a in visit.overview.amendments] == ["Nowack, Anna", "Nowak-Lis, Anna"]
    assert kept.first == session.entries[0]


def test_that_a_closed_session_follows_as_long_as_nobody_has_signed() -> None:
    visit = left()
    now = mended(visit, family="Nowak-Lis")
    assert patient_of(visit) == now
    visit.signed()
    assert visit.overview.status == "signed"


@pytest.mark.parametrize("status", ["signed", "co-signed"])
def test_that_a_signed_session_keeps_the_identity_it_was_signed_with(status: str) -> None:
    visit = left().signed()
    if status == "co-signed":
        visit.co_signed()
    before, entries = visit.overview, len(visit.store.entries)
    report = visit.world.press.draw(before)
    mended(visit, family="Nowak-Lis")
    assert len(visit.store.entries) == entries + 1  # the change itself, nothing else
    after = visit.overview
    assert (after.patient, after.digest, after.status) == (
        before.patient,
        before.digest,
        before.status,
    )
    assert visit.world.press.draw(after) == report
    (header,) = Lists(visit.world).sessions()
    assert header.patient.family == "Nowak"


def test_that_other_patients_sessions_are_left_alone() -> None:
    visit = Visit()
    other = registered(visit, "Reyes", "Mateo", "100412")
    wanted = as_new(other, family="Reyes-Cruz")
    MendPatient(visit.world)(visit.nurse, other.id, wanted, REASON)
    assert visit.overview.amendments == ()


@pytest.mark.parametrize(
    ("changes", "code", "field"),
    [
        ({"family": " "}, Code.EMPTY, "family"),
        ({"given": "An\x07na"}, Code.NOT_UNDERSTOOD, "given"),
        ({"born": "12.3.1984"}, Code.NOT_UNDERSTOOD, "born"),
        ({"born": "2031-01-01"}, Code.FUTURE, "born"),
        ({"born": "1584-03-12"}, Code.OUT_OF_RANGE, "born"),
        ({"number": "100412"}, Code.NAME_TAKEN, "number"),
    ],
)
def test_that_what_is_typed_is_checked_as_at_registration(
    changes: dict[str, str], code: Code, field: str
) -> None:
    visit = Visit()
    registered(visit, "Reyes", "Mateo", "100412")
    (patient,) = Lists(visit.world).patients("100234")
    wanted = as_new(patient, **changes)
    before = len(visit.store.entries)
    with pytest.raises(InputError) as caught:
        MendPatient(visit.world)(visit.nurse, patient.id, wanted, REASON)
    assert (caught.value.code, caught.value.field) == (code, field)
    assert len(visit.store.entries) == before


@pytest.mark.parametrize("reason", ["", "   "])
def test_that_a_change_needs_a_reason(reason: str) -> None:
    visit = Visit()
    with visit.refused(Code.REASON_MISSING):
        mended(visit, family="Nowak-Lis", reason=reason)


@pytest.mark.parametrize("family", ["Nowak", " Nowak "])
def test_that_nothing_different_is_refused(family: str) -> None:
    visit = Visit()
    with visit.refused(Code.UNCHANGED):
        mended(visit, family=family)


def test_that_an_accent_typed_in_two_strokes_is_no_change() -> None:
    visit = Visit()
    mended(visit, family="Nov\u00e1k")
    with visit.refused(Code.UNCHANGED):
        mended(visit, family="Nova\u0301k")


def test_that_a_form_that_somebody_else_was_quicker_than_is_refused() -> None:
    visit = Visit()
    seen = patient_of(visit)
    mended(visit, born="1984-03-13")
    with visit.refused(Code.BUSY):
        mended(visit, family="Nowak-Lis", seen=seen)


def test_that_a_full_disk_leaves_neither_the_change_nor_what_follows() -> None:
    visit = Visit()
    (patient,) = Lists(visit.world).patients("100234")
    visit.store.fails = Code.DISK_FULL
    with visit.refused(Code.DISK_FULL):
        MendPatient(visit.world)(
            visit.nurse, patient.id, as_new(patient, family="Nowak-Lis"), REASON
        )


def test_that_the_own_number_is_not_taken() -> None:
    visit = Visit()
    assert mended(visit, family="Nowak-Lis", number="100234").number == "100234"


@pytest.mark.parametrize("role", [Role.NURSE, Role.PRESCRIBER, Role.THERAPIST, Role.ADMINISTRATOR])
def test_that_clinicians_and_administrators_may(role: Role) -> None:
    visit = Visit()
    author = Author("xy", role, "Xenia Young")
    assert mended(visit, author, family="Nowak-Lis").family == "Nowak-Lis"


def test_that_an_auditor_may_not() -> None:
    visit = Visit()
    with visit.refused(Code.NOT_ALLOWED):
        mended(visit, Author("au", Role.AUDITOR, "Ada Unger"), family="Nowak-Lis")


def test_that_a_name_put_right_lets_nobody_sign_for_the_visit() -> None:
    visit = left()
    stranger = Author("th", Role.THERAPIST, "Theo Hahn")
    mended(visit, stranger, family="Nowak-Lis")
    with visit.refused(Code.NOT_ALLOWED):
        visit.do(Sign(meaning="recorded by", seen=visit.overview.digest), stranger)


@pytest.mark.parametrize(("basis", "undone"), [(Basis.IDEAL, "undone"), (Basis.ACTUAL, "")])
def test_that_another_sex_undoes_a_dose_on_ideal_weight_before_the_start(
    basis: Basis, undone: str
) -> None:
    visit = Visit().ordered()
    visit.do(Weigh(kg=Decimal(90), height_cm=Decimal(168), how=Weighing.MEASURED))
    calculate = Calculate(
        strength_mg_per_ml=Decimal(50),
        volume_ml=Decimal(50),
        volume_mode=VolumeMode.REPLACES,
        basis=basis,
        basis_reason="as agreed",
    )
    visit.do(calculate)
    mended(visit, sex=Sex.MALE, reason="wrong at registration")
    assert (visit.overview.dose.calculated_mg is None) is bool(undone)
    visit.do(calculate)
    assert visit.overview.dose.calculated_mg is not None


def left() -> Visit:
    """Return a visit whose patient was taken to another hospital."""
    visit = Visit().started()
    return visit.at("10:05").left(Leaving.TRANSFERRED, "felt unwell")
