"""The versions of the REMS form: which one holds, and its text, mended under a check."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from monitor.errors import InputError, MonitorError
from monitor.rems_form import RemsForm
from ui.presenters.rems_doors import RemsDoors, RemsRoomView
from ui.presenters.rems_faces import VersionsFace, may_set_form, versions_face
from ui.wording import sentence


class FormVersions:
    """Chooses the version of the form that holds, and mends its text with a check at each key."""

    def __init__(
        self, view: RemsRoomView, doors: RemsDoors, done: Callable[[RemsForm], None]
    ) -> None:
        self._view, self._doors, self._done = view, doors, done
        self._text = ""

    def begin(self) -> None:
        """Show the versions, and the text of the one that holds."""
        if may_set_form(self._doors.author()):
            now = self._doors.in_force()
            self._open(now.form.id, now.form.content)

    def choose(self, form_id: str) -> None:
        """Show the text of another version."""
        texts = {each.form.id: each.form.content for each in self._doors.forms()}
        self._open(form_id, texts[form_id])

    def imported(self, path: Path) -> None:
        """Show the text of a file."""
        try:
            words = self._doors.load(path).decode("utf-8")
        except OSError:
            said = "That file could not be read; choose another one."
            self._view.show_check(said, well=False)
        except UnicodeDecodeError:
            self._view.show_check("That file is no text; choose a TOML file.", well=False)
        else:
            self._open("", words)

    def typed(self, words: str) -> None:
        """Check the text as it stands now."""
        self._text = words
        try:
            form = self._doors.check(words)
        except InputError as error:
            self._view.show_check(sentence(error), well=False)
        else:
            unsure = f", {form.unsure} not yet held against your form" if form.unsure else ""
            said = f"The text holds: {len(form.fields)} fields{unsure}."
            self._view.show_check(said, well=True)

    def approve(self) -> None:
        """Take the version as it stands, from now on."""
        try:
            form = self._doors.set_form(self._doors.author(), self._text)
        except MonitorError as error:
            self._view.show_check(sentence(error), well=False)
        else:
            self._view.close_versions()
            self._done(form)

    def give_up(self) -> None:
        """Leave the versions as they are."""
        self._view.close_versions()

    def _open(self, chosen: str, words: str) -> None:
        face = versions_face(self._doors.forms(), self._doors.in_force())
        self._view.show_versions(VersionsFace(face.options, chosen), words)
        self.typed(words)
