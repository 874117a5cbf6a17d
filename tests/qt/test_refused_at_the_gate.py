"""Where the cursor is after a refusal at a gate: there, where it is to be typed again."""

from __future__ import annotations

from pytestqt.qtbot import QtBot

from ui.presenters.log_in import UNLOCK
from ui.screens.gate.page import GatePage
from ui.screens.settings.protocol_view import ProtocolView


def test_that_a_refused_password_is_typed_over(qtbot: QtBot) -> None:
    page = GatePage(ProtocolView)
    qtbot.addWidget(page)
    page.show_form(UNLOCK, {UNLOCK.fields[-1].key: "not it"})
    page.show()
    page.activateWindow()
    page.show_busy("Checking …")
    page.show_busy("")
    page.show_problem("", "That is not it; type it again.")
    line = page.focusWidget()
    assert line is not None
    assert (line.accessibleName(), line.property("selectedText")) == (
        UNLOCK.fields[-1].label,
        "not it",
    )
