"""Shows how the record stands: on the shield, over the chairs, and at the audit desk."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable

from PySide6.QtCore import QObject, Slot

from monitor.people import Author
from ui.keeper import Keeper
from ui.presenters.record_notice import HIDE, NOTE, record_notice
from ui.presenters.shield_face import shield_face
from ui.quiet_rooms import QuietRooms
from ui.widgets.frame import Foot
from ui.widgets.notice_strip import NoticeStrip


class Shielding(QObject):
    """Tells whoever is logged in what the keeper knows, and does what is pressed."""

    def __init__(
        self,
        keeper: Keeper,
        foot: Foot,
        strip: NoticeStrip,
        quiet: QuietRooms,
        *,
        author: Callable[[], Author],
        zone: dt.tzinfo,
    ) -> None:
        super().__init__(strip)
        self._keeper, self._foot, self._strip, self._quiet = keeper, foot, strip, quiet
        self._author, self._zone = author, zone
        self._hidden: frozenset[str] = frozenset()
        keeper.changed.connect(self.show)
        strip.pressed.connect(self._on_strip)
        foot.shield.asked.connect(self._on_shield)

    @Slot()
    def show(self) -> None:
        """Show what is known now, to the person who is there now."""
        watched = self._keeper.watched
        self._foot.set_shield(shield_face(watched, self._zone))
        notice = record_notice(watched, self._author(), self._zone, self._hidden)
        self._strip.show_face(notice)
        self._quiet.integrity.show(watched)

    def close(self) -> None:
        """Show nothing more: the person has left."""
        self._keeper.changed.disconnect(self.show)
        self._foot.shield.asked.disconnect(self._on_shield)

    @Slot(str, str)
    def _on_strip(self, asks: str, key: str) -> None:
        if asks == HIDE:
            self._hidden |= {key}
            self.show()
        elif asks != NOTE or not self._quiet.integrity.note():
            self._quiet.go_to_integrity()

    @Slot()
    def _on_shield(self) -> None:
        self._quiet.go_to_integrity()
