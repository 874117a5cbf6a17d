"""Noting that a REMS form was filed: when, by whom, under which number."""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import Future

from monitor.errors import Code, InputError, MonitorError
from monitor.people import CLINICIANS
from monitor.rems_filing import Filing
from monitor.rems_worksheet import Worksheet
from ui.presenters.form import TICKED, FormFace, FormField, Option, Shape
from ui.presenters.rems_doors import RemsDoors, RemsRoomView
from ui.wording import sentence

_HOW = "2026-03-04"
_EMPTY = "with_empty"
_CANCEL = Option("cancel", "Cancel (Esc)")
_PLACES = {Code.REASON_MISSING: "reason", Code.GAPS_OPEN: _EMPTY}
"""The field at which a refusal is said."""

KEPT = "Not noted. What was typed stays for this treatment until you log out."


class FilingForm:
    """Asks for a filing and writes it down.

    What was typed and not noted is there again when the same treatment's form is opened once more.

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
        self._begun: dict[str, str] = {}
        self._kept: dict[tuple[str, int], dict[str, str]] = {}
        self._about, self._filings = "", 0

    @property
    def about(self) -> str:
        """Return the session that is being filed; empty while none is."""
        return self._about

    def begin(self) -> None:
        """Ask when the form was filed, by whom, under which number."""
        sheet, author = self._sheet(), self._doors.author()
        if sheet is None or author.role not in CLINICIANS:
            return
        self._about, self._filings = sheet.seen.session_id, len(sheet.filed)
        self._begun = {"filed_on": self._doors.today().isoformat(), "filed_by": author.name}
        for noted in sheet.filed[-1:]:  # what is put right begins as it was noted
            self._begun = {
                "filed_on": noted.on.isoformat(),
                "filed_by": noted.filed_by,
                "confirmation": noted.confirmation,
            }
        self._typed = dict(self._kept.get((self._about, self._filings), self._begun))
        self._view.form.show_form(_face(sheet))
        for key, words in self._typed.items():
            self._view.form.put(key, words)
        self.follow()
        self._view.open_form()
        self._view.form.enter_form()

    def follow(self) -> None:
        """Name the fields that are still empty; answers may have been given meanwhile."""
        sheet = self._sheet()
        if sheet is None or self._about != sheet.seen.session_id or self._filings:
            return
        named = [f"{n} {row.field.label}" for n, row in enumerate(sheet.rows, 1) if row.lacks]
        said = (f"Fields without a value ({len(named)}):", *named)
        self._view.form.show_field(_EMPTY, shown=bool(named))
        self._view.form.show_note(_EMPTY, "\n".join(said))

    def typed(self, key: str, words: str) -> None:
        """Take what was typed into the form, or ticked."""
        self._typed[key] = words

    def submit(self) -> None:
        """Write that it was filed."""
        author, here, said = self._doors.author(), self._about, self._typed
        filing = Filing(
            on=said.get("filed_on", ""),
            filed_by=said.get("filed_by", ""),
            confirmation=said.get("confirmation", ""),
            reason=said.get("reason", ""),
            with_empty=said.get(_EMPTY) == TICKED,
        )
        self._doors.read(lambda: self._doors.file(author, here, filing), self._was_filed)

    def give_up(self) -> None:
        """Leave the form; what was typed is kept for this treatment."""
        if not self._about:
            return
        typed = {key: words for key, words in self._typed.items() if key != _EMPTY}
        key, changed = (self._about, self._filings), typed != self._begun
        self._close()
        if changed:
            self._kept[key] = typed
            self._view.show_done(KEPT)

    def _close(self) -> None:
        self._kept.pop((self._about, self._filings), None)
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
            self._view.form.show_problem(_PLACES.get(error.code, ""), sentence(error))
        else:
            self._close()
            self._view.show_done("Noted as filed.")
            self._done()


def _face(sheet: Worksheet) -> FormFace:
    """Return the form of a first filing, or of one that is put right."""
    last = (
        FormField("reason", "Why is it put right?")
        if sheet.filed
        else FormField(_EMPTY, "It was filed with these fields empty", Shape.TICK)
    )
    fields = (
        FormField("filed_on", "Filed on", hint=_HOW),
        FormField("filed_by", "Filed by"),
        FormField("confirmation", "Confirmation number, if there is one"),
        last,
    )
    title, press = ("Put right", "Note it so") if sheet.filed else ("Filed", "Note it as filed")
    return FormFace(title, fields, press, note=sheet.seen.code, others=(_CANCEL,))
