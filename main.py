"""Composition root: the one place where the parts meet.

Without arguments the program opens its window; its sub-commands are in `ui.console`. What is
slow to import (Qt, reportlab, Alembic) is imported where it is first needed.
"""

from __future__ import annotations

import importlib.metadata
import platform
import shutil
import sys
import uuid
from collections.abc import Callable, Sequence
from dataclasses import replace
from pathlib import Path

import db
import monitor
import reports
import ui
from db.accounts import Argon2Passwords
from db.backups.kept_backups import KeptBackups
from db.backups.manifest import Manifest
from db.backups.restoring import Restoring
from db.certification import ClinicCertification, PracticeCertification
from db.checking import CheckReport
from db.locks import slots
from db.locks.locksmith import Locksmith
from db.place import (
    place_is_remembered,
    prove_memory,
    remember_place,
    remembered_place,
)
from db.store import Store
from db.witness.proof import proof_json
from db.witness.station import Station, verified
from monitor.clinic import FoundClinic, Lists
from monitor.clock import Moment, SystemClock
from monitor.desk import World, drawn_again, overview_of, record_of
from monitor.entries import Entry
from monitor.errors import Code, InputError, IntegrityError, StorageError
from monitor.keeping import NoteRestored
from monitor.ledger import Head, Remembered
from monitor.protocols import shipped
from monitor.sealed_file import session_code
from monitor.steady_clock import SteadyClock
from reports.papers import ReportPapers
from reports.press import ReportPress
from ui.backups import Restored, RestoreOrder
from ui.console.app import run
from ui.console.stage import Hooks, Listeners, PracticeOrder, WindowPlay
from ui.counted_keys import Count, CountedKeys
from ui.presenters.first_start import Beginning
from ui.record import Progress, Records

VERSION = importlib.metadata.version("chairside")


class OpenRecord:
    """An opened record with everything that the use-cases need.

    Implements `ui.console.stage.Stage` and `ui.record.Record`.
    """

    def __init__(self, store: Store, world: World, listeners: Listeners) -> None:
        self._store = store
        self._world = world
        self._listeners = listeners
        self.backups = KeptBackups(store, world)
        self.papers = ReportPapers(
            Lists(world).clinic, lambda: store.head().hash, world.zone, _schemas
        )

    @property
    def world(self) -> World:
        """Return what the use-cases ask of the world."""
        return self._world

    def listen(self, callback: Callable[[Entry], None]) -> Callable[[], None]:
        """Let *callback* hear of each entry after its commit; what is returned ends that."""
        return self._listeners.add(callback)

    def record_json(self, session_id: str) -> bytes:
        """Return a session's whole record as a document."""
        now = self._world.clock.now()
        with self._world.looking() as tx:
            return record_of(tx, overview_of(self._world, tx, session_id, now))

    @property
    def locksmith(self) -> Locksmith:
        """Return who changes the ways to open the record."""
        return Locksmith(self._store, self._world.station)

    def proof(self, session_id: str, content: bytes) -> bytes:
        """Return what is put beside a file that leaves the program."""
        head, checkpoint = self._store.head(), self._store.newest_checkpoint()
        at = self._world.clock.now()
        code = session_code(session_id)
        return proof_json(code, content, head=head, checkpoint=checkpoint, at=at)

    def lone_verifier(self) -> bytes:
        """Return the program that verifies reports where this one is not installed."""
        return lone_verifier()

    @property
    def ledger(self) -> Store:
        """Return the record as a whole, where it lies."""
        return self._store

    def head(self) -> Head:
        """Return the clinic's ledger's last line."""
        return self._store.head()

    def check(
        self, progress: Progress, *, whole: bool = True, against: Sequence[Remembered] = ()
    ) -> CheckReport:
        """Hold the record against itself: all of it, or what was written of late."""
        since = None if whole else self._own_checkpoint()
        heads = (*self.backups.remembered(), *against)
        return self._store.check(progress, since=since, against=heads)

    def _own_checkpoint(self) -> Head | None:
        """Return the newest head that this computer has signed, if nobody signed after it."""
        newest = self._store.newest_checkpoint()
        if newest is None or newest.key != self._store.station_key or not verified(newest):
            return None
        return Head(newest.seq, newest.hash)

    def changed_elsewhere(self) -> bool:
        """Tell whether another process wrote in the record since this was last asked."""
        return self._store.changed_elsewhere()

    def free_bytes(self) -> int | None:
        """Return how much room is left where the record lies; None where nobody can tell."""
        try:
            return shutil.disk_usage(self._store.folder).free
        except OSError:
            return None

    def close(self) -> None:
        """Give everything back; what is kept stays kept."""
        self._store.close()


def new_uid() -> str:
    """Return a new identity: a UUIDv7, the instant first and then chance."""
    millis = int(SystemClock().now().timestamp() * 1000)
    chance = uuid.uuid4().int & ((1 << 74) - 1)
    high, low = chance >> 62, chance & ((1 << 62) - 1)
    return str(uuid.UUID(int=millis << 80 | 7 << 76 | high << 64 | 2 << 62 | low))


def station() -> str:
    """Return this computer's name."""
    return platform.node() or "unnamed"


def open_practice(order: PracticeOrder) -> OpenRecord:
    """Begin a record for practice, or open it again after its process was killed."""
    listeners = Listeners()
    listeners.add(order.publish)
    if Store.exists(order.folder):
        store = Store.open(order.folder, publish=listeners)
    else:
        store = Store.create(order.folder, "practice", practice=True, publish=listeners)
    if last := _last_moment(store):
        order.clock.resume(last)
    world = World(
        transaction=store.transaction,
        clock=order.clock,
        station=order.station,
        zone=order.zone,
        new_uid=order.new_uid,
        passwords=Argon2Passwords.for_rehearsal(order.salt().hex()),
        certification=PracticeCertification(),
        press=ReportPress(),
        practice=True,
    )
    return OpenRecord(store, world, listeners)


def open_store(folder: Path, ask_passphrase: Callable[[], str]) -> OpenRecord:
    """Open a record that is there; the passphrase is asked for only where one is needed."""
    if Store.is_practice(folder):
        return _open(folder, None)
    if slots.has_keyring_slot(folder):
        try:
            return _open(folder, None)
        except StorageError as error:
            if error.code is not Code.WRONG_KEY:
                raise
    return _open(folder, ask_passphrase())


def _open(folder: Path, passphrase: str | None) -> OpenRecord:
    listeners = Listeners()
    store = Store.open(folder, passphrase, publish=listeners, station=_witness_of(folder))
    return _on_this_computer(store, listeners)


def _witness() -> Station | None:
    """Return this computer as it signs and remembers; None where it can keep no key."""
    try:
        return Station.here()
    except StorageError:
        return None  # that is no reason to refuse the charting


def _witness_of(folder: Path) -> Station | None:
    """Return what this computer is to a record: nothing to one for practice, a guest to a copy."""
    station = None if Store.is_practice(folder) else _witness()
    own = folder.resolve() == remembered_place().resolve()
    return station if station is None or own else station.visiting()


def _last_moment(store: Store) -> Moment | None:
    try:
        return store.last_moment()
    except IntegrityError:
        return None  # what is wrong with the last line is for the check to say


def _on_this_computer(store: Store, listeners: Listeners) -> OpenRecord:
    clock = SteadyClock(SystemClock(), _last_moment(store))
    world = World(
        transaction=store.transaction,
        clock=clock,
        station=platform.node() or "unnamed",
        zone=clock.zone,
        new_uid=new_uid,
        passwords=Argon2Passwords(),
        certification=ClinicCertification(),
        press=ReportPress(),
        station_key=store.station_key,
        gaps=store.gaps,
        look=store.looking,
        practice=Store.is_practice(store.folder),
    )
    return OpenRecord(store, world, listeners)


def restore(order: RestoreOrder) -> Restored:
    """Restore a backup; the record that goes on from it says so."""

    def note(store: Store, said: Manifest) -> None:
        world = _on_this_computer(store, Listeners()).world
        NoteRestored(world)(order.author(world.station), said.head, said.at)

    def secret() -> str | None:
        return None if Store.is_practice(order.backup) else order.passphrase()

    if order.use:
        prove_memory()
    said = Restoring(order.backup, order.to)(secret, note, order.progress)
    if order.use:
        remember_place(order.to)
    return Restored(said.at, said.head, said.entries, said.findings)


def _found(beginning: Beginning, count: Count = lambda _: None) -> OpenRecord:
    """Make a record with a clinic and its first people in it, and find it from now on."""
    prove_memory()
    listeners = Listeners()
    store = Store.create(
        beginning.folder, beginning.passphrase, publish=listeners, station=_witness()
    )
    record = _on_this_computer(store, listeners)
    keys = CountedKeys(record.world.certification, count)
    FoundClinic(replace(record.world, certification=keys))(
        beginning.clinic,
        beginning.address,
        beginning.chairs,
        beginning.people,
        beginning.authority,
    )
    remember_place(beginning.folder)
    return record


def _check_folder(folder: Path) -> None:
    if Store.exists(folder):
        raise InputError(Code.RECORD_EXISTS, "folder")


def clinics_records() -> Records:
    """Return how the window comes by the clinic's own record."""
    return Records(
        place=remembered_place(),
        protocols=shipped(),
        exists=lambda: place_is_remembered() or Store.exists(remembered_place()),
        opens_by_itself=lambda: Store.is_practice(_clinics_folder()),
        asks_keyring=lambda: slots.has_keyring_slot(_clinics_folder()),
        open=lambda passphrase: _open(_clinics_folder(), passphrase),
        check_folder=_check_folder,
        check_password=lambda password: Argon2Passwords().check(password),
        found=_found,
        version=VERSION,
    )


def _clinics_folder() -> Path:
    """Return where the clinic's record lies; nothing is made in the place of one that is gone."""
    place = remembered_place()
    if not Store.exists(place):
        raise StorageError(Code.NO_RECORD, field="remembered", path=place)
    return place


LONE = """\
import sys
from reports.reading import read
from reports.reading.certificates import authority_facts
from ui.console.alone import run
sys.exit(run(sys.argv[1:], read, authority_facts))
"""
"""What the lone verifier runs: as here, nobody else brings `reports` and `ui` together."""


def lone_verifier() -> bytes:
    """Return the program that verifies reports where this one is not installed, in one file."""
    from reports.lone_verifier import packed

    return packed(Path(__file__).resolve().parent, LONE)


def _schemas() -> dict[str, bytes]:
    from db.record_schema import written

    return {"record.schema.json": written()}


def rebuilt(record: bytes) -> bytes:
    """Draw a report again, as it was before its signature, from its session's record alone."""
    from db.record_reading import read_record

    read = read_record(record)
    return ReportPress().archive(drawn_again(read.session, read.digest, read.drawn_with), record)


def open_window() -> int:
    """Open the program's window; return the exit status once it is closed."""
    from ui.app import run_window

    return run_window(clinics_records())


def play_in_window(play: WindowPlay) -> None:
    """Play a rehearsal in the window."""
    from ui.rehearsing import play_rehearsal

    stage = play.stage
    assert isinstance(stage, OpenRecord)  # noqa: S101 - `open_practice` made it
    play_rehearsal(play, stage)


def _insist_on_our_own_packages() -> None:
    """Stop early if another project's `db` or `ui` shadows ours.

    The top-level names are generic enough for that to happen; a half-foreign program would
    fail much later, and much more oddly.
    """
    home = Path(__file__).resolve().parent
    for package in (monitor, db, ui, reports):
        found = Path(package.__path__[0]).resolve().parent
        if found != home:
            raise SystemExit(f"{package.__name__} comes from {found}, not {home}")


def main() -> int:
    """Run the program; return its exit status."""
    _insist_on_our_own_packages()
    return run(
        Hooks(
            version=VERSION,
            program=(sys.executable, str(Path(__file__).resolve())),
            clinic_store=remembered_place,
            open_practice=open_practice,
            open_store=open_store,
            open_window=open_window,
            restore=restore,
            read=ReportPress().read,
            read_certificate=ReportPress.read_certificate,
            rebuild=rebuilt,
            lone_verifier=lone_verifier,
            play_in_window=play_in_window,
        )
    )


if __name__ == "__main__":
    sys.exit(main())
