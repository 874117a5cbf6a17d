"""The section of the certificates: the clinic's authority, and who can sign."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import (
    QApplication,
    QFileDialog,
    QFrame,
    QGridLayout,
    QLabel,
    QPushButton,
    QScrollArea,
    QVBoxLayout,
    QWidget,
)

from ui.presenters.certificate_faces import AuthorityFace, CertificateRow
from ui.presenters.settings_certificates import FOUND, ISSUE, SAVE, CertificatesPresenter
from ui.screens.settings.done import DoneLine
from ui.widgets.form import Form
from ui.widgets.frame import badge
from ui.widgets.parts import (
    Align,
    box,
    button,
    col,
    elided,
    empty,
    fill,
    icon,
    pill,
    row,
    rule,
    say,
    text,
)

_PANEL_WIDTH = 400
_FORM_MOST = 300
_GROUPS_IN_A_ROW = 8


class CertificatesSection(QWidget):
    """The authority and everybody's certificates; implements `CertificatesView`.

    Signals:
        act_chosen: What is to be done.
        path_chosen: Where the authority's certificate shall go.
    """

    act_chosen = Signal(str)
    path_chosen = Signal(str)

    def __init__(self) -> None:
        super().__init__()
        self.form = Form()
        self.done = DoneLine()
        self._busy = text("", 13, 400, "text_2", wrap=True)
        self._note = text("", 12, 400, "text_2", wrap=True)
        self._words = text("", 13, 400, "text_2", wrap=True)
        self._shown: tuple[object, ...] = ()
        self._issue: dict[str, QPushButton] = {}
        self._was: QWidget | None = None
        self._authority = QVBoxLayout()
        self._authority.setSpacing(10)
        self._warning, self._warning_words = _warning()
        self.found = self._button("Make the authority…", "shield-check", FOUND)
        self.save = self._button("Save the certificate…", "download-simple", SAVE)
        self._rows, people = _scrolled()
        self._panel = QWidget()
        self._lay_out(people)

    # --- what the presenter asks ------------------------------------------------------------

    def show_authority(self, face: AuthorityFace | None, warning: str, *, may_found: bool) -> None:
        """Show the authority, or that there is none."""
        empty(self._authority)
        if face is not None:
            fill(self._authority, (_facts(face), _fingerprint(face.fingerprint)))
        say(self._warning_words, warning)
        self._warning.setVisible(bool(warning))
        self.found.setVisible(may_found)
        self.save.setVisible(face is not None)

    def show_certificates(self, rows: tuple[CertificateRow, ...], note: str) -> None:
        """Show everybody's certificates; what has not changed is left as it is."""
        say(self._note, note)
        if rows == self._shown:
            return
        self._shown = rows
        empty(self._rows)
        self._issue = {}
        for each in rows:
            fill(self._rows, (self._person(each), rule()))
        self._rows.addStretch(1)

    def open_form(self, words: str) -> None:
        """Make room for the form, with words over it."""
        say(self._words, words)
        self._panel.show()
        self.form.show()

    def close_form(self, back_to: str) -> None:
        """Take the form away, and what was typed with it."""
        self._panel.hide()
        self._focus_on(back_to)

    def show_done(self, said: str, *, problem: bool = False) -> None:
        """Say what was done, or why not."""
        self.done.show_done(said, problem=problem)

    def show_busy(self, said: str) -> None:
        """Say what is being done; nothing can be pressed meanwhile."""
        say(self._busy, said)
        self._busy.setVisible(bool(said))
        here = QApplication.focusWidget()
        if said and here is not None and self.isAncestorOf(here):
            self._was = here  # what cannot be pressed loses the focus, and gets it back
        for widget in (self.form, self.found, self.save):
            widget.setEnabled(not said)
        if not said and self._was is not None:
            if self._was.isVisible():
                self._was.setFocus()
            self._was = None

    def ask_where(self, name: str) -> None:
        """Ask where the certificate shall go; the window goes on meanwhile."""
        title, kinds = "Save the clinic's certificate", "Certificate (*.pem)"
        dialog = QFileDialog(self, title, str(Path.home() / name), kinds)
        dialog.setAcceptMode(QFileDialog.AcceptMode.AcceptSave)
        dialog.setDefaultSuffix("pem")
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.fileSelected.connect(self.path_chosen)
        dialog.open()

    def enter(self) -> bool:
        """Take the focus, where there is something to do."""
        if not self._panel.isHidden():
            self.form.enter_form()
            return True
        return self._focus_on("")

    def wire(self, presenter: CertificatesPresenter) -> None:
        """Hand every key and press to this presenter."""
        self.act_chosen.connect(presenter.choose)
        self.path_chosen.connect(lambda path: presenter.save_to(Path(path)))
        self.form.typed.connect(presenter.typed)
        self.form.submitted.connect(presenter.submit)
        self.form.given_up.connect(presenter.give_up)

    # --- parts ------------------------------------------------------------------------------

    def _focus_on(self, act: str) -> bool:
        """Go to the button of an act, else to the first there is; tell whether there is one."""
        own = self._issue.get(act.removeprefix(ISSUE))
        buttons = (*((own,) if own else ()), self.found, *self._issue.values(), self.save)
        for each in buttons:
            if not each.isHidden():
                each.setFocus()
                return True
        return False

    def _lay_out(self, people: QScrollArea) -> None:
        """Put the authority over the list, and beside both words and the form."""
        head = row(text("The clinic's signing authority", 13, 600), ..., self.found, self.save)
        inside = col(head, self._warning, self._authority, gap=10, edge=(20, 12, 16, 14))
        authority = box(inside, "card")
        authority.setAccessibleName("The clinic's signing authority")
        title = col(text("Who can sign", 13, 600), self._note, gap=1, edge=(20, 12, 16, 8))
        card = box(col(title, (people, 1), edge=1), "card")
        self.form.setMaximumHeight(_FORM_MOST)
        words = box(col(self._words, edge=16), "card")
        self._panel.setFixedWidth(_PANEL_WIDTH)
        self._panel.setLayout(col(words, (self.form, 100), ..., gap=12))
        self._panel.hide()
        self._busy.hide()
        left = col(authority, self.done, self._busy, (card, 1), gap=12)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        fill(layout, ((row((left, 1), self._panel, gap=12), 1),))

    def _person(self, each: CertificateRow) -> QFrame:
        marks = [pill(each.mark, "overdue", "overdue_tint", "warning")] if each.warns else []
        if each.mark and not each.warns:
            marks = [pill(each.mark, "text_2", "line")]
        name = row((elided(each.name, 14, 600, grows=True), 1), *marks, gap=8)
        lines = [elided(line, 12, 400, "text_2", grows=True) for line in each.lines]
        made = QFrame()
        made.setAccessibleName(", ".join((each.name, *filter(None, (each.mark,)), *each.lines)))
        act = [self._issue_button(each)] if each.issue else []
        words = col(..., name, *lines, ..., gap=1)
        made.setLayout(row(badge(each.initials, 36), (words, 1), *act, gap=14, edge=(0, 9, 0, 9)))
        return made

    def _issue_button(self, each: CertificateRow) -> QPushButton:
        made = button(each.issue, name=f"{each.issue.removesuffix('…')}: {each.name}")
        made.clicked.connect(lambda *_: self.act_chosen.emit(f"{ISSUE}{each.user}"))
        self._issue[each.user] = made
        return made

    def _button(self, words: str, glyph: str, act: str) -> QPushButton:
        made = button(words, "", glyph)
        made.clicked.connect(lambda *_: self.act_chosen.emit(act))
        return made


def _facts(face: AuthorityFace) -> QFrame:
    (_, name), *dates = face.facts
    made = QFrame()
    told = [_fact(*each) for each in dates]
    made.setLayout(row((_named(name), 1), *told, gap=24))
    return made


def _named(name: str) -> QVBoxLayout:
    return col(text("Name", 12, 400, "text_2"), elided(name, 14, 500, grows=True), gap=2)


def _fact(name: str, value: str) -> QVBoxLayout:
    said = text(value, 14, 500)
    said.setAccessibleName(f"{name}: {value}")
    return col(text(name, 12, 400, "text_2"), said, gap=2)


def _fingerprint(groups: tuple[str, ...]) -> QFrame:
    """Return the fingerprint in rows of groups, as a report prints it."""
    grid = QGridLayout()
    grid.setContentsMargins(12, 8, 12, 8)
    grid.setHorizontalSpacing(6)
    grid.setVerticalSpacing(4)
    for place, group in enumerate(groups):
        said = text(group, 14, 600, align=Align.AlignHCenter)
        said.setAccessibleName(f"Group {place + 1}: {' '.join(group)}")
        grid.addWidget(said, place // _GROUPS_IN_A_ROW, place % _GROUPS_IN_A_ROW)
    title = text("Fingerprint, as each report prints it", 12, 400, "text_2")
    made = QFrame()
    made.setAccessibleName(f"Fingerprint: {' '.join(groups)}")
    made.setLayout(col(title, box(grid, "well"), gap=4))
    return made


def _scrolled() -> tuple[QVBoxLayout, QScrollArea]:
    inside = QWidget()
    rows = QVBoxLayout(inside)
    rows.setContentsMargins(20, 0, 20, 8)
    rows.setSpacing(0)
    area = QScrollArea()
    area.setWidget(inside)
    area.setWidgetResizable(True)
    area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
    area.setAccessibleName("Who can sign")
    return rows, area


def _warning() -> tuple[QFrame, QLabel]:
    words = text("", 13, 500, "overdue", wrap=True)
    frame = box(row(col(icon("warning", 18, "overdue"), ...), (words, 1), gap=8), "plain")
    frame.hide()
    return frame, words
