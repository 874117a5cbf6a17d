"""Above the protocol's cap a prescriber decides: the reason, and the password of who gives it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from decimal import Decimal

from monitor.acts import Calculate, Override
from monitor.dosing import drawn_up, to_mark
from monitor.errors import Code, InputError, MonitorError
from monitor.people import Role
from monitor.units import Mass, Strength, Volume, plain
from ui.presenters.dose_parts import Desk, Entered, Written, need_choice
from ui.presenters.dose_working import Knowns, over_the_cap
from ui.presenters.form import FormField, Shape

PASSWORD = "cap_password"  # noqa: S105 - a field's name, not a password
PRESCRIBER = "cap_prescriber"


class Cap:
    """Records a calculation, with a prescriber's reason where it is above the cap."""

    def __init__(self, desk: Desk, cap_mg: Decimal | None) -> None:
        self._desk, self._cap_mg = desk, cap_mg

    def fields(self) -> tuple[FormField, ...]:
        """Return its fields, which are hidden at first."""
        hint = "The prescriber's reason"
        return (
            FormField("reason", "Why so high a dose", hint=hint),
            FormField(PRESCRIBER, "Prescriber", Shape.LIST, hint="Choose who decides", narrow=True),
            FormField(PASSWORD, "Prescriber's password", Shape.DOTS),
        )

    def show(self, entered: Entered, known: Knowns) -> None:
        """Show the fields where the dose wants them."""
        view, wanted = self._desk.view, self._wanted(known)
        another = wanted and not self._is_prescriber
        view.show_field("reason", shown=wanted)
        view.show_field(PRESCRIBER, shown=another)
        view.show_field(PASSWORD, shown=another)
        if another:
            people = self._desk.people(Role.PRESCRIBER)
            if len(people) == 1 and not entered[PRESCRIBER]:
                entered.values[PRESCRIBER] = people[0].value
            view.show_options(PRESCRIBER, people, entered[PRESCRIBER])
        if wanted and self._cap_mg is not None:
            above = f"Above {plain(self._cap_mg)} mg a prescriber decides; it is printed"
            view.show_note("reason", above)

    def record(
        self,
        act: Calculate,
        entered: Entered,
        known: Knowns,
        written: Written,
        refused: Callable[[MonitorError], None],
    ) -> None:
        """Write the calculation down, as whoever is logged in.

        Args:
            act: The calculation.
            entered: What the form holds.
            known: The dose with what has been chosen in the form.
            written: Called once it is in the record.
            refused: Called where it is refused later, after a password was looked at.

        Raises:
            MonitorError: Where something is missing, or it is refused at once.
        """
        doors = self._desk.doors
        if not self._wanted(known):
            doors.perform(doors.author(), act)
            written()
            return
        if not entered["reason"]:
            raise InputError(Code.EMPTY, "reason")
        if self._is_prescriber:
            doors.perform(doors.author(), replace(act, reason=entered["reason"]))
            written()
            return
        user = need_choice(entered, PRESCRIBER, "Choose the prescriber who decides.")
        if not entered.values.get(PASSWORD):
            raise InputError(Code.EMPTY, "password", choose="Type the prescriber's password.")
        password = self._desk.hand_over(entered, PASSWORD)

        def not_decided(error: MonitorError) -> None:
            self._desk.look()
            if error.code is Code.WRONG_PASSWORD:
                self._desk.refuse(error, {"": PASSWORD})
            else:
                refused(error)

        work = self._decided(user, password, act, entered["reason"])
        self._desk.slow(work, written, not_decided)

    def _decided(
        self, user: str, password: str, act: Calculate, reason: str
    ) -> Callable[[], object]:
        """Return the work: the prescriber decides, and the dose is theirs who works it out."""
        doors, author = self._desk.doors, self._desk.doors.author()
        if Code.TOO_MUCH in doors.protocol.overridable:
            override = Override(what=Code.TOO_MUCH.value, reason=reason)
            return lambda: doors.let_through(user, password, override, author=author, act=act)
        return lambda: doors.perform(doors.prove(user, password), replace(act, reason=reason))

    @property
    def _is_prescriber(self) -> bool:
        return self._desk.doors.author().role is Role.PRESCRIBER

    def _wanted(self, known: Knowns) -> bool:
        overview = self._desk.overview
        order = overview.order
        ordered_mg = order.dose_mg if order is not None and order.reason else None
        if self._cap_mg is None or (ordered_mg is not None and ordered_mg > self._cap_mg):
            return False  # an order in mg above it bore the prescriber's reason itself
        let_through = any(o.what == Code.TOO_MUCH and not o.used for o in overview.overrides)
        prepared = _prepared(known)
        drawn_over = prepared is not None and prepared > self._cap_mg
        return (drawn_over or over_the_cap(known, self._cap_mg)) and not let_through


def _prepared(known: Knowns) -> Decimal | None:
    """Return what would be made ready of the dose, in mg; None while that does not follow."""
    dose, product = known.calculated, known.product
    strength = known.strength or (product.strength if product else None)
    if dose is None:
        return None
    try:
        if strength is not None:
            syringe = Volume(known.syringe) if known.syringe is not None else None
            return strength * drawn_up(Mass(dose), Strength(strength), syringe)[2].ml
        if product is not None and product.piece_mg is not None:
            return to_mark(dose / product.piece_mg, product.part) * product.piece_mg
    except InputError:
        pass  # the paper says what cannot be drawn up
    return None
