"""A visit that a test lives through, told in the clinic's local time."""

from __future__ import annotations

import contextlib
import datetime as dt
import itertools
from collections.abc import Iterator
from decimal import Decimal
from typing import ClassVar

import pytest

from monitor import second_check
from monitor.acts import (
    Act,
    Calculate,
    CheckDose,
    CheckReadiness,
    Discharge,
    GiveDevice,
    Prepare,
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
from monitor.desk import OpenSession, Perform, ShowSession, World
from monitor.entries import (
    Calculated,
    CertificateRefused,
    Entry,
    Given,
    Leaving,
    SignatureRefused,
    SingleCalculated,
    VolumeMode,
    Weighing,
)
from monitor.errors import Code, MonitorError
from monitor.overview import GapView, ReadingView, SessionOverview, SlotView
from monitor.people import Author, Role, Sex
from monitor.ports import Certification, OpenTransaction, Press
from monitor.protocols.loading import shipped
from monitor.protocols.protocol import SecondPerson, Way
from monitor.session import Session
from monitor.signing import CoSignSession, SignSession
from monitor.two_people import SecondCheck
from tests.fakes.certification import PASSPHRASE, PlainCertification
from tests.fakes.clock import WARSAW, FakeClock
from tests.fakes.passwords import PlainPasswords
from tests.fakes.press import PlainPress
from tests.fakes.store import FakeStore

PASSWORDS = {"nk": "a nurse's long password", "ds": "a prescriber's long password"}
STAFF = (
    NewAccount(
        user="nk", name="Nina Kowal", role=Role.NURSE, credential="RN", password=PASSWORDS["nk"]
    ),
    NewAccount(
        user="ds",
        name="Dana Silva",
        role=Role.PRESCRIBER,
        credential="MD",
        password=PASSWORDS["ds"],
    ),
)
LOT, EXPIRY = "23KG104", "2027-08"
DEVICE = GiveDevice(lot=LOT, expiry=EXPIRY)
"""A device with both its sprays, and what is printed on it."""


class Visit:
    """One session in memory; each step takes place at the local time last named with `at`."""

    patient: ClassVar[NewPatient] = NewPatient(
        family="Nowak", given="Anna", born="1984-03-12", sex=Sex.FEMALE, number="100234"
    )

    def __init__(
        self,
        protocol: str = "iv-ketamine-40",
        transaction: OpenTransaction | None = None,
        certification: Certification | None = None,
        press: Press | None = None,
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
            certification=certification or PlainCertification(),
            press=press or PlainPress(),
        )
        self.nurse, self.prescriber = self._people()
        chosen = next(p for p in shipped() if p.id == protocol)
        ApproveProtocol(self.world)(self.prescriber, chosen)
        patient = RegisterPatient(self.world)(self.nurse, self.patient)
        self.at("09:48")
        self.session_id = OpenSession(self.world)(
            self.nurse, patient_id=patient.id, protocol_id=protocol, chair="2"
        )

    def _people(self) -> tuple[Author, Author]:
        FoundClinic(self.world)("Riverside Clinic", "", ("1", "2"), STAFF, PASSPHRASE)
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
        if self.session.way is Way.DEVICES:
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

    def checked(self, **others: object) -> Visit:
        """Have the prescriber enter the same figures as a second person, but for the *others*."""
        of = second_check.subject(self.session)
        assert of is not None
        asked = second_check.asked(self.session)
        first = second_check.first_figures(self.session, of.what)
        same = {name: int(v) if name == "devices" else v for name, v in first.items()}
        figures = {name: same[name] for name in asked} | others
        check = CheckDose(**figures)  # type: ignore[arg-type] # its own fields
        SecondCheck(self.world)(self.session_id, "ds", PASSWORDS["ds"], check)
        return self

    def prepared(self, vial_ml: str = "", vials: int | None = None) -> Visit:
        """Draw up what was worked out, from one lot."""
        of = second_check.subject(self.session)
        assert of is not None
        assert isinstance(of.what, Calculated | SingleCalculated)
        pieces = of.what.pieces if isinstance(of.what, SingleCalculated) else None
        self.do(
            Prepare(
                lot=LOT,
                expiry=EXPIRY,
                drawn_ml=of.what.drawn_ml,
                pieces=pieces,
                vial_ml=Decimal(vial_ml) if vial_ml else None,
                vials=vials,
            )
        )
        return self

    def started(self, at: str = "10:00", baseline: str = "122/76 72 98 16 s5 d0") -> Visit:
        """Go all the way from the order, checked, to the running pump (or the first device)."""
        self.ordered()
        by_device = self.session.way is Way.DEVICES
        if not by_device:
            self.weighed().calculated()
        if self.session.protocol.second_person is not SecondPerson.NONE:
            self.checked()
        if baseline:
            self.at("09:55").line(baseline)
        self.at(at).do(DEVICE if by_device else Start())
        return self

    def ready(self, escort: str = "", *, but: str = "") -> Visit:
        """Tick the whole checklist for leaving, but for one line."""
        self.do(CheckReadiness(items=_ticked(self.session, but), escort=escort))
        return self

    def left(self, how: Leaving = Leaving.HOME, reason: str = "") -> Visit:
        """Discharge the patient; a checklist that alone is missing for home is ticked first."""
        if how is Leaving.HOME and _is_only_unticked(self.overview):
            self.ready()
        self.do(Discharge(how=how, escort="Jan Nowak", reason=reason))
        return self

    def signed(self) -> Visit:
        """Sign as the nurse."""
        return _vouched(self, SignSession(self.world), "nk", "recorded by")

    def co_signed(self) -> Visit:
        """Co-sign as the prescriber."""
        return _vouched(self, CoSignSession(self.world), "ds", "reviewed and approved")

    # --- looking ----------------------------------------------------------------------------

    @property
    def session(self) -> Session:
        """Return the session itself."""
        with self.world.transaction() as tx:
            return tx.session(self.session_id)

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
        with _refused(self, code) as left:
            yield
        assert left == []

    @contextlib.contextmanager
    def certificate_refused(self, user: str, code: Code) -> Iterator[None]:
        """Expect a certificate to be refused with that code, and to leave that alone behind."""
        with _refused(self, code) as left:
            yield
        assert [e.what for e in left] == [CertificateRefused(user, code)]

    @contextlib.contextmanager
    def signature_refused(self, code: Code) -> Iterator[None]:
        """Expect a signature to be refused with that code, and to leave that alone behind."""
        with _refused(self, code) as left:
            yield
        (written,) = left
        assert isinstance(written.what, SignatureRefused)
        assert (written.what.session, written.what.code) == (self.session_id, code.value)


@contextlib.contextmanager
def _refused(visit: Visit, code: Code) -> Iterator[list[Entry]]:
    """Expect a refusal; what is given holds afterwards what it left behind."""
    before, left = len(visit.store.entries), list[Entry]()
    with pytest.raises(MonitorError) as caught:
        yield left
    assert caught.value.code is code
    left += visit.store.entries[before:]


def _vouched(visit: Visit, sign: SignSession | CoSignSession, user: str, meaning: str) -> Visit:
    sign(visit.session_id, user, PASSWORDS[user], meaning, seen=visit.overview.digest)
    return visit


def _named(gap: GapView) -> str:
    return f"{gap.code} {gap.about}".strip()


def _is_only_unticked(seen: SessionOverview) -> bool:
    """Tell whether nothing but the checklist (and who goes along) keeps from going home."""
    return "checklist" in {each.code for each in seen.door if not each.met} <= _TICKED


_TICKED = {"checklist", "escort"}


def _ticked(session: Session, but: str) -> tuple[tuple[str, bool], ...]:
    return tuple((item, item != but) for item, _ in session.protocol.checklist)
