"""What the wheel carries, and what must not be left out of it."""

from __future__ import annotations

import subprocess
import sys
import zipfile

import pytest

from tests.architecture.house import PACKAGES, ROOT, kept_files

FONTS = kept_files("ui/fonts", "reports/pdf/fonts")


@pytest.fixture(scope="module")
def carried(tmp_path_factory: pytest.TempPathFactory) -> set[str]:
    """The paths of all files in a freshly built wheel."""
    folder = tmp_path_factory.mktemp("wheel")
    subprocess.run(
        [sys.executable, "-m", "hatchling", "build", "-t", "wheel", "-d", folder],
        cwd=ROOT,
        check=True,
        capture_output=True,
    )
    (wheel,) = folder.glob("*.whl")
    with zipfile.ZipFile(wheel) as archive:
        return set(archive.namelist())


def test_that_the_wheel_carries_the_program_and_nothing_else(carried: set[str]) -> None:
    program = {name for name in carried if ".dist-info/" not in name}
    assert program == set(kept_files(*PACKAGES, "main.py"))


def test_that_the_wheel_carries_the_licence(carried: set[str]) -> None:
    assert any(name.endswith(".dist-info/licenses/LICENSE") for name in carried)


def test_that_the_fonts_and_their_licences_are_there() -> None:
    assert {"ui/fonts/OFL.txt", "reports/pdf/fonts/OFL.txt"} <= set(FONTS)
    assert len(FONTS) == 14


@pytest.mark.parametrize("name", [name for name in FONTS if not name.endswith(".txt")])
def test_that_a_font_is_static_truetype(name: str) -> None:
    font = (ROOT / name).read_bytes()
    count = int.from_bytes(font[4:6])
    tables = {font[12 + 16 * index :][:4] for index in range(count)}
    assert font[:4] == b"\0\1\0\0"  # reportlab can embed neither CFF outlines ...
    assert b"glyf" in tables
    assert b"fvar" not in tables  # ... nor variable fonts
