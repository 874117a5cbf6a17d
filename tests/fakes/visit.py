"""A visit that a test lives through, told in the clinic's local time."""

from __future__ import annotations

import contextlib
import datetime as dt
import itertools
from collections.abc import Iterator
from decimal import Decimal

import pytest

from monitor.acts import (
    Act,
    Calculate,
    Discharge,
    GiveDevice,
    Start,
    TakeOrder,
    TypeLine,
    Weigh,
)
from monitor.clinic import (
    ApproveProtocol,
    FoundClinic,
    LogIn,
    NewAccount,
    NewPatient,
    RegisterPatient,
)
from monitor.desk import CoSignSession, OpenSession, Perform, ShowSession, SignSession, World
from monitor.entries import Entry, Given, Leaving, VolumeMode, Weighing
from monitor.errors import Code, MonitorError
from monitor.overview import GapView, ReadingView, SessionOverview, SlotView
from monitor.people import Author, Role, Sex
from monitor.ports import OpenTransaction
from monitor.protocols.loading import shipped
from tests.fakes.clock import WARSAW, FakeClock
from tests.fakes.passwords import PlainPasswords
from tests.fakes.store import FakeStore

PASSWORDS = {"nk": "a nurse's long password", "ds": "a prescriber's long password"}


class Visit:
    """One session in memory, from the order to the last signature.

    Each step takes place at the local time last named with `at`.
    """

    def __init__(
        self, protocol: str = "iv-ketamine-40", transaction: OpenTransaction | None = None
    ) -> None:
        self.clock = FakeClock()
        self.store = FakeStore()
        numbers = itertools.count(1)
        self.world = World(
            transaction=transaction or self.store.transaction,
            clock=self.clock,
            station="test",
            zone=WARSAW,
            new_uid=lambda: f"uid-{next(numbers):04}",
            passwords=PlainPasswords(),
            render=lambda seen: f"%PDF- {seen.status} {seen.digest}".encode(),
        )
        self.nurse, self.prescriber = self._people()
        chosen = next(p for p in shipped() if p.id == protocol)
        ApproveProtocol(self.world)(self.prescriber, chosen)
        wanted = NewPatient(
            family="Nowak", given="Anna", born="1984-03-12", sex=Sex.FEMALE, number="100234"
        )
        patient = RegisterPatient(self.world)(self.nurse, wanted)
        self.at("09:48")
        self.session_id = OpenSession(self.world)(
            self.nurse, patient_id=patient.id, protocol_id=protocol, chair="2"
        )

    def _people(self) -> tuple[Author, Author]:
        wanted = [
            NewAccount(
                user="nk",
                name="Nina Kowal",
                role=Role.NURSE,
                credential="RN",
                password=PASSWORDS["nk"],
            ),
            NewAccount(
                user="ds",
                name="Dana Silva",
                role=Role.PRESCRIBER,
                credential="MD",
                password=PASSWORDS["ds"],
            ),
        ]
        FoundClinic(self.world)("Riverside Clinic", "", ("1", "2"), wanted)
        nurse, prescriber = (LogIn(self.world)(user, PASSWORDS[user]) for user in ("nk", "ds"))
        return nurse, prescriber

    # --- time ---------------------------------------------------------------------------

    def at(self, hhmm: str) -> Visit:
        """Let it be that local time."""
        self.clock.set(hhmm)
        return self

    def instant(self, hhmm: str) -> dt.datetime:
        """Return that local time of the day as an instant."""
        hour, minute = (int(part) for part in hhmm.split(":"))
        local = self.clock.now().astimezone(WARSAW).replace(hour=hour, minute=minute, second=0)
        return local.astimezone(dt.UTC)

    # --- steps ----------------------------------------------------------------------------

    def do(self, act: Act, by: Author | None = None) -> tuple[Entry, ...]:
        """Do any act, as the nurse unless somebody else is named."""
        return Perform(self.world)(self.session_id, by or self.nurse, act)

    def line(self, text: str, *, reason: str = "", confirm: bool = False) -> Visit:
        """Type a line and press Enter."""
        self.do(TypeLine(text=text, reason=reason, confirm=confirm))
        return self

    def ordered(self) -> Visit:
        """Have 0.5 mg/kg over 40 min, or 84 mg, ordered."""
        if self.overview.route == "nasal":
            order = TakeOrder(how=Given.WRITTEN, dose_mg=Decimal(84))
        else:
            order = TakeOrder(how=Given.WRITTEN, per_kg_mg=Decimal("0.5"), minutes=Decimal(40))
        self.do(order, self.prescriber)
        return self

    def weighed(self, kg: str = "70") -> Visit:
        """Weigh the patient."""
        self.do(Weigh(kg=Decimal(kg), height_cm=Decimal(168), how=Weighing.MEASURED))
        return self

    def calculated(self) -> Visit:
        """Work the dose out: 50 mg/mL, 50 mL, the drug replaces diluent."""
        self.do(
            Calculate(
                strength_mg_per_ml=Decimal(50),
                volume_ml=Decimal(50),
                volume_mode=VolumeMode.REPLACES,
            )
        )
        return self

    def started(self, at: str = "10:00", baseline: str = "122/76 72 98 16 s5 d0") -> Visit:
        """Go all the way from the order to the running pump (or the first device)."""
        self.ordered()
        if self.overview.route != "nasal":
            self.weighed().calculated()
        if baseline:
            self.at("09:55").line(baseline)
        self.at(at).do(GiveDevice() if self.overview.route == "nasal" else Start())
        return self

    def left(self, how: Leaving = Leaving.HOME, reason: str = "") -> Visit:
        """Discharge the patient."""
        self.do(Discharge(how=how, escort="Jan Nowak", reason=reason))
        return self

    def signed(self) -> Visit:
        """Sign as the nurse."""
        SignSession(self.world)(self.session_id, "nk", PASSWORDS["nk"], "recorded by")
        return self

    def co_signed(self) -> Visit:
        """Co-sign as the prescriber."""
        CoSignSession(self.world)(self.session_id, "ds", PASSWORDS["ds"], "reviewed and approved")
        return self

    # --- looking ----------------------------------------------------------------------------

    @property
    def overview(self) -> SessionOverview:
        """Return the session as it stands now."""
        return ShowSession(self.world)(self.session_id)

    def slot(self, name: str) -> SlotView:
        """Return the slot of that name."""
        return next(slot for slot in self.overview.slots if slot.name == name)

    def row(self, hhmm: str) -> ReadingView:
        """Return the reading measured at that local time."""
        return next(r for r in self.overview.readings if r.measured == self.instant(hhmm))

    def gaps(self) -> list[str]:
        """Return the open gaps that stand in the way of a signature, as "code about"."""
        return [_named(g) for g in self.overview.gaps if g.blocks and not g.explained]

    @contextlib.contextmanager
    def refused(self, code: Code) -> Iterator[None]:
        """Expect the body to be refused with that code, and to leave no trace."""
        before = len(self.store.entries)
        with pytest.raises(MonitorError) as caught:
            yield
        assert caught.value.code is code
        assert len(self.store.entries) == before


def _named(gap: GapView) -> str:
    return f"{gap.code} {gap.about}".strip()
