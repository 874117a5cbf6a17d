"""What stands before the rooms: forms that are filled in one after the other."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from concurrent.futures import Future
from dataclasses import dataclass
from typing import Protocol, TypeVar

from monitor.errors import InputError, MonitorError
from monitor.protocols.protocol import Protocol as TreatmentProtocol
from ui.wording import sentence

T = TypeVar("T")
Typed = Mapping[str, str]


class Run(Protocol):
    """Does slow work beside the window, then answers on the window's thread."""

    def __call__(self, work: Callable[[], T], then: Callable[[Future[T]], None], /) -> None:
        """Do *work*, then call *then* with its finished future."""
        ...


@dataclass(frozen=True, slots=True)
class FormField:
    """One thing that is asked.

    Attributes:
        key: Its name among the answers.
        hint: Grey words while it is empty.
        note: Quiet words under it.
        secret: A password: shown as dots, never given back.
        preset: What stands in it at first; never a clinical value.
    """

    key: str
    label: str
    hint: str = ""
    note: str = ""
    secret: bool = False
    preset: str = ""


@dataclass(frozen=True, slots=True)
class Form:
    """What is asked at once.

    Attributes:
        step: Where one is: "Step 2 of 6".
        back: Whether one can go back.
        rest: Words on what leaves this and all that would follow for later; none where empty.
    """

    title: str
    words: str
    fields: tuple[FormField, ...]
    confirm: str = "Continue"
    step: str = ""
    back: bool = False
    rest: str = ""


class GateView(Protocol):
    """What presenters ask of the page."""

    def show_form(self, form: Form, typed: Typed) -> None:
        """Show a form, with what was typed in it before, and focus its first empty field."""
        ...

    def show_protocol(self, form: Form, protocol: TreatmentProtocol) -> None:
        """Show a protocol's numbers with their sources over the form that approves it."""
        ...

    def show_recovery(self, form: Form, groups: tuple[str, ...]) -> None:
        """Show a recovery key over the form that asks for its last group."""
        ...

    def ask_where(self, name: str) -> None:
        """Ask where a file shall go; *name* is offered."""
        ...

    def print_sheet(self, pdf: bytes, printed: Callable[[str], None]) -> None:
        """Ask which printer shall print a sheet; call *printed* with its name once it has."""
        ...

    def show_saved(self, said: str, *, problem: bool = False) -> None:
        """Say what became of a file; empty takes it away."""
        ...

    def show_problem(self, field: str, said: str) -> None:
        """Say in one sentence what is wrong, at its field where one is at fault."""
        ...

    def show_busy(self, said: str) -> None:
        """Say what is being done; nothing can be pressed meanwhile. Empty ends it."""
        ...

    def show_progress(self, done: int, of: int) -> None:
        """Show how far that is, until it ends."""
        ...


def tell(view: GateView, error: MonitorError, field: str = "") -> None:
    """Say a refusal at the field that it is about.

    Args:
        view: The page.
        error: What was refused.
        field: The one that it is about, where the page has only that one.
    """
    about = field or (error.field if isinstance(error, InputError) else "")
    view.show_busy("")
    view.show_problem(about, sentence(error))


def when_done(
    view: GateView, then: Callable[[T], None], field: str = ""
) -> Callable[[Future[T]], None]:
    """Return what follows slow work: its result goes on, its refusal is said.

    Anything else that went wrong in the work is raised on the window's thread, where the
    program's last guard meets it.

    Args:
        view: The page.
        then: Takes the result.
        field: Where a refusal is said, on a page with only one field.
    """

    def finished(future: Future[T]) -> None:
        try:
            result = future.result()
        except MonitorError as error:
            tell(view, error, field)
            return
        view.show_busy("")
        then(result)

    return finished
