"""Where the focus goes: pane by pane as one reads, and where it stays when a panel is made anew."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from typing import Protocol, runtime_checkable

from PySide6.QtCore import QRect, Qt
from PySide6.QtWidgets import QScrollArea, QWidget


@runtime_checkable
class Paned(Protocol):
    """A room of several panes, in the order in which they are read."""

    @property
    def panes(self) -> Sequence[QWidget]:
        """Return those that are in sight."""
        ...


def stops(pane: QWidget) -> list[QWidget]:
    """Return what Tab stops at in a pane, itself included, row by row."""
    here = [pane] if _is_stop(pane) else []
    return here + [stop for child in _as_read(_children(pane)) for stop in stops(child)]


def stops_of_room(room: QWidget) -> list[QWidget]:
    """Return what Tab stops at in a room: pane by pane, or in Qt's own order where it has none."""
    if not isinstance(room, Paned):
        return _in_qts_order(room)
    paned = [stop for pane in room.panes for stop in stops(pane)]
    return [stop for stop in _in_qts_order(room) if stop not in paned] + paned


def go_to(stop: QWidget, reason: Qt.FocusReason) -> None:
    """Give one the focus, and bring it into sight where it is scrolled."""
    stop.setFocus(reason)
    around = stop.parentWidget()
    while around is not None and not around.isWindow():
        if isinstance(around, QScrollArea) and around is not stop:
            around.ensureWidgetVisible(stop, 0, 8)
        around = around.parentWidget()


@contextmanager
def keeping_focus(around: QWidget, otherwise: Callable[[], None]) -> Iterator[None]:
    """Leave the focus where it is, although what is done may make its place anew.

    It goes back to what means the same, else to where *otherwise* puts it: never out of
    *around*, where Qt would have it go on once its place is hidden.

    Args:
        around: What is made anew, in whole or in part.
        otherwise: Gives the focus to what is always there.
    """
    held = around.window().focusWidget()
    if not around.isVisible() or not around.isAncestorOf(held):  # nor of none
        yield
        return
    means, sort = meaning(held), type(held)
    yield
    if held.isEnabled() and _show(held, around):
        if around.window().focusWidget() is not held:
            held.setFocus()
        return
    same = (w for w in around.findChildren(sort) if w is not held and meaning(w) == means)
    twin = next((w for w in same if means and w.isEnabled() and _show(w, around)), None)
    if twin is None:
        otherwise()
    else:
        twin.setFocus()


def meaning(widget: QWidget) -> str:
    """Return by what a control is the same once it is made anew: what it does, else its name."""
    return str(widget.property("means") or widget.accessibleName())


def _show(widget: QWidget, around: QWidget) -> bool:
    """Have in sight at once what its layout is about to show: else it cannot take the focus.

    Returns:
        Whether it is in sight; what was hidden stays so.
    """
    explicit = Qt.WidgetAttribute.WA_WState_ExplicitShowHide
    new: list[QWidget] = []
    here: QWidget | None = widget
    while here is not None and here is not around:
        if here.isHidden():
            if here.testAttribute(explicit):
                return False
            new.append(here)
        here = here.parentWidget()
    for each in reversed(new):
        each.show()
    return True


def _is_stop(widget: QWidget) -> bool:
    by_tab = bool(widget.focusPolicy() & Qt.FocusPolicy.TabFocus)
    return by_tab and widget.isEnabled() and widget.isVisible() and widget.focusProxy() is None


def _children(widget: QWidget) -> list[QWidget]:
    found = (each for each in widget.children() if isinstance(each, QWidget))
    return [each for each in found if each.isVisible() and not each.isWindow()]


def _in_qts_order(room: QWidget) -> list[QWidget]:
    found, here = [], room.nextInFocusChain()
    while here is not None and here is not room:
        if room.isAncestorOf(here) and _is_stop(here):
            found.append(here)
        here = here.nextInFocusChain()
    return found


def _as_read(widgets: Sequence[QWidget]) -> list[QWidget]:
    """Return neighbours row by row; what overlaps by half of the higher one is in one row."""
    rows: list[list[QWidget]] = []
    for each in sorted(widgets, key=lambda w: (w.y(), w.x())):
        if rows and _beside(rows[-1][0].geometry(), each.geometry()):
            rows[-1].append(each)
        else:
            rows.append([each])
    return [each for row in rows for each in sorted(row, key=lambda w: w.x())]


def _beside(one: QRect, other: QRect) -> bool:
    shared = min(one.bottom(), other.bottom()) - max(one.top(), other.top()) + 1
    return 2 * shared >= max(one.height(), other.height())
