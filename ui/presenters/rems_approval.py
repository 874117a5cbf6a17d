"""Approving a version of the REMS form: first what it changes, then with a password."""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import Future

from monitor.errors import Code, MonitorError
from monitor.rems_changes import AnswersAhead
from monitor.rems_form import RemsForm
from ui.presenters.form import FormFace, FormField, Option, Shape
from ui.presenters.rems_changes import approval_face
from ui.presenters.rems_doors import RemsDoors, VersionsView
from ui.wording import sentence

_PASSWORD = "password"  # noqa: S105 - a field, not a password


class FormApproval:
    """Shows what a version changes, and approves it.

    Args:
        view: The page of the versions.
        doors: The world.
        done: Is called with the version once it holds.
    """

    def __init__(
        self, view: VersionsView, doors: RemsDoors, done: Callable[[RemsForm], None]
    ) -> None:
        self._view, self._doors, self._done = view, doors, done
        self._before: RemsForm | None = None
        self._after: RemsForm | None = None
        self._password = ""
        self._busy = False

    @property
    def is_open(self) -> bool:
        """Tell whether a version is being approved."""
        return self._after is not None

    @property
    def is_busy(self) -> bool:
        """Tell whether it is being written right now."""
        return self._busy

    def begin(self, form: RemsForm) -> None:
        """Look what a version changes, and show it."""
        before = self._doors.in_force().form
        self._before, self._after = before, form
        self._doors.read(
            lambda: self._doors.foresee(form), lambda done: self._was_foreseen(form, done)
        )

    def typed(self, key: str, words: str) -> None:
        """Take the password."""
        if key == _PASSWORD:
            self._password = words

    def submit(self) -> None:
        """Approve, as whoever is here."""
        before, after, form = self._before, self._after, self._view.approval
        if before is None or after is None or self._busy:
            return
        if not self._password:
            form.show_problem(_PASSWORD, "Type your password to approve.")
            return
        user, password = self._doors.author().user, self._password
        self._busy = True
        form.show_problem("", "")
        form.show_note(_PASSWORD, "One moment …")
        self._doors.read(
            lambda: self._doors.approve(user, password, after.content, before.hash),
            self._was_approved,
        )

    def give_up(self) -> None:
        """Go back to the text; not while it is being written."""
        if self.is_open and not self._busy:
            self._forget()
            self._view.show_approval(None)

    def be_still(self) -> None:
        """Show nothing any more; what is being written goes on."""
        self._forget()

    def _was_foreseen(self, form: RemsForm, future: Future[AnswersAhead]) -> None:
        if self._before is None or self._after is not form:
            return
        try:
            ahead = future.result()
        except MonitorError as error:
            self._forget()
            self._view.show_check(sentence(error), well=False)
            return
        name = self._doors.author().name
        field = FormField(_PASSWORD, f"Password of {name}", Shape.DOTS)
        self._view.show_approval(approval_face(self._before, form, ahead))
        back = Option("back", "Back to the text")
        face = FormFace("Approve this version", (field,), "Approve", others=(back,))
        self._view.approval.show_form(face)
        self._view.approval.enter_form()

    def _was_approved(self, future: Future[RemsForm]) -> None:
        self._busy = False
        if not self.is_open:
            return
        form = self._view.approval
        form.show_note(_PASSWORD, "")
        try:
            made = future.result()
        except MonitorError as error:
            wrong = error.code is Code.WRONG_PASSWORD
            said = "That is not your password; type it again." if wrong else sentence(error)
            form.show_problem(_PASSWORD if wrong else "", said)
        else:
            self._forget()
            self._done(made)

    def _forget(self) -> None:
        self._before = self._after = None
        self._password = ""
