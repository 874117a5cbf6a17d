"""The way through the dose set-up: which steps a protocol has, which are done, what is next."""

from __future__ import annotations

from dataclasses import replace

from monitor.overview import SessionOverview
from monitor.protocols.protocol import DeviceDose, InfusionDose, SecondPerson, SingleDose
from monitor.units import BodyWeight
from ui.presenters.check_chip import overridden, there_is_a_dose
from ui.presenters.dose_closed import CLOSED
from ui.presenters.dose_missing import is_prepared
from ui.presenters.dose_parts import Desk, recorded_so_far
from ui.presenters.dose_products import by_strength
from ui.presenters.dose_working import Knowns

_AFTERWARDS = frozenset({"check", "prepare"})
"""What can be entered while the drug is already given; lots after that too."""


class Route:
    """Knows the steps of one session's set-up, in their order."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk
        self._looked_over = False
        self._check_left_out = False

    def begin(self) -> None:
        """Start anew: what was skipped or looked over before is offered again."""
        self._looked_over = self._check_left_out = False

    @property
    def keys(self) -> tuple[str, ...]:
        """Return the steps from left to right."""
        overview = self._desk.overview
        check = () if overview.second_person is SecondPerson.NONE else ("check",)
        if isinstance(self._desk.doors.protocol.dose, DeviceDose):
            return ("order", "devices", *check)
        weight = ("weight",) if self._wants_weight else ()
        return ("order", *weight, "dose", *check, "prepare")

    @property
    def worked_out_at(self) -> str:
        """Return the step at which what a second person checks comes about."""
        return "order" if isinstance(self._desk.doors.protocol.dose, DeviceDose) else "dose"

    def is_done(self, key: str) -> bool:
        """Tell whether a step is in the record."""
        overview = self._desk.overview
        if key == "devices":
            return self._looked_over and overview.order is not None
        return {
            "order": overview.order is not None,
            "weight": overview.weight is not None,
            "dose": overview.dose.calculated_mg is not None,
            "check": _is_checked(overview),
            "prepare": is_prepared(overview),
        }[key]

    def reachable(self, key: str) -> bool:
        """Tell whether a step can be opened: each needs what it rests on.

        Once the drug is running, only check and lots can be; once it is given, lots alone, until
        the patient leaves.
        """
        overview = self._desk.overview
        if overview.closed_at is not None or not self._is_in_time(key):
            return False
        by_device = isinstance(self._desk.doors.protocol.dose, DeviceDose)
        weighed = overview.weight is not None or not self._wants_weight
        worked_out = overview.dose.calculated_mg is not None
        return {
            "order": True,
            "weight": not by_device,
            "devices": by_device and overview.order is not None,
            "dose": not by_device and overview.order is not None and weighed,
            "check": "check" in self.keys and there_is_a_dose(overview),
            "prepare": not by_device and worked_out,
        }.get(key, False)

    def first(self) -> str:
        """Return the first step that is open, else the last one; once closed, none of them."""
        if self._desk.overview.closed_at is not None:
            return CLOSED
        keys = [key for key in self.keys if self._is_in_time(key)] or self.keys
        return next((key for key in keys if not self._settled(key)), keys[-1])

    def after(self, here: str) -> str:
        """Return the next open step after one, else the first that is open; empty for none."""
        keys = self.keys
        place = "check" if here == "override" else here
        at = keys.index(place) if place in keys else 0
        ahead = (*keys[at + 1 :], *keys[: at + 1])
        return next((k for k in ahead if not self._settled(k) and self.reachable(k)), "")

    def done(self, key: str) -> None:
        """Take note of a step that leaves nothing in the record, or that undoes such a one."""
        self._looked_over = key == "devices" or (self._looked_over and key != "order")
        if key in ("order", "weight", "dose"):
            self._check_left_out = False

    def skip_check(self) -> None:
        """Go on without the second check, or with one that is looked at."""
        self._check_left_out = True

    def known(self) -> Knowns:
        """Return the dose as it was worked out, with all that it was worked out from."""
        overview, protocol = self._desk.overview, self._desk.doors.protocol
        dose, known = overview.dose, recorded_so_far(overview)
        if dose.calculated_mg is None:
            return known
        weight = BodyWeight(dose.dosing_weight_kg) if dose.dosing_weight_kg else known.weight
        product = protocol.product(dose.product) or by_strength(protocol, dose.strength_mg_per_ml)
        known = replace(known, weight=weight, product=product, syringe=dose.syringe_ml)
        if not isinstance(protocol.dose, InfusionDose) or dose.final_volume_ml is None:
            return known
        added = dose.drawn_ml if dose.drawn_ml and dose.volume_mode == "added" else None
        return replace(
            known,
            minutes=known.minutes or dose.minutes,
            strength=dose.strength_mg_per_ml,
            volume=dose.final_volume_ml - added if added else dose.final_volume_ml,
            mode=dose.volume_mode,
        )

    def _is_in_time(self, key: str) -> bool:
        """Tell whether a step still can be entered, as far as the drug has been given."""
        overview = self._desk.overview
        if overview.ended_at is not None:
            return key == "prepare"
        return overview.started_at is None or key in _AFTERWARDS

    def _settled(self, key: str) -> bool:
        left_out = self._check_left_out or overridden(self._desk.overview)
        return self.is_done(key) or (key == "check" and left_out)

    @property
    def _wants_weight(self) -> bool:
        """Tell whether the dose is by weight; before the order, whether it can be."""
        rule, order = self._desk.doors.protocol.dose, self._desk.overview.order
        if not isinstance(rule, SingleDose):
            return True
        if order is None:
            return rule.mg_most is None
        return order.per_kg_mg is not None


def _is_checked(overview: SessionOverview) -> bool:
    check = overview.dose.check
    return check is not None and check.same
