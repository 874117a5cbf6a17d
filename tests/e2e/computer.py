"""A computer on which the program has never run: a real record, a made-up clock."""

from __future__ import annotations

from dataclasses import dataclass, replace
from decimal import Decimal
from pathlib import Path

import main
from db.accounts import Argon2Passwords
from db.certification import PracticeCertification
from db.locks import slots
from db.store import Store
from monitor.acts import Calculate, CheckDose, Start, TakeOrder, TypeLine, Weigh
from monitor.clinic import (
    ApproveProtocol,
    FoundClinic,
    LogIn,
    NewAccount,
    NewPatient,
    RegisterPatient,
)
from monitor.desk import OpenSession, Perform, World
from monitor.entries import Given, VolumeMode, Weighing
from monitor.people import Role, Sex
from monitor.protocols import shipped
from monitor.protocols.protocol import Protocol
from reports.press import ReportPress
from tests.fakes.clock import WARSAW, FakeClock
from ui.console.stage import Listeners
from ui.counted_keys import Count, CountedKeys
from ui.presenters.first_start import Beginning
from ui.record import Records

PASSPHRASE = "a passphrase of the clinic"  # noqa: S105 - a made-up one
PASSWORDS = {
    "ada": "the administrator's own words",
    "nk": "the nurse's own long words",
    "ds": "the prescriber's own words",
}

PEOPLE = (
    ("ada", "Ada Byron", Role.ADMINISTRATOR),
    ("nk", "Nina Kowal", Role.NURSE),
    ("ds", "Dana Silva", Role.PRESCRIBER),
)
ORDER = TakeOrder(how=Given.WRITTEN, per_kg_mg=Decimal("0.5"), minutes=Decimal(40))
CALCULATION = Calculate(
    strength_mg_per_ml=Decimal(50), volume_ml=Decimal(50), volume_mode=VolumeMode.REPLACES
)
CHECK = CheckDose(
    weight_kg=Decimal(70),
    strength_mg_per_ml=Decimal(50),
    volume_ml=Decimal(50),
    volume_mode=VolumeMode.REPLACES,
    drawn_ml=Decimal("0.7"),
    rate_ml_h=Decimal(75),
)
"""The second person's figures for 0.5 mg/kg over 40 min at 70 kg."""


@dataclass
class Computer:
    """A computer on which the program has never run."""

    place: Path
    clock: FakeClock

    def records(self) -> Records:
        """Return how the program comes by a record here."""
        return Records(
            place=self.place,
            protocols=shipped(),
            exists=lambda: Store.exists(self.place),
            opens_by_itself=lambda: Store.is_practice(self.place),
            asks_keyring=lambda: slots.has_keyring_slot(self.place),
            open=self._open,
            check_folder=lambda _: None,
            check_password=Argon2Passwords().check,
            found=self._found,
            version="test",
        )

    def found(self) -> main.OpenRecord:
        """Return the record of a clinic that has begun here."""
        people = tuple(
            NewAccount(user=user, name=name, role=role, credential="", password=PASSWORDS[user])
            for user, name, role in PEOPLE
        )
        return self._found(
            Beginning(
                clinic="Riverside <b>Clinic</b>",
                address="",
                chairs=("1", "2"),
                folder=self.place,
                passphrase=PASSPHRASE,
                people=people,
                authority=PASSPHRASE,
            )
        )

    def _open(self, passphrase: str | None) -> main.OpenRecord:
        listeners = Listeners()
        return self._here(Store.open(self.place, passphrase, publish=listeners), listeners)

    def _found(self, beginning: Beginning, count: Count = lambda _: None) -> main.OpenRecord:
        listeners = Listeners()
        store = Store.create(beginning.folder, beginning.passphrase, publish=listeners)
        record = self._here(store, listeners)
        keys = CountedKeys(record.world.certification, count)
        FoundClinic(replace(record.world, certification=keys))(
            beginning.clinic,
            beginning.address,
            beginning.chairs,
            beginning.people,
            beginning.authority,
        )
        return record

    def _here(self, store: Store, listeners: Listeners) -> main.OpenRecord:
        world = World(
            transaction=store.transaction,
            clock=self.clock,
            station="test",
            zone=WARSAW,
            new_uid=main.new_uid,
            passwords=Argon2Passwords.for_rehearsal("first day"),
            certification=PracticeCertification(),
            press=ReportPress(),
        )
        return main.OpenRecord(store, world, listeners)


def infusing(computer: Computer) -> None:
    """Leave a record behind in which an infusion runs."""
    record = computer.found()
    world, clock = record.world, computer.clock
    nurse, prescriber = (LogIn(world)(user, PASSWORDS[user]) for user in ("nk", "ds"))
    ApproveProtocol(world)(prescriber, shipped_infusion())
    patient = RegisterPatient(world)(
        nurse,
        NewPatient(
            family="Nowak", given="Anna", born="1984-03-12", sex=Sex.FEMALE, number="100234"
        ),
    )
    session_id = OpenSession(world)(
        nurse, patient_id=patient.id, protocol_id="iv-ketamine-40", chair="1"
    )
    for at, by, act in (
        ("09:48", prescriber, ORDER),
        ("09:49", nurse, Weigh(kg=Decimal(70), how=Weighing.MEASURED)),
        ("09:50", nurse, CALCULATION),
        ("09:52", prescriber, CHECK),
        ("09:55", nurse, TypeLine(text="122/76 72 98 16 s5 d0")),
        ("10:04", nurse, Start()),
    ):
        clock.set(at)
        Perform(world)(session_id, by, act)
    record.close()


def shipped_infusion() -> Protocol:
    """Return the draft of the infusion that comes with the program."""
    return next(each for each in shipped() if each.id == "iv-ketamine-40")
