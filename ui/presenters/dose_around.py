"""What stands around the form of the dose set-up: banner, steps, paper, record, comparison."""

from __future__ import annotations

from dataclasses import dataclass, replace

from monitor.overview import SessionOverview
from monitor.protocols.protocol import DeviceDose, SingleDose
from ui.presenters.check_chip import check_chip
from ui.presenters.dose_check import emergency_allowed
from ui.presenters.dose_closed import CLOSED
from ui.presenters.dose_compare import check_face
from ui.presenters.dose_order import OrderStep, order_words
from ui.presenters.dose_parts import Desk, Step, StepFace
from ui.presenters.dose_recorded import recorded_rows
from ui.presenters.dose_route import Route
from ui.presenters.dose_single_working import single_working
from ui.presenters.dose_working import WorkingFace, device_working, infusion_working
from ui.presenters.words import allergies, chair_words, dose_words, drug_words, facts

_NAMES = {
    "order": "Order",
    "weight": "Weight",
    "dose": "Dose",
    "devices": "Devices",
    "check": "Second check",
    "prepare": "Preparation",
}
_AFTERWARDS = (("vitals", "Pre-dose vitals"), ("start", "Start"))
_COVER = (
    "The first values are covered. Read order, label, syringe and pump, and enter what they say."
)
_WORKED_OUT = frozenset({"check", "override", "prepare", CLOSED})
"""At these steps the paper shows the dose as it is in the record."""


@dataclass(slots=True)
class Place:
    """Where one is in the set-up.

    Attributes:
        here: The key of the step that is open.
        comparing: Whether both people's figures are seen, not the form.
        covered: Whether the override was asked for from the blind form: nobody has checked yet.
        begun: Whether something was entered in the blind form.
    """

    here: str = "order"
    comparing: bool = False
    covered: bool = False
    begun: bool = False

    @property
    def blind(self) -> bool:
        """Tell whether a second person is entering figures, so that the first are covered."""
        return self.covered or (self.here == "check" and not self.comparing)

    @property
    def keeps(self) -> bool:
        """Tell whether no other step is a press away: it would uncover the first values."""
        return self.covered or (self.blind and self.begun)

    def move(self, key: str, *, comparing: bool, begun: bool) -> None:
        """Take note of the step that is opened now; an override stays as blind as it came."""
        self.covered = self.blind and key == "override"
        self.here, self.comparing, self.begun = key, comparing, begun


class Around:
    """Keeps all of it true; while a second person enters, the first values are covered."""

    def __init__(self, desk: Desk, route: Route, order: OrderStep) -> None:
        self._desk, self._route, self._order = desk, route, order

    def show(self, place: Place, step: Step) -> None:
        """Show everything but the form."""
        overview, view, blind = self._desk.overview, self._desk.view, place.blind
        seen = replace(overview, weight=None) if blind else overview
        banner = view.banner
        banner.set_patient(
            overview.patient.name, facts(seen), allergies(overview), chair_words(overview.chair)
        )
        covered = blind and overview.order is not None
        words = order_words(overview.order) if covered and overview.order else dose_words(overview)
        banner.set_drug(overview.drug, drug_words(overview), words)
        banner.set_check(check_chip(overview))
        self._show_comparison(place)
        self.show_steps(place)
        rows = recorded_rows(overview, blind=blind)
        view.show_recorded(
            tuple(row for row in rows if not (place.comparing and row.key == "check"))
        )
        self.show_working(place, step)

    def show_steps(self, place: Place) -> None:
        """Show where one is; while a second person enters, no step leads to the first values."""
        self._desk.view.show_steps(self._step_faces(place), _protocol_words(self._desk.overview))

    def show_working(self, place: Place, step: Step) -> None:
        """Show the paper, with what is typed in a step."""
        self._desk.view.show_working(self._working(place, step))

    def _working(self, place: Place, step: Step) -> WorkingFace:
        if place.blind:
            return WorkingFace((), covered=_COVER)
        rule = self._desk.doors.protocol.dose
        if isinstance(rule, DeviceDose):
            order = self._order
            return device_working(
                order.dose_mg, rule, wants_reason=order.is_unusual, starts_low=order.starts_low
            )
        known = self._route.known() if place.here in _WORKED_OUT else step.known()
        if isinstance(rule, SingleDose):
            return single_working(known, rule)
        return infusion_working(known, rule)

    def _show_comparison(self, place: Place) -> None:
        overview = self._desk.overview
        check = overview.dose.check
        if not place.comparing or check is None:
            self._desk.view.show_check(None)
            return
        emergency = emergency_allowed(self._desk)
        self._desk.view.show_check(check_face(overview, check, emergency=emergency))

    def _step_faces(self, place: Place) -> tuple[StepFace, ...]:
        made, here = [], "check" if place.here == "override" else place.here
        for key in self._route.keys:
            done = self._route.is_done(key)
            state = "here" if key == here else "done" if done else "later"
            reachable = self._route.reachable(key) and not place.keeps
            made.append(StepFace(key, _NAMES[key], state, reachable))
        return (*made, *(StepFace(key, name, "later") for key, name in _AFTERWARDS))


def _protocol_words(overview: SessionOverview) -> str:
    words = f"{overview.protocol_title}, version {overview.protocol_version}"
    return f"{words}, approved by {overview.approved_by}" if overview.approved_by else words
