"""The rooms of what goes on beside the chairs: the controlled-drug register, the REMS forms."""

from __future__ import annotations

from collections.abc import Callable

from monitor.entries import Entry
from monitor.people import Author
from ui.cupboard import PLACE as REGISTER, Cupboard, concerns
from ui.record import Record
from ui.rems import PLACE as REMS, RemsDesk
from ui.screens.chairs.left_today import LeftTodayPanel
from ui.screens.settings.protocols import ProtocolsSection
from ui.screens.to_sign.waiting import WaitingList
from ui.tasks import Tasks
from ui.window import Window


class SideRooms:
    """Makes them and keeps them true."""

    def __init__(
        self, window: Window, record: Record, author: Callable[[], Author], tasks: Tasks
    ) -> None:
        self.cupboard = Cupboard(window, record, author, tasks)
        self.rems = RemsDesk(window, record, author, tasks)
        self._cupboard_too = False

    def go(self, place: str) -> bool:
        """Go into one of these rooms; tells whether it is one of them."""
        if place == REGISTER:
            self.cupboard.go()
        elif place == REMS:
            self.rems.go()
        return place in (REGISTER, REMS)

    def lead_to_rems(self, left_today: LeftTodayPanel, waiting: WaitingList) -> None:
        """Let the board and the worklist lead to the forms."""
        self.rems.offered.connect(left_today.set_rems)
        left_today.rems_asked.connect(self.rems.go)
        waiting.rems_asked.connect(self.rems.go)

    def lead_to_form(self, protocols: ProtocolsSection) -> None:
        """Let the settings lead to the version of the form that holds."""
        self.rems.offered.connect(protocols.set_rems)
        protocols.rems_asked.connect(self.rems.go_to_form)

    def hear(self, entry: Entry) -> None:
        """Take in what was written; the register is looked at with `look_again`."""
        self._cupboard_too |= concerns(entry)
        self.rems.hear(entry)

    def look_again(self) -> None:
        """Refresh the register if anything that was heard of can change it."""
        too, self._cupboard_too = self._cupboard_too, False
        if too:
            self.cupboard.refresh()

    def refresh(self) -> None:
        """Refresh all: nobody knows what another process wrote."""
        self.cupboard.refresh()
        self.rems.refresh()

    def be_still(self) -> None:
        """Show nothing any more; what is being written goes on."""
        self.cupboard.be_still()
        self.rems.be_still()

    def close(self) -> None:
        """Forget the rooms: somebody else may look at the window now."""
        self.cupboard.close()
        self.rems.close()
