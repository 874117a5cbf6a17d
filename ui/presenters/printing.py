"""A sheet on its way to paper: drawn beside the window, printed, and put on record."""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import Future
from dataclasses import dataclass
from typing import Protocol

from monitor.errors import MonitorError
from ui.presenters.gate import Run
from ui.wording import sentence


class PrintView(Protocol):
    """What printing asks of a room."""

    def print_sheet(self, pdf: bytes, printed: Callable[[str], None]) -> None:
        """Ask which printer shall print; call *printed* with its name once it has it all."""
        ...


class Paper(Protocol):
    """One sheet that is to be printed."""

    def draw(self) -> bytes:
        """Return it as PDF; slow."""
        ...

    def note(self, content: bytes, printer: str) -> None:
        """Put on record that it was printed."""
        ...


@dataclass(frozen=True, slots=True)
class Printing:
    """Prints what a room shows; only what a printer has really taken is put on record.

    Attributes:
        done: Told in a sentence what was printed.
        failed: Told why it was not, or that it was not noted.
        there: Tells whether the room still shows what is printed: a page that is gone asks for no
            printer and is told nothing. What a printer took is put on record all the same.
    """

    view: PrintView
    run: Run
    done: Callable[[str], None]
    failed: Callable[[str], None]
    there: Callable[[], bool] = lambda: True

    def start(self, draw: Callable[[], bytes], note: Callable[[bytes, str], None]) -> None:
        """Print one sheet.

        Args:
            draw: Returns its PDF; slow.
            note: Puts on record that it was printed: (content, the printer's name).
        """

        def drawn(future: Future[bytes]) -> None:
            if not self.there():
                return
            try:
                content = future.result()
            except MonitorError as error:
                self.failed(sentence(error))
                return
            self.view.print_sheet(content, lambda printer: self._printed(content, printer, note))

        self.run(draw, drawn)

    def _printed(self, content: bytes, printer: str, note: Callable[[bytes, str], None]) -> None:
        def noted(future: Future[None]) -> None:
            said = f"Handed to the printer {printer}"
            try:
                future.result()
            except MonitorError as error:
                tell, said = self.failed, f"{said}, but it was not noted. {sentence(error)}"
            else:
                tell, said = self.done, f"{said}."
            if self.there():
                tell(said)

        self.run(lambda: note(content, printer), noted)
