"""The dose set-up of one session: which step is open, and what is in the record by now."""

from __future__ import annotations

from monitor.errors import Code, RefusedError
from monitor.overview import OrderView, SessionOverview, WeightView
from monitor.protocols.protocol import DeviceDose
from monitor.units import BodyWeight, plain
from ui.presenters.dose_devices import DevicesStep
from ui.presenters.dose_figures import FiguresStep
from ui.presenters.dose_order import OrderStep
from ui.presenters.dose_parts import (
    Desk,
    DoseDoors,
    DoseView,
    RecordedRow,
    Step,
    StepFace,
    both_units,
)
from ui.presenters.dose_weight import WeightStep
from ui.presenters.dose_working import WorkingFace, device_working, infusion_working
from ui.presenters.words import (
    allergies,
    chair_words,
    clock,
    dose_words,
    drug_words,
    facts,
)

__all__ = ["DoseDoors", "DoseSetUpPresenter", "DoseView"]

_NAMES = {"order": "Order", "weight": "Weight", "dose": "Dose", "devices": "Devices"}
_AFTERWARDS = (("vitals", "Pre-dose vitals"), ("start", "Start"))


class DoseSetUpPresenter:
    """Leads through order, weight and dose; each is in the record before the next is asked."""

    def __init__(self, view: DoseView, doors: DoseDoors) -> None:
        self._view, self._doors = view, doors
        self._desk = Desk(view, doors, doors.overview())
        self._order, self._weight = OrderStep(self._desk), WeightStep(self._desk)
        rule = doors.protocol.dose
        self._steps: dict[str, Step] = {"order": self._order}
        if isinstance(rule, DeviceDose):
            self._steps["devices"] = DevicesStep(self._desk)
        else:
            self._steps |= {"weight": self._weight, "dose": FiguresStep(self._desk, rule)}
        self._here = "order"

    @property
    def here(self) -> str:
        """Return the key of the step that is open."""
        return self._here

    def begin(self) -> None:
        """Show the first step that is open; called each time the room is entered."""
        self._desk.look()
        self._show(self._next())

    def go(self, key: str) -> None:
        """Open a step, a second time too: what is entered anew follows what is there."""
        self._desk.look()
        overview = self._desk.overview
        if overview.started_at is not None or overview.closed_at is not None:
            self._desk.refuse(RefusedError(Code.WRONG_PHASE, phase=overview.phase.value))
        elif self._reachable(key):
            self._show(key)

    def on_entries(self) -> None:
        """Something was written: look again; what is being typed stays."""
        self._desk.look()
        self._show_around()

    def typed(self, key: str, words: str) -> None:
        """Take what stands in a field now."""
        self._steps[self._here].typed(key, words)
        self._show_working()

    def chosen(self, key: str, value: str) -> None:
        """Take what was pressed."""
        self._steps[self._here].chosen(key, value)
        self._show_working()

    def submit(self) -> None:
        """Write the step down, then go to what is open next, or back to the session."""
        if self._steps[self._here].submit():
            self._written()

    def confirm_unusual(self) -> None:
        """The weight that was asked about is right."""
        if self._weight.confirm():
            self._written()

    def refuse_unusual(self) -> None:
        """The weight that was asked about was a slip of the hand."""
        self._weight.refuse()

    def leave(self) -> None:
        """Go back to the session; what is typed and not recorded is forgotten."""
        self._view.leave()

    # --- steps ------------------------------------------------------------------------

    def _written(self) -> None:
        last = self._here in ("dose", "devices")
        self._desk.look()
        self._show_around()
        if last:
            self._view.leave()
        else:
            self._show(self._next())

    def _next(self) -> str:
        open_steps = (key for key in self._steps if not self._done(key))
        return next(open_steps, list(self._steps)[-1])

    def _done(self, key: str) -> bool:
        overview = self._desk.overview
        return {
            "order": overview.order is not None,
            "weight": overview.weight is not None,
            "dose": overview.dose.calculated_mg is not None,
            "devices": False,
        }[key]

    def _reachable(self, key: str) -> bool:
        """Tell whether a step can be opened: the last one needs all before it."""
        keys = list(self._steps)
        if key not in keys:
            return False
        return key != keys[-1] or all(self._done(each) for each in keys[:-1])

    def _show(self, key: str) -> None:
        self._here = key
        step = self._steps[key]
        self._view.ask_unusual(None)
        self._view.show_form(step.face())
        step.begin()
        self._show_around()
        self._view.enter_form()

    # --- what stands around the form ----------------------------------------------------

    def _show_around(self) -> None:
        overview, banner = self._desk.overview, self._view.banner
        banner.set_patient(
            overview.patient.name, facts(overview), allergies(overview), chair_words(overview.chair)
        )
        banner.set_drug(overview.drug, drug_words(overview), dose_words(overview))
        self._view.show_steps(self._step_faces(), _protocol_words(overview))
        self._view.show_recorded(_recorded(overview))
        self._show_working()

    def _step_faces(self) -> tuple[StepFace, ...]:
        made = []
        for key in self._steps:
            state = "here" if key == self._here else "done" if self._done(key) else "later"
            made.append(StepFace(key, _NAMES[key], state, self._reachable(key)))
        return (*made, *(StepFace(key, name, "later") for key, name in _AFTERWARDS))

    def _show_working(self) -> None:
        self._view.show_working(self._working())

    def _working(self) -> WorkingFace:
        rule = self._doors.protocol.dose
        if isinstance(rule, DeviceDose):
            return device_working(self._order.dose_mg, rule)
        return infusion_working(self._steps[self._here].known(), rule)


def _protocol_words(overview: SessionOverview) -> str:
    words = f"{overview.protocol_title}, version {overview.protocol_version}"
    return f"{words}, approved by {overview.approved_by}" if overview.approved_by else words


def _recorded(overview: SessionOverview) -> tuple[RecordedRow, ...]:
    rows = []
    if overview.order:
        rows.append(_order_row(overview, overview.order))
    if overview.weight:
        rows.append(_weight_row(overview, overview.weight))
    dose = overview.dose
    if dose.calculated_mg is not None and dose.rate_ml_h is not None:
        mixed = f"{plain(dose.prepared_mg or dose.calculated_mg, 4)} mg"
        volume = plain(dose.final_volume_ml) if dose.final_volume_ml else ""
        value = f"{mixed} in {volume} mL at {plain(dose.rate_ml_h)} mL/h"
        rows.append(RecordedRow("Dose", value, (), "dose", "Work it out again"))
    return tuple(rows)


def _order_row(overview: SessionOverview, order: OrderView) -> RecordedRow:
    amount = ""
    if order.per_kg_mg is not None:
        amount = f"{plain(order.per_kg_mg)} mg/kg"
    elif order.dose_mg is not None:
        amount = f"{plain(order.dose_mg)} mg"
    if order.minutes is not None:
        amount += f" over {plain(order.minutes)} min"
    by = f"{order.how.value} order, {order.by.name}, {clock(overview.local, order.at)}"
    return RecordedRow("Order", amount, (by,), "order", "Order anew")


def _weight_row(overview: SessionOverview, weight: WeightView) -> RecordedRow:
    said = f"{weight.how.value}, {weight.by.name}, {clock(overview.local, weight.at)}"
    body = []
    if weight.height_cm is not None:
        body.append(f"{plain(weight.height_cm)} cm")
    if weight.bmi is not None:
        body.append(f"BMI {plain(weight.bmi, 1)}")
    lines = (said, " · ".join(body)) if body else (said,)
    value = both_units(BodyWeight(weight.kg))
    return RecordedRow("Weight", value, lines, "weight", "Weigh again")
