"""Starts what plays a rehearsal as a fork of a process that has imported the program already.

It is a process of its own here as for a person, and is really killed at a `crash`. Importing the
program anew for each costs several times what playing does.
"""

from __future__ import annotations

import atexit
import gc
import json
import os
import select
import socket
import subprocess
import sys
import tempfile
from collections.abc import Callable
from functools import cache
from importlib import import_module
from pathlib import Path

ROOT = Path(__file__).parents[2]
SLOW_TO_IMPORT = (
    "alembic.command",
    "db.upgrade",
    "reports.fhir",
    "reports.pages",
    "reports.pdf.rems_sheet",
    "reports.pdf.session_report",
    "reports.sealing.archive",
    "reports.sealing.seal",
)

_IN_PLACE_OF_PYTHON = """#!{python} -IS
import json, os, socket, sys
with socket.socket(socket.AF_UNIX) as line:
    line.connect({door!r})
    socket.send_fds(line, [b" "], [0, 1, 2])
    told = [sys.argv[1:], os.getcwd(), dict(os.environ)]
    line.sendall(json.dumps(told).encode() + b"\\n")
    ended = int(line.makefile().readline() or 1)
if ended < 0:
    os.kill(os.getpid(), -ended)
sys.exit(ended)
"""


@cache
def in_place_of_python() -> str:
    """Return a program that is called as Python is and ends as what it was asked to run."""
    folder = Path(tempfile.mkdtemp(prefix="chairside-forks-"))
    door, program = folder / "door", folder / "python"
    program.write_text(
        _IN_PLACE_OF_PYTHON.format(python=sys.executable, door=str(door)), encoding="utf-8"
    )
    program.chmod(0o700)
    words = [sys.executable, "-m", "tests.e2e.forked", str(door)]
    server = subprocess.Popen(words, cwd=ROOT, stdin=subprocess.PIPE, stdout=subprocess.PIPE)
    assert server.stdout is not None
    assert server.stdout.readline() == b"ready\n"
    atexit.register(_end, server, folder)
    return str(program)


def _end(server: subprocess.Popen[bytes], folder: Path) -> None:
    server.communicate()  # nothing more is asked of it: it ends
    for each in folder.iterdir():
        each.unlink()
    folder.rmdir()


def _serve(door: str) -> None:
    """Fork for one after the other, until whoever started this process is gone."""
    program = import_module("main").main
    for name in SLOW_TO_IMPORT:
        import_module(name)
    gc.freeze()
    with socket.socket(socket.AF_UNIX) as doorway:
        doorway.bind(door)
        doorway.listen()
        sys.stdout.write("ready\n")
        sys.stdout.flush()
        while doorway in select.select([doorway, sys.stdin], [], [])[0]:
            caller, _ = doorway.accept()
            with caller:
                _answer(caller, program)


def _answer(caller: socket.socket, program: Callable[[], int]) -> None:
    """Run what was asked for in a fork, and tell how it ended."""
    _, streams, _, _ = socket.recv_fds(caller, 1, 3)
    words, folder, surroundings = json.loads(caller.makefile().readline())
    child = os.fork()
    if child == 0:
        caller.close()
        for place, stream in enumerate(streams):
            os.dup2(stream, place)
            os.close(stream)
        os.chdir(folder)
        os.environ.clear()
        os.environ.update(surroundings)
        sys.argv = words
        os._exit(_ended(program))
    for stream in streams:
        os.close(stream)
    caller.sendall(b"%d\n" % os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]))


def _ended(program: Callable[[], int]) -> int:
    """Run the program; return what its process is to end with."""
    status = 1
    try:
        status = program()
    finally:
        sys.stdout.flush()
        sys.stderr.flush()
    return status


if __name__ == "__main__":
    _serve(sys.argv[1])
