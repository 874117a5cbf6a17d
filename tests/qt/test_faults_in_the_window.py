"""A fault of other systems that only a window could have, shown not to be ours.

`docs/faults-of-others.md` says which test stands for which fault.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from tests.qt.real_windows import BASELINE, RealClinic, real_clinic
from tests.qt.test_locking import LockedWindow
from tests.qt.test_record_in_the_window import checked, tamper
from ui.widgets.frame import PLACES

SAID = "The record does not agree with itself"


@pytest.fixture
def clinic(tmp_path: Path) -> Iterator[RealClinic]:
    yield from real_clinic(tmp_path / "record")


def test_that_a_record_that_is_not_intact_is_told_at_the_foot_of_every_screen(
    clinic: RealClinic, qtbot: QtBot
) -> None:
    clinic.clock.set("09:55")
    clinic.line(clinic.record(), BASELINE)
    clinic.close()
    tamper(clinic, b'"heart_rate":72', b'"heart_rate":62')
    here = LockedWindow(qtbot, clinic)
    checked(here)
    walk: list[Callable[[], None]] = [partial(here.house.go, place) for _, place in PLACES]
    walk.append(partial(here.house.go_to_session, clinic.session_id))
    walk.append(partial(here.house.go_to_dose, clinic.session_id))
    for go in walk:
        go()
        assert (here.window.foot.shield.isVisible(), told(here)) == (True, True)
    here.house.front.wall.toggle()
    assert (here.window.foot.isVisible(), told(here)) == (False, True)
    here.house.go("Chairs")
    here.lock()
    assert (here.window.foot.isVisible(), told(here)) == (False, True)
    here.close()


def told(here: LockedWindow) -> bool:
    """Tell whether it can be read on what is seen now."""
    QApplication.processEvents()
    return any(said.startswith(SAID) for said in here.words)
