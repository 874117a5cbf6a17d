"""The audit desk's page that hands out everything of some days."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import (
    QFileDialog,
    QFrame,
    QLineEdit,
    QProgressBar,
    QScrollArea,
    QVBoxLayout,
    QWidget,
)

from ui import theme
from ui.presenters.hand_out import FIRST, FOLDER, LAST, HandOutFace, HandOutPresenter
from ui.widgets.parts import (
    Item,
    box,
    button,
    col,
    dressed,
    field,
    fill,
    icon,
    labelled,
    mark_bad,
    row,
    rule,
    say,
    set_kind,
    show_icon,
    text,
)

_STEPS = 1000
_DISC = 40
_RIGHT_WIDTH = 400
_DAY_WIDTH = 160
_TINTS = {"good": "good_tint", "alert": "alert_tint", "text_2": "line"}

LEAVES: tuple[tuple[str, str, str], ...] = (
    (
        "file-pdf",
        "Sealed reports",
        (
            "each version as it is kept, its proof beside it; a draft where "
            "nobody has co-signed, none of a session that is open"
        ),
    ),
    (
        "file-text",
        "Records",
        "all entries of each session, also as FHIR; the REMS worksheet where one is due",
    ),
    (
        "table",
        "Tables",
        "sessions, readings, slots, events, ratings, and the register of these days",
    ),
    (
        "link",
        "The ledger",
        "every line's hash; what it says only where it is about these sessions or nobody's secret",
    ),
    (
        "clipboard-text",
        "Lists of hashes",
        "anyone can check every file by them, without this program",
    ),
)
PRIVACY = (
    "The files name patients: only your own account on this computer may open them there. No "
    "file's name says anything of a patient. That they left is put on record, session by session."
)


class HandOutPage(QWidget):
    """Implements `ui.presenters.hand_out.HandOutView`.

    Signals:
        pressed: It is to begin, or to stop.
        chosen_folder: A `Path`: where it shall go.
    """

    pressed = Signal()
    chosen_folder = Signal(object)

    def __init__(self) -> None:
        super().__init__()
        self.first = field(hint="2026-03-01", name="First day", w=_DAY_WIDTH)
        self.last = field(hint="2026-03-31", name="Last day", w=_DAY_WIDTH)
        self.folder = text("No folder chosen", 14, 400, "text_2", wrap=True)
        self.choose = button("Choose folder …", "", "folder")
        self.action = button("Hand out", "primary")
        self._problems = {
            name: text("", 13, 500, "alert", wrap=True) for name in (FIRST, LAST, FOLDER)
        }
        self._form = QWidget()
        self._form.setLayout(self._fields())
        self.standing = _Standing()
        left = QFrame()
        left.setProperty("role", "card")
        left.setAccessibleName("Hand out everything of some days")
        inside = QVBoxLayout(left)
        inside.setContentsMargins(20, 16, 20, 20)
        inside.setSpacing(14)
        title = text("Hand out everything of some days", 16, 600)
        fill(inside, (title, self._form, rule(), self.standing, row(self.action, ...), ...))
        self.setLayout(row((left, 1), _what_leaves(), gap=12))
        self.action.clicked.connect(self.pressed)
        for line in (self.first, self.last):
            line.returnPressed.connect(self.pressed)

    # --- what the presenter asks ----------------------------------------------------------

    def show_hand_out(self, face: HandOutFace) -> None:
        """Show how it stands; what is typed stays."""
        self.standing.show_face(face)
        self._form.setVisible(face.may)
        if face.busy and self._form.isEnabled():
            self.action.setFocus()  # what is disabled would give the focus to anybody
        self._form.setEnabled(not face.busy)
        self.action.setVisible(face.may and bool(face.action))
        self.action.setText(face.action)
        self.action.setAccessibleName(face.action)
        set_kind(self.action, "" if face.busy else "primary")
        if face.folder:
            say(self.folder, face.folder, "text")
        at, said = face.problem
        for name, label in self._problems.items():
            say(label, said if name == at else "")
            label.setVisible(name == at and bool(said))
        for name, line in self._lines().items():
            mark_bad(line, bad=bool(said) and name == at)
        if said:
            self._lines().get(at, self.choose).setFocus()

    def put_days(self, first: str, last: str) -> None:
        """Let the fields of the days hold these."""
        self.first.setText(first)
        self.last.setText(last)

    def ask_folder(self) -> None:
        """Ask which folder it shall go into; the window goes on meanwhile."""
        dialog = QFileDialog(self, "Choose an empty folder", str(Path.home()))
        dialog.setFileMode(QFileDialog.FileMode.Directory)
        dialog.setOption(QFileDialog.Option.ShowDirsOnly)
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.fileSelected.connect(lambda name: self.chosen_folder.emit(Path(name)))
        dialog.open()

    # --- hands ------------------------------------------------------------------------------

    def wire(self, presenter: HandOutPresenter) -> None:
        """Hand every key and press to this presenter."""
        self.choose.clicked.connect(presenter.choose)
        self.chosen_folder.connect(presenter.chosen)
        self.pressed.connect(lambda: presenter.press(self.first.text(), self.last.text()))
        made = QShortcut(QKeySequence("Esc"), self)
        made.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
        made.activated.connect(presenter.stop)

    def enter(self) -> None:
        """Take the focus where something can be done."""
        first: tuple[QWidget, ...] = (self.first, self.action)
        next(
            (each for each in first if each.isEnabled() and each.isVisibleTo(self)), self
        ).setFocus()

    def _lines(self) -> dict[str, QLineEdit]:
        return {FIRST: self.first, LAST: self.last}

    def _fields(self) -> QVBoxLayout:
        days = row(labelled("First day", self.first), labelled("Last day", self.last), ..., gap=16)
        where = col(text("Folder", 13, 500), row((self.folder, 1), self.choose, gap=12), gap=4)
        problems = self._problems
        for label in problems.values():
            label.hide()
        return col(days, problems[FIRST], problems[LAST], 4, where, problems[FOLDER], gap=6)


class _Standing(QWidget):
    """How it stands: a sign, a line, a bar."""

    def __init__(self) -> None:
        super().__init__()
        self._icon = icon("export", 22, "text_2")
        self._disc = box(row(..., self._icon, ...), w=_DISC, h=_DISC)
        self._said, self._more = (
            text("", 16, 600, wrap=True),
            text("", 13, 400, "text_2", wrap=True),
        )
        self._more.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self._bar = QProgressBar()
        self._bar.setRange(0, _STEPS)
        self._bar.setTextVisible(False)
        self._bar.setFixedHeight(6)
        self._bar.setAccessibleName("How much is written")
        self._bar.hide()
        words = col(self._said, self._more, gap=4)
        self.setLayout(col(row(col(self._disc, ...), (words, 1), gap=14), self._bar, gap=10))

    def show_face(self, face: HandOutFace) -> None:
        """Show it."""
        show_icon(self._icon, face.glyph, face.tone)
        tint = theme.tone(_TINTS[face.tone])
        dressed(self._disc, "disc", f"background: {tint}; border-radius: {_DISC // 2}px;")
        say(self._said, face.said, "text" if face.tone == "text_2" else face.tone)
        say(self._more, face.more)
        self._more.setVisible(bool(face.more))
        self._bar.setVisible(face.busy)
        self._bar.setValue(round((face.share or 0) * _STEPS))


def _what_leaves() -> QScrollArea:
    lines: list[Item] = [text("What leaves", 13, 600)]
    for glyph, name, more in LEAVES:
        words = col(text(name, 14, 600), text(more, 13, 400, "text_2", wrap=True), gap=2)
        lines += [row(col(icon(glyph, 18, "text_2"), ...), (words, 1), gap=10)]
    lines += [rule(), row(col(icon("lock", 18, "text_2"), ...), (text(PRIVACY, 13, wrap=True), 1))]
    card = QFrame()
    card.setProperty("role", "card")
    card.setLayout(col(*lines, ..., gap=12, edge=(20, 16, 20, 16)))
    area = QScrollArea()
    area.setFixedWidth(_RIGHT_WIDTH)
    area.setWidget(card)
    area.setWidgetResizable(True)
    area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
    area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
    return area
