"""A thousand visits of four kinds, lived through in a record that two processes write in."""

from __future__ import annotations

import datetime as dt
import itertools
import multiprocessing
import time
from pathlib import Path

from db.certification import PracticeCertification
from db.store import Store
from monitor.acts import Cancel, Finish
from monitor.acts.free_text import LONGEST_TEXT
from monitor.clinic import ApproveProtocol, LogIn, NewPatient, RegisterPatient
from monitor.desk import OpenSession, World
from monitor.people import Sex
from monitor.protocols.loading import shipped
from reports.press import ReportPress
from tests.fakes.clock import WARSAW, FakeClock
from tests.fakes.passwords import PlainPasswords
from tests.fakes.visit import DEVICE, PASSWORDS, Visit

A_DAY = 25
"""So many visits a clinic has on a day."""

MAKERS = 2
GOOD = "122/76 72 98 16 s5 d0"
BEGAN = FakeClock().now().date()
INFUSION, NASAL = "iv-ketamine-40", "esketamine"

HOSTILE = (
    ("=HYPERLINK(1)", "@SUM(A1:A9)"),
    ('O\'Neil, "Ann"', "-2+3; DROP"),
    ("<b>oops", "</para> & Θ"),
    ("山本", "مرحبا हिन्दी"),
    ("a\N{COMBINING ACUTE ACCENT}\N{COMBINING DOT BELOW}", "{0} %s ../../CON."),
)
"""Names that are formulas, markup, quotes, paths, or of another script."""

NOTE = ('=1+1, "quoted"; <i>marked</i> & 山 مرحبا ' * 300)[:LONGEST_TEXT]
"""A note as long as one may be."""


class Hand(Visit):
    """Somebody who lives through visits in a record that others write in, too."""

    def __init__(self, store: Store, number: int) -> None:  # no clinic is founded once more
        self.clock = FakeClock()
        self.world = _world(store, number, self.clock)
        self.nurse, self.prescriber = (
            LogIn(self.world)(user, PASSWORDS[user]) for user in ("nk", "ds")
        )

    def live(self, number: int) -> None:
        """Live through the visit whose turn it is, each kind as often as another.

        An infusion with nine sets; three devices with a REMS form; one cancelled before anybody
        was weighed; an infusion of somebody whose name does harm, with a note of 10,000 characters.
        """
        kind = number // MAKERS % 4
        day = BEGAN + dt.timedelta(days=1 + number // A_DAY)
        self.clock.advance(days=(day - self.clock.now().date()).days)
        self.at("09:48")
        self._opened(number, is_hostile=kind == 3, protocol=NASAL if kind == 1 else INFUSION)
        if kind == 1:
            self._devices()
        elif kind == 2:
            self.do(Cancel(reason="fever since the morning"))
        else:
            self._infusion(NOTE if kind == 3 else "")

    def _opened(self, number: int, *, is_hostile: bool, protocol: str) -> None:
        names = HOSTILE[number % len(HOSTILE)] if is_hostile else (f"Patient {number}", "Anna")
        wanted = NewPatient(
            family=names[0],
            given=names[1],
            born="1984-03-12",
            sex=Sex.FEMALE,
            number=f"{number:06}",
        )
        patient = RegisterPatient(self.world)(self.nurse, wanted)
        self.session_id = OpenSession(self.world)(
            self.nurse, patient_id=patient.id, protocol_id=protocol, chair=f"chair {number}"
        )

    def _infusion(self, note: str) -> None:
        self.started("10:00").prepared()
        for at in ("10:10", "10:20", "10:30", "10:40"):
            self.at(at).line("130/80 76 97 15 s5 d6")
        self.do(Finish())
        if note:
            self.line(f"? {note}")
        for at in ("10:55", "11:10", "11:25", "11:40"):
            self.at(at).line(GOOD)
        self.at("11:41").left()
        self._vouched_for()

    def _devices(self) -> None:
        self.started("10:00")
        for at in ("10:05", "10:10"):
            self.at(at).do(DEVICE)
        self.at("10:50").line("138/86 80 97 15 s4 d7")
        for at in ("11:10", "11:40", "12:10"):
            self.at(at).line(GOOD)
        self.at("12:12").ready("Jan Nowak").left()
        self._vouched_for()

    def _vouched_for(self) -> None:
        self.at("12:20").signed().at("12:31").co_signed()


def _world(store: Store, number: int, clock: FakeClock) -> World:
    ids = itertools.count(1)
    return World(
        transaction=store.transaction,
        look=store.looking,
        clock=clock,
        station="test",
        zone=WARSAW,
        new_uid=lambda: f"p{number}-{next(ids):07}",
        passwords=PlainPasswords(),
        certification=PracticeCertification(),
        press=ReportPress(),
        practice=True,
    )


def _make_share(folder: Path, share: int, sessions: int) -> None:
    """Live through every visit whose turn is this process's."""
    store = Store.open(folder, wait_seconds=60)
    hand = Hand(store, share)
    for number in range(share, sessions, MAKERS):
        hand.live(number)
    store.close()


def make_record(folder: Path, sessions: int) -> float:
    """Make the record; returns the seconds that it took."""
    begin = time.perf_counter()
    store = Store.create(folder, "practice", practice=True)
    first = Visit(transaction=store.transaction, certification=PracticeCertification())
    nasal = next(each for each in shipped() if each.id == NASAL)
    ApproveProtocol(first.world)(first.prescriber, nasal)
    store.close()
    context = multiprocessing.get_context("spawn")
    told = [(folder, share, sessions) for share in range(MAKERS)]
    makers = [context.Process(target=_make_share, args=each) for each in told]
    for maker in makers:
        maker.start()
    for maker in makers:
        maker.join()
    if any(maker.exitcode for maker in makers):
        raise SystemExit("the record could not be made")
    return time.perf_counter() - begin
