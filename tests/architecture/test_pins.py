"""What is installed is what was looked at, wherever it is fetched from."""

from __future__ import annotations

import re
import tomllib

from tests.architecture.house import ROOT, kept_files

HOSTS = [  # in pieces, so that this file does not name one either
    ".".join(parts)
    for parts in (
        ("pypi", "org"),
        ("pythonhosted", "org"),
        ("npmjs", "org"),
        ("npmjs", "com"),
        ("yarnpkg", "com"),
        ("deb", "debian", "org"),
        ("crates", "io"),
        ("anaconda", "org"),
        ("proxy", "golang", "org"),
        ("repo", "maven", "apache", "org"),
    )
]
FOLDERS = [f"/{name}/" for name in ("work", "root/.pyenv", "root/.cache", "Users")]
PIN = re.compile(r"(?P<name>[a-z0-9-]+)==[^ ;]+(?P<marker> ; .+?)? \\")
HASH = re.compile(r"    --hash=sha256:[0-9a-f]{64}( \\)?")


def canonical(requirement: str) -> str:
    """A requirement's distribution name, as the index compares them."""
    return re.sub(r"[-_.]+", "-", re.split(r"[<>=;\[ ]", requirement)[0]).lower()


def lock_lines() -> list[str]:
    """The lines of requirements.lock that mean something."""
    text = (ROOT / "requirements.lock").read_text(encoding="utf-8")
    return [line for line in text.splitlines() if not line.startswith("#")]


def test_that_everything_we_ask_for_is_pinned() -> None:
    settings = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    asked = [
        *settings["project"]["dependencies"],
        *settings["dependency-groups"]["dev"],
        *settings["build-system"]["requires"],
    ]
    pinned = {match["name"] for match in map(PIN.fullmatch, lock_lines()) if match}
    assert {canonical(requirement) for requirement in asked} <= pinned


def test_that_the_pins_are_exact_versions_and_hashes_and_nothing_else() -> None:
    odd = [line for line in lock_lines() if not (PIN.fullmatch(line) or HASH.fullmatch(line))]
    assert odd == []


def naming(*words: str) -> list[str]:
    """Which kept files hold which of these words."""
    contents = {name: (ROOT / name).read_bytes() for name in kept_files()}
    return [
        f"{name}: {word}" for word in words for name in contents if word.encode() in contents[name]
    ]


def test_that_no_file_names_a_package_registry() -> None:
    assert naming(*HOSTS) == []


def test_that_no_file_names_a_folder_of_the_machine_it_was_written_on() -> None:
    assert naming(*FOLDERS) == []
