"""A form: which fields it has, what stands under each, and which of them is at fault."""

from __future__ import annotations

import enum
from dataclasses import dataclass
from typing import Protocol


class Shape(enum.Enum):
    """What a field looks like."""

    LINE = "line"
    DOTS = "dots"
    BUTTONS = "buttons"
    CARDS = "cards"
    LIST = "list"
    WORDS = "words"
    TICK = "tick"


TICKED = "yes"
"""What a box holds that was ticked; an empty one holds nothing."""


@dataclass(frozen=True, slots=True)
class Option:
    """One of several things to choose.

    Attributes:
        more: Further lines, where the options are cards.
        offered: Whether it can be chosen.
    """

    value: str
    words: str
    more: tuple[str, ...] = ()
    offered: bool = True


@dataclass(frozen=True, slots=True)
class FormField:
    """One field; none ever holds a clinical value that nobody has typed.

    Attributes:
        unit: Stands beside a line for a figure; words go into a line without one.
        hint: Grey words while it is empty.
        options: To choose from; for a line, what a press puts into it.
        narrow: Whether the label stands beside the field and not over it.
    """

    key: str
    label: str
    shape: Shape = Shape.LINE
    unit: str = ""
    hint: str = ""
    options: tuple[Option, ...] = ()
    narrow: bool = False


@dataclass(frozen=True, slots=True)
class FormFace:
    """A form with empty fields.

    Attributes:
        note: Quiet words at the right of the title.
        submit: The words on its button.
        others: What else can be done here: a button each, under that one.
    """

    title: str
    fields: tuple[FormField, ...]
    submit: str
    note: str = ""
    others: tuple[Option, ...] = ()


class FormView(Protocol):
    """What a presenter asks of a form."""

    def show_form(self, face: FormFace) -> None:
        """Show these fields, empty."""
        ...

    def enter_form(self) -> None:
        """Go to the first field."""
        ...

    def show_options(self, key: str, options: tuple[Option, ...], chosen: str) -> None:
        """Show what can be chosen in a field, and what is; empty is nothing yet."""
        ...

    def show_note(self, key: str, words: str) -> None:
        """Say something under a field; empty takes it away."""
        ...

    def show_unit(self, key: str, unit: str) -> None:
        """Change the unit beside a field."""
        ...

    def show_field(self, key: str, *, shown: bool) -> None:
        """Show a field, or take it out of the way."""
        ...

    def put(self, key: str, words: str) -> None:
        """Let a line hold these words."""
        ...

    def show_problem(self, key: str, said: str) -> None:
        """Say beside a field (or, without a key, under all) why it was refused.

        What was said before is taken away; what was typed stays. Empty says nothing.
        """
        ...
