"""What a version of the form changes, and the password of whoever approves it."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFrame, QScrollArea, QVBoxLayout, QWidget

from ui.presenters.rems_changes import ApprovalFace, ChangeLine
from ui.widgets.form import Form
from ui.widgets.parts import box, col, fill, icon, row, rule, say, text

_FORM_WIDTH = 320
_GLYPHS = {
    "added": ("plus-circle", "good"),
    "gone": ("minus-circle", "alert"),
    "changed": ("pencil-simple", "text_2"),
    "same": ("info", "text_2"),
}


class ApprovalCard(QWidget):
    """The changes of a version, what becomes of answers, and beside them the form that approves."""

    def __init__(self) -> None:
        super().__init__()
        self.form = Form()
        self.form.setFixedWidth(_FORM_WIDTH)
        self._title = text("", 16, 600, wrap=True)
        self.area = QScrollArea()
        self.area.setWidgetResizable(True)
        self.area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.area.setAccessibleName("What the version changes")
        paper = box(col(row(self._title, edge=(16, 12, 16, 0)), (self.area, 1), edge=1), "card")
        self.setLayout(row((paper, 1), self.form, gap=12))

    def show_face(self, face: ApprovalFace) -> None:
        """Show the changes, from the top."""
        say(self._title, face.title)
        inside = QWidget()
        layout = QVBoxLayout(inside)
        layout.setContentsMargins(16, 8, 16, 12)
        layout.setSpacing(8)
        for line in face.lines:
            layout.addWidget(_line(line))
        glyph = ("warning-circle", "overdue") if face.asks_anew else ("info", "text_2")
        fill(layout, (rule(), text("Answers on sheets that are not filed yet", 13, 600)))
        first, *more = face.answers
        fill(layout, (row(col(icon(glyph[0], 18, glyph[1]), ...), (_words(first), 1), gap=10),))
        for said in more:
            fill(layout, (row(28, (_words(said), 1), gap=0),))
        layout.addStretch(1)
        said = ". ".join((*(line.words for line in face.lines), *face.answers))
        self.area.setAccessibleDescription(said)
        self.area.setWidget(inside)
        self.area.verticalScrollBar().setValue(0)


def _line(line: ChangeLine) -> QFrame:
    glyph, tone = _GLYPHS[line.kind]
    made = QFrame()
    made.setAccessibleName(line.words)
    made.setLayout(row(col(icon(glyph, 18, tone), ...), (_words(line.words), 1), gap=10))
    return made


def _words(words: str) -> QWidget:
    return text(words, 13, 500, wrap=True)
