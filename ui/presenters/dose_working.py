"""The working as far as it goes: the lines that can be worked out, and what the others wait for."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal

from monitor.dosing import HEAVIEST, LIGHTEST, DoseInputs, WorkedDose, is_flagged, work_out
from monitor.entries import VolumeMode
from monitor.errors import Code, InputError, RefusedError
from monitor.protocols.protocol import DeviceDose, InfusionDose, Product, Way
from monitor.units import (
    BodyWeight,
    FlowRate,
    Mass,
    Strength,
    Volume,
    WeightedDose,
    parse_number,
    plain,
)
from monitor.working import WorkingLine, working, working_of_devices
from ui.wording import sentence

CROSS_CHECK = "Cross-check"
EXACT = "nothing is rounded before the syringe"
_HEROES = frozenset({"Dose", "Draw up", "Pump", "Push", "Count out", "Devices"})


@dataclass(frozen=True, slots=True)
class LineFace:
    """One line of the working.

    Attributes:
        result: Empty while the line waits; then `sum` says for what.
        hero: Whether the result is one that is acted on.
        equals: Whether the result follows from the sum; else it only stands beside it.
    """

    name: str
    sum: str
    result: str = ""
    hero: bool = False
    equals: bool = True


@dataclass(frozen=True, slots=True)
class WorkingFace:
    """The paper with the working.

    Attributes:
        rates: The same rate three ways, as (figure, unit).
        verdict: Whether it is within the protocol, or what the protocol allows.
        tone: Of the verdict: "good", "text_2" while there is nothing to judge, or "alert".
        flag: What else a person should look at; empty for nothing.
        note: Quiet words beside the heading.
        covered: Why nothing of it is seen; empty where it is.
    """

    lines: tuple[LineFace, ...]
    rates: tuple[tuple[str, str], ...] = ()
    verdict: str = ""
    tone: str = "text_2"
    flag: str = ""
    note: str = ""
    covered: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Knowns:
    """What is known of a dose so far, recorded or only typed; None is not yet.

    Attributes:
        weight: On the basis that is chosen.
        syringe: The one chosen; None for the smallest that holds the draw.
        product: The one chosen, of a dose that is given in one go.
        weighed: Whether the weight is there and only its basis is to be chosen.
    """

    per_kg: Decimal | None = None
    dose_mg: Decimal | None = None
    minutes: Decimal | None = None
    weight: BodyWeight | None = None
    strength: Decimal | None = None
    volume: Decimal | None = None
    mode: VolumeMode | None = None
    syringe: Decimal | None = None
    product: Product | None = None
    weighed: bool = False

    @property
    def calculated(self) -> Decimal | None:
        """Return the dose in mg, as soon as it follows."""
        if self.dose_mg is not None:
            return self.dose_mg
        if self.per_kg is None or self.weight is None:
            return None
        return (WeightedDose(self.per_kg) * self.weight).mg

    def inputs(self, rule: InfusionDose) -> DoseInputs | None:
        """Return all that a dose is worked out from, None while something is missing."""
        if self.calculated is None or self.weight is None or self.minutes is None:
            return None
        if self.strength is None or self.volume is None or self.mode is None:
            return None
        return DoseInputs(
            weight=self.weight,
            per_kg=WeightedDose(self.per_kg) if self.per_kg is not None else None,
            dose=Mass(self.dose_mg) if self.dose_mg is not None else None,
            minutes=self.minutes,
            strength=Strength(self.strength),
            volume=Volume(self.volume),
            mode=self.mode,
            rate_step=FlowRate(rule.rate_step_ml_h),
            syringe=Volume(self.syringe) if self.syringe is not None else None,
            strengths=tuple(Strength(value) for value in rule.strengths),
        )


def infusion_working(known: Knowns, rule: InfusionDose) -> WorkingFace:
    """Return the paper of an infusion or a push by hand, as far as what is known goes."""
    inputs, way = known.inputs(rule), Way.PUSH if rule.by_hand else Way.PUMP
    verdict, tone = _verdict(known, rule)
    if inputs is None:
        return WorkingFace(_unfinished(known, way), (), verdict, tone, note=EXACT)
    try:
        worked = work_out(inputs)
    except InputError as error:
        said = sentence(error)
        return WorkingFace(_unfinished(known, way), (), said, "alert", note=EXACT)
    undiluted = _undiluted(worked, known.product)
    if undiluted:
        verdict, tone = undiluted, "alert"
    flag = flag_words(worked.deviation_percent, rule.deviation_percent)
    return WorkingFace(*_worked(worked, way), verdict, tone, flag, EXACT)


def _undiluted(worked: WorkedDose, product: Product | None) -> str:
    """Return what to say of a product that would go into the vein too strong."""
    if product is None or product.dilute_parts is None:
        return ""
    least = product.dilute_parts * worked.drawn.ml
    if worked.final_volume.ml >= least:
        return ""
    strength = worked.inputs.strength.mg_per_ml
    return sentence(RefusedError(Code.UNDILUTED, strength=strength, least=least))


def _worked(
    worked: WorkedDose, way: Way
) -> tuple[tuple[LineFace, ...], tuple[tuple[str, str], ...]]:
    """Return the lines of a dose, and apart from them the same rate three ways."""
    lines = working(worked, way)
    rates = next(line for line in lines if line.name == CROSS_CHECK)
    figures = (each.rpartition(" ") for each in (*rates.sum.split(" = "), rates.result))
    made = tuple(line_face(line) for line in lines if line.name != CROSS_CHECK)
    return made, tuple((figure, unit) for figure, _, unit in figures)


def device_working(
    dose_mg: Decimal | None,
    rule: DeviceDose,
    *,
    wants_reason: bool = False,
    starts_low: bool = False,
) -> WorkingFace:
    """Return the paper of a dose that is given device by device.

    Args:
        dose_mg: The one that is chosen; None for none yet.
        rule: The protocol's.
        wants_reason: Whether for this patient the dose is taken for a reason alone.
        starts_low: Whether this patient's first dose is the low one.
    """
    *most, last = map(plain, rule.doses_mg)
    allowed = " or ".join(filter(None, (", ".join(most), last)))
    says = f"{allowed} mg, {rule.wait_minutes} min of rest between devices"
    if dose_mg is None:
        waits = LineFace("Devices", "waits for the dose")
        return WorkingFace((waits,), (), f"The protocol allows {says}.")
    lines = working_of_devices(dose_mg, rule.device_mg, rule.wait_minutes)
    faces = (*(line_face(line) for line in lines), *_devices(dose_mg, rule))
    if dose_mg in rule.reason_doses_mg or wants_reason:
        usual = f"{plain(dose_mg)} mg wants the prescriber's reason; usual are {says}."
        return WorkingFace(faces, (), usual, "alert")
    if starts_low and rule.low_start_mg not in (None, dose_mg):
        low = f"A first dose is {plain(rule.low_start_mg or dose_mg)} mg at this age or ancestry"
        return WorkingFace(faces, (), f"{low}; the protocol allows {says}.")
    return WorkingFace(faces, (), f"Within protocol: {says}.", "good")


def _devices(dose_mg: Decimal, rule: DeviceDose) -> tuple[LineFace, ...]:
    """Return a line for each device: when it may be given, and what it holds."""
    made = []
    for number in range(1, int(dose_mg / rule.device_mg) + 1):
        when = f"not before {rule.wait_minutes} min after device {number - 1}"
        made.append(
            LineFace(
                f"Device {number}",
                "at the start" if number == 1 else when,
                f"{plain(rule.device_mg)} mg",
                equals=False,
            )
        )
    return tuple(made)


def line_face(line: WorkingLine) -> LineFace:
    """Return one line; what is pushed, and over how long, stands before its sum."""
    name, _, more = (
        line.name.partition(" ") if line.name.startswith("Push") else (line.name, "", "")
    )
    sum_ = f"{more}: {line.sum}" if more else line.sum
    return LineFace(name, sum_, line.result, name in _HEROES)


def draw_line(calculated: Decimal | None, strength: Decimal | None) -> LineFace:
    """Return what is drawn up, or what that waits for."""
    if calculated is None:
        return LineFace("Draw up", "waits for the dose")
    if strength is None or strength <= 0:
        return LineFace("Draw up", "waits for the strength")
    sum_ = f"{plain(calculated, 4)} mg ÷ {plain(strength)} mg/mL"
    return LineFace("Draw up", sum_, f"{plain(calculated / strength, 4)} mL", hero=True)


def _unfinished(known: Knowns, way: Way) -> tuple[LineFace, ...]:
    """Return the lines before everything is known: each that is open says what it waits for."""
    calculated, strength = known.calculated, known.strength
    mixture = "the volume" if known.volume is None else "how the volume is made up"
    if calculated is None or strength is None:
        mixture = "what is drawn up"
    elif known.volume is not None and known.mode is not None:
        mixture = "the minutes"
    return (
        dose_line(known),
        draw_line(calculated, strength),
        LineFace("Mixture", f"waits for {mixture}"),
        LineFace("Push" if way is Way.PUSH else "Pump", f"waits for {mixture}"),
    )


def dose_line(known: Knowns) -> LineFace:
    """Return the dose in mg, or what that waits for."""
    calculated = known.calculated
    if known.dose_mg is not None:
        return LineFace("Dose", "as ordered", f"{plain(known.dose_mg, 4)} mg", hero=True)
    if known.per_kg is None:
        return LineFace("Dose", "waits for the order")
    per_kg = f"{plain(known.per_kg)} mg/kg"
    if calculated is None or known.weight is None:
        missing = "basis" if known.weighed else "weight"
        return LineFace("Dose", f"{per_kg}, waits for the {missing}")
    sum_ = f"{plain(known.weight.kg)} kg × {per_kg}"
    return LineFace("Dose", sum_, f"{plain(calculated, 4)} mg", hero=True)


def _verdict(known: Knowns, rule: InfusionDose) -> tuple[str, str]:
    """Return whether what is known is within the protocol, and the tone to say it in."""
    said = (
        f"{plain(rule.per_kg_least)} to {plain(rule.per_kg_most)} mg/kg, "
        f"{plain(rule.minutes_least)} to {plain(rule.minutes_most)} min, "
        f"{cap_words(rule.cap_mg)}"
    )
    outside = _outside(known, rule)
    if outside:
        return f"{outside} is outside the protocol: {said}.", "alert"
    if known.calculated is None or known.minutes is None or not weight_is_possible(known):
        return f"The protocol allows {said}.", "text_2"
    return f"Within protocol: {said}.", "good"


def _outside(known: Knowns, rule: InfusionDose) -> str:
    per_kg, minutes, mg = known.per_kg, known.minutes, known.calculated
    if per_kg is not None and not rule.per_kg_least <= per_kg <= rule.per_kg_most:
        return f"{plain(per_kg)} mg/kg"
    if minutes is not None and not rule.minutes_least <= minutes <= rule.minutes_most:
        return f"{plain(minutes)} min"
    if mg is not None and mg > rule.cap_mg:
        return f"{plain(mg, 4)} mg"
    if known.dose_mg is not None and known.weight is not None and weight_is_possible(known):
        each = known.dose_mg / known.weight.kg
        if not rule.per_kg_least <= each <= rule.per_kg_most:
            return f"{plain(known.dose_mg)} mg, which is {plain(each, 4)} mg/kg,"
    return ""


def cap_words(cap_mg: Decimal) -> str:
    """Return what a cap means: a dose above it is given for a prescriber's reason alone."""
    return f"above {plain(cap_mg)} mg a reason is asked"


def flag_words(deviation: Decimal, most: Decimal) -> str:
    """Return what to say of what is prepared where it differs much, both in percent."""
    if not is_flagged(deviation, most):
        return ""
    more = "more" if deviation > 0 else "less"
    return f"What is prepared is {plain(abs(deviation), 2)} % {more} than was calculated."


def weight_is_possible(known: Knowns) -> bool:
    """Tell whether no body weight is known that would be refused."""
    return known.weight is None or LIGHTEST <= known.weight <= HEAVIEST


def over_the_cap(known: Knowns, cap_mg: Decimal | None) -> bool:
    """Tell whether the dose is so high that a prescriber's reason is asked for."""
    return cap_mg is not None and known.calculated is not None and known.calculated > cap_mg


def typed_figure(words: str, field: str) -> Decimal:
    """Return a figure that was typed.

    Raises:
        InputError: `empty`, `not-understood`, or `out-of-range` where it is not above 0.
    """
    value = parse_number(words, field)
    if value <= 0:
        raise InputError(Code.OUT_OF_RANGE, field, typed=words.strip())
    return value


def figure_so_far(words: str) -> Decimal | None:
    """Return a figure while it is typed; what is not one yet is None and no refusal."""
    try:
        return typed_figure(words, "")
    except InputError:
        return None
