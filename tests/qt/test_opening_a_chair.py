"""Opening a chair makes, reads and moves no more than what is then seen."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager
from pathlib import Path

import pytest
from PySide6.QtCore import QEvent, QObject
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot
from typing_extensions import override

from monitor.ports import Transaction
from tests.qt.real_windows import RealClinic, RealWindow, real_clinic
from ui import icons, theme
from ui.screens.session.entry_strip import EntryStrip
from ui.screens.session.fields_panel import FieldsPanel
from ui.screens.session.now_panel import NowPanel
from ui.screens.session.screen import SessionScreen
from ui.screens.session.side import Side
from ui.widgets.frame import Banner

LARGE = (SessionScreen, NowPanel, Side, EntryStrip, FieldsPanel, Banner)


class Looks:
    """Counts how often the record of a clinic is looked at."""

    def __init__(self, clinic: RealClinic) -> None:
        self._open = clinic.record().world.looking
        self.count = 0

    def __call__(self) -> AbstractContextManager[Transaction]:
        """Look, and count it."""
        self.count += 1
        return self._open()

    def during(self, act: Callable[[], object]) -> int:
        """Return how many there were while something was done, and shown."""
        self.count = 0
        act()
        QApplication.processEvents()
        return self.count


class Moves(QObject):
    """Notes which large widgets are moved from one parent to another."""

    def __init__(self) -> None:
        super().__init__()
        self.moved: list[str] = []

    @override
    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.ParentChange and isinstance(watched, LARGE):
            self.moved.append(type(watched).__name__)
        return False


@pytest.fixture
def clinic(tmp_path: Path) -> Iterator[RealClinic]:
    """A clinic with one open session."""
    yield from real_clinic(tmp_path)


@pytest.fixture
def looks(clinic: RealClinic) -> Looks:
    """How often the window looks at the record."""
    return Looks(clinic)


@pytest.fixture
def here(qtbot: QtBot, clinic: RealClinic, looks: Looks) -> Iterator[RealWindow]:
    """A window on it, at the chairs."""
    window = RealWindow(qtbot, clinic, clinic.record(look=looks))
    QApplication.processEvents()
    yield window
    window.close()


def test_that_the_dose_set_up_is_made_when_somebody_goes_there(
    here: RealWindow, clinic: RealClinic
) -> None:
    rooms = here.go_to_session().house.sessions[clinic.session_id]
    assert [type(room).__name__ for room in rooms.made] == ["SessionScreen"]
    here.house.go_to_dose(clinic.session_id)
    assert [type(room).__name__ for room in rooms.made] == ["SessionScreen", "DoseRoom"]
    assert rooms.dose_room.isVisible()


def test_that_a_session_is_read_once_where_its_chair_is_opened(
    here: RealWindow, looks: Looks
) -> None:
    first, again = looks.during(here.go_to_session), looks.during(here.go_to_session)
    assert (first, again) == (2, 1)  # its protocol, once and for all; and how it stands


def test_that_a_dose_set_up_that_is_not_seen_is_not_looked_at_for_an_entry(
    here: RealWindow, clinic: RealClinic, looks: Looks
) -> None:
    here.go_to_session()
    before = looks.during(lambda: clinic.line(here.record, "? first"))
    here.house.go_to_dose(clinic.session_id)
    here.go_to_session()
    assert looks.during(lambda: clinic.line(here.record, "? second")) == before


def test_that_the_large_parts_of_a_screen_are_made_where_they_stand(here: RealWindow) -> None:
    moves, application = Moves(), QApplication.instance()
    assert application is not None
    application.installEventFilter(moves)
    here.go_to_session()
    application.removeEventFilter(moves)
    assert moves.moved == []


def test_that_an_icon_is_drawn_once_for_each_size_and_tone() -> None:
    asked = ((18, "text"), (18, "text"), (18, "alert"), (20, "text"))
    assert len({icons.pixmap("door", size, tone).cacheKey() for size, tone in asked}) == 3


def test_that_a_typeface_may_be_changed_by_whoever_asked_for_it() -> None:
    theme.font(14).setUnderline(True)
    assert not theme.font(14).underline()
