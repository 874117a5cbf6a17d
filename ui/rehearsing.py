"""Plays a rehearsal in the real window, and takes pictures of it on the way."""

from __future__ import annotations

import datetime as dt
import os
import sys
from decimal import Decimal

from PySide6.QtCore import QEventLoop, QSize, QTimer
from PySide6.QtWidgets import QApplication

from monitor.people import Author
from monitor.rehearsal.script import ScriptAct
from ui import theme
from ui.clock_watch import ClockWatch
from ui.console.stage import WindowPlay
from ui.house import House
from ui.keeper import Keeper
from ui.record import Record
from ui.resuming import Resuming
from ui.tasks import Tasks
from ui.ticker import Ticker
from ui.tray import fill_in, is_at_the_tray, show_both
from ui.window import Window

FRAME_MS = 40
"""How long one step of the sped-up clock is looked at."""

HD, FULL = QSize(1280, 720), QSize(1920, 1080)
SLOW_STEPS = 3
"""What is drawn beside the window takes so many turns at most: the report, then its pages."""

QUICK = 80
"""Of a picture: half the time that Qt takes by itself, for a file as small."""

AT_THE_CLOCK = frozenset({"clock_jump", "clock_confirm", "suspend"})
AT_THE_DESK = frozenset({"sign", "cosign", "addendum", "export"})


def play_rehearsal(play: WindowPlay, record: Record) -> None:
    """Play what is left of a rehearsal; returns when it is over and the window is closed.

    Args:
        play: The acts, their clock and where the pictures go.
        record: The same record as the rehearsal's, as the window sees it.
    """
    if not (os.environ.get("DISPLAY") or os.environ.get("WAYLAND_DISPLAY")):
        os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    application = QApplication.instance() or QApplication(sys.argv[:1])
    assert isinstance(application, QApplication)  # noqa: S101 - nobody makes a smaller one
    theme.wear(application)
    Scene(play, record).play()


class Scene:
    """The window in which a rehearsal is played, or several at once."""

    def __init__(self, play: WindowPlay, record: Record) -> None:
        self._play = play
        self._record = record
        self._window = Window()
        self._window.resize(HD)
        self._tasks = Tasks(self._window)
        self._ticker = Ticker(record.world.clock, self._window)
        self._keeper = Keeper(record, self._window)
        self._clock = ClockWatch(self._window, record.world, self._author, self._ticker)
        self._resuming = Resuming(self._window, record, self._keeper.open_sessions.look)
        self._house: House | None = None

    def play(self) -> None:
        """Play every act that is left."""
        self._window.show()
        self._keeper.begin()
        while (act := self._play.upcoming()) is not None:
            self._before(act)
            self._play.step()
            self._after(act)
        if self._house is not None:
            self._house.be_still()
        self._resuming.close()
        self._keeper.close()
        self._tasks.close()
        self._window.close()
        settle(FRAME_MS)

    def _before(self, act: ScriptAct) -> None:
        """Let time pass until the act, with the person at the window who does it."""
        self._pass_time(act.at)
        if act.by:
            author = self._person(act.by)
            if self._house is None:
                self._house = House(
                    self._window,
                    self._record,
                    author,
                    tasks=self._tasks,
                    ticker=self._ticker,
                    keeper=self._keeper,
                )
                self._house.go("Chairs")
                self._resuming.enter(self._house)
            self._house.set_author(author)
        session_id = self._play.player.session_id
        if self._house is None or not session_id:
            return
        self._go(self._house, act, session_id)
        if act.do == "line":
            self._type(self._house, session_id, act.text("text"))
            self._picture(f"{act.number:02}-line-typed")
        elif self._at_the_tray(self._house, act, session_id) and fill_in(
            self._house.sessions[session_id], act
        ):
            self._picture(f"{act.number:02}-{act.do}-typed")

    def _after(self, act: ScriptAct) -> None:
        session_id = self._play.player.session_id
        if self._house is None or not session_id:
            return
        if act.do in AT_THE_CLOCK:
            self._ticker.tick()
        if act.do == "line":
            self._type(self._house, session_id, "")
        settle()
        self._go(self._house, act, session_id)
        if act.do == "verify" and self._at_the_tray(self._house, act, session_id):
            show_both(self._house.sessions[session_id])
        self._picture(f"{act.number:02}-{act.do}")
        if act.number == (len(self._play.player.script.acts) + 1) // 2:
            self._both_sizes(self._house)

    def _author(self) -> Author | None:
        return self._house.author if self._house is not None else None

    def _person(self, user: str) -> Author:
        """Return a person without logging anyone in: that is for the player to do."""
        with self._record.world.looking() as tx:
            return tx.account(user).author

    def _go(self, house: House, act: ScriptAct, session_id: str) -> None:
        if self._at_the_tray(house, act, session_id):
            house.go_to_dose(session_id)
        elif act.do in AT_THE_DESK:
            house.quiet.go_to_sign(session_id)
        else:
            house.go_to_session(session_id)

    def _at_the_tray(self, house: House, act: ScriptAct, session_id: str) -> bool:
        return is_at_the_tray(act, house.sessions[session_id].session.overview)

    def _type(self, house: House, session_id: str, text: str) -> None:
        rooms = house.sessions[session_id]
        rooms.screen.set_line(text)
        rooms.session.entry.typed(text)

    def _pass_time(self, until: dt.datetime) -> None:
        """Move the clock to *until* at the pace that was asked for, and let it be seen."""
        if self._play.speed is not None:
            step = frame_step(self._play.speed)
            while self._play.clock.real + step < until:
                self._play.clock.move_to(self._play.clock.real + step)
                self._ticker.tick()
                settle(FRAME_MS)
        self._play.clock.move_to(until)
        self._ticker.tick()
        settle()

    def _both_sizes(self, house: House) -> None:
        """Take the chairs and the session at both sizes, while something is going on."""
        session_id = self._play.player.session_id
        for size in (FULL, HD):
            self._window.resize(size)
            house.sessions.close()
            house.go_to_session(session_id)
            self._picture(f"session-{size.width()}")
            house.go("Chairs")
            self._picture(f"chairs-{size.width()}")

    def _picture(self, name: str) -> None:
        for _ in range(SLOW_STEPS):
            settle()
            self._tasks.wait()
            self._keeper.wait()
        settle()
        self._window.grab().save(str(self._play.pictures / f"{name}.png"), quality=QUICK)


def frame_step(speed: Decimal) -> dt.timedelta:
    """Return by how much the clock moves in one frame."""
    return dt.timedelta(milliseconds=float(FRAME_MS * speed))


def settle(ms: int = 0) -> None:
    """Let the window do what it has to do, and be seen for so many milliseconds."""
    loop = QEventLoop()
    QTimer.singleShot(ms, loop.quit)
    loop.exec()
    QApplication.processEvents()
