"""The worksheet: one field after the other in the form's order, to be typed over."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFrame, QScrollArea, QVBoxLayout, QWidget

from ui.presenters.rems_faces import SheetFace
from ui.screens.rems.field_row import FieldRow
from ui.widgets.parts import col, elided, empty, fill, icon, row, say, text


class SheetCard(QFrame):
    """One worksheet.

    Signals:
        answered: A field's id, and what was typed or pressed.
        ticked: A field's id.
    """

    answered = Signal(str, str)
    ticked = Signal(str)

    def __init__(self) -> None:
        super().__init__()
        self.setProperty("role", "card")
        self._shown: tuple[object, ...] = ()
        self.fields: dict[str, FieldRow] = {}
        self._name, self._facts = elided("", 16, 600), elided("", 13, 400, "text_2", grows=True)
        self._code, self._status = text("", 13, 500, "text_2"), text("", 13, 600, wrap=True)
        self._filings = text("", 12, 400, "text_2", wrap=True)
        self._form = elided("", 12, 400, "text_2", grows=True)
        self._changed = text("", 13, 500, "alert", wrap=True)
        self._changed_line = QWidget()
        self._rows = QVBoxLayout()
        self._rows.setContentsMargins(8, 0, 8, 8)
        self._rows.setSpacing(0)
        self._area = QScrollArea()
        self._lay_out()

    def show_sheet(self, face: SheetFace) -> None:
        """Show a worksheet; what is being typed stays, and so does the focus."""
        say(self._name, face.patient)
        say(self._facts, face.facts)
        say(self._code, face.code)
        say(self._status, face.status, face.tone)
        say(self._filings, "\n".join(("Noted as filed", *face.filings)))
        self._filings.setVisible(bool(face.filings))
        say(self._form, face.form)
        say(self._changed, f"Changed since it was filed: {face.changed}." if face.changed else "")
        self._changed_line.setVisible(bool(face.changed))
        asked = ((each.id, each.section, each.label) for each in face.fields)
        wanted = (face.session_id, *asked)
        if wanted != self._shown:
            self._shown = wanted
            self._rebuild(face)
            return
        for each in face.fields:
            self.fields[each.id].show_face(each)

    def enter(self) -> None:
        """Take the focus at the first field."""
        for made in list(self.fields.values())[:1]:
            made.enter()

    def stay(self) -> bool:
        """Go back to an answer that was refused, and tell whether there is one."""
        refused = [made for made in self.fields.values() if made.refused]
        for made in refused[:1]:
            made.stay()
        return bool(refused)

    def show_problem(self, field: str, said: str) -> None:
        """Say at a field why its answer was refused."""
        if field in self.fields:
            self.fields[field].show_problem(said)

    def _rebuild(self, face: SheetFace) -> None:
        empty(self._rows)
        self.fields = {each.id: FieldRow(each) for each in face.fields}
        for each in face.fields:
            if each.section:
                title = row(text(each.section, 13, 600), ..., edge=(8, 14, 8, 4))
                self._rows.addLayout(title)
            made = self.fields[each.id]
            made.answered.connect(self.answered)
            made.ticked.connect(self.ticked)
            made.stepped.connect(self._step)
            self._rows.addWidget(made)
            made.show()  # now: what is not yet shown cannot take the focus
        self._rows.addStretch(1)
        self._area.verticalScrollBar().setValue(0)

    def _step(self, field: str, by: int) -> None:
        ids = list(self.fields)
        place = ids.index(field) + by
        if 0 <= place < len(ids):
            made = self.fields[ids[place]]
            made.enter()
            self._area.ensureWidgetVisible(made, 0, 40)

    def _lay_out(self) -> None:
        inside = QWidget()
        said = row((self._filings, 1), edge=(16, 4, 16, 4))
        inside.setLayout(col(said, self._rows, ...))
        self._area.setWidget(inside)
        self._area.setWidgetResizable(True)
        self._area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._area.setAccessibleName("Fields of the REMS form")
        self._changed_line.setLayout(
            row(icon("warning-circle", 18, "alert"), (self._changed, 1), gap=8)
        )
        head = col(
            row(self._name, (self._facts, 1), self._code, gap=10),
            self._status,
            self._form,
            self._changed_line,
            gap=4,
            edge=(16, 12, 16, 8),
        )
        layout = QVBoxLayout(self)
        layout.setContentsMargins(1, 1, 1, 1)
        layout.setSpacing(0)
        fill(layout, (head, (self._area, 1)))
