"""The same rehearsals in the real window, drawn unseen: the same record, and pictures of it."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtGui import QImage

from tests.e2e.chairside import OWN, SHIPPED, Chairside, Results

PLAYED = {
    "paused": OWN / "paused-for-pressure.toml",
    "addenda": SHIPPED / "esketamine-56mg-addendum.toml",
}
"""Between them they do nearly every kind of act at tray, chair and desk.

A kill on the way, an event and a rating are played in the real window in
`test_rehearsals_together`, clocks that jump in `test_clock_set`.
"""
HD, FULL = (1280, 720), (1920, 1080)


@pytest.mark.parametrize("name", PLAYED)
def test_that_the_window_leaves_what_the_console_leaves(
    name: str, chairside: Chairside, tmp_path: Path, request: pytest.FixtureRequest
) -> None:
    script = PLAYED[name]
    said = chairside("rehearse", script, "--out", tmp_path, "--window")
    assert said.status == 0, said.err
    shown, told = Results(tmp_path / script.stem), request.getfixturevalue(name)
    assert shown.record == told.record
    assert shown.summary == told.summary
    assert shown.report.read_bytes() == told.report.read_bytes()
    check_pictures(shown)


def check_pictures(results: Results) -> None:
    """Every act has its picture, at a size that was asked for, with something on it."""
    pictures = {file.stem: QImage(str(file)) for file in (results.folder / "screens").iterdir()}
    for act in results.summary["acts"]:
        if act["do"] != "crash":
            assert f"{act['n']:02}-{act['do']}" in pictures
    assert {(image.width(), image.height()) for image in pictures.values()} <= {HD, FULL}
    for name, image in pictures.items():
        seen = {image.pixel(x, y) for x in range(0, image.width(), 9) for y in range(0, 700, 9)}
        assert len(seen) > 20, name
