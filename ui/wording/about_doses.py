"""What is said of an order, a weight and a calculation that cannot be taken as they are."""

from __future__ import annotations

from monitor.errors import Code

_FAR = "{kg} kg ({lb} lb) is far from the {before_kg} kg ({before_lb} lb) of {before_on}"
_BMI = "gives an unusual BMI of {bmi}"
_OLD = "was taken at {weighed_on}, more than {hours} hours ago"
_CONFIRM = "confirm it if it is right."

ABOUT_DOSES: dict[tuple[Code, str], tuple[str, ...]] = {
    (Code.IMPLAUSIBLE, "weight_kg"): (
        f"{_FAR}, {_BMI} and {_OLD}; {_CONFIRM}",
        f"{_FAR} and {_BMI}; type it again if {{meant}} was meant, or {_CONFIRM}",
        f"{_FAR} and {_BMI}; {_CONFIRM}",
        f"{_FAR} and {_OLD}; {_CONFIRM}",
        f"{_FAR}; type it again if {{meant}} was meant, or {_CONFIRM}",
        f"{_FAR}; {_CONFIRM}",
        f"{{kg}} kg ({{lb}} lb) {_BMI} and {_OLD}; confirm weight and height if they are right.",
        f"{{kg}} kg ({{lb}} lb) {_BMI}; confirm weight and height if they are right.",
        f"{{kg}} kg ({{lb}} lb) {_OLD}; weigh again, or confirm that it still holds.",
    ),
    (Code.IMPLAUSIBLE, "baseline"): (
        "{start} is the minute of the start; confirm it if this was measured before the drug.",
        "That is the minute of the start; confirm it if this was measured before the drug.",
    ),
    (Code.EMPTY, "prescriber"): ("Nobody is named as the prescriber; say who ordered it.",),
    (Code.EMPTY, "taken_by"): ("Nobody is named who took the verbal order; say who did.",),
    (Code.EMPTY, "read_back"): (
        "A verbal order holds once it was read back; read it back to the prescriber and say so.",
    ),
    (Code.EMPTY, "valid_until"): (
        "An order for a course needs its last day; write it as 2026-03-30.",
    ),
    (Code.EMPTY, "japanese_ancestry"): (
        "Nothing is said of Japanese ancestry, on which the first dose depends; say yes or no.",
    ),
    (Code.EMPTY, "product"): (
        "Lot {lot} is of more than one product here; say which of them: {allowed}.",
        "No product is chosen; choose what the dose is taken from.",
    ),
    (Code.EMPTY, "volume_mode"): (
        "Nothing is said of the drug's volume; say whether it replaces diluent or is added.",
    ),
    (Code.NOT_ALLOWED, "taken_by"): (
        "Whoever took a verbal order writes it down; let {name} log in and do it.",
    ),
    (Code.NOT_UNDERSTOOD, "valid_until"): (
        "“{typed}” was not understood as a day; write it as 2026-03-30.",
    ),
    (Code.DIFFERS, "strength_mg_per_ml"): (
        "{product} was chosen and {typed} mg/mL entered; make them agree.",
    ),
    (Code.OUT_OF_RANGE, "syringe_ml"): (
        (
            "By the marks of a {typed} mL syringe {prepared_mg} mg would be drawn up instead of"
            " {calculated_mg} mg; choose a smaller one."
        ),
    ),
    (Code.ORDER_MISSING, "course"): (
        "The course's order was valid until {until}; a prescriber must order anew.",
        "No course's order stands from an earlier visit; a prescriber must order the dose.",
    ),
    (Code.BASIS_UNDEFINED, "height"): (
        (
            "The {basis} body weight needs the height; enter it with the weight, or use the actual"
            " weight."
        ),
    ),
    (Code.BASIS_UNDEFINED, "not-below"): (
        "The {basis} body weight is not below the actual one; use the actual weight.",
    ),
}
"""Variants that come first where the error names that field (or that `what`)."""

OUTSIDE = (
    (
        "{mg} mg is {each_mg_per_kg} mg/kg at {kg} kg, outside the protocol's {least} to {most}:"
        " {hint}."
    ),
    "{field} {ordered} is outside the protocol's {least} to {most}: {hint}.",
    "{field} {ordered} cannot be taken: {hint}.",
)
"""Of an order that the protocol does not allow as it is."""

WANTS_REASON = (
    (
        "{mg} mg is not the usual first dose of {start_mg} mg at this age or ancestry; order"
        " {start_mg} mg, or give the prescriber's reason."
    ),
    (
        "{mg} mg is more than one step of {step_mg} mg from the {before_mg} mg of {before_on};"
        " order a dose nearer to it, or give the prescriber's reason."
    ),
    (
        "{mg} mg is not one of the usual doses ({usual} mg); order one of them, or give the"
        " prescriber's reason."
    ),
)
"""Of an order by device that is taken with a reason only."""
