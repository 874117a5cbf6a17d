"""The computer's own clocks, with only its wall clock moved under the running program."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from tests.e2e.chairside import OWN, ROOT, Chairside

PRELOADED = next(iter(sorted(Path("/usr/lib").glob("*/faketime/libfaketimeMT.so.1"))), None)

pytestmark = pytest.mark.skipif(
    PRELOADED is None, reason="libfaketime is not installed: the wall clock cannot be moved here"
)


class Computer:
    """A process of the program whose wall clock a file moves."""

    def __init__(self, folder: Path, record: Path) -> None:
        self._file = folder / "faketime"
        self.set_wall("+0s")
        self.process = subprocess.Popen(
            [sys.executable, "-m", "tests.e2e.clock_child", str(record)],
            cwd=ROOT,
            env={
                **os.environ,
                "HOME": str(folder),
                "XDG_STATE_HOME": str(folder / "state"),
                "LD_PRELOAD": str(PRELOADED),
                "FAKETIME_TIMESTAMP_FILE": str(self._file),
                "FAKETIME_NO_CACHE": "1",
                "FAKETIME_DONT_FAKE_MONOTONIC": "1",
            },
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            encoding="utf-8",
        )

    def set_wall(self, by: str) -> None:
        """Set the wall clock off by so much from now on."""
        self._file.write_text(by, encoding="utf-8")

    def ask(self, what: str = "look") -> dict[str, Any]:
        """Let the program look at its clocks."""
        assert self.process.stdin is not None
        assert self.process.stdout is not None
        self.process.stdin.write(f"{what}\n")
        self.process.stdin.flush()
        said: dict[str, Any] = json.loads(self.process.stdout.readline())
        return said


@pytest.fixture
def computer(chairside: Chairside, tmp_path: Path) -> Iterator[Computer]:
    """A computer with a record in which a session is open."""
    whole = (OWN / "clock-set.toml").read_text(encoding="utf-8")
    script = tmp_path / "open.toml"
    script.write_text(whole.partition('\n[[act]]\nat = "22:10"')[0], encoding="utf-8")
    record = chairside.rehearse(script, tmp_path / "out").folder / "store"
    made = Computer(tmp_path, record)
    with made.process:
        yield made
    assert made.process.returncode == 0


def test_that_the_record_s_time_goes_on_when_the_wall_clock_is_set_back(
    computer: Computer,
) -> None:
    opened = computer.ask()
    assert (opened["noted"], opened["asked"]) == (["restarted"], "restarted")
    assert computer.ask("keep")["asked"] == ""
    computer.set_wall("-13h")
    jumped = computer.ask()
    assert (jumped["noted"], jumped["asked"]) == (["jumped"], "jumped")
    assert jumped["apart"] == pytest.approx(-13 * 3600, abs=2)
    assert jumped["now"] - opened["now"] == pytest.approx(
        jumped["boot_time"] - opened["boot_time"], abs=1e-4
    )
    assert jumped["boot_time"] == pytest.approx(time.clock_gettime(time.CLOCK_BOOTTIME), abs=60)
    assert jumped["real_boot_time"] >= jumped["boot_time"]
    computer.set_wall("+0s")
    assert (computer.ask()["noted"], computer.ask()["asked"]) == (["jumped"], "")
