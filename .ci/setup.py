"""Make this checkout ready to run: a virtual environment and the libraries Qt needs.

Called by every target of the Makefile with the system's own Python and nothing but its
standard library. It says what it installs and where, and is done in a moment when there
is nothing to do.
"""

from __future__ import annotations

import argparse
import contextlib
import hashlib
import os
import shutil
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
VENV = ROOT / ".venv"
BIN = VENV / ("Scripts" if os.name == "nt" else "bin")
PYTHON = BIN / ("python.exe" if os.name == "nt" else "python")
LOCK = ROOT / "requirements.lock"
STAMP = VENV / "setup-stamp"

OLDEST = (3, 11)
NEWER = ("python3.14", "python3.13", "python3.12", "python3.11")

OFFSCREEN = (
    "libglib2.0-0 libdbus-1-3 libegl1 libgl1 libfontconfig1 libfreetype6 libx11-6 libxkbcommon0"
)
WINDOW = (
    "libxcb-cursor0 libxcb-icccm4 libxcb-image0 libxcb-keysyms1 libxcb-randr0 "
    "libxcb-render-util0 libxcb-render0 libxcb-shape0 libxcb-shm0 libxcb-sync1 libxcb-util1 "
    "libxcb-xfixes0 libxcb-xkb1 libxkbcommon-x11-0 libx11-xcb1"
)

FIND_QT = "import os, PySide6; print(os.path.dirname(PySide6.__file__))"
START_QT = "from PySide6.QtWidgets import QApplication; QApplication([])"


class SetupError(Exception):
    """A step that could not be done; its text is the sentence for the person."""


def say(sentence: str) -> None:
    """Tell the person at the terminal, at once."""
    print(f"setup: {sentence}", flush=True)


def run(command: list[str], **environment: str) -> subprocess.CompletedProcess[str]:
    """Run a command with nothing to read from and its output kept.

    Args:
        command: The program and its arguments.
        environment: Variables to set beside those that are there.
    """
    return subprocess.run(
        command,
        env={**os.environ, "LC_ALL": "C.UTF-8", **environment},
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        encoding="utf-8",
        errors="replace",
        check=False,
    )


def must(command: list[str], purpose: str, **environment: str) -> None:
    """Run a command that has to succeed.

    Raises:
        SetupError: It did not; carries the command's own last words.
    """
    done = run(command, **environment)
    if done.returncode:
        words = "\n".join(done.stdout.strip().splitlines()[-20:])
        raise SetupError(f"could not {purpose}. The last words of {command[0]}:\n{words}")


# --- Python -------------------------------------------------------------------------------


def version_of(python: str) -> tuple[int, ...]:
    """The (major, minor) of an interpreter; empty when it does not start."""
    if python in {sys.executable, getattr(sys, "_base_executable", None)}:
        return tuple(sys.version_info[:2])
    done = run([python, "-c", "import sys; print(*sys.version_info[:2])"])
    return () if done.returncode else tuple(int(part) for part in done.stdout.split())


def find_python() -> str:
    """An interpreter that is new enough: the one running this, else one on the PATH.

    Raises:
        SetupError: There is none.
    """
    if sys.version_info >= OLDEST:
        # Inside an activated .venv: the one it was made from, which does not vanish with it.
        return str(getattr(sys, "_base_executable", None) or sys.executable)
    for name in NEWER:
        found = shutil.which(name)
        if found and version_of(found) >= OLDEST:
            return found
    raise SetupError(
        f"Chairside needs Python {OLDEST[0]}.{OLDEST[1]} or newer; this is Python "
        f"{sys.version.split()[0]}, and there is no newer one on the PATH."
    )


def make_venv(python: str) -> None:
    """Make `.venv`, with the distribution's own package for it where that is missing."""
    if run([python, "-c", "import ensurepip"]).returncode:
        package = "python{}.{}-venv".format(*version_of(python))
        install_packages([package], "Python's module for virtual environments is missing")
    say(f"making a virtual environment in {VENV}")
    must([python, "-m", "venv", "--clear", str(VENV)], "make the virtual environment")


def install_pins() -> None:
    """Install what requirements.lock names, then the program itself, into `.venv`."""
    count = LOCK.read_text(encoding="utf-8").count("==")
    say(f"installing {count} pinned Python packages into {VENV} (a minute or two)")
    pip = [str(PYTHON), "-m", "pip", "--disable-pip-version-check", "--no-input", "install"]
    pins = ["--no-deps", "--no-compile", "--require-hashes", "--only-binary=:all:"]
    must([*pip, *pins, "-r", str(LOCK)], "install the pinned packages")
    run([str(PYTHON), "-m", "compileall", "-q", "-j", "0", str(VENV)])  # on every core; pip: on one
    say(f"installing the command {BIN / 'chairside'}, which runs this checkout")
    must(
        [*pip, "--no-deps", "--no-build-isolation", "--editable", str(ROOT)],
        "install the program",
    )


# --- the system's libraries ---------------------------------------------------------------


def administrator() -> list[str] | None:
    """What to put before a command that changes the system; None when we may not."""
    if os.geteuid() == 0:
        return []
    if shutil.which("sudo") and not run(["sudo", "-n", "true"]).returncode:
        return ["sudo", "-n"]
    return None


def install_packages(packages: list[str], reason: str) -> None:
    """Install Debian packages, or name the command that does.

    Raises:
        SetupError: We may not, or cannot.
    """
    if not shutil.which("apt-get"):
        raise SetupError(
            f"{reason}. Install, with this system's package manager, what Debian calls: "
            + " ".join(packages)
        )
    before = administrator()
    if before is None:
        raise SetupError(
            f"{reason}. Run this command, then the same make command again:\n"
            f"  sudo apt-get install --no-install-recommends {' '.join(packages)}"
        )
    say(f"{reason}; installing system packages with apt-get: {' '.join(packages)}")
    apt = [*before, "env", "DEBIAN_FRONTEND=noninteractive", "apt-get", "-q", "-y"]
    must([*apt, "update"], "read the package lists")
    must([*apt, "install", "--no-install-recommends", *packages], "install the packages")


def missing_libraries(files: list[Path]) -> list[str]:
    """The shared libraries that these files ask for and the system does not have."""
    done = run(["ldd", *map(str, files)])
    lines = [line.split() for line in done.stdout.splitlines() if "not found" in line]
    return sorted({words[0] for words in lines if words})


def see_to_libraries(files: list[Path], packages: list[str], purpose: str) -> None:
    """Install the packages when a library that these files need is missing.

    Raises:
        SetupError: Something is still missing afterwards.
    """
    missing = missing_libraries(files)
    if not missing:
        return
    install_packages(packages, f"Qt {purpose} lacks {', '.join(missing)}")
    missing = missing_libraries(files)
    if missing:
        raise SetupError(f"Qt {purpose} still lacks {', '.join(missing)}.")


def see_to_qt(*, window: bool) -> None:
    """Make sure that Qt starts; with `window`, that it can open one."""
    if sys.platform.startswith("linux"):
        qt = Path(run([str(PYTHON), "-c", FIND_QT]).stdout.strip())
        platforms = qt / "Qt" / "plugins" / "platforms"
        modules = [qt / f"Qt{name}.abi3.so" for name in ("Core", "Gui", "Widgets", "Svg")]
        see_to_libraries([*modules, platforms / "libqoffscreen.so"], OFFSCREEN.split(), "itself")
        if window:
            see_to_libraries([platforms / "libqxcb.so"], WINDOW.split(), "with a window")
    must([str(PYTHON), "-c", START_QT], "start Qt", QT_QPA_PLATFORM="offscreen")


# --- all of it, once ----------------------------------------------------------------------


def wanted(python: str) -> str:
    """A fingerprint of everything that `.venv` is made from."""
    parts = [LOCK.read_bytes(), (ROOT / "pyproject.toml").read_bytes()]
    parts += [str(ROOT).encode(), repr(version_of(python)).encode()]
    return hashlib.sha256(b"\0".join(parts)).hexdigest()


def stamped() -> list[str]:
    """What an earlier run finished: a fingerprint, then the kinds of Qt it saw start."""
    return STAMP.read_text(encoding="utf-8").split() if STAMP.exists() else []


def same_python(python: str) -> bool:
    """Whether `.venv` is there and whole, and was made from this interpreter's version."""
    if not PYTHON.exists() or version_of(str(PYTHON)) != version_of(python):
        return False
    return run([str(PYTHON), "-m", "pip", "--version"]).returncode == 0


def set_up(*, window: bool) -> None:
    """Bring the checkout to the state that its pins describe, doing only what is missing."""
    python = find_python()
    fingerprint = wanted(python)
    kind = "window" if window else "offscreen"
    done = stamped()
    if done[:1] == [fingerprint] and (kind in done or "window" in done):
        return
    started = time.monotonic()
    if done[:1] != [fingerprint]:
        with contextlib.suppress(FileNotFoundError):
            STAMP.unlink()
        if not same_python(python):
            make_venv(python)
        install_pins()
    see_to_qt(window=window)
    STAMP.write_text(f"{fingerprint} {kind}\n", encoding="utf-8")
    say(f"ready after {time.monotonic() - started:.0f} s")


@contextlib.contextmanager
def alone() -> Iterator[None]:
    """Let one set-up work at a time: two in the same `.venv` would undo each other."""
    with Path(__file__).open(encoding="utf-8") as turnstile:
        if os.name != "nt":
            import fcntl  # noqa: PLC0415 - Windows has none

            fcntl.flock(turnstile, fcntl.LOCK_EX)
        yield


def main() -> int:
    """Set up; say one clear sentence when that is not possible."""
    parser = argparse.ArgumentParser(description="Make this checkout ready to run.")
    parser.add_argument("--window", action="store_true", help="the program will open a window")
    asked = parser.parse_args()
    try:
        with alone():
            set_up(window=asked.window)
    except SetupError as error:
        print(f"setup: {error}", file=sys.stderr)
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main())
