"""The disk, another writer or the file in the way of an entry: one sentence, and nothing lost."""

from __future__ import annotations

import contextlib
import ctypes
import os
import resource
import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from monitor.acts import TypeLine
from monitor.desk import Perform
from monitor.errors import Code, MonitorError
from tests.qt.real_windows import BASELINE, NURSE, RealClinic, RealWindow, real_clinic

NOBODY = 65534


@pytest.fixture
def clinic(tmp_path: Path) -> Iterator[RealClinic]:
    yield from real_clinic(tmp_path / "record")


@pytest.fixture
def here(clinic: RealClinic, qtbot: QtBot) -> Iterator[RealWindow]:
    window = RealWindow(qtbot, clinic, clinic.record()).go_to_session()
    clinic.clock.set("09:55")
    yield window
    window.close()


def is_kept_with_the_same_enter(window: RealWindow) -> None:
    """Press Enter once more: the line that was refused is stored."""
    assert window.line == BASELINE
    window.enter()
    assert window.line == ""
    window.wait_for("122/76")
    assert not window.record.check(lambda _done, _of: None).findings


def test_that_a_locked_file_is_said_and_the_line_waits(
    clinic: RealClinic, here: RealWindow
) -> None:
    here.type(BASELINE)
    with clinic.record().world.transaction():
        here.enter()
        assert "Someone else was writing at that moment" in here.said()
        here.ticker.tick()
        assert here.line == BASELINE
    is_kept_with_the_same_enter(here)


def test_that_the_window_goes_on_showing_while_somebody_else_writes(
    clinic: RealClinic, here: RealWindow
) -> None:
    with clinic.record().world.transaction():
        here.house.go("Chairs")
        assert "Nowak, Anna" in here.said()
        clinic.clock.set("09:58")
        here.ticker.tick()
        assert "Not readable now" not in here.shield
        here.go_to_session()
        assert "Nowak, Anna" in here.said()


@contextlib.contextmanager
def no_file_grows() -> Iterator[None]:
    """Let no file of this process grow: a disk that gives errors."""
    before = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (4096, before[1]))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, before)


def test_that_a_disk_that_gives_errors_is_said_and_the_line_waits(here: RealWindow) -> None:
    here.type(BASELINE)
    with no_file_grows():
        here.enter()
        said = here.said()
        assert "nothing was stored" in said
        assert "try again" in said or "enter it again" in said
        here.enter()
        assert here.line == BASELINE
        here.ticker.tick()
    is_kept_with_the_same_enter(here)


@pytest.fixture
def small_disk() -> Iterator[Path]:
    """A file system of 1 MB; only a superuser can have one."""
    libc = ctypes.CDLL(None, use_errno=True)
    with tempfile.TemporaryDirectory(prefix="small-disk-", ignore_cleanup_errors=True) as name:
        if libc.mount(b"tmpfs", name.encode(), b"tmpfs", 0, b"size=1m") != 0:
            pytest.skip("no small file system could be mounted here")
        yield Path(name)
        libc.umount2(name.encode(), 2)  # lazily: a window that failed may still hold it


def test_that_a_full_disk_is_said_and_room_lets_the_line_in(small_disk: Path, qtbot: QtBot) -> None:
    clinic = RealClinic(small_disk / "record")
    clinic.clock.set("09:50")
    window = RealWindow(qtbot, clinic, clinic.record()).go_to_session()
    ballast = small_disk / "ballast"
    with pytest.raises(MonitorError) as caught:
        fill(clinic, window, ballast)
    assert caught.value.code is Code.DISK_FULL
    clinic.clock.set("09:55")
    window.type(BASELINE)
    window.enter()
    window.wait_for("The disk is full and nothing was stored; make room, then enter it again.")
    window.keeper.look()
    window.wait_for("MB are left on the record's disk: make room now")
    ballast.unlink()
    is_kept_with_the_same_enter(window)
    window.keeper.look()
    assert window.line == ""
    window.close()
    clinic.close()


def fill(clinic: RealClinic, window: RealWindow, ballast: Path) -> None:
    """Fill the disk, and then the room that the record has still set aside."""
    with contextlib.suppress(OSError), ballast.open("wb", buffering=0) as file:
        while True:
            file.write(bytes(4096))
    act = TypeLine(text="?" + "x" * 400)
    for _ in range(5_000):
        Perform(window.record.world)(clinic.session_id, NURSE, act)


@contextlib.contextmanager
def read_only(folder: Path) -> Iterator[None]:
    """Let nobody write in a folder; a superuser becomes nobody for that time."""
    modes = {path: path.stat().st_mode for path in (folder, *folder.iterdir())}
    for path in modes:
        path.chmod(0o555 if path.is_dir() else 0o444)
    if os.geteuid() == 0:
        os.seteuid(NOBODY)
    try:
        yield
    finally:
        if os.getuid() == 0:
            os.seteuid(0)
        for path, mode in modes.items():
            path.chmod(mode)


def test_that_a_record_that_may_only_be_read_is_said_and_the_line_waits(qtbot: QtBot) -> None:
    with tempfile.TemporaryDirectory(prefix="read-only-") as name:
        Path(name).chmod(0o755)
        clinic = RealClinic(Path(name) / "record")
        window = RealWindow(qtbot, clinic, clinic.record()).go_to_session()
        clinic.clock.set("09:55")
        window.type(BASELINE)
        window.record._store._connections.close()  # the next connection meets a read-only disk
        with read_only(clinic.folder):
            window.enter()
            assert "nothing was stored" in window.said()
            assert window.line == BASELINE
        is_kept_with_the_same_enter(window)
        window.close()
        clinic.close()


def test_that_a_record_that_cannot_be_looked_at_is_said_on_the_shield_until_it_can(
    clinic: RealClinic, here: RealWindow
) -> None:
    lost = clinic.folder.with_name("elsewhere")
    here.house.go("Chairs")
    here.record._store._connections.close()
    clinic.folder.rename(lost)
    clinic.clock.advance(seconds=30)
    here.ticker.tick()
    here.wait_for("Not readable now: ")
    lost.rename(clinic.folder)
    here.ticker.tick()
    here.wait_until(lambda: "Not readable now" not in here.shield)
    assert "Nowak, Anna" in here.said()
