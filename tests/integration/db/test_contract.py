"""What a transaction promises, asked of the real store and of the fake alike."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager
from dataclasses import replace
from decimal import Decimal
from pathlib import Path
from typing import Protocol

import pytest

from db.witness.station import Station
from monitor.entries import (
    AccountCreated,
    Entry,
    PasswordSet,
    PatientRegistered,
    ProtocolApproved,
    ReportKept,
    StationNamed,
    session_stream,
)
from monitor.errors import Code, NotFoundError, RefusedError, StorageError
from monitor.people import Account, Role
from monitor.ports import Transaction
from tests.fakes.store import FakeStore
from tests.integration.db.scribe import (
    CLINIC,
    OTHER,
    PATIENT,
    PRESCRIBER,
    Scribe,
    practice_store,
    protocol_text,
)


class AnyStore(Protocol):
    """What the two have in common."""

    @property
    def transaction(self) -> Callable[[], AbstractContextManager[Transaction]]: ...


@pytest.fixture(params=["real", "fake"])
def store(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[AnyStore]:
    if request.param == "fake":
        yield FakeStore()
        return
    real = practice_store(tmp_path / "record", station=Station.here(tmp_path / "state"))
    yield real
    assert real.check().findings == ()  # whatever a test wrote, the projections follow it
    real.close()


@pytest.fixture
def scribe() -> Scribe:
    return Scribe()


def write(store: AnyStore, *entries: Entry) -> None:
    with store.transaction() as tx:
        tx.append(entries)


def test_that_a_new_ledger_is_empty(store: AnyStore) -> None:
    with store.transaction() as tx:
        assert tx.clinic() is None
        assert not tx.accounts()
        assert not tx.patients()
        assert not tx.approvals()
        assert not tx.sessions()
        assert tx.length("clinic") == 0
        assert tx.stream("clinic") == ()
        assert tx.report("s-1") is None
        assert tx.reports_like("00") == ()


def test_that_entries_come_back_as_they_were_written(store: AnyStore, scribe: Scribe) -> None:
    entries = [*scribe.founding(), scribe.opened(), scribe.weighed("70"), scribe.measured()]
    write(store, *entries)
    with store.transaction() as tx:
        assert tx.stream("session/s-1") == tuple(entries[-3:])
        assert tx.length("session/s-1") == 3


def test_that_what_was_just_appended_is_seen_in_the_same_transaction(
    store: AnyStore, scribe: Scribe
) -> None:
    with store.transaction() as tx:
        tx.append([*scribe.founding(), scribe.opened()])
        tx.append([scribe.measured()])
        assert tx.length("session/s-1") == 2
        assert tx.session("s-1").entries[-1].kind == "reading"
        assert [header.session_id for header in tx.sessions()] == ["s-1"]


def test_that_nothing_is_kept_of_a_transaction_that_fails(store: AnyStore, scribe: Scribe) -> None:
    with pytest.raises(ZeroDivisionError), store.transaction() as tx:
        tx.append(scribe.founding())
        raise ZeroDivisionError
    with store.transaction() as tx:
        assert tx.clinic() is None
        assert tx.patients() == ()


def test_that_an_entry_written_again_is_written_once(store: AnyStore, scribe: Scribe) -> None:
    entries = scribe.founding()
    write(store, *entries)
    write(store, *entries)
    with store.transaction() as tx:
        assert tx.length("clinic") == 2


def test_that_a_place_that_is_taken_is_busy(store: AnyStore, scribe: Scribe) -> None:
    write(store, *scribe.founding())
    late = replace(scribe.entry("clinic", PatientRegistered(OTHER)), n=2)
    with pytest.raises(StorageError) as caught:
        write(store, late)
    assert caught.value.code is Code.BUSY


def test_that_a_place_is_not_skipped(store: AnyStore, scribe: Scribe) -> None:
    with pytest.raises(StorageError) as caught:
        write(store, replace(scribe.entry("clinic", PatientRegistered(OTHER)), n=2))
    assert caught.value.code is Code.BUSY


def test_that_a_uid_is_not_used_for_another_entry(store: AnyStore, scribe: Scribe) -> None:
    first, *rest = scribe.founding()
    write(store, first, *rest)
    other = scribe.entry("access", PatientRegistered(OTHER))
    with pytest.raises(StorageError):
        write(store, replace(other, uid=first.uid))


def test_that_text_is_kept_in_one_form(store: AnyStore, scribe: Scribe) -> None:
    write(store, *scribe.founding(), scribe.opened(), scribe.noted("Zoe\u0308 slept"))
    with store.transaction() as tx:
        assert tx.session("s-1").entries[-1].what == scribe.noted("Zoë slept").what


def test_that_a_session_is_folded_under_its_own_protocol(store: AnyStore, scribe: Scribe) -> None:
    write(store, *scribe.founding(), scribe.opened())
    with store.transaction() as tx:
        session = tx.session("s-1")
        assert session.id == "s-1"
        assert session.protocol.content == protocol_text()


@pytest.mark.parametrize("ask", ["session", "digest", "patient", "account"])
def test_that_what_is_not_there_is_not_found(store: AnyStore, ask: str) -> None:
    with pytest.raises(NotFoundError), store.transaction() as tx:
        getattr(tx, ask)("nobody")


def test_that_a_session_under_an_unknown_protocol_is_not_found(
    store: AnyStore, scribe: Scribe
) -> None:
    write(store, scribe.opened())
    with pytest.raises(NotFoundError), store.transaction() as tx:
        tx.session("s-1")


def test_that_the_clinic_is_the_one_last_named(store: AnyStore, scribe: Scribe) -> None:
    write(store, *scribe.founding())
    with store.transaction() as tx:
        assert tx.clinic() == CLINIC


def test_that_accounts_are_listed_by_name(store: AnyStore, scribe: Scribe) -> None:
    write(store, *scribe.founding())
    first = Account("zz", "Ábel Aba", Role.AUDITOR, "", "$argon2id$x")
    write(store, scribe.entry("account/zz", AccountCreated(first)))
    with store.transaction() as tx:
        assert [account.user for account in tx.accounts()] == ["zz", "ds", "nk"]
        assert tx.account("zz") == first


def test_that_a_new_password_takes_the_old_ones_place(store: AnyStore, scribe: Scribe) -> None:
    verifier = "$argon2id$new"
    write(store, *scribe.founding())
    with store.transaction() as tx:
        before = tx.account("nk")
        tx.append([scribe.entry("account/nk", PasswordSet("nk", verifier))])
    with store.transaction() as tx:
        assert tx.account("nk") == replace(before, password_hash=verifier)
        assert tx.account("ds").password_hash != verifier


@pytest.mark.parametrize(
    ("search", "found"),
    [
        ("", ["p-2", "p-1"]),
        ("now", ["p-1"]),
        ("Nowak, Anna", ["p-1"]),
        ("anna NOWAK", ["p-1"]),
        ("100234", ["p-1"]),
        ("1984-03", ["p-1"]),
        ("lecki zoe", ["p-2"]),
        ("%", []),
        ("nowak zoe", []),
    ],
)
def test_that_patients_are_found(
    store: AnyStore, scribe: Scribe, search: str, found: list[str]
) -> None:
    write(store, *scribe.founding(), scribe.entry("patient/p-2", PatientRegistered(OTHER)))
    with store.transaction() as tx:
        assert [patient.id for patient in tx.patients(search)] == found


def test_that_a_patient_comes_back_whole(store: AnyStore, scribe: Scribe) -> None:
    write(store, *scribe.founding())
    with store.transaction() as tx:
        assert tx.patient("p-1") == PATIENT


def test_that_a_patient_known_by_a_session_alone_is_known(store: AnyStore, scribe: Scribe) -> None:
    write(store, *scribe.founding(), scribe.opened(patient=OTHER))
    with store.transaction() as tx:
        assert tx.patient("p-2") == OTHER


def test_that_the_newest_approval_of_a_protocol_counts(store: AnyStore, scribe: Scribe) -> None:
    write(store, *scribe.founding())
    content = protocol_text() + "\n# read again\n"
    digest = hashlib.sha256(content.encode("utf-8")).hexdigest()
    again = ProtocolApproved("iv-ketamine-40", 1, digest, content, rehearsal=True)
    entry = replace(scribe.entry("clinic", again), by=PRESCRIBER)
    write(store, entry)
    with store.transaction() as tx:
        (approval,) = tx.approvals()
    assert approval.protocol.hash == digest
    assert (approval.by, approval.at) == (PRESCRIBER.name, entry.at)
    assert approval.rehearsal


def test_that_a_sessions_status_follows_its_entries(store: AnyStore, scribe: Scribe) -> None:
    steps = [
        scribe.opened(),
        scribe.closed(),
        scribe.signed("d1"),
        scribe.signed("d1", second=True),
        scribe.added("she called: all is well"),
    ]
    write(store, *scribe.founding())
    seen = []
    for step in steps:
        write(store, step)
        with store.transaction() as tx:
            seen += [header.status for header in tx.sessions()]
    assert seen == ["open", "closed", "signed", "co-signed", "co-signed"]


def test_that_a_change_voids_the_signature(store: AnyStore, scribe: Scribe) -> None:
    write(store, *scribe.founding(), scribe.opened(), scribe.closed(), scribe.signed("d1"))
    write(store, scribe.noted("one more thing"))
    with store.transaction() as tx:
        assert [header.status for header in tx.sessions()] == ["closed"]


def test_that_sessions_are_listed_by_status_oldest_first(store: AnyStore, scribe: Scribe) -> None:
    write(store, *scribe.founding())
    write(store, *(scribe.opened(f"s-{n}", chair=str(n)) for n in range(1, 5)))
    ends = [scribe.closed("s-2"), scribe.closed("s-3", cancelled=True), scribe.closed("s-4")]
    write(store, *ends)
    write(store, scribe.signed("d", "s-4"))
    with store.transaction() as tx:
        found = {
            status: [header.session_id for header in tx.sessions(status=status)]
            for status in ("open", "closed", "cancelled", "signed", "co-signed")
        }
        listed = [header.session_id for header in tx.sessions()]
        since = [header.session_id for header in tx.sessions_closed_since(ends[1].at)]
    assert found == {
        "open": ["s-1"],
        "closed": ["s-2"],
        "cancelled": ["s-3"],
        "signed": ["s-4"],
        "co-signed": [],
    }
    assert (listed, since) == (["s-1", "s-2", "s-3", "s-4"], ["s-3", "s-4"])


def test_that_a_header_says_what_was_opened(store: AnyStore, scribe: Scribe) -> None:
    opened, closed = scribe.opened(), scribe.closed()
    write(store, *scribe.founding(), opened, closed)
    with store.transaction() as tx:
        (header,), own, used = tx.sessions(), tx.sessions_of(PATIENT.id), tx.protocols_used()
    assert (header.patient, own) == (PATIENT, (header,))
    assert (header.chair, header.protocol, *used) == ("2", *["iv-ketamine-40"] * 2)
    assert (header.drug, header.route) == ("ketamine", "intravenous")
    assert (header.opened_at, header.closed_at) == (opened.at, closed.at)


def test_that_the_past_weight_is_from_another_session(store: AnyStore, scribe: Scribe) -> None:
    write(store, *scribe.founding(), scribe.opened("s-1"), scribe.weighed("70.5", "s-1"))
    write(store, scribe.opened("s-2"), scribe.weighed("72", "s-2"))
    with store.transaction() as tx:
        before = tx.past_weight("p-1", "s-2")
        newest = tx.past_weight("p-1", "s-9")
        assert tx.past_weight("p-2", "s-1") is None
    assert before is not None
    assert newest is not None
    assert (before.kg, newest.kg) == (Decimal("70.5"), Decimal(72))


def test_that_an_amended_weight_counts(store: AnyStore, scribe: Scribe) -> None:
    first, second = scribe.weighed("154"), scribe.weighed("71")
    write(store, *scribe.founding(), replace(scribe.opened(), n=1))
    entries = [replace(first, n=2), replace(second, n=3)]
    late = replace(scribe.weighed("70", amends=first.uid), n=4)
    mended = replace(scribe.weighed("71.5", amends=second.uid), n=5)
    again = replace(scribe.weighed("71.6", amends=mended.uid), n=6)
    seen = []
    for entry in (*entries, late, mended, again):
        write(store, entry)
        with store.transaction() as tx:
            found = tx.past_weight("p-1", "")
        seen.append(str(found.kg) if found else "")
    assert seen == ["154", "71", "71", "71.5", "71.6"]


def test_that_a_digest_leaves_signatures_out(store: AnyStore, scribe: Scribe) -> None:
    write(store, *scribe.founding(), scribe.opened())
    with store.transaction() as tx:
        before = tx.digest("s-1")
        tx.append([scribe.signed(before), scribe.signed(before)])
        signed = tx.digest("s-1")
        tx.append([scribe.noted("more")])
        changed = tx.digest("s-1")
    assert before == signed != changed
    assert len(bytes.fromhex(before)) == 32


def test_that_a_kept_report_comes_back(store: AnyStore, scribe: Scribe) -> None:
    write(store, *scribe.founding(), scribe.opened())
    contents = [b"%PDF-1", b"%PDF-2"]
    hashes = [hashlib.sha256(content).hexdigest() for content in contents]
    for version, (content, sha256) in enumerate(zip(contents, hashes, strict=True), start=1):
        with store.transaction() as tx:
            tx.keep_file(sha256, content)
            said = ReportKept("s-1", sha256, version, "signed", "d", entries=version - 1)
            tx.append([scribe.entry("access", said), scribe.noted("meanwhile")])
    with store.transaction() as tx:
        newest = tx.report("s-1")
        assert [each.entries for each in tx.reports_of("s-1")] == [1, 1], "as counted, as said"
        (first,) = tx.reports_like(hashes[0])
        assert tx.reports_like("00") == ()
    assert newest is not None
    assert (newest.version, newest.content) == (2, b"%PDF-2")
    assert (first.version, first.content, first.status) == (1, b"%PDF-1", "signed")


def test_that_a_file_is_kept_under_its_own_hash_only(store: AnyStore) -> None:
    with pytest.raises(ValueError, match="hash"), store.transaction() as tx:
        tx.keep_file("00" * 32, b"%PDF-1")


def test_that_a_co_signed_session_takes_addenda_only(store: AnyStore, scribe: Scribe) -> None:
    first, last = scribe.opened(), scribe.signed("d", second=True)
    write(store, *scribe.founding(), first, last)
    for entry in (scribe.noted("late"), scribe.signed("d"), scribe.closed()):
        with pytest.raises(RefusedError) as caught:
            write(store, replace(entry, n=3))
        assert caught.value.code is Code.SIGNED
    write(store, replace(scribe.added("she called"), n=3))
    write(store, replace(scribe.added("she called again"), n=4))
    write(store, last)  # to write again what stands there already is no addition
    with store.transaction() as tx:
        assert tx.length("session/s-1") == 4
        assert tx.length("clinic") == 2


def test_that_other_streams_go_on_after_a_co_signature(store: AnyStore, scribe: Scribe) -> None:
    write(store, *scribe.founding(), scribe.opened(), scribe.signed("d", second=True))
    write(store, scribe.opened("s-2", chair="3"), scribe.noted("fine", "s-2"))
    with store.transaction() as tx:
        assert tx.length("session/s-2") == 2


def test_that_the_stations_are_those_that_were_named(
    store: AnyStore, scribe: Scribe, tmp_path: Path
) -> None:
    write(store, *scribe.founding())
    named = {Station.here(tmp_path / "state").key, "ab" * 32}
    with store.transaction() as tx:
        assert tx.station_keys() == frozenset()
        tx.append([scribe.entry("clinic", StationNamed(key)) for key in sorted(named)])
        assert tx.station_keys() == named


def test_that_streams_do_not_mix(store: AnyStore, scribe: Scribe) -> None:
    write(store, *scribe.founding(), scribe.opened("s-1"), scribe.opened("s-10"))
    with store.transaction() as tx:
        assert tx.length(session_stream("s-1")) == 1
