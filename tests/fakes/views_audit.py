"""The room of the audit, without a room, and a record to check."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from concurrent.futures import Future
from dataclasses import dataclass, field
from typing import Any, TypeVar

from monitor.ledger import Finding, Head, Remembered
from tests.fakes.views_gate import at_once
from ui.presenters.audit import Order, Reading
from ui.presenters.audit_access import AccessFace
from ui.presenters.audit_verdicts import Kind, VerdictRow
from ui.presenters.audit_verifier import KitFace
from ui.presenters.integrity import IntegrityFace

T = TypeVar("T")


class FakeAuditView:
    """Implements `AuditView`; remembers what it shows."""

    def __init__(self) -> None:
        self.rows: list[VerdictRow] = []
        self.order: Order | None = None
        self.title = ""
        self.counts: dict[Kind, int] = {}
        self.reading: list[Reading | None] = []
        self.said, self.well = "", True
        self.copied, self.paper = "", b""
        self.asked: list[str] = []

    def print_sheet(self, pdf: bytes, printed: Callable[[str], None]) -> None:
        self.paper = pdf
        printed("Front desk")

    def add_verdict(self, row: VerdictRow, place: int) -> None:
        self.rows.insert(place, row)

    def show_verdicts(self, rows: Sequence[VerdictRow]) -> None:
        self.rows = list(rows)

    def show_order(self, order: Order) -> None:
        self.order = order

    def show_tally(self, title: str, counts: tuple[tuple[Kind, int], ...]) -> None:
        self.title, self.counts = title, dict(counts)

    def show_reading(self, reading: Reading | None) -> None:
        self.reading.append(reading)

    def show_said(self, said: str, *, well: bool = True) -> None:
        self.said, self.well = said, well

    def copy(self, text: str) -> None:
        self.copied = text

    def ask_where(self, name: str) -> None:
        self.asked.append(name)


class FakeAccessView:
    """Implements `AccessView`; remembers what it shows."""

    def __init__(self) -> None:
        self.rows: tuple[AccessFace, ...] = ()
        self.count = self.nothing = ""
        self.people: list[tuple[str, str]] = []
        self.problem, self.said, self.well = ("", ""), "", True
        self.asked: list[str] = []
        self.shown, self.paper = 0, b""

    def show_people(self, people: Sequence[tuple[str, str]]) -> None:
        self.people = list(people)

    def show_problem(self, field: str, said: str) -> None:
        self.problem = (field, said)

    def show_said(self, said: str, *, well: bool = True) -> None:
        self.said, self.well = said, well

    def ask_where(self, name: str) -> None:
        self.asked.append(name)

    def print_sheet(self, pdf: bytes, printed: Callable[[str], None]) -> None:
        self.paper = pdf
        printed("Front desk")

    def show_access(self, rows: tuple[AccessFace, ...], count: str, nothing: str) -> None:
        self.rows, self.count, self.nothing = rows, count, nothing
        self.shown += 1


class FakeKitView:
    """Implements `KitView`; remembers what it shows."""

    def __init__(self) -> None:
        self.asked: list[str] = []
        self.faces: list[tuple[KitFace, bool]] = []

    def ask_where_kit(self, name: str) -> None:
        self.asked.append(name)

    def show_kit(self, face: KitFace, *, busy: bool = False) -> None:
        self.faces.append((face, busy))


class FakeIntegrityView:
    """Implements `IntegrityView`; remembers what it shows."""

    def __init__(self) -> None:
        self.faces: list[IntegrityFace] = []
        self.refusals: list[str] = []
        self.cleared = 0

    def show_integrity(self, face: IntegrityFace) -> None:
        self.faces.append(face)

    def show_refusal(self, said: str) -> None:
        self.refusals.append(said)

    def clear_reason(self) -> None:
        self.cleared += 1

    @property
    def face(self) -> IntegrityFace:
        """Return the page as it is shown."""
        return self.faces[-1]


@dataclass(frozen=True)
class FakeReport:
    """Implements `Checked`."""

    entries: int = 29611
    head: Head = field(default_factory=lambda: Head(29611, "3f" * 32))
    findings: Sequence[Finding] = ()
    checkpoints: int = 212
    checked_from: int = 1
    bound: Remembered | None = None


class Later:
    """Implements `Run`: does work when it is told to."""

    def __init__(self) -> None:
        self._waiting: list[tuple[Callable[[], Any], Callable[[Future[Any]], None]]] = []

    def __call__(self, work: Callable[[], T], then: Callable[[Future[T]], None], /) -> None:
        self._waiting.append((work, then))

    def do_next(self) -> None:
        """Do the work that has waited longest."""
        at_once(*self._waiting.pop(0))

    @property
    def waiting(self) -> int:
        """Return how much work waits."""
        return len(self._waiting)
