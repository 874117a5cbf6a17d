"""The versions of the REMS form: which one holds, and its text, mended under a check."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from monitor.errors import Code, InputError
from monitor.rems_form import RemsForm
from monitor.rems_looking import FormInForce
from monitor.rems_text import Spot, line_of
from ui.presenters.rems_approval import FormApproval
from ui.presenters.rems_doors import RemsDoors, RemsRoomView
from ui.presenters.rems_faces import VersionsFace, may_set_form, versions_face
from ui.wording import sentence

_KEPT = "The changed text is kept until you log out; “Form version…” shows it again."
_HOLDS = "This version holds already: change the text, or choose another version."


class FormVersions:
    """Chooses the version of the form that holds, and mends its text with a check at each key.

    A changed text stays, each under the version it was begun from, until it is approved or taken
    back.
    """

    def __init__(
        self, view: RemsRoomView, doors: RemsDoors, done: Callable[[RemsForm], None]
    ) -> None:
        self._view, self._page = view, view.version_page
        self._doors, self._done = doors, done
        self._forms: tuple[FormInForce, ...] = ()
        self._brought: dict[str, str] = {}
        self._changed: dict[str, str] = {}
        self._chosen = ""
        self._open = False
        self.approval = FormApproval(self._page, doors, self._approved)

    def begin(self) -> None:
        """Show the versions: a text that was changed, else that of the one that holds."""
        if not may_set_form(self._doors.author()):
            return
        self._view.show_done("")
        self._forms, self._open = self._doors.forms(), True
        self._view.open_versions()
        kept = self._chosen in self._texts() and self._chosen in {**self._changed, **self._brought}
        self._show(self._chosen if kept else self._doors.in_force().form.id)

    def choose(self, version: str) -> None:
        """Show the text of another version, with what was changed in it."""
        self._show(version)

    def imported(self, path: Path) -> None:
        """Show the text of a file."""
        try:
            words = self._doors.load(path).decode("utf-8")
        except OSError:
            said = "That file could not be read; choose another one."
            self._page.show_check(said, well=False)
        except UnicodeDecodeError:
            self._page.show_check("That file is no text; choose a TOML file.", well=False)
        except InputError as error:
            self._page.show_check(sentence(error), well=False)
        else:
            name = self._free(path.name)
            self._brought[name] = words.replace("\r\n", "\n")
            self._show(name)

    def typed(self, words: str) -> None:
        """Check the text as it stands now."""
        self.approval.give_up()
        known = self._chosen in self._changed
        if words == self._texts()[self._chosen]:
            self._changed.pop(self._chosen, None)
        else:
            self._changed[self._chosen] = words
        if known != (self._chosen in self._changed):
            self._page.show_choice(self._face())
        self._check()

    def take_back(self) -> None:
        """Show the text of this version as it was before it was changed."""
        if self._changed.pop(self._chosen, None) is not None:
            self._page.put_text(self._text())
            self._page.show_choice(self._face())
            self._check()

    def approve(self) -> None:
        """Show what the version would change; of one that does not hold water, show where."""
        try:
            form = self._read()
        except InputError as error:
            self._page.go_to_line(_line(error))
            return
        now = self._doors.in_force()
        if now.by is not None and now.form.hash == form.hash:
            self._page.show_check(_HOLDS, well=False)
            return
        self.approval.begin(form)

    def give_up(self) -> None:
        """Leave the versions as they are; a changed text is kept."""
        if not self._open or self.approval.is_busy:
            return
        self.approval.give_up()
        self._open = False
        self._view.close_versions()
        if self._changed:
            self._view.show_done(_KEPT)

    def be_still(self) -> None:
        """Show nothing any more: the room is gone."""
        self._open = False
        self.approval.be_still()

    # --- what is shown ------------------------------------------------------------------------

    def _texts(self) -> dict[str, str]:
        """Return the text of each version, and of each file that was brought, as it came."""
        return {each.form.id: each.form.content for each in self._forms} | self._brought

    def _text(self) -> str:
        return self._changed.get(self._chosen, self._texts()[self._chosen])

    def _free(self, name: str) -> str:
        """Return a name for what was brought; what was changed under the same one stays."""
        taken, number, free = {*self._changed, *(each.form.id for each in self._forms)}, 2, name
        while free in taken:
            free, number = f"{name} ({number})", number + 1
        return free

    def _face(self) -> VersionsFace:
        face = versions_face(self._forms, self._doors.in_force())
        brought = ((name, f"{name} · from a file") for name in self._brought)
        options = tuple(
            (key, f"{words}, with your changes" if key in self._changed else words)
            for key, words in (*face.options, *brought)
        )
        return VersionsFace(options, self._chosen, changed=self._chosen in self._changed)

    def _show(self, version: str) -> None:
        self._chosen = version
        self._page.show_versions(self._face(), self._text())
        self._check()

    def _check(self) -> None:
        try:
            form = self._read()
        except InputError as error:
            self._page.show_check(sentence(error), well=False, line=_line(error))
        else:
            unsure = f", {form.unsure} not yet held against your form" if form.unsure else ""
            said = f"The text holds: {len(form.fields)} fields{unsure}."
            self._page.show_check(said, well=True)

    def _read(self) -> RemsForm:
        """Return the version as its text stands; a name is that of one text only."""
        words = self._text()
        form = self._doors.check(words)
        if any(each.form.id == form.id and each.form.hash != form.hash for each in self._forms):
            line = line_of(words, Spot(), "id")
            raise InputError(Code.NAME_TAKEN, "rems form", name=form.id, line=line)
        return form

    def _approved(self, form: RemsForm) -> None:
        self._changed.pop(self._chosen, None)
        self._brought.pop(self._chosen, None)
        self._open = False
        self._view.close_versions()
        self._done(form)


def _line(error: InputError) -> int:
    line = error.facts.get("line")
    return line if isinstance(line, int) else 1
