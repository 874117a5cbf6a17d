"""The dose set-up of one session: which step is open, and what is in the record by now."""

from __future__ import annotations

from monitor.errors import Code, RefusedError
from monitor.protocols.protocol import DeviceDose, SingleDose
from ui.presenters.dose_around import Around, Place
from ui.presenters.dose_check import SKIP, CheckStep
from ui.presenters.dose_closed import CLOSED, ClosedStep
from ui.presenters.dose_compare import AGAIN, ANEW, EMERGENCY, ON
from ui.presenters.dose_devices import DevicesStep
from ui.presenters.dose_figures import FiguresStep
from ui.presenters.dose_order import COURSE, OrderStep
from ui.presenters.dose_override import BACK, OverrideStep
from ui.presenters.dose_parts import Desk, DoseDoors, DoseView, Step
from ui.presenters.dose_preparation import PreparationStep
from ui.presenters.dose_route import Route
from ui.presenters.dose_single import SingleStep
from ui.presenters.dose_weight import WeightStep

_ANEW = "The dose was worked out anew, in another way; enter what order, label and syringe say now."

__all__ = ["DoseDoors", "DoseSetUpPresenter", "DoseView"]


class DoseSetUpPresenter:
    """Leads from the order to what is drawn up; each step is in the record before the next."""

    def __init__(self, view: DoseView, doors: DoseDoors) -> None:
        self._view, self._doors = view, doors
        self._desk = Desk(view, doors, doors.overview())
        self._order, self._weight = OrderStep(self._desk), WeightStep(self._desk)
        self._check = CheckStep(self._desk)
        self._steps: dict[str, Step] = {
            "order": self._order,
            "weight": self._weight,
            "dose": self._dose_step(),
            "devices": DevicesStep(self._desk),
            "check": self._check,
            "override": OverrideStep(self._desk),
            "prepare": PreparationStep(self._desk),
            CLOSED: ClosedStep(self._desk),
        }
        self._route, self._place = Route(self._desk), Place()
        self._around = Around(self._desk, self._route, self._order)

    def _dose_step(self) -> Step:
        rule = self._doors.protocol.dose
        if isinstance(rule, SingleDose):
            return SingleStep(self._desk, rule)
        if isinstance(rule, DeviceDose):
            return DevicesStep(self._desk)
        return FiguresStep(self._desk, rule)

    @property
    def here(self) -> str:
        """Return the key of the step that is open."""
        return self._place.here

    @property
    def _step(self) -> Step:
        return self._steps[self._place.here]

    def begin(self, step: str = "") -> None:
        """Show that step, or the first that is open; called each time the room is entered."""
        if self._desk.busy:
            return  # what is under way ends with the step that it was begun in
        self._desk.look()
        self._route.begin()
        self._show(step if self._route.reachable(step) else self._route.first())

    def go(self, key: str) -> None:
        """Open a step, a second time too: what is entered anew follows what is there."""
        if self._desk.busy:
            return
        self._desk.look()
        overview = self._desk.overview
        if self._route.reachable(key):
            self._show(key)
        elif overview.started_at is not None or overview.closed_at is not None:
            self._desk.refuse(RefusedError(Code.WRONG_PHASE, phase=overview.phase.value))

    def on_entries(self) -> None:
        """Something was written: look again; what is being typed stays."""
        self._desk.look()
        if self._place.comparing and self._desk.overview.dose.check is None:
            self._show(self._route.first())  # what was compared is no longer the dose
        elif self._is_outdated and not self._desk.busy:
            self._show("check", blind=True)
            self._view.show_problem("", _ANEW)
        else:
            self._around.show(self._place, self._step)

    def typed(self, key: str, words: str) -> None:
        """Take what stands in a field now."""
        self._step.typed(key, words)
        self._entered()

    def chosen(self, key: str, value: str) -> None:
        """Take what was pressed."""
        self._step.chosen(key, value)
        self._entered()

    def submit(self) -> None:
        """Write the step down, then go to what is open next, or back to the session."""
        if not self._desk.busy and not self._place.comparing:
            self._step.submit(self._written)

    def other(self, key: str) -> None:
        """One of the form's other buttons was pressed, or one under the comparison."""
        if self._desk.busy:
            return
        if key == COURSE:
            self._order.use_course(self._written)
        elif key in (EMERGENCY, BACK):
            blind = self._place.blind  # what was covered stays so, there and back
            self._show("override" if key == EMERGENCY else "check", blind=blind)
        elif key == AGAIN:
            check = self._desk.overview.dose.check
            self._check.again = check.by.user if check else ""
            self._show("check", blind=True)
        elif key == ANEW:
            self.go(self._route.worked_out_at)
        elif key in (ON, SKIP):
            self._route.skip_check()
            self._go_on()

    def second_check(self) -> None:
        """Ctrl+Enter: record what is typed, or go straight to the second check."""
        if self.here in ("dose", "check", "devices") and not self._place.comparing:
            self.submit()
        else:
            self.go("check")

    def confirm_unusual(self) -> None:
        """The weight that was asked about is right."""
        self._weight.confirm(self._written)

    def refuse_unusual(self) -> None:
        """The weight that was asked about was a slip of the hand."""
        self._weight.refuse()

    def leave(self) -> None:
        """Go back to the session; what is typed and not recorded is forgotten."""
        if not self._desk.busy:
            self._empty()
            self._view.leave()

    def close(self) -> None:
        """The room is gone: what is still under way is finished without it."""
        self._desk.closed = True

    # --- steps ------------------------------------------------------------------------

    def _written(self) -> None:
        self._desk.look()
        self._route.done(self.here)
        if self.here == "check":
            self._show("check")
        else:
            self._go_on()

    def _go_on(self) -> None:
        """Go to what is open after this step, else before it, else back to the session."""
        self._around.show(self._place, self._step)
        after = self._route.after(self.here)
        if after:
            self._show(after)
        else:
            self.leave()

    def _show(self, key: str, *, blind: bool = False) -> None:
        """Open a step; the second check shows both people's figures once they are there."""
        check = self._desk.overview.dose.check
        comparing = key == "check" and check is not None and not blind
        self._place.move(key, comparing=comparing, begun=bool(self._check.again))
        self._view.ask_unusual(None)
        self._empty()
        self._around.show(self._place, self._step)
        if not comparing:
            self._view.enter_form()

    def _empty(self) -> None:
        """Show the step's form with nothing in it, also where it is not seen."""
        self._view.show_form(self._step.face())
        self._step.begin()

    def _entered(self) -> None:
        """Show what follows from something that was typed or pressed."""
        self._place.begun = True
        self._around.show_steps(self._place)
        self._around.show_working(self._place, self._step)

    @property
    def _is_outdated(self) -> bool:
        """Tell whether the blind form asks for other figures than the dose has by now."""
        blind = self.here == "check" and not self._place.comparing
        return blind and self._check.is_outdated
