"""The page before the rooms, without a page."""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import Future, ThreadPoolExecutor
from typing import TypeVar

from monitor.protocols.protocol import Protocol
from ui.presenters.gate import Form, Typed

T = TypeVar("T")


class FakeGate:
    """Implements `GateView`; remembers what it shows."""

    def __init__(self) -> None:
        self.form: Form | None = None
        self.typed: dict[str, str] = {}
        self.protocol: Protocol | None = None
        self.problem: tuple[str, str] = ("", "")
        self.busy = ""
        self.groups: tuple[str, ...] = ()
        self.offered = self.saved = ""
        self.printed = b""
        self.asked_busy: list[str] = []
        self.progress: list[tuple[int, int]] = []

    def show_form(self, form: Form, typed: Typed) -> None:
        self.form, self.typed, self.protocol, self.problem = form, dict(typed), None, ("", "")

    def show_protocol(self, form: Form, protocol: Protocol) -> None:
        self.form, self.protocol, self.problem = form, protocol, ("", "")

    def show_recovery(self, form: Form, groups: tuple[str, ...]) -> None:
        self.form, self.groups, self.problem = form, groups, ("", "")

    def ask_where(self, name: str) -> None:
        self.offered = name

    def print_sheet(self, pdf: bytes, printed: Callable[[str], None]) -> None:
        self.printed = pdf
        printed("Front desk")

    def show_saved(self, said: str, *, problem: bool = False) -> None:
        self.saved = f"problem: {said}" if problem else said

    def show_problem(self, field: str, said: str) -> None:
        self.problem = (field, said)

    def show_busy(self, said: str) -> None:
        self.busy = said
        self.asked_busy += [said] if said else []

    def show_progress(self, done: int, of: int) -> None:
        self.progress.append((done, of))

    @property
    def title(self) -> str:
        return self.form.title if self.form else ""

    @property
    def rest(self) -> str:
        return self.form.rest if self.form else ""


def at_once(work: Callable[[], T], then: Callable[[Future[T]], None]) -> None:
    """Do slow work beside the test and wait for it; implements `Run`."""
    with ThreadPoolExecutor(max_workers=1) as pool:
        future = pool.submit(work)
    then(future)
