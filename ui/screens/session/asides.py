"""One thing more beside the chart: a question, a rating, the pick list of events, the account."""

from __future__ import annotations

from PySide6.QtWidgets import QWidget

from ui.presenters.account_faces import AccountFace
from ui.presenters.event_picks import PicksFace
from ui.presenters.question import Question
from ui.presenters.ratings import RatingFace
from ui.screens.session.entry_strip import EntryStrip
from ui.screens.session.now_panel import NowPanel
from ui.screens.session.side import Side
from ui.widgets.walking import keeping_focus


class AsidePanels(QWidget):
    """The panels that one thing more stands between.

    What comes last is in sight. An account, a rating or a question that it stands in front of
    comes back after it, with all that was answered there.
    """

    def __init__(self, *, roomy: bool = False, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.now_panel, self.side = NowPanel(roomy=roomy, parent=self), Side(self, roomy=roomy)
        self.entry = EntryStrip(self)
        self._account: AccountFace | None = None
        self._behind: list[QWidget] = []
        self._lasting = (self.side.account, self.side.ratings, self.side.question)

    def open_picks(self, face: PicksFace) -> None:
        """Show the pick list of events beside the chart, and go there."""
        self.side.events.show_picks(face)
        self._open(self.side.events)
        self.side.events.enter()

    def show_picks(self, face: PicksFace) -> None:
        """Show the list as it is now; this never opens it."""
        self.side.events.show_picks(face)

    def close_picks(self) -> None:
        """Take it away and go back to the entry line."""
        self._close(self.side.events)

    def open_account(self, face: AccountFace) -> None:
        """Show the drug account beside the chart, and go there."""
        self._account = face
        self._open(self.side.account)
        self._enter_account()

    def show_account(self, face: AccountFace) -> None:
        """Show how the account stands now, where it is open."""
        self._account = face
        if not self.side.account.isHidden():
            with keeping_focus(self, self.side.account.enter):
                self.side.account.show_account(face)

    def close_account(self) -> None:
        """Take it away and go back to the entry line."""
        self._close(self.side.account)

    def open_question(self, question: Question) -> None:
        """Show a question beside the chart; what it stands in front of comes back after it."""
        self.now_panel.show_problem("")
        self._open(self.side.question)
        self.side.question.show_question(question)
        self.side.make_room()

    def close_question(self) -> None:
        """Take it away and go back to where it was asked."""
        self._close(self.side.question)

    def show_question_problem(self, said: str, *, waiting: bool = False, field: str = "") -> None:
        """Say what refuses the answer."""
        self.side.question.show_question_problem(said, waiting=waiting, field=field)

    def show_rating(self, face: RatingFace) -> None:
        """Show a rating beside the chart."""
        if self.side.aside is not self.side.ratings:
            self._open(self.side.ratings)
            self.side.ratings.setFocus()
        self.side.ratings.show_rating(face)

    def close_rating(self) -> None:
        """Take it away and go back to the entry line."""
        self._close(self.side.ratings)

    def show_rating_problem(self, said: str) -> None:
        """Say why the rating was not stored."""
        self.side.ratings.show_problem(said)

    def type_on(self) -> None:
        """Have the entry line take what is typed next, unless something is asked."""
        if self.side.aside is None and self.isVisible():
            self.enter_line()

    def enter_line(self) -> None:
        """Give the focus to where a line is typed, or to the reason that is asked about it."""
        self.entry.enter()

    def _open(self, wanted: QWidget) -> None:
        """Show one thing more; what comes back afterwards waits behind it."""
        here = self.side.aside
        if here is not None and here is not wanted and here in self._lasting:
            self._behind.append(here)
        if wanted in self._behind:
            self._behind.remove(wanted)
        self.side.show_aside(wanted)

    def _close(self, done: QWidget) -> None:
        """Take one thing away; what waited behind it comes back, else the entry line."""
        if done in self._behind:
            self._behind.remove(done)
        if self.side.aside not in (done, None):
            return  # something else is in sight, and stays
        self.side.show_aside(self._behind.pop() if self._behind else None)
        if self.side.aside is self.side.account:
            self._enter_account()
        elif self.side.aside is self.side.ratings:
            self.side.ratings.setFocus()
        elif self.side.aside is self.side.question:
            self.side.question.enter()
        else:
            self.enter_line()

    def _enter_account(self) -> None:
        if self._account is not None:
            self.side.account.show_account(self._account)
        self.side.account.enter()
