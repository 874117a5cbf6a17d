"""An export that is stopped, killed or runs out of room: what is seen is whole, and it goes on."""

from __future__ import annotations

import contextlib
import errno
import json
import os
import shutil
import subprocess
import sys
import time
from pathlib import Path

import pytest
from typing_extensions import override

from monitor.desk import write
from monitor.entries import Draft, EventNoted
from monitor.errors import Code, InputError, MonitorError, NotFoundError, RefusedError
from monitor.people import Author, Role
from monitor.sealed_file import session_code
from tests.faults.small import small_disk
from tests.integration.whole_export.clinic import AUDITOR, COUNT, FIRST, LAST, Copies, Exporter
from tests.integration.whole_export.conftest import Made
from tests.integration.whole_export.killed import HELPERS
from tests.integration.whole_export.reading import (
    by_the_readme,
    files_in,
    halves,
    ledger,
    sums_hold,
)
from ui.whole_export import driver
from ui.whole_export.driver import Step
from ui.whole_export.folder import FolderError
from ui.wording import sentence

ROOT = Path(__file__).parents[3]
PATIENCE = 20
"""Seconds in which the helpers of a killed process must have ended."""


def of_the_sessions(folder: Path) -> dict[str, bytes]:
    """The files of the sessions but those that say when they were written."""
    unlike = (".proof.json", "SHA256SUMS")
    every = files_in(folder / "sessions")
    return {name: content for name, content in every.items() if not name.endswith(unlike)}


def whole_in(folder: Path) -> int:
    """How many sessions can be seen."""
    return len(list((folder / "sessions").glob("S-*")))


def noted(exporter: Exporter, session_id: str) -> None:
    """Let somebody write in a session."""
    world, stream = exporter.record.world, f"session/{session_id}"
    moment = world.clock.moment()
    draft = Draft(EventNoted("seen again"), moment.now, world.new_uid())
    with world.transaction() as tx:
        write(world, tx, stream, [draft], author=AUDITOR, moment=moment)


# --- stopped ------------------------------------------------------------------------------------


def test_that_what_is_whole_stays_when_it_is_stopped_and_it_goes_on_from_there(
    copies: Copies, tmp_path: Path
) -> None:
    exporter, to = copies(), tmp_path / "out"
    exporter.stop_after = 2
    outcome = exporter(to)
    assert (outcome.how, outcome.sessions, exporter.ends) == ("cancelled", 2, ["cancelled"])
    assert whole_in(to) == 2
    assert not halves(to)
    assert {path.name for path in to.iterdir()} == {"export.json", "sessions"}
    first = of_the_sessions(to)
    exporter.stop_after = 10**6
    outcome = exporter(to)
    assert (outcome.how, outcome.sessions, outcome.kept) == ("finished", COUNT, 2)
    assert exporter.ends == ["cancelled", "finished"]
    assert sums_hold(to)
    assert first.items() <= of_the_sessions(to).items()
    other = copies()
    other(tmp_path / "at once")
    assert of_the_sessions(to) == of_the_sessions(tmp_path / "at once")


def test_that_what_was_changed_since_is_exported_anew(
    copies: Copies, made: Made, tmp_path: Path
) -> None:
    exporter, to = copies(), tmp_path / "out"
    exporter.stop_after = COUNT - 1
    exporter(to)
    exporter.stop_after = 10**6
    codes = [session_code(each) for each in made.ids]
    noted(exporter, made.ids[2])
    report = to / "sessions" / codes[1] / "report-v1.pdf"
    report.write_bytes(report.read_bytes()[:-1] + b"?")
    (to / "sessions" / codes[0] / "more.txt").write_text("mine", "ascii")
    assert exporter(to).kept == 1
    assert sums_hold(to)
    assert b"seen again" in (to / "sessions" / codes[2] / "record.json").read_bytes()


def test_that_a_session_damaged_since_keeps_its_files_and_nothing_else_of_it_is_given(
    copies: Copies, made: Made, tmp_path: Path
) -> None:
    exporter, to = copies(), tmp_path / "out"
    exporter.stop_after = 1
    exporter(to)
    exporter.stop_after = 10**6
    first = of_the_sessions(to)
    exporter.damage(made.ids[0])
    (missed,) = exporter(to).missed
    assert missed.code == session_code(made.ids[0])
    assert first
    assert first.items() <= of_the_sessions(to).items()
    assert sums_hold(to)
    said = (to / "README.txt").read_text("utf-8")
    assert str(missed) in said[said.index("NOT EXPORTED\n\n") :]
    bodies = [json.loads(line["body"]) for line in ledger(to) if "body" in line]
    streams = {each["stream"] for each in bodies}
    assert f"session/{made.ids[1]}" in streams
    assert f"session/{made.ids[0]}" not in streams
    assert missed.code not in (to / "tables" / "register.csv").read_text("utf-8-sig")


def test_that_a_finished_export_is_left_alone_and_said_to_be_finished(
    copies: Copies, tmp_path: Path
) -> None:
    exporter, to = copies(), tmp_path / "out"
    exporter(to)
    files, entries = files_in(to), exporter.entries
    assert exporter(to).how == "already"
    assert (files_in(to), exporter.entries) == (files, entries)


def test_that_a_session_is_read_anew_if_somebody_writes_in_it_meanwhile(
    copies: Copies, made: Made, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    exporter, to = copies(), tmp_path / "out"
    proof, wrote = exporter.record.proof, list[str]()

    def written_meanwhile(session_id: str, content: bytes) -> bytes:
        if session_id == made.ids[3] and not wrote:
            wrote.append(session_id)
            noted(exporter, session_id)
        return proof(session_id, content)

    monkeypatch.setattr(exporter.record, "proof", written_meanwhile)
    assert exporter(to).how == "finished"
    code = session_code(made.ids[3])
    assert wrote
    assert b"seen again" in (to / "sessions" / code / "record.json").read_bytes()
    assert not halves(to)


def test_that_sessions_with_the_same_code_have_folders_of_their_own(
    copies: Copies, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(driver, "session_code", lambda _: "S-00000000")
    assert copies()(tmp_path / "out").how == "finished"
    assert whole_in(tmp_path / "out") == COUNT
    assert sums_hold(tmp_path / "out")


def test_that_two_exports_do_not_write_into_one_folder(copies: Copies, tmp_path: Path) -> None:
    exporter, other, to = copies(), copies(), tmp_path / "out"
    asked = list[str]()

    class Meanwhile(list[Step]):
        @override
        def append(self, step: Step, /) -> None:
            if not asked:
                with pytest.raises(FolderError, match="Another export is being written") as caught:
                    other(to)
                asked.append(str(caught.value))

    exporter.steps = Meanwhile()
    assert exporter(to).how == "finished"
    assert asked
    assert other.ends == ["failed"]
    assert sums_hold(to)
    assert not halves(to)


# --- killed -------------------------------------------------------------------------------------


def test_that_a_killed_export_leaves_no_half_and_no_helper_and_goes_on(
    copies: Copies, made: Made, tmp_path: Path
) -> None:
    record, to = tmp_path / "killed", tmp_path / "out"
    shutil.copytree(made.folder, record)
    assert _ended(_killed(record, to, after=2))
    assert whole_in(to) == 2
    assert all(sums_hold(path) for path in (to / "sessions").glob("S-*"))
    assert not (to / "SHA256SUMS").exists()
    _goes_on(record, to)
    copies()(tmp_path / "at once")
    assert of_the_sessions(to) == of_the_sessions(tmp_path / "at once")


def _goes_on(record: Path, to: Path) -> None:
    exporter = Exporter(record)
    try:
        outcome = exporter(to)
        assert (outcome.how, outcome.kept, exporter.ends) == ("finished", 2, ["finished"])
    finally:
        exporter.record.close()
    assert sums_hold(to)
    assert not halves(to)
    assert by_the_readme(to).startswith("unbroken")


def _killed(record: Path, to: Path, *, after: int) -> list[int]:
    """Kill an export once so many sessions can be seen; returns the helpers that it had."""
    program = "import tests.integration.whole_export.killed as it, sys; it.main(*sys.argv[1:])"
    told = [sys.executable, "-c", program, str(record), str(to), str(after)]
    with subprocess.Popen(told, cwd=ROOT, stdout=subprocess.PIPE) as process:
        assert process.stdout is not None
        said = process.stdout.readline().split()
        process.kill()
    assert said[:1] == [b"whole"]
    assert len(said) == 1 + HELPERS
    return [int(pid) for pid in said[1:]]


def _ended(pids: list[int]) -> bool:
    """Whether all of these processes end."""
    until = time.monotonic() + PATIENCE
    while time.monotonic() < until:
        if not any(_runs(pid) for pid in pids):
            return True
        os.sched_yield()
    return False


def _runs(pid: int) -> bool:
    with contextlib.suppress(OSError, IndexError):
        state = Path(f"/proc/{pid}/stat").read_text("ascii").rsplit(")", 1)[1].split()[0]
        return state != "Z"  # nobody may have asked yet how it ended
    return False


# --- no room --------------------------------------------------------------------------------------


class Full:
    """A disk on which the n-th file cannot be made to last."""

    def __init__(self, patch: pytest.MonkeyPatch) -> None:
        self.calls, self.at, self._sync = 0, 0, os.fsync
        patch.setattr(os, "fsync", self)

    def __call__(self, opened: int) -> None:
        self.calls += 1
        if self.calls == self.at:
            raise OSError(errno.ENOSPC, "No space left on device")
        self._sync(opened)


@pytest.fixture
def full(monkeypatch: pytest.MonkeyPatch) -> Full:
    return Full(monkeypatch)


def test_that_a_disk_that_fills_up_anywhere_leaves_nothing_half_and_it_goes_on(
    copies: Copies, tmp_path: Path, full: Full
) -> None:
    copies()(tmp_path / "how many")
    calls = full.calls
    for at in range(1, calls + 1, calls // 4):
        exporter, to = copies(), tmp_path / f"full at {at}"
        full.calls, full.at = 0, at
        with pytest.raises(FolderError, match="is full; make room, then start again") as caught:
            exporter(to)
        assert str(to) in str(caught.value)
        assert not halves(to)
        assert not (to / "SHA256SUMS").exists()
        seen, full.at = whole_in(to), 0
        assert exporter(to).kept == seen
        assert sums_hold(to)
        assert exporter.ends[-1] == "finished"


def test_that_a_disk_that_is_really_full_is_said_in_one_sentence(copies: Copies) -> None:
    exporter = copies()
    with small_disk(kilobytes=600) as disk:
        with pytest.raises(FolderError, match="is full; make room"):
            exporter(disk / "out")
        assert not halves(disk / "out")
        assert exporter.ends == ["failed"]
        shown = whole_in(disk / "out")
    assert shown >= 1


# --- refused --------------------------------------------------------------------------------------


def test_that_a_folder_that_will_not_do_is_refused_in_one_sentence_and_stays_as_it_is(
    copies: Copies, tmp_path: Path
) -> None:
    exporter = copies()
    (tmp_path / "mine").mkdir()
    (tmp_path / "mine" / "letter.txt").write_text("mine", "ascii")
    (tmp_path / "file").write_text("mine", "ascii")
    exporter.stop_after = 1
    exporter(tmp_path / "other days", last=FIRST)
    exporter.stop_after = 10**6
    before, entries = files_in(tmp_path), exporter.entries
    for name, why in (
        ("mine", "holds something else, so nothing was written"),
        ("file", "is a file; name a folder"),
        ("file/below", "is not there; make it"),
        ("other days", "holds an export of other days or of another record"),
        (exporter.folder.name, "lies in the record's own folder"),
        (f"{exporter.folder.name}/below", "lies in the record's own folder"),
    ):
        with pytest.raises(FolderError, match=why) as caught:
            exporter(tmp_path / name)
        assert str(caught.value).count("\n") == 0
    now = {name: content for name, content in files_in(tmp_path).items() if "record" not in name}
    assert now.items() <= before.items()
    told = [entry.what for entry in exporter.entries if entry not in entries]
    assert [getattr(what, "how", "") for what in told] in ([], ["", "failed"])


def test_that_another_clinics_folder_is_refused(copies: Copies, tmp_path: Path) -> None:
    exporter, other = copies(), copies()
    exporter.stop_after = 1
    exporter(tmp_path / "out")
    plan = tmp_path / "out" / "export.json"
    text = plan.read_text("utf-8").replace(other.record.ledger.id, "0" * 32)
    plan.write_text(text, "utf-8")
    with pytest.raises(FolderError, match="of another record"):
        exporter(tmp_path / "out")
    plan.write_text("{", "utf-8")
    with pytest.raises(FolderError, match="of another record"):
        exporter(tmp_path / "out")


@pytest.mark.parametrize(
    ("changes", "code", "said"),
    [
        (
            {"first": LAST, "last": FIRST},
            Code.OUT_OF_RANGE,
            "The last day, 2026-03-02, is before the first, 2026-03-03; put the earlier day first.",
        ),
        (
            {"first": LAST.replace(year=2031), "last": LAST.replace(year=2031)},
            Code.UNKNOWN,
            "No session was opened from 2031-03-03 to 2031-03-03; choose other days.",
        ),
        (
            {"author": Author("nk", Role.NURSE, "Nina Kowal")},
            Code.NOT_ALLOWED,
            (
                "Only an auditor, a prescriber or an administrator hands out everything; "
                "ask one of them."
            ),
        ),
    ],
)
def test_that_days_and_people_that_will_not_do_are_refused_before_anything_is_written(
    copies: Copies, tmp_path: Path, changes: dict[str, object], code: Code, said: str
) -> None:
    exporter = copies()
    with pytest.raises(MonitorError) as caught:
        exporter(tmp_path / "out", **changes)
    assert isinstance(caught.value, InputError | NotFoundError | RefusedError)
    assert (caught.value.code, sentence(caught.value)) == (code, said)
    assert not (tmp_path / "out").exists()
    assert not exporter.entries
