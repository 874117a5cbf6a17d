"""Noting that a REMS form was filed: when, by whom, under which number."""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import Future

from monitor.errors import Code, InputError, MonitorError
from monitor.people import CLINICIANS
from monitor.rems_worksheet import Worksheet
from ui.presenters.form import FormFace, FormField
from ui.presenters.rems_doors import RemsDoors, RemsRoomView
from ui.wording import sentence

_HOW = "2026-03-04"


class FilingForm:
    """Asks for a filing and writes it down.

    Args:
        view: The room.
        doors: The world.
        sheet: Returns the worksheet that is shown.
        done: Is called once it is written.
    """

    def __init__(
        self,
        view: RemsRoomView,
        doors: RemsDoors,
        sheet: Callable[[], Worksheet | None],
        done: Callable[[], None],
    ) -> None:
        self._view, self._doors, self._sheet, self._done = view, doors, sheet, done
        self._typed: dict[str, str] = {}
        self._about = ""

    @property
    def about(self) -> str:
        """Return the session that is being filed; empty while none is."""
        return self._about

    def begin(self) -> None:
        """Ask when the form was filed, by whom, under which number."""
        sheet, author = self._sheet(), self._doors.author()
        if sheet is None or author.role not in CLINICIANS:
            return
        again = (FormField("reason", "Why is it put right?"),) if sheet.filed else ()
        fields = (
            FormField("filed_on", "Filed on", hint=_HOW),
            FormField("filed_by", "Filed by"),
            FormField("confirmation", "Confirmation number, if there is one"),
            *again,
        )
        self._about = sheet.seen.session_id
        self._typed = {"filed_on": self._doors.today().isoformat(), "filed_by": author.name}
        for noted in sheet.filed[-1:]:  # what is put right begins as it was noted
            self._typed = {
                "filed_on": noted.on.isoformat(),
                "filed_by": noted.filed_by,
                "confirmation": noted.confirmation,
            }
        title, press = ("Put right", "Note it so") if again else ("Filed", "Note it as filed")
        face = FormFace(title, fields, press, note=sheet.seen.code)
        self._view.form.show_form(face)
        for key, words in self._typed.items():
            self._view.form.put(key, words)
        self._view.open_form()
        self._view.form.enter_form()

    def typed(self, key: str, words: str) -> None:
        """Take what was typed into the form."""
        self._typed[key] = words

    def submit(self) -> None:
        """Write that it was filed."""
        author, here, said = self._doors.author(), self._about, dict(self._typed)
        self._doors.read(
            lambda: self._doors.file(
                author,
                here,
                on=said.get("filed_on", ""),
                filed_by=said.get("filed_by", ""),
                confirmation=said.get("confirmation", ""),
                reason=said.get("reason", ""),
            ),
            self._was_filed,
        )

    def give_up(self) -> None:
        """Leave the form."""
        if self._about:
            self._about = ""
            self._view.close_form()

    def _was_filed(self, future: Future[None]) -> None:
        if not self._about:
            return
        try:
            future.result()
        except InputError as error:
            self._view.form.show_problem(error.field, sentence(error))
        except MonitorError as error:
            key = "reason" if error.code is Code.REASON_MISSING else ""
            self._view.form.show_problem(key, sentence(error))
        else:
            self.give_up()
            self._view.show_done("Noted as filed.")
            self._done()
