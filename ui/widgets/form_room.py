"""A room that holds a form: what its presenter says to the form is passed on."""

from __future__ import annotations

from PySide6.QtWidgets import QWidget

from ui.presenters.form import FormFace, Option
from ui.widgets.form import Form


class FormRoom(QWidget):
    """Implements `ui.presenters.form.FormView` by its form."""

    def __init__(self) -> None:
        super().__init__()
        self.form = Form()

    def show_form(self, face: FormFace) -> None:
        """Show an empty form."""
        self.form.show_form(face)

    def enter_form(self) -> None:
        """Go to the first field."""
        self.form.enter_form()

    def show_options(self, key: str, options: tuple[Option, ...], chosen: str) -> None:
        """Show what can be chosen in a field, and what is."""
        self.form.show_options(key, options, chosen)

    def show_note(self, key: str, words: str) -> None:
        """Say something under a field."""
        self.form.show_note(key, words)

    def show_unit(self, key: str, unit: str) -> None:
        """Change the unit beside a field."""
        self.form.show_unit(key, unit)

    def show_field(self, key: str, *, shown: bool) -> None:
        """Show a field, or take it out of the way."""
        self.form.show_field(key, shown=shown)

    def put(self, key: str, words: str) -> None:
        """Let a line hold these words."""
        self.form.put(key, words)

    def show_problem(self, key: str, said: str) -> None:
        """Say beside a field, or under all, why it was refused."""
        self.form.show_problem(key, said)
