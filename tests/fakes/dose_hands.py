"""The dose set-up of a visit in memory, with the hands of a nurse."""

from __future__ import annotations

import dataclasses

from monitor.people import Author
from tests.fakes.rooms import dose_doors
from tests.fakes.views_rooms import FakeDoseRoom
from tests.fakes.visit import PASSWORDS, Visit
from ui.presenters.dose_parts import DoseDoors
from ui.presenters.dose_setup import DoseSetUpPresenter


class SetUp:
    """The set-up, its room and its visit; what is done returns the set-up again."""

    def __init__(
        self,
        protocol: str = "iv-ketamine-40",
        author: Author | None = None,
        visit: Visit | None = None,
    ) -> None:
        self.visit = visit or Visit(protocol)
        self.room = FakeDoseRoom()
        self.doors: DoseDoors = dose_doors(self.visit, author)
        self.presenter = DoseSetUpPresenter(self.room, self.doors)
        self.presenter.begin()

    def type(self, **values: str) -> SetUp:
        for key, words in values.items():
            self.presenter.typed(key, words)
        return self

    def choose(self, **values: str) -> SetUp:
        for key, value in values.items():
            self.presenter.chosen(key, value)
        return self

    def submit(self) -> SetUp:
        self.presenter.submit()
        return self

    def press(self, other: str) -> SetUp:
        """Press one of the form's other buttons, or one under the comparison."""
        self.presenter.other(other)
        return self

    def go(self, key: str) -> SetUp:
        self.presenter.go(key)
        return self

    def order(self, per_kg: str = "0.5", minutes: str = "40") -> SetUp:
        self.choose(how="written").type(per_kg_mg=per_kg)
        if minutes:
            self.type(minutes=minutes)
        return self.type(password=PASSWORDS["ds"]).submit()

    def order_mg(self, mg: str) -> SetUp:
        self.choose(by="mg", how="written").type(dose_mg=mg, password=PASSWORDS["ds"])
        return self.submit()

    def weigh(self, kg: str = "70", height: str = "165") -> SetUp:
        return self.type(weight=kg, height_cm=height).choose(how="measured").submit()

    def tray(self, strength: str = "50", volume: str = "50", mode: str = "replaces") -> SetUp:
        return self.choose(strength=strength, volume_mode=mode).type(volume_ml=volume)

    def worked_out(self) -> SetUp:
        """Go all the way to a dose that is worked out: 35 mg in 50 mL at 75 mL/h."""
        return self.order().weigh().tray().submit()

    def check(self, user: str = "ds", **others: str) -> SetUp:
        """Enter the right figures as a second person, but for the *others*."""
        figures = {
            "weight_kg": "70",
            "strength_mg_per_ml": "50",
            "volume_ml": "50",
            "drawn_ml": "0.7",
            "rate_ml_h": "75",
        } | others
        self.choose(checker=user, volume_mode=figures.pop("volume_mode", "replaces"))
        return self.type(password=PASSWORDS[user], **figures).submit()

    def asks(self) -> bool:
        """Tell whether something unusual is being asked about."""
        return self.room.unusual is not None

    def rates(self) -> list[str]:
        """Return the same rate three ways."""
        return [" ".join(rate) for rate in self.room.working.rates]

    def others(self) -> list[str]:
        """Return what else the form offers."""
        return [each.value for each in self.room.form.others] if self.room.form else []

    def recorded(self) -> dict[str, str]:
        """Return what stands beside the paper, name to value."""
        return {row.name: row.value for row in self.room.recorded}

    def entries(self) -> int:
        """Return how many entries the record has."""
        return len(self.visit.store.entries)

    def as_if(self, **changes: object) -> SetUp:
        """Return a set-up of the same visit that sees the overview with these changes."""
        made = SetUp(visit=self.visit)
        seen = self.doors.overview
        made.doors = dataclasses.replace(
            made.doors,
            overview=lambda: dataclasses.replace(seen(), **changes),  # type: ignore[arg-type]
        )
        made.presenter = DoseSetUpPresenter(made.room, made.doors)
        made.presenter.begin()
        return made
