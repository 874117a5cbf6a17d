"""Composition root: the one place where the parts meet.

Without arguments the program opens its window; its sub-commands are in `ui.console`. What is
slow to import (Qt, reportlab, Alembic) is imported where it is first needed.
"""

from __future__ import annotations

import importlib.metadata
import platform
import sys
import uuid
from collections.abc import Callable
from pathlib import Path

import db
import monitor
import reports
import ui
from db.accounts import Argon2Passwords
from db.checking import CheckReport
from db.place import remember_place, remembered_place
from db.store import Store
from monitor.clinic import FoundClinic
from monitor.clock import SystemClock, station_zone
from monitor.desk import World
from monitor.entries import Entry
from monitor.errors import Code, InputError
from monitor.ledger import Head
from monitor.overview import SessionOverview
from monitor.protocols import shipped
from ui.console.app import run
from ui.console.stage import Hooks, Listeners, PracticeOrder, WindowPlay
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

    @property
    def world(self) -> World:
        """Return what the use-cases ask of the world."""
        return self._world

    def listen(self, callback: Callable[[Entry], None]) -> Callable[[], None]:
        """Let *callback* hear of each entry after its commit; what is returned ends that."""
        return self._listeners.add(callback)

    def record_json(self, session_id: str) -> bytes:
        """Return a session's whole record as a document."""
        return self._store.record_json(session_id)

    def sheet_csv(self, overview: SessionOverview) -> bytes:
        """Return the sheet as a table."""
        from reports.tables import sheet_csv

        return sheet_csv(overview)

    def pages(self, pdf: bytes) -> int:
        """Return how many pages a PDF of ours has."""
        from reports.pages import page_count

        return page_count(pdf)

    def head(self) -> Head:
        """Return the clinic's ledger's last line."""
        return self._store.head()

    def check(self, progress: Progress) -> CheckReport:
        """Hold the whole record against itself."""
        return self._store.check(progress)

    def close(self) -> None:
        """Give everything back; what is kept stays kept."""
        self._store.close()


def render(overview: SessionOverview) -> bytes:
    """Draw the session report; reportlab is imported with the first one."""
    from reports.pdf.session_report import render as draw

    return draw(overview)


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
    world = World(
        transaction=store.transaction,
        clock=order.clock,
        station=order.station,
        zone=order.zone,
        new_uid=order.new_uid,
        passwords=Argon2Passwords.for_rehearsal(order.salt().hex()),
        render=render,
    )
    return OpenRecord(store, world, listeners)


def open_store(folder: Path, ask_passphrase: Callable[[], str]) -> OpenRecord:
    """Open a record that is there; the passphrase is asked for only where one is needed."""
    return _open(folder, None if Store.is_practice(folder) else ask_passphrase())


def _open(folder: Path, passphrase: str | None) -> OpenRecord:
    listeners = Listeners()
    return _on_this_computer(Store.open(folder, passphrase, publish=listeners), listeners)


def _on_this_computer(store: Store, listeners: Listeners) -> OpenRecord:
    world = World(
        transaction=store.transaction,
        clock=SystemClock(),
        station=platform.node() or "unnamed",
        zone=station_zone(),
        new_uid=new_uid,
        passwords=Argon2Passwords(),
        render=render,
    )
    return OpenRecord(store, world, listeners)


def _found(beginning: Beginning) -> OpenRecord:
    """Make a record with a clinic and its first people in it, and find it from now on."""
    listeners = Listeners()
    store = Store.create(beginning.folder, beginning.passphrase, publish=listeners)
    record = _on_this_computer(store, listeners)
    FoundClinic(record.world)(
        beginning.clinic, beginning.address, beginning.chairs, beginning.people
    )
    remember_place(beginning.folder)
    return record


def _check_folder(folder: Path) -> None:
    if Store.exists(folder):
        raise InputError(Code.RECORD_EXISTS, "folder")


def open_window() -> int:
    """Open the program's window; return the exit status once it is closed."""
    from ui.app import run_window

    return run_window(
        Records(
            place=remembered_place(),
            protocols=shipped(),
            exists=lambda: Store.exists(remembered_place()),
            opens_by_itself=lambda: Store.is_practice(remembered_place()),
            open=lambda passphrase: _open(remembered_place(), passphrase),
            check_folder=_check_folder,
            check_password=lambda password: Argon2Passwords().check(password),
            found=_found,
            version=VERSION,
        )
    )


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
            play_in_window=play_in_window,
        )
    )


if __name__ == "__main__":
    sys.exit(main())
