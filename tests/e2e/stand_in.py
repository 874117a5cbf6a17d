"""The program with something else in the window's place: it plays, and draws nothing.

Started by `test_window_play` as a process of its own.
"""

from __future__ import annotations

import os
import sys
from typing import NoReturn

import main
from monitor.entries import Entry
from ui.console.app import run
from ui.console.stage import Hooks, WindowPlay

LEAVE_AFTER = "STAND_IN_LEAVES_AFTER"


def play_in_window(play: WindowPlay) -> None:
    """Play to the end (or to where it is told to leave), noting each entry that it hears of."""
    heard: list[str] = []

    def hear(entry: Entry) -> None:
        heard.append(entry.kind)

    play.listeners.add(hear)
    last = int(os.environ.get(LEAVE_AFTER, "1000"))
    while (act := play.upcoming()) and act.number <= last:
        play.clock.move_to(act.at)
        outcome = play.step()
        assert outcome.number == act.number
        part = play.player.memory.part
        (play.pictures / f"heard-{part}.txt").write_text("\n".join(heard), encoding="utf-8")


def _nothing_else(*_: object) -> NoReturn:
    raise AssertionError("a playing process opens nothing but its own record")


if __name__ == "__main__":
    sys.exit(
        run(
            Hooks(
                version="stand-in",
                program=(sys.executable, __file__),
                clinic_store=_nothing_else,
                open_practice=main.open_practice,
                open_store=_nothing_else,
                open_window=_nothing_else,
                restore=_nothing_else,
                read=_nothing_else,
                read_certificate=_nothing_else,
                rebuild=_nothing_else,
                lone_verifier=_nothing_else,
                play_in_window=play_in_window,
            )
        )
    )
