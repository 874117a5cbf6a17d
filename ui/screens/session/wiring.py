"""Which signal of which panel goes to which presenter, and how F9 walks from pane to pane."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Protocol

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QWidget

from ui.presenters.session import SessionPresenter
from ui.screens.session.entry_strip import EntryStrip
from ui.screens.session.events_panel import EventsPanel
from ui.screens.session.fields_panel import FieldsPanel
from ui.screens.session.now_panel import NowPanel
from ui.screens.session.side import Side
from ui.widgets.sheet import SheetTable
from ui.widgets.walking import go_to, stops


class Panels(Protocol):
    """The panels of a session screen."""

    now_panel: NowPanel
    side: Side
    sheet: SheetTable
    fields: FieldsPanel
    entry: EntryStrip

    def type_on(self) -> None:
        """Have the entry line take what is typed next, unless something is asked."""
        ...


def connect_panels(panels: Panels, presenter: SessionPresenter) -> None:
    """Hand what is pressed and typed to the presenter."""
    side, entry, fields = panels.side, panels.entry, panels.fields
    for panel in (panels.now_panel, side.due, side.alerts, side.account):
        panel.command.connect(presenter.command)
        panel.command.connect(panels.type_on)

    def give_device(lot: str, expiry: str, sprays: int) -> None:
        if presenter.giving.give_device(lot, expiry, sprays):
            panels.type_on()

    panels.now_panel.device_given.connect(give_device)
    _connect_sheet(panels.sheet, entry, presenter)
    side.question.answered.connect(presenter.question.submit)
    side.question.given_up.connect(presenter.question.cancel)
    side.question.turned.connect(lambda key: _turn_to(presenter, key))
    _connect_events(side.events, presenter)
    ratings = side.ratings
    ratings.digit.connect(presenter.ratings.answer)
    ratings.moved.connect(presenter.ratings.move)
    ratings.cleared.connect(presenter.ratings.clear)
    ratings.stored.connect(lambda unfinished: presenter.ratings.store(unfinished=unfinished))
    ratings.given_up.connect(presenter.ratings.cancel)
    entry.typed.connect(presenter.entry.typed)
    entry.submitted.connect(presenter.entry.submit)
    entry.reason_given.connect(presenter.entry.give_reason)
    fields.changed.connect(entry.line.setText)
    fields.submitted.connect(presenter.entry.submit)


def _connect_events(events: EventsPanel, presenter: SessionPresenter) -> None:
    """Letters narrow the list; Enter, a digit or a press takes a row of it."""
    events.narrowed.connect(presenter.events.narrow)
    events.stepped.connect(presenter.events.move)
    events.chosen.connect(presenter.events.choose)
    events.pressed.connect(presenter.events.press)
    events.left.connect(presenter.events.close)


def _connect_sheet(sheet: SheetTable, entry: EntryStrip, presenter: SessionPresenter) -> None:
    """Up leads from the line into the rows; Esc, Down and any letter lead back to the line."""
    sheet.amend_asked.connect(lambda uid: presenter.command(f"amend:{uid}"))
    sheet.left.connect(entry.enter)
    sheet.typed.connect(entry.type_on)
    sheet.whole_asked.connect(lambda whole: presenter.sheet.show_whole(whole=whole))
    entry.upward.connect(sheet.enter)


def _turn_to(presenter: SessionPresenter, command: str) -> None:
    """Do what a question offered in place of its answer."""
    presenter.question.cancel()
    presenter.command(command)


def go_to_next(panes: Sequence[QWidget]) -> None:
    """Give the focus to the first thing of the next pane that takes it; from outside, of the first.

    Args:
        panes: In the order in which they are read.
    """
    focus = QApplication.focusWidget()
    here = [
        n
        for n, pane in enumerate(panes)
        if focus is not None and (pane is focus or pane.isAncestorOf(focus))
    ]
    after = here[0] + 1 if here else 0
    for pane in (*panes[after:], *panes[:after]):
        if _enter(pane):
            return


def _enter(pane: QWidget) -> bool:
    """Go to a pane, or to the first thing in it; returns whether anything there takes the focus."""
    found = stops(pane)
    if found and isinstance(pane, EntryStrip):
        pane.enter()
    elif found:
        go_to(found[0], Qt.FocusReason.ShortcutFocusReason)
    return bool(found)
