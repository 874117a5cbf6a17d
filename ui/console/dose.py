"""`chairside dose`: the dose chain at the command line, with its working."""

from __future__ import annotations

import json
from decimal import Decimal
from typing import Annotated

import typer

from monitor.dosing import DoseInputs, WorkedDose, check_weight, printed, work_out
from monitor.entries import VolumeMode
from monitor.errors import Code, InputError, MonitorError
from monitor.units import (
    BodyWeight,
    FlowRate,
    Strength,
    Volume,
    WeightedDose,
    parse_number,
    plain,
)
from monitor.working import working
from ui.wording import sentence

LIMITS = (
    "This is arithmetic, not advice, and no medical device: "
    "check every dose by your clinic's own procedure."
)

Number = Annotated[str, typer.Option(metavar="NUMBER")]


def register(app: typer.Typer) -> None:
    """Add the command to the program."""
    app.command("dose")(dose)


def dose(  # noqa: PLR0913 - one parameter an option
    *,
    per_kg_mg: Annotated[str, typer.Option(metavar="MG", help="Ordered for each kilogram, mg.")],
    minutes: Annotated[str, typer.Option(metavar="MIN", help="How long the infusion is to run.")],
    strength: Annotated[str, typer.Option(metavar="MG/ML", help="Of the product, mg/mL.")],
    volume: Annotated[str, typer.Option(metavar="ML", help="Final volume, or diluent, mL.")],
    mode: Annotated[VolumeMode, typer.Option(help="What the drug's volume does to it.")],
    weight_kg: Annotated[str, typer.Option(metavar="KG", help="Today's weight, kg.")] = "",
    weight_lb: Annotated[str, typer.Option(metavar="LB", help="Or in pounds.")] = "",
    rate_step: Annotated[str, typer.Option(metavar="ML/H", help="The pump's step.")] = "0.1",
    syringe: Annotated[str, typer.Option(metavar="ML", help="Syringe, if not the smallest.")] = "",
    as_json: Annotated[bool, typer.Option("--json", help="Print an object of strings.")] = False,
) -> None:
    """Work out a weight-based dose and show the arithmetic line by line.

    It knows no patient and no protocol: limits, orders and checks belong to a session.
    """
    if bool(weight_kg) == bool(weight_lb):
        raise typer.BadParameter("give either --weight-kg or --weight-lb")
    try:
        made = work_out(
            DoseInputs(
                weight=_weight(weight_kg, weight_lb),
                per_kg=WeightedDose(_number(per_kg_mg, "per_kg_mg")),
                minutes=_number(minutes, "minutes"),
                strength=Strength(_number(strength, "strength_mg_per_ml")),
                volume=Volume(_number(volume, "volume_ml")),
                mode=mode,
                rate_step=FlowRate(_number(rate_step, "rate_step_ml_h")),
                syringe=Volume(_number(syringe, "syringe_ml")) if syringe else None,
            )
        )
    except MonitorError as error:
        typer.echo(sentence(error), err=True)
        raise typer.Exit(1) from None
    typer.echo(_json(made) if as_json else _text(made, weight_lb))


def _number(text: str, field: str) -> Decimal:
    """Read an option's number; a negative one is out of range rather than misunderstood."""
    if text.startswith("-") and text[1:2].isdigit():
        raise InputError(Code.OUT_OF_RANGE, field, typed=text)
    return parse_number(text, field)


def _weight(kg: str, lb: str) -> BodyWeight:
    if kg:
        return BodyWeight(_number(kg, "weight_kg"))
    typed = _number(lb, "weight_lb")
    weight = BodyWeight.from_pounds(typed)
    check_weight(weight, typed)
    return weight


def _json(made: WorkedDose) -> str:
    inputs = made.inputs
    per_kg = inputs.per_kg.mg_per_kg if inputs.per_kg else Decimal(0)
    said: dict[str, object] = {
        "weight_kg": plain(inputs.weight.kg),
        "per_kg_mg": plain(per_kg),
        "minutes": plain(inputs.minutes),
        "strength_mg_per_ml": plain(inputs.strength.mg_per_ml),
        "volume_ml": plain(inputs.volume.ml),
        "volume_mode": inputs.mode.value,
        **printed(made),
        "working": [line.text for line in working(made)],
    }
    return json.dumps(said, ensure_ascii=False, indent=2)


def _text(made: WorkedDose, typed_lb: str) -> str:
    lines = working(made)
    names, sums = (
        max(len(part) for part in parts)
        for parts in zip(*((x.name, x.sum) for x in lines), strict=True)
    )
    shown = [f"{x.name:<{names}}  {x.sum:<{sums}}  =  {x.result}" for x in lines]
    weight, deviation = made.inputs.weight, plain(made.deviation_percent, 2)
    pounds = _number(typed_lb, "weight_lb") if typed_lb else weight.pounds
    read_back = f"Weight {plain(weight.kg)} kg ({plain(pounds)} lb)."
    return "\n".join([*shown, "", read_back, f"Deviation {deviation} %.", LIMITS])
