"""The room of the REMS forms: what is due at the left, the worksheet, and its filing."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeySequence, QShortcut, QShowEvent
from PySide6.QtWidgets import QFileDialog, QStackedWidget, QVBoxLayout, QWidget
from typing_extensions import override

from ui.presenters.rems import RemsPresenter
from ui.presenters.rems_faces import DueFace, SheetFace
from ui.printing import ask_to_print
from ui.screens.rems.dues import DueList
from ui.screens.rems.sheet import SheetCard
from ui.screens.rems.versions import VersionsPage
from ui.widgets.form_room import FormRoom
from ui.widgets.frame import Heading
from ui.widgets.parts import Align, button, col, fill, icon, row, say, show_icon, text

HINTS = (
    ("↑ ↓", "field"),
    ("Enter", "tick, next"),
    ("Space", "yes, no"),
    ("Ctrl C", "copy"),
    ("Ctrl F", "filed"),
    ("Ctrl S", "save PDF"),
    ("Ctrl P", "print"),
)
"""What the foot says while this room is open."""

_WRITING = ("tick, next", "yes, no", "filed")
READERS_HINTS = tuple(hint for hint in HINTS if hint[1] not in _WRITING)
"""What it says to somebody who reads the forms and answers nothing."""

_FORM_WIDTH = 320
_NOT_THE_FORM = "A worksheet to type from, not the form; nothing is sent."
_OF_ALL = "What the worksheets of all treatments ask."


class RemsRoom(FormRoom):
    """The REMS forms.

    Make it, make a `RemsPresenter(room, doors)`, `wire` the two, then `presenter.refresh()` each
    time it is shown; the room owns the presenter from then on.

    Signals:
        taught: Other keys may do something here now.
    """

    taught = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.setProperty("role", "room")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self._presenter: RemsPresenter | None = None
        self._opening = ""
        self._asks = self._may_set = False
        self._may_file = True
        self._shortcuts: list[QShortcut] = []
        self.set_form = button("Form version…", glyph="list")
        self.save = button("Save PDF…", glyph="file-pdf")
        self.print = button("Print…", glyph="printer")
        self.filed = button("Filed…", "primary")
        self._heading = Heading("REMS", self.set_form, self.print, self.save, self.filed)
        self._heading.set_note(_NOT_THE_FORM)
        self.dues, self.sheet, self.version_page = DueList(), SheetCard(), VersionsPage()
        self._nothing = text("", 14, 400, "text_2", wrap=True, align=Align.AlignHCenter)
        self._middle = QStackedWidget()
        self._mark, self._done = icon("check-circle", 18, "good"), text("", 13, 500, wrap=True)
        self._done_line = QWidget()
        self._lay_out()

    # --- what the presenter asks ------------------------------------------------------------

    def show_list(self, rows: tuple[DueFace, ...], nothing: str) -> None:
        """Show what is due, or what is said where nothing is."""
        self.dues.show_dues(rows, nothing)
        say(self._nothing, nothing)

    def show_sheet(self, face: SheetFace | None) -> None:
        """Show a worksheet; None shows none."""
        for made in (self.save, self.print):
            made.setEnabled(face is not None)
        self._may_file = face is None or face.may_write
        self.filed.setEnabled(face is not None)
        editing = self._shows_versions
        if face is not None:
            self.filed.setText("Put right…" if face.filed else "Filed…")
            first = not self.sheet.fields or face.session_id == self._opening
            self.sheet.show_sheet(face)
            self._opening = "" if first else self._opening
            if first and self.isVisible() and not editing:
                self.sheet.enter()
        if not editing:
            self._middle.setCurrentIndex(0 if face is not None else 1)
        self._arrange()

    def open_versions(self) -> None:
        """Make room for the versions; nothing of the worksheet is to be had meanwhile."""
        self._middle.setCurrentWidget(self.version_page)
        self._arrange()

    def close_versions(self) -> None:
        """Take the versions away."""
        self._middle.setCurrentIndex(0 if self.sheet.fields else 1)
        self._arrange()
        self._enter()

    def show_may_set(self, *, may: bool) -> None:
        """Show whether who is here may say which version holds."""
        self._may_set = may
        self._arrange()

    def open_form(self) -> None:
        """Make room for the form: it needs that of the list."""
        self._asks = True
        self._arrange()

    def close_form(self) -> None:
        """Take the form away."""
        self._asks = False
        self._arrange()
        self._enter()

    def show_field_problem(self, field: str, said: str) -> None:
        """Say at a field why its answer was refused."""
        self.sheet.show_problem(field, said)

    def show_done(self, said: str, *, well: bool = True) -> None:
        """Say what was done, or that it could not be."""
        tone = "good" if well else "alert"
        say(self._done, said, tone)
        show_icon(self._mark, "check-circle" if well else "warning-circle", tone)
        self._done_line.setVisible(bool(said))

    def ask_where(self, name: str) -> None:
        """Ask where the file shall go; the window goes on meanwhile."""
        dialog = QFileDialog(self, "Save the worksheet", str(Path.home() / name), "PDF (*.pdf)")
        dialog.setAcceptMode(QFileDialog.AcceptMode.AcceptSave)
        dialog.setDefaultSuffix("pdf")
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.fileSelected.connect(self._save_to)
        dialog.open()

    def print_sheet(self, pdf: bytes, printed: Callable[[str], None]) -> None:
        """Ask which printer shall print, and print."""
        ask_to_print(self, pdf, "Print the worksheet", printed)

    # --- wiring -----------------------------------------------------------------------------

    def wire(self, presenter: RemsPresenter) -> None:
        """Hand every key and press to this presenter, and keep it alive."""
        self._presenter = presenter
        self.dues.chosen.connect(self._open)
        self.sheet.answered.connect(presenter.answer)
        self.sheet.ticked.connect(presenter.tick)
        self.form.typed.connect(presenter.filing.typed)
        self.form.chosen.connect(presenter.filing.typed)
        self.form.other.connect(presenter.filing.give_up)
        self.form.submitted.connect(presenter.filing.submit)
        self.form.given_up.connect(presenter.filing.give_up)
        self.version_page.wire(presenter.versions)
        self.version_page.turned.connect(self.taught)
        for made, keys, slot in (
            (self.filed, "Ctrl+F", presenter.filing.begin),
            (self.save, "Ctrl+S", presenter.out.export),
            (self.print, "Ctrl+P", presenter.out.print_it),
            (self.set_form, "", presenter.versions.begin),
        ):
            made.clicked.connect(lambda *_, slot=slot: slot())
            if keys:
                shortcut = QShortcut(QKeySequence(keys), self)
                shortcut.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
                shortcut.activated.connect(slot)
                self._shortcuts.append(shortcut)

    def hints(self, *, writes: bool) -> tuple[tuple[str, str], ...]:
        """Return what the foot says now to somebody who writes, or only reads."""
        if self._shows_versions:
            return self.version_page.hints
        return HINTS if writes else READERS_HINTS

    @override
    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self._enter()

    def _enter(self) -> None:
        if self.isVisible() and self._middle.currentIndex() == 0 and self.sheet.fields:
            self.sheet.enter()

    def _open(self, session_id: str) -> None:
        """Show a treatment's worksheet and go to its first field, unless an answer was refused."""
        if self._presenter and not self.sheet.stay():
            self._opening = session_id
            self._presenter.choose(session_id)

    @property
    def _shows_versions(self) -> bool:
        return self._middle.currentWidget() is self.version_page

    def _arrange(self) -> None:
        """Show what belongs to the worksheet, or to the versions of the form."""
        of_sheet = not self._shows_versions
        self._heading.set_note(_NOT_THE_FORM if of_sheet else _OF_ALL)
        self.dues.setVisible(of_sheet and not self._asks)
        self.form.setVisible(of_sheet and self._asks)
        self.set_form.setVisible(of_sheet and self._may_set)
        self.filed.setVisible(of_sheet and self._may_file)
        for made in (self.save, self.print):
            made.setVisible(of_sheet)
        for shortcut in self._shortcuts:
            shortcut.setEnabled(of_sheet)
        self.taught.emit()

    def _save_to(self, path: str) -> None:
        if self._presenter:
            self._presenter.out.export_to(Path(path))

    def _lay_out(self) -> None:
        nothing = QWidget()
        nothing.setLayout(col(..., self._nothing, ..., edge=48))
        for page in (self.sheet, nothing, self.version_page):
            self._middle.addWidget(page)
        self._middle.setCurrentIndex(1)
        self.form.setFixedWidth(_FORM_WIDTH)
        self.form.hide()
        self._done_line.setLayout(row(self._mark, (self._done, 1), gap=8))
        self._done_line.hide()
        for made in (self.save, self.print, self.filed):
            made.setEnabled(False)
        middle = col(self._done_line, (self._middle, 1), gap=8)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        body = row(self.dues, (middle, 1), self.form, gap=12, edge=12)
        fill(layout, (self._heading, (body, 1)))
