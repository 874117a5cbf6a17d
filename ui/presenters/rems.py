"""The room of the REMS forms: what is due, and one worksheet to be typed over."""

from __future__ import annotations

from concurrent.futures import Future
from dataclasses import dataclass

from monitor.errors import InputError, MonitorError, NotFoundError
from monitor.rems_filing import answer_of
from monitor.rems_form import RemsForm
from monitor.rems_looking import RemsDue
from monitor.rems_worksheet import Worksheet
from ui.presenters.rems_doors import RemsDoors, RemsRoomView
from ui.presenters.rems_faces import NONE_DUE, due_face, may_set_form, sheet_face
from ui.presenters.rems_filing import FilingForm
from ui.presenters.rems_out import SheetOut
from ui.presenters.rems_versions import FormVersions
from ui.wording import sentence


@dataclass(frozen=True, slots=True)
class _Read:
    dues: tuple[RemsDue, ...]
    wanted: str
    sheet: Worksheet | None


class RemsPresenter:
    """Shows what is due and one worksheet; writes down answers, filings and exports."""

    def __init__(self, view: RemsRoomView, doors: RemsDoors) -> None:
        self._view, self._doors = view, doors
        self._dues: tuple[RemsDue, ...] = ()
        self._sheet: Worksheet | None = None
        self._here = ""
        self._copied: dict[str, set[str]] = {}
        self._closed = False
        self.versions = FormVersions(view, doors, self._set)
        self.filing = FilingForm(view, doors, self._shown, self.refresh)
        self.out = SheetOut(view, doors, self._shown)

    @property
    def here(self) -> str:
        """Return the session whose worksheet is shown."""
        return self._here

    def refresh(self) -> None:
        """Read again; what is being typed stays."""
        if not self._closed:
            here = self._here
            self._doors.read(lambda: self._read(here), self._was_read)

    def count(self) -> None:
        """Read what is due, and show nothing of it: the room is not seen."""
        if not self._closed:
            self._doors.read(self._doors.worklist, self._was_counted)

    def choose(self, session_id: str) -> None:
        """Show this worksheet; looking at it is an entry."""
        self._view.show_done("")
        if self.filing.about not in ("", session_id):
            self.filing.give_up()
        self.versions.give_up()
        self._here = session_id
        self.refresh()

    def close(self) -> None:
        """Show nothing any more: the room is gone."""
        self._closed = True
        self.versions.be_still()

    # --- the worksheet ------------------------------------------------------------------------

    def answer(self, field: str, value: str) -> None:
        """Write what a person says of a field."""
        author, here = self._doors.author(), self._here
        self._view.show_done("")
        self._view.show_field_problem(field, "")
        row = self._sheet.row(field) if self._sheet else None
        try:
            if row is not None:  # at once: whoever types shall not be a field further by then
                answer_of(row, value)
        except InputError as error:
            self._view.show_field_problem(field, sentence(error))
            return
        self._doors.read(
            lambda: self._doors.answer(author, here, field, value),
            lambda done: self._answered(field, done),
        )

    def tick(self, field: str) -> None:
        """Tick off that a value was copied, or take that back; nothing of it is stored."""
        ticked = self._copied.setdefault(self._here, set())
        ticked ^= {field}
        self._show()

    def _shown(self) -> Worksheet | None:
        return None if self._closed else self._sheet

    # --- what was read ------------------------------------------------------------------------

    def _read(self, here: str) -> _Read:
        dues = self._doors.worklist()
        wanted = here or next((due.session_id for due in dues), "")
        return _Read(dues, wanted, self._one(wanted))

    def _one(self, session_id: str) -> Worksheet | None:
        if not session_id:
            return None
        try:
            sheet = self._doors.sheet(session_id)
        except NotFoundError:
            return None
        self._doors.looked(self._doors.author(), session_id)
        return sheet

    def _was_counted(self, future: Future[tuple[RemsDue, ...]]) -> None:
        if not self._closed and future.exception() is None:
            self._doors.told(future.result())

    def _was_read(self, future: Future[_Read]) -> None:
        if self._closed:
            return
        try:
            found = future.result()
        except MonitorError as error:
            self._view.show_done(sentence(error), well=False)
            return
        self._doors.told(found.dues)
        if self._here not in ("", found.wanted):
            return  # another one was chosen meanwhile, and is being read
        self._dues, self._sheet = found.dues, found.sheet
        self._here = found.wanted if found.sheet else ""
        self._show()

    def _show(self) -> None:
        rows = tuple(due_face(due, self._here) for due in self._dues)
        self._view.show_list(rows, "" if rows else NONE_DUE)
        author = self._doors.author()
        self._view.show_may_set(may=may_set_form(author))
        ticked = self._copied.get(self._here, set())
        face = None if self._sheet is None else sheet_face(self._sheet, author, ticked)
        self._view.show_sheet(face)
        self.filing.follow()

    def _answered(self, field: str, future: Future[None]) -> None:
        if self._closed:
            return
        try:
            future.result()
        except MonitorError as error:
            self._view.show_field_problem(field, sentence(error))
        else:
            self.refresh()

    def _set(self, form: RemsForm) -> None:
        self._copied.clear()  # what was ticked was another form's
        self._view.show_done(f"Form version {form.id} holds from now on.")
        self.refresh()
