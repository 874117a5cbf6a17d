"""What was taken out of the cupboard, and what became of every milligram of it."""

from __future__ import annotations

from collections.abc import Iterator

from reportlab.platypus import Flowable

from monitor.dose_view import PreparationView, WasteView
from monitor.protocols.protocol import Way
from reports import dose_words, summary
from reports.pdf.parts import Column, gap, section, table
from reports.pdf.setting import Setting
from reports.wording import DASH, NOT_RECORDED, amount, plural

_PREPARED = (
    Column("At", 40, strong=True),
    Column("Product", 124),
    Column("Lot", 76, strong=True),
    Column("Expires", 54),
    Column("Taken", 50, right=True),
    Column("Amount", 50, right=True),
    Column("Opened", 108),
    Column("By", 26),
)

_PREPARED_WITH_REASON = (
    *_PREPARED[:1],
    Column("Product", 98),
    Column("Lot", 62, strong=True),
    Column("Expires", 52),
    Column("Taken", 44, right=True),
    Column("Amount", 44, right=True),
    Column("Opened", 92),
    Column("Reason", 70),
    *_PREPARED[-1:],
)


def preparation(s: Setting) -> list[Flowable]:
    """Return what was taken of which lot; nasal devices stand with the dose."""
    worked = s.overview.dose
    if s.overview.way is Way.DEVICES:
        return []
    anew = worked.earlier_preparations
    found = (*anew, *worked.preparations)
    explained = any(made.reason for made in found)
    columns = _PREPARED_WITH_REASON if explained else _PREPARED
    rows = [_prepared(s, made, explained=explained) for made in found]
    remark = "shaded: of a dose that was worked out anew" if anew else ""
    body = table(s.pen, columns, rows, wash=range(len(anew))) if rows else None
    return section(s.pen, "Preparation", remark, body, none="Lot, expiry and vial not recorded")


def _prepared(s: Setting, made: PreparationView, *, explained: bool) -> tuple[str, ...]:
    return (
        s.times.clock(made.at),
        made.name,
        made.lot or NOT_RECORDED,
        made.expiry or NOT_RECORDED,
        dose_words.taken_words(made),
        amount(made.mg, "mg"),
        dose_words.vial_words(made),
        *((made.reason,) if explained else ()),
        s.initials(made.by),
    )


# -- balances --------------------------------------------------------------------------------

_BALANCE = (
    Column("Balance", 76),
    Column("As on paper", 226),
    Column("Rest", 56, right=True, strong=True),
    Column("", 170),
)

_WASTE = (
    Column("At", 40, strong=True),
    Column("What", 106),
    Column("Measured", 50, right=True),
    Column("Amount", 50, right=True),
    Column("Lot", 72),
    Column("By", 26),
    Column("Witness", 84),
    Column("Reason", 100),
)


def accounting(s: Setting) -> list[Flowable]:
    """Return the balances, what was wasted before whom, and what the amount given assumes."""
    rows, wastes = list(_balances(s)), s.overview.dose.wastes
    made = section(
        s.pen,
        "Accounting",
        "to the milligram; what does not balance is explained, never adjusted",
        table(s.pen, _BALANCE, rows) if rows else None,
        none=f"Prepared, wasted, kept: {NOT_RECORDED}",
    )
    if wastes:
        made += [gap(1), table(s.pen, _WASTE, [_waste(s, each) for each in wastes])]
    elif rows:
        said = "Wasted: none recorded."
        made += [gap(0.5), s.pen.say("{said}", "cell", said=said)]
    if not summary.was_cancelled(s.overview):
        said = dose_words.given_assumes(s.overview)
        made += [gap(0.5), s.pen.say("{said}", "label", said=said)]
    return made


def _balances(s: Setting) -> Iterator[tuple[str, ...]]:
    overview, worked = s.overview, s.overview.dose
    if overview.way is Way.DEVICES:
        if overview.devices_ordered:
            yield _devices(s)
        return
    if worked.preparations or worked.wastes:
        rest, why = worked.unaccounted_mg, dose_words.explanation(overview, "unaccounted")
        yield (
            "Made ready",
            dose_words.mixture_sum(worked),
            NOT_RECORDED if rest is None else amount(rest, "mg"),
            _with(dose_words.mixture_verdict(worked), why),
        )
    for vial in worked.vials:
        why = dose_words.explanation(overview, "vial-open", vial.lot)
        yield (
            f"Lot {vial.lot}",
            dose_words.vial_sum(vial),
            amount(vial.open_mg, "mg"),
            _with(dose_words.vial_verdict(vial), why),
        )


def _with(verdict: str, why: str) -> str:
    return f"{verdict}; explained: {why}" if why else verdict


def _devices(s: Setting) -> tuple[str, ...]:
    ordered, given = s.overview.devices_ordered, len(s.overview.devices)
    said = f"{plural(ordered, 'device')} ordered − {given} given"
    rest = ordered - given
    return ("Devices", said, str(rest), "✓ all given" if not rest else "○ not given")


def _waste(s: Setting, waste: WasteView) -> tuple[str, ...]:
    return (
        s.times.clock(waste.at),
        dose_words.waste_words(waste),
        dose_words.waste_measured(waste),
        amount(waste.mg, "mg"),
        waste.lot or DASH,
        s.initials(waste.by),
        DASH if waste.witness is None else waste.witness.name,
        waste.reason,
    )
