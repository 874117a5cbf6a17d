"""The versions of the form: checked at each key, kept, and approved with a password."""

from __future__ import annotations

from pathlib import Path

import pytest

from monitor.rems_filing import SetRemsForm
from monitor.rems_form import shipped_forms
from tests.fakes.views_rems import PASSWORD, Office, PlainRemsRoom, treated
from ui.presenters.rems import RemsPresenter

OLD, NEW = shipped_forms()


class Desk:
    """The versions over one treatment, before a prescriber."""

    def __init__(self) -> None:
        self.visit = treated()
        self.office, self.room = Office(self.visit), PlainRemsRoom()
        self.office.who = self.visit.prescriber
        self.presenter = RemsPresenter(self.room, self.office.doors())
        self.presenter.refresh()
        self.versions = self.presenter.versions
        self.versions.begin()

    @property
    def is_open(self) -> bool:
        """Tell whether the versions are shown."""
        return self.room.versions is not None

    @property
    def title(self) -> str:
        """Return what is said over the changes; empty while none are shown."""
        return self.room.change.title if self.room.change else ""

    def approve(self, password: str = PASSWORD) -> None:
        """Look what changes, and approve it."""
        self.versions.approve()
        self.versions.approval.typed("password", password)
        self.versions.approval.submit()


@pytest.fixture
def desk() -> Desk:
    return Desk()


def test_that_a_version_is_checked_at_each_key_and_the_cursor_goes_to_its_fault(
    desk: Desk,
) -> None:
    assert desk.room.text == NEW.content
    desk.versions.choose(OLD.id)
    assert desk.room.check.startswith("The text holds: 39 fields")
    line = 1 + OLD.content[: OLD.content.index('fill = "bp-40"')].count("\n")
    desk.versions.typed(OLD.content.replace('fill = "bp-40"', 'fill = "bp-50"'))
    said = f"Line {line}: there is no rule “bp-50”; put it right."
    assert (desk.room.well, desk.room.check, desk.room.line) == (False, said, line)
    desk.versions.approve()
    assert (desk.room.cursor, desk.room.change) == (line, None)
    desk.versions.typed(OLD.content.replace("Sex", "Gender"))
    assert desk.room.check.endswith("give the changed text an id of its own.")
    desk.versions.approve()
    assert OLD.content.split("\n")[desk.room.cursor - 1].startswith("id = ")
    assert desk.room.change is None


def test_that_a_version_holds_once_its_changes_were_seen_and_the_password_is_right(
    desk: Desk,
) -> None:
    desk.versions.choose(OLD.id)
    desk.versions.approve()
    assert desk.title == "What changes from rems-respiratory to rems-2021-11"
    desk.versions.approval.submit()
    assert desk.room.approval.problem == ("password", "Type your password to approve.")
    desk.approve("another")
    said = "That is not your password; type it again."
    assert desk.room.approval.problem == ("password", said)
    desk.approve()
    assert not desk.is_open
    assert desk.room.done == "Form version rems-2021-11 holds from now on."
    assert desk.room.sheet is not None
    assert "draft" not in desk.room.sheet.form
    desk.versions.begin()
    desk.versions.approve()
    assert desk.title == ""
    assert desk.room.check.startswith("This version holds already")


def test_that_a_version_is_not_approved_over_one_that_nobody_saw(desk: Desk) -> None:
    desk.versions.choose(OLD.id)
    desk.versions.approve()
    SetRemsForm(desk.visit.world)(desk.visit.prescriber, NEW.content.replace(NEW.id, "ours"))
    desk.versions.approval.typed("password", PASSWORD)
    desk.versions.approval.submit()
    assert desk.room.approval.problem[1].startswith("Another form version holds")


def test_that_a_changed_text_stays_until_it_is_taken_back(desk: Desk) -> None:
    changed = f"{NEW.content}\n# a remark"
    desk.versions.typed(changed)
    desk.versions.choose(OLD.id)
    assert desk.room.text == OLD.content
    desk.versions.give_up()
    assert not desk.is_open
    assert desk.room.done.startswith("The changed text is kept until you log out")
    desk.versions.begin()
    desk.versions.choose(NEW.id)
    assert desk.room.text == changed
    assert desk.room.versions is not None
    assert desk.room.versions.changed
    words = dict(desk.room.versions.options)[NEW.id]
    assert words == "rems-respiratory · draft, holds, with your changes"
    desk.presenter.choose(desk.visit.session_id)
    assert not desk.is_open
    desk.versions.begin()
    assert desk.room.text == changed
    desk.versions.take_back()
    assert (desk.room.text, desk.room.versions.changed) == (NEW.content, False)


def test_that_whoever_approves_is_told_what_changes_and_what_becomes_of_answers(
    desk: Desk, tmp_path: Path
) -> None:
    desk.presenter.answer("opioids", "no")
    desk.presenter.answer("middle", "M")
    desk.presenter.tick("given")
    text = NEW.content.replace(f'id = "{NEW.id}"', 'id = "clinic-1"')
    text = text.replace("Middle initial", "Second name").replace("least = 120", "least = 90")
    (tmp_path / "ours.toml").write_text(text, encoding="utf-8")
    desk.versions.imported(tmp_path / "ours.toml")
    desk.versions.approve()
    face = desk.room.change
    assert face is not None
    assert [each.words for each in face.lines] == [
        "Field 2 “Middle initial” is called “Second name” now.",
        "Monitoring takes at least 90 min; before, 120 min.",
    ]
    assert face.asks_anew
    assert face.answers[:2] == (
        "On 1 sheet that is not filed yet, 1 answer by a person will stay.",
        "Asked anew, as the field asks something else: “Middle initial” (1 ×).",
    )
    desk.versions.approval.give_up()
    assert (desk.room.change, desk.room.text) == (None, text)
    desk.approve()
    assert desk.room.field("middle").label == "Second name"
    assert (desk.room.field("opioids").value, desk.room.field("given").copied) == ("no", False)


def test_that_a_brought_version_that_is_no_text_is_refused(desk: Desk, tmp_path: Path) -> None:
    (tmp_path / "form.toml").write_bytes(b"\xff\xfe\x00")
    desk.versions.imported(tmp_path / "form.toml")
    assert desk.room.check == "That file is no text; choose a TOML file."
    desk.versions.imported(tmp_path / "none.toml")
    assert desk.room.check == "That file could not be read; choose another one."


def test_that_a_file_brought_twice_leaves_what_was_changed_in_it(
    desk: Desk, tmp_path: Path
) -> None:
    (tmp_path / "ours.toml").write_text(OLD.content, encoding="utf-8")
    desk.versions.imported(tmp_path / "ours.toml")
    desk.versions.typed("mended")
    desk.versions.imported(tmp_path / "ours.toml")
    assert desk.room.text == OLD.content
    desk.versions.choose("ours.toml")
    assert desk.room.text == "mended"
