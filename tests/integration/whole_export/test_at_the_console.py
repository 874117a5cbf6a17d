"""`chairside export --all`: what it says, what it refuses, how it is stopped."""

from __future__ import annotations

import os
import signal
from pathlib import Path

import pytest
from typer.testing import Result

from monitor.sealed_file import session_code
from tests.fakes.terminal import typed_at
from tests.integration.whole_export.clinic import COUNT, Copies, Exporter
from tests.integration.whole_export.conftest import Made
from tests.integration.whole_export.reading import halves, sums_hold
from ui.console import exporting
from ui.console.problems import ConsoleError
from ui.whole_export.driver import Step

DAYS = ("--all", "--from", "2026-03-02", "--to", "2026-03-03")


class Terminal:
    """A terminal with a copy of the record at hand."""

    def __init__(self, exporter: Exporter, folder: Path) -> None:
        self.exporter, self.out = exporter, folder / "out"

    def __call__(self, *typed: str) -> Result:
        return typed_at(
            exporting.register,
            ["export", *typed, "--out", str(self.out)],
            open_store=lambda _folder, _ask: self.exporter.record,
        )


@pytest.fixture
def terminal(copies: Copies, tmp_path: Path) -> Terminal:
    return Terminal(copies(), tmp_path)


def test_that_it_says_what_was_written_where_and_how_to_check_it(terminal: Terminal) -> None:
    said = terminal(*DAYS, "--processes", "1")
    assert said.exit_code == 0
    assert said.output.startswith(f"{COUNT} sessions, ")
    assert f"were written to {terminal.out}. They name patients." in said.output
    assert said.output.endswith("sha256sum -c SHA256SUMS\n")
    assert sums_hold(terminal.out)
    again = terminal(*DAYS)
    assert again.exit_code == 0
    assert "is finished; nothing was written" in again.output


def test_that_sessions_that_cannot_be_read_are_named_and_told_by_the_exit_status(
    terminal: Terminal, made: Made
) -> None:
    terminal.exporter.damage(made.ids[2])
    said = terminal(*DAYS, "--processes", "1")
    assert said.exit_code == 3
    assert f"not exported: {session_code(made.ids[2])}: " in said.output
    assert f"{COUNT - 1} sessions, " in said.output


def test_that_ctrl_c_stops_it_after_what_is_in_hand(
    terminal: Terminal, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = signal.getsignal(signal.SIGINT)
    shown = exporting._Bar.__call__

    def pressed(bar: exporting._Bar, step: Step) -> None:
        shown(bar, step)
        if step.done == 2:
            os.kill(os.getpid(), signal.SIGINT)

    monkeypatch.setattr(exporting._Bar, "__call__", pressed)
    said = terminal(*DAYS)
    assert said.exit_code == exporting.STOPPED
    assert said.output.startswith(f"Stopped after 2 of {COUNT} sessions. What is in ")
    assert not halves(terminal.out)
    assert signal.getsignal(signal.SIGINT) == before


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        (("--all", "--from", "2026-03-02"), "--all needs --to; give a day, such as 2026-03-02."),
        (("--all", "--to", "2026-03-02"), "--all needs --from; give a day, such as 2026-03-02."),
        (
            ("--all", "--from", "20260302", "--to", "2026-03-03"),
            "--from 20260302 is no date; write it as 2026-03-02.",
        ),
        (
            ("--all", "--from", "2026-03-02", "--to", "2026-02-30"),
            "--to 2026-02-30 is no date; write it as 2026-03-02.",
        ),
        (
            ("S-1A2B3C4D", *DAYS),
            "With --all no session is named; leave it out, or leave --all out.",
        ),
        ((), "Name a session, such as S-1A2B3C4D, or export everything with --all."),
        (
            ("S-1A2B3C4D", "--from", "2026-03-02"),
            "--from, --to and --processes go with --all; add it, or leave them out.",
        ),
    ],
)
def test_that_what_does_not_go_together_is_one_sentence(
    terminal: Terminal, typed: tuple[str, ...], said: str
) -> None:
    result = terminal(*typed)
    assert isinstance(result.exception, ConsoleError)
    assert str(result.exception) == said
    assert not terminal.out.exists()


def test_that_a_folder_that_will_not_do_is_one_sentence(terminal: Terminal) -> None:
    terminal.out.write_text("mine", "ascii")
    result = terminal(*DAYS)
    assert isinstance(result.exception, ConsoleError)
    assert str(result.exception) == f"{terminal.out} is a file; name a folder."
