"""What is added after the co-signature, in the real record and in the fake."""

from __future__ import annotations

import contextlib
import hashlib
import json
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from pathlib import Path

import pytest
from typing_extensions import override

from db.store import Store
from monitor.acts import TypeLine
from monitor.certificates import CERTIFICATES, certificate_of
from monitor.desk import ACCESS, World
from monitor.entries import Addendum, Leaving, ReportKept, SignatureRefused
from monitor.errors import Code, InputError, RefusedError, StorageError
from monitor.overview import SessionOverview
from monitor.ports import PersonalKey
from monitor.signing import AddToSession, CoSignSession, DraftReport, ExportReport
from tests.fakes.press import PlainPress
from tests.fakes.visit import PASSWORDS, Visit
from tests.integration.db.scribe import practice_store

LATE = TypeLine(text="? waited for the ambulance")
FIRST, SECOND = "The escort was her sister.", "She called the next day: slept well."


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    made = practice_store(tmp_path / "record")
    yield made
    assert made.check().findings == ()  # whatever a test wrote, the projections follow it
    made.close()


@pytest.fixture(params=["real", "fake"])
def visit(request: pytest.FixtureRequest) -> Visit:
    if request.param == "fake":
        return co_signed(Visit())
    store: Store = request.getfixturevalue("store")
    return co_signed(Visit(transaction=store.transaction))


@dataclass
class Meanwhile(PlainPress):
    """A press that lets something happen while it makes a file."""

    happens: Callable[[], object]

    @override
    def seal(self, overview: SessionOverview, record: bytes, key: PersonalKey) -> bytes:
        self.happens()
        return super().seal(overview, record, key)


class Thick(PlainPress):
    """A press whose files need room."""

    @override
    def seal(self, overview: SessionOverview, record: bytes, key: PersonalKey) -> bytes:
        return super().seal(overview, record, key) + bytes(400_000)


def closed(visit: Visit) -> Visit:
    """Let the patient be taken to another hospital."""
    return visit.started().at("10:05").left(Leaving.TRANSFERRED, "felt unwell")


def co_signed(visit: Visit) -> Visit:
    return closed(visit).signed().at("10:20").co_signed().at("10:30")


def add(visit: Visit, text: str, user: str = "nk", world: World | None = None) -> None:
    seen = visit.overview.entries
    AddToSession(world or visit.world)(visit.session_id, user, PASSWORDS[user], text, seen=seen)


def co_sign(visit: Visit, world: World) -> None:
    seen = visit.overview.digest
    sign = CoSignSession(world)
    sign(visit.session_id, "ds", PASSWORDS["ds"], "reviewed and approved", seen=seen)


def kept(visit: Visit) -> list[tuple[int, str]]:
    with visit.world.transaction() as tx:
        return [(r.version, r.sha256) for r in tx.reports_of(visit.session_id)]


def written(visit: Visit) -> list[str]:
    """Return the kinds of everything that a signature may write."""
    with visit.world.transaction() as tx:
        own = tx.stream(f"session/{visit.session_id}")
        return [entry.kind for entry in (*own, *tx.stream(ACCESS))]


# --- what it makes --------------------------------------------------------------------------


def test_that_an_addendum_makes_a_version_that_names_the_one_before(visit: Visit) -> None:
    ((_, first),) = kept(visit)
    add(visit, FIRST)
    overview = visit.overview
    assert (overview.version, overview.status, overview.replaces) == (2, "co-signed", first)
    (added,) = overview.addenda
    assert (added.text, added.by.user, added.version) == (FIRST, "nk", 2)
    assert added.at == visit.instant("10:30")
    with visit.world.transaction() as tx:
        said = [e.what for e in tx.stream(ACCESS) if isinstance(e.what, ReportKept)]
    assert [(what.version, what.replaces) for what in said] == [(1, ""), (2, first)]


def test_that_an_addendum_after_an_addendum_makes_the_next_version(visit: Visit) -> None:
    add(visit, FIRST)
    visit.at("11:00")
    add(visit, SECOND, "ds")
    overview = visit.overview
    assert [(a.text, a.by.user, a.version) for a in overview.addenda] == [
        (FIRST, "nk", 2),
        (SECOND, "ds", 3),
    ]
    assert [version for version, _ in kept(visit)] == [1, 2, 3]
    assert overview.replaces == kept(visit)[1][1]


def test_that_what_was_signed_holds_on(visit: Visit) -> None:
    before = visit.overview
    add(visit, FIRST)
    after = visit.overview
    assert after.digest == before.digest
    assert [s.holds for s in after.signatures] == [True, True]
    assert after.signatures == before.signatures


def test_that_the_first_version_never_says_that_it_replaces_one(visit: Visit) -> None:
    assert visit.overview.replaces == ""
    assert visit.overview.version == 1


def test_that_the_newest_version_is_handed_out_and_the_older_one_stays(visit: Visit) -> None:
    first = DraftReport(visit.world)(visit.session_id)
    add(visit, FIRST)
    newest = ExportReport(visit.world)(visit.session_id, visit.nurse)
    assert newest != first
    assert hashlib.sha256(newest).hexdigest() == kept(visit)[-1][1]
    with visit.world.transaction() as tx:
        assert [r.content for r in tx.reports_of(visit.session_id)] == [first, newest]


def test_that_an_addendum_is_signed_by_its_authors_own_key(visit: Visit) -> None:
    add(visit, FIRST)
    with visit.world.transaction() as tx:
        own = certificate_of(tx.stream(CERTIFICATES), "nk")
        last = tx.stream(f"session/{visit.session_id}")[-1].what
        record = json.loads(tx.record(visit.session_id))
    assert own is not None
    assert isinstance(last, Addendum)
    assert last.certificate == own.fingerprint
    assert last.signature
    assert record["entries"][-1]["text"] == FIRST


# --- what is refused ------------------------------------------------------------------------


def test_that_nothing_is_added_before_the_co_signature() -> None:
    visit = closed(Visit())
    with visit.signature_refused(Code.NOT_CO_SIGNED):
        add(visit, FIRST)


@pytest.mark.parametrize("text", ["", "  \n "])
def test_that_an_empty_addendum_is_none(text: str) -> None:
    visit = co_signed(Visit())
    before = len(visit.store.entries)
    with pytest.raises(InputError, match="empty") as caught:
        add(visit, text)
    assert caught.value.field == "addendum"
    assert [e.kind for e in visit.store.entries[before:]] == ["signature refused"]


def test_that_a_wrong_password_adds_nothing() -> None:
    visit = co_signed(Visit())
    with pytest.raises(RefusedError, match="wrong-password"):
        AddToSession(visit.world)(
            visit.session_id, "nk", "wrong", FIRST, seen=visit.overview.entries
        )
    assert visit.overview.addenda == ()
    assert visit.store.entries[-1].kind == "log-in refused"


def test_that_text_is_kept_composed_and_signed_as_it_is_kept(visit: Visit) -> None:
    add(visit, "  Zoe\u0308 called.\n")
    (added,) = visit.overview.addenda
    assert added.text == "Zo\u00eb called."


# --- two at once ----------------------------------------------------------------------------


def test_that_of_two_addenda_at_once_one_is_told(visit: Visit) -> None:
    quicker = replace(visit.world, press=PlainPress())
    slow = replace(visit.world, press=Meanwhile(lambda: add(visit, FIRST, "ds", quicker)))
    with pytest.raises(RefusedError, match="changed-meanwhile"):
        add(visit, SECOND, "nk", slow)
    assert [a.text for a in visit.overview.addenda] == [FIRST]
    assert [version for version, _ in kept(visit)] == [1, 2]
    add(visit, SECOND)
    assert [version for version, _ in kept(visit)] == [1, 2, 3]


def test_that_nobody_co_signs_what_was_amended_meanwhile(store: Store) -> None:
    visit = closed(Visit(transaction=store.transaction)).signed()

    slow = replace(visit.world, press=Meanwhile(lambda: visit.do(LATE)))
    with pytest.raises(RefusedError, match="changed-meanwhile"):
        co_sign(visit, slow)
    assert kept(visit) == []
    assert visit.overview.status == "closed"
    with store.transaction() as tx:
        refusals = [e.what for e in tx.stream(ACCESS) if isinstance(e.what, SignatureRefused)]
    assert refusals == [SignatureRefused(visit.session_id, "co-signed", "changed-meanwhile")]


def test_that_a_co_signature_over_another_page_than_the_one_shown_is_refused() -> None:
    visit = closed(Visit()).signed()
    sign = CoSignSession(visit.world)
    with visit.signature_refused(Code.CHANGED_MEANWHILE):
        sign(visit.session_id, "ds", PASSWORDS["ds"], "reviewed and approved", seen="0" * 64)
    shown = visit.overview.digest
    sign(visit.session_id, "ds", PASSWORDS["ds"], "reviewed and approved", seen=shown)
    assert visit.overview.status == "co-signed"


def test_that_a_draft_drawn_before_the_co_signature_is_not_kept_after_it() -> None:
    visit = closed(Visit()).signed()

    class Slow(PlainPress):
        @override
        def archive(self, overview: SessionOverview, record: bytes) -> bytes:
            if overview.status != "co-signed":
                visit.co_signed()
            return super().archive(overview, record)

    with pytest.raises(RefusedError, match="changed-meanwhile"):
        ExportReport(replace(visit.world, press=Slow()))(visit.session_id, visit.nurse)
    with visit.world.transaction() as tx:
        assert [report.status for report in tx.reports_of(visit.session_id)] == ["signed"]


# --- no room --------------------------------------------------------------------------------


@contextlib.contextmanager
def no_room(store: Store) -> Iterator[None]:
    """Let the database grow no further."""
    with store._engine.connect() as sql:
        pages = sql.exec_driver_sql("PRAGMA page_count").scalar()
        sql.exec_driver_sql(f"PRAGMA max_page_count={pages}")
    yield
    with store._engine.connect() as sql:
        sql.exec_driver_sql("PRAGMA max_page_count=4294967294")


@pytest.mark.parametrize("signature", ["co-signed", "addendum"])
def test_that_a_full_disk_leaves_nothing_half_written(store: Store, signature: str) -> None:
    visit = Visit(transaction=store.transaction, press=Thick())
    visit = closed(visit).signed() if signature == "co-signed" else co_signed(visit)
    before, files = written(visit), kept(visit)
    act = visit.co_signed if signature == "co-signed" else (lambda: add(visit, FIRST))
    with no_room(store), pytest.raises(StorageError) as caught:
        act()
    assert caught.value.code is Code.DISK_FULL
    assert (written(visit), kept(visit)) == (before, files)
    act()
    assert len(kept(visit)) == len(files) + 1
    assert store.check().findings == ()
