"""What a helper process does of an export: it draws, tabulates and writes one session's files.

A helper knows nothing but what it is handed: no record, no key. It ends with the process that
started it, and leaves Ctrl-C to that one.
"""

from __future__ import annotations

import multiprocessing
import os
import signal
import threading
from collections.abc import Mapping
from concurrent.futures import Executor, Future, ProcessPoolExecutor
from dataclasses import dataclass, field
from multiprocessing.connection import wait
from pathlib import Path
from typing import Any

from typing_extensions import override

from monitor.overview import SessionOverview
from monitor.papers import Papers
from monitor.ports import KeptReport, Press
from monitor.rems_worksheet import Worksheet
from ui.whole_export.files import Listed, put

RECORD, FHIR, REMS, DRAFT = "record.json", "fhir.json", "rems.pdf", "draft.pdf"


@dataclass(frozen=True, slots=True)
class Wanted:
    """What is to be made of one session.

    Attributes:
        folder: Where its files go; None where only its rows of the tables are wanted.
        files: Those that are there already, by name.
        draft: Whether a draft stands for the report.
        worksheet: For the REMS form; None where none is due.
    """

    overview: SessionOverview
    record: bytes = b""
    folder: Path | None = None
    files: Mapping[str, bytes] = field(default_factory=dict)
    report: KeptReport | None = None
    draft: bool = False
    worksheet: Worksheet | None = None


@dataclass(frozen=True, slots=True)
class Made:
    """What was made of it.

    Attributes:
        draft: The draft's content; empty for none.
        rows: Its rows of each table, without the heads.
    """

    files: tuple[Listed, ...]
    rows: Mapping[str, bytes]
    draft: bytes = b""


@dataclass(frozen=True, slots=True)
class Maker:
    """Makes the files; it can be handed to another process."""

    press: Press
    papers: Papers

    def __call__(self, wanted: Wanted) -> Made:
        """Make and write them.

        Raises:
            OSError: As the system says it.
        """
        rows = self.papers.tables((wanted.overview,), head=False)
        if wanted.folder is None:
            return Made((), rows)
        contents = {**wanted.files, RECORD: wanted.record}
        contents[FHIR] = self.papers.fhir(wanted.overview, wanted.record, wanted.report)
        if wanted.worksheet is not None:
            contents[REMS] = self.papers.rems_pdf(wanted.worksheet)
        draft = b""
        if wanted.draft:
            draft = contents[DRAFT] = self.press.archive(wanted.overview, wanted.record)
        files = tuple(put(wanted.folder, name, content) for name, content in contents.items())
        return Made(files, rows, draft)


def helpers(processes: int) -> Executor:
    """Return what makes files in so many other processes; for one, in this very one.

    Args:
        processes: At least 1.
    """
    if processes == 1:
        return _Here()
    context = multiprocessing.get_context("spawn")
    return _Helpers(processes, mp_context=context, initializer=_stand_by)


class _Helpers(ProcessPoolExecutor):
    """Starts processes that are deaf to Ctrl-C from their first instant."""

    @override
    def submit(self, fn: Any, /, *args: Any, **kwargs: Any) -> Future[Any]:
        if not hasattr(signal, "pthread_sigmask"):
            return super().submit(fn, *args, **kwargs)
        before = signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGINT})
        try:
            return super().submit(fn, *args, **kwargs)  # what it starts inherits the mask
        finally:
            signal.pthread_sigmask(signal.SIG_SETMASK, before)


class _Here(Executor):
    """Does at once what is submitted."""

    @override
    def submit(self, fn: Any, /, *args: Any, **kwargs: Any) -> Future[Any]:
        done: Future[Any] = Future()
        done.set_result(fn(*args, **kwargs))
        return done


def _stand_by() -> None:
    """Leave Ctrl-C to the process that started this one, and end with it, however it ends."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    parent = multiprocessing.parent_process()
    if parent is None:
        return

    def end_with_it() -> None:
        wait([parent.sentinel])
        os._exit(1)

    threading.Thread(target=end_with_it, daemon=True).start()
