"""The dose set-up of a session that is over: what is in the record can be looked at."""

from __future__ import annotations

from ui.presenters.dose_parts import Desk, Written, recorded_so_far
from ui.presenters.dose_working import Knowns
from ui.presenters.form import FormFace, FormField, Shape

CLOSED = "closed"
"""The key of this step, which stands on no bar."""


class ClosedStep:
    """Stands in the place of the form once the patient has left."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk

    def face(self) -> FormFace:
        """Return a form without anything to type."""
        said = FormField("closed", "The patient has left", Shape.WORDS)
        return FormFace("Only to look at", (said,), "Back to the session")

    def begin(self) -> None:
        """Say what can be done all the same."""
        self._desk.view.show_note(
            "closed",
            "Nothing more is entered here. What is missing is explained on the session's screen,"
            " or before you sign.",
        )

    def typed(self, key: str, words: str) -> None:
        """Take nothing: there is nothing to type."""

    def chosen(self, key: str, value: str) -> None:
        """Take nothing: there is nothing to choose."""

    def submit(self, written: Written) -> None:  # noqa: ARG002 - nothing is written here
        """Go back to the session."""
        self._desk.view.leave()

    def known(self) -> Knowns:
        """Return what the record knows."""
        return recorded_so_far(self._desk.overview)
