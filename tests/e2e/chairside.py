"""Runs the program the way a person does, in an empty home."""

from __future__ import annotations

import contextlib
import io
import json
import os
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

import main
from tests.e2e.forked import in_place_of_python

ROOT = Path(__file__).parents[2]
SHIPPED = ROOT / "ui" / "console" / "rehearsals"
OWN = ROOT / "tests" / "data" / "rehearsals"

_OF_THIS_COMPUTER = (
    "DISPLAY",
    "WAYLAND_DISPLAY",
    "QT_QPA_PLATFORM",
    "XDG_DATA_HOME",
    "CHAIRSIDE_PASSPHRASE",
)


@dataclass(frozen=True, slots=True)
class Said:
    """What the program said, and its exit status."""

    status: int
    out: str
    err: str


@dataclass(frozen=True, slots=True)
class Chairside:
    """The program, started in a home where it has never been.

    Attributes:
        home: Where it keeps the clinic's record unless told otherwise.
    """

    home: Path

    def __call__(self, *arguments: str | Path, **environment: str) -> Said:
        """Run it to its end within this process; a rehearsal gets one of its own all the same."""
        out, err = io.StringIO(), io.StringIO()
        with (
            pytest.MonkeyPatch.context() as patch,
            contextlib.redirect_stdout(out),
            contextlib.redirect_stderr(err),
        ):
            patch.setattr(sys, "argv", ["chairside", *map(str, arguments)])
            if arguments[:1] == ("rehearse",):
                patch.setattr(sys, "executable", in_place_of_python())
            patch.chdir(self.home)
            for name in _OF_THIS_COMPUTER:
                patch.delenv(name, raising=False)
            for name, value in {"HOME": str(self.home), **environment}.items():
                patch.setenv(name, value)
            status = main.main()
        return Said(status, out.getvalue(), err.getvalue())

    def alone(self, *arguments: str | Path) -> Said:
        """Run it to its end as a process of its own, as a shell does."""
        kept = {name: value for name, value in os.environ.items() if name not in _OF_THIS_COMPUTER}
        done = subprocess.run(
            [sys.executable, str(ROOT / "main.py"), *map(str, arguments)],
            cwd=self.home,
            env={**kept, "HOME": str(self.home)},
            stdin=subprocess.DEVNULL,
            check=False,
            capture_output=True,
            encoding="utf-8",
        )
        return Said(done.returncode, done.stdout, done.stderr)

    def rehearse(self, script: Path, out: Path) -> Results:
        """Play a rehearsal that must end as its script expects."""
        said = self("rehearse", script, "--out", out)
        assert said.status == 0, said.err
        return Results(out / script.stem)


@dataclass(frozen=True, slots=True)
class Results:
    """The folder that a rehearsal left."""

    folder: Path

    @property
    def summary(self) -> dict[str, Any]:
        """Return `summary.json`."""
        return self._json("summary.json")

    @property
    def record(self) -> dict[str, Any]:
        """Return `record.json`."""
        return self._json("record.json")

    @property
    def report(self) -> Path:
        """Return the report's path."""
        return self.folder / "report.pdf"

    def slot(self, name: str) -> dict[str, Any]:
        """Return a slot of the summary."""
        return next(slot for slot in self.summary["slots"] if slot["name"] == name)

    def _json(self, name: str) -> dict[str, Any]:
        made: dict[str, Any] = json.loads((self.folder / name).read_text(encoding="utf-8"))
        return made
