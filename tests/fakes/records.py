"""A record that a keeper watches, whose checks wait until they are told to go on."""

from __future__ import annotations

import threading
from collections.abc import Callable

from monitor.desk import World
from monitor.entries import Entry
from monitor.key_slots import Locksmith
from monitor.papers import Papers
from tests.fakes.backups import FakeBackups
from tests.fakes.gaps import Rolled
from tests.fakes.views_audit import FakeReport
from ui.record import Checked, Progress
from ui.whole_export.source import Ledger

PATIENCE = 8
"""Seconds that a check waits at most, so that a test that fails does not stand still."""


class FakeRecord:
    """Implements `ui.record.Record`; checks go step by step, on whatever thread they run.

    `reports` are given one after the other, the last one for ever; an error in their place is
    raised. `held` checks wait for `go_on`.
    """

    def __init__(self) -> None:
        self.rolled = Rolled()
        self.rolled.gaps = ()
        self.reports: list[Checked | Exception] = [FakeReport()]
        self.asked: list[bool] = []
        self.threads: list[int] = []
        self.free: int | None = 10**12
        self.changed = False
        self.held = False
        self.go_on = threading.Event()
        self.listeners: list[Callable[[Entry], None]] = []
        self.backups = FakeBackups(self.rolled.visit.clock.now, automatic=False)

    @property
    def world(self) -> World:
        return self.rolled.world

    @property
    def locksmith(self) -> Locksmith:
        raise NotImplementedError

    @property
    def papers(self) -> Papers:
        raise NotImplementedError

    @property
    def ledger(self) -> Ledger:
        raise NotImplementedError

    def lone_verifier(self) -> bytes:
        return b"#!/usr/bin/env python3\n"

    def proof(self, session_id: str, content: bytes) -> bytes:
        raise NotImplementedError

    def check(self, progress: Progress, *, whole: bool = True) -> Checked:
        self.asked.append(whole)
        self.threads.append(threading.get_ident())
        for step in range(1, 4):
            progress(step, 3)
            if self.held and step == 1:
                assert self.go_on.wait(PATIENCE)
        report = self.reports.pop(0) if len(self.reports) > 1 else self.reports[0]
        if isinstance(report, Exception):
            raise report
        return report

    def changed_elsewhere(self) -> bool:
        changed, self.changed = self.changed, False
        return changed

    def free_bytes(self) -> int | None:
        return self.free

    def listen(self, callback: Callable[[Entry], None]) -> Callable[[], None]:
        self.listeners.append(callback)
        return lambda: self.listeners.remove(callback)

    def close(self) -> None:
        """Nothing to give back."""
