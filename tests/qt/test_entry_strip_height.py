"""The entry strip is as high as its words need, whenever they were told."""

from __future__ import annotations

from pytestqt.qtbot import QtBot

from ui import theme
from ui.presenters.readback import ReadBack
from ui.screens.session.entry_strip import EntryStrip


def test_that_a_strip_that_was_told_before_it_was_laid_out_is_no_higher(qtbot: QtBot) -> None:
    strip = EntryStrip()
    qtbot.addWidget(strip)
    strip.resize(300, 80)
    strip.show_read_back(ReadBack(said="This is not understood and wants to be typed again."))
    strip.show()
    strip.resize(1200, 80)
    qtbot.wait_until(lambda: strip.width() == 1200)
    qtbot.wait_until(lambda: strip.sizeHint().height() <= theme.SIZE["entry"])
