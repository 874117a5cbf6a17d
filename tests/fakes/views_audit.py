"""The room of the audit, without a room, and a record to check."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from concurrent.futures import Future
from dataclasses import dataclass, field
from typing import Any, TypeVar

from monitor.ledger import Finding, Head, Remembered
from tests.fakes.views_gate import at_once
from ui.presenters.audit_verdicts import Kind, VerdictRow
from ui.presenters.integrity import IntegrityFace

T = TypeVar("T")


class FakeAuditView:
    """Implements `AuditView`; remembers what it shows."""

    def __init__(self) -> None:
        self.rows: list[VerdictRow] = []
        self.title = ""
        self.counts: dict[Kind, int] = {}
        self.reading: list[str] = []

    def add_verdict(self, row: VerdictRow) -> None:
        self.rows.insert(0, row)

    def clear_verdicts(self) -> None:
        self.rows.clear()

    def show_tally(self, title: str, counts: tuple[tuple[Kind, int], ...]) -> None:
        self.title, self.counts = title, dict(counts)

    def show_reading(self, said: str) -> None:
        self.reading.append(said)


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
