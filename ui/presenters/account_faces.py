"""The drug account as it is shown: six figures apart, each vial's balance, what was wasted."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal

from monitor.dose_view import DoseView, VialView, WasteView
from monitor.entries import WasteOf
from monitor.overview import GapView, SessionOverview
from monitor.protocols.protocol import Way
from monitor.units import plain
from ui.presenters.account_places import places_of
from ui.presenters.door import gap_words
from ui.presenters.now_faces import Command, Figure
from ui.presenters.words import amount, clock

_PLACES = 3  # of a milligram: a hundredth of a millilitre of the weakest mixture


@dataclass(frozen=True, slots=True)
class Verdict:
    """Whether something balances, in one sentence.

    Attributes:
        state: "good", "open" (not known yet) or "alert".
        key: The command that explains what does not balance; empty for nothing to explain.
    """

    state: str
    words: str
    key: str = ""


@dataclass(frozen=True, slots=True)
class VialFace:
    """The balance of one lot's opened vials."""

    title: str
    lines: tuple[Figure, ...]
    verdict: Verdict


@dataclass(frozen=True, slots=True)
class AccountFace:
    """Everything that the panel shows.

    Attributes:
        figures: Ordered, calculated, prepared, given, wasted, unaccounted: never added up here.
        notes: What the figures rest on, one line each.
        wastes: (what, when and before whom), in order of time.
    """

    figures: tuple[Figure, ...]
    verdict: Verdict
    notes: tuple[str, ...]
    vials: tuple[VialFace, ...]
    wastes: tuple[tuple[str, str], ...]
    commands: tuple[Command, ...]


def account_face(overview: SessionOverview) -> AccountFace:
    """Return how the account stands."""
    dose = overview.dose
    planned = _is_planned(dose)
    pairs = (
        ("Ordered", dose.ordered_mg),
        ("Calculated", dose.calculated_mg),
        ("Prepared", None if planned else dose.prepared_mg),
        ("Given (computed)" if overview.way is Way.PUMP else "Given", dose.given_mg),
        ("Wasted", dose.wasted_mg),
        ("Unaccounted", dose.unaccounted_mg),
    )
    return AccountFace(
        figures=tuple(
            Figure(name, _NOT_RECORDED if planned and name == "Prepared" else amount(mg, _PLACES))
            if mg is None
            else Figure(name, amount(mg, _PLACES), "mg")
            for name, mg in pairs
        ),
        verdict=_verdict(overview),
        notes=_notes(dose, overview.way),
        vials=tuple(_vial_face(v, _gap(overview, "vial-open", v.lot)) for v in dose.vials),
        wastes=tuple(_waste_line(each, overview) for each in dose.wastes),
        commands=_commands(overview),
    )


_NOT_RECORDED = "not recorded"


def _is_planned(dose: DoseView) -> bool:
    """Tell whether what was prepared is only known from what was worked out."""
    return dose.prepared_mg is not None and not dose.preparations


def _verdict(overview: SessionOverview) -> Verdict:
    dose, gap = overview.dose, _gap(overview, "unaccounted")
    if gap is not None and gap.explained:
        return Verdict("good", f"Explained: {gap.explanation}")
    if gap is not None and (gap.about or dose.unaccounted_mg is None):
        return _alert(f"{gap_words(gap)}.", gap)
    if dose.unaccounted_mg is None:
        return _not_known(overview)
    if gap is None:
        return _balanced(overview, dose.unaccounted_mg)
    return _alert(_unaccounted(dose, dose.unaccounted_mg), gap)


def _balanced(overview: SessionOverview, rest: Decimal) -> Verdict:
    """Return that the figures add up; not while the rest of a vial stands in the way."""
    if left := _blocking(overview):
        return Verdict("alert", f"{gap_words(left)}: see below.")
    within = "Accounted for, to within one graduation."
    return Verdict("good", within if rest else "Everything is accounted for.")


def _alert(words: str, gap: GapView) -> Verdict:
    return Verdict("alert", words, f"explain:{gap.code}:{gap.about}")


def _not_known(overview: SessionOverview) -> Verdict:
    """Return why nothing can be said of a rest."""
    if overview.way is Way.DEVICES:
        wasted = sum((w.count or Decimal(0) for w in overview.dose.wastes), Decimal(0))
        said = f"Devices are counted whole: {len(overview.devices)} given, {plain(wasted)} wasted."
        return Verdict("good" if overview.devices else "open", said)
    if overview.ended_at is None and overview.closed_at is None:
        return Verdict("open", "Known once the dose has ended.")
    return Verdict("open", "Nobody wrote down what was prepared or wasted.")


def _unaccounted(dose: DoseView, rest: Decimal) -> str:
    what = "more than there was" if rest < 0 else "unaccounted for"
    marks = f"; one graduation is {amount(dose.tolerance_mg, _PLACES)} mg" * bool(dose.tolerance_mg)
    return f"{amount(abs(rest), _PLACES)} mg is {what}{marks}."


def _blocking(overview: SessionOverview) -> GapView | None:
    """Return the rest of a vial that nobody said anything of, where it blocks a signature."""
    found = _gap(overview, "vial-open")
    return found if found is not None and found.blocks and not found.explained else None


def _gap(overview: SessionOverview, code: str, about: str | None = None) -> GapView | None:
    """Return the gap of that code that is still open, else one that was explained."""
    found = [g for g in overview.gaps if g.code == code and about in (None, g.about)]
    return min(found, key=lambda gap: gap.explained, default=None)


def _notes(dose: DoseView, way: Way) -> tuple[str, ...]:
    made = []
    if _is_planned(dose):
        planned = f"Planned: {amount(dose.prepared_mg, _PLACES)} mg"
        made.append(f"{planned}; nobody recorded what was prepared.")
    if way is Way.PUMP and dose.given_mg is not None:
        made.append("Given is computed: an even mixture, no line volume counted.")
    if dose.pump_ml is not None:
        per_ml = dose.concentration_mg_per_ml
        mg = f" = {amount(dose.pump_ml * per_ml, _PLACES)} mg" if per_ml is not None else ""
        made.append(f"The pump's own figure: {plain(dose.pump_ml)} mL{mg}.")
    return tuple(made)


def _vial_face(vial: VialView, gap: GapView | None) -> VialFace:
    lines = (
        ("Opened", vial.opened_mg),
        ("Drawn", vial.drawn_mg),
        ("Wasted", vial.wasted_mg),
        ("Kept", vial.kept_mg),
    )
    title = f"{vial.name[:1].upper()}{vial.name[1:]}, lot {vial.lot}" if vial.name else vial.lot
    return VialFace(
        title,
        tuple(Figure(name, amount(mg, _PLACES), "mg") for name, mg in lines),
        _vial_verdict(vial, gap),
    )


def _vial_verdict(vial: VialView, gap: GapView | None) -> Verdict:
    """Return whether a vial balances: a rest is no fault before the dose is over."""
    if not vial.open_mg:
        return Verdict("good", "Balances")
    if gap is not None and gap.explained:
        return Verdict("good", f"Explained: {gap.explanation}")
    ml = f" ({amount(abs(vial.open_ml), 2)} mL)" if vial.open_ml is not None else ""
    said = "still in it" if vial.open_mg > 0 else "more than it held"
    words = f"{amount(abs(vial.open_mg), _PLACES)} mg{ml} {said}"
    return Verdict("open", words) if gap is None else _alert(words, gap)


_OF = {
    WasteOf.MIXTURE: "of what was made ready",
    WasteOf.VIAL: "of vial {0}",
    WasteOf.DEVICE: "in devices {0}",
}


def _waste_line(each: WasteView, overview: SessionOverview) -> tuple[str, str]:
    what = _OF[each.of].format(each.lot).strip()
    volume = f" ({plain(each.ml)} mL)" if each.ml is not None else ""
    at = clock(overview.local, each.at)
    mg = f"{amount(each.mg, _PLACES)} mg{volume} {what}"
    if each.witness is None:
        return f"Kept {mg}", f"{at}, {each.by.name}"
    return f"Wasted {mg}", f"{at}, {each.by.name}; witness {each.witness.name}"


def _commands(overview: SessionOverview) -> tuple[Command, ...]:
    if overview.status == "co-signed":
        return ()
    places = places_of(overview)
    made = [Command("waste", "Waste…", "primary", "trash")] if places else []
    if any(place.of is WasteOf.VIAL and place.per_ml is not None for place in places):
        made.append(Command("keep", "Keep the rest of the vial…", "", "package"))
    return tuple(made)
