"""The labelled fields: another way to type the same line, in the same order."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class FieldFace:
    """One labelled field and the token that it becomes.

    Attributes:
        before, after: What the token has around the value: "s5", "2l".
    """

    key: str
    label: str
    hint: str
    before: str = ""
    after: str = ""


POSITIONS = (
    FieldFace("bp", "Blood pressure", "sys/dia"),
    FieldFace("hr", "Heart rate", "/min"),
    FieldFace("spo2", "SpO₂", "%"),
    FieldFace("resp", "Resp", "/min"),
)
TOKENS = (
    FieldFace("sedation", "Sedation", "5 to 0", "s"),
    FieldFace("dissociation", "Dissociation", "0 to 10", "d"),
    FieldFace("anxiety", "Anxiety", "0 to 10", "a"),
    FieldFace("nausea", "Nausea", "0 to 10", "n"),
    FieldFace("pain", "Pain", "0 to 10", "p"),
    FieldFace("temperature", "Temperature", "°C", "t"),
    FieldFace("oxygen", "Oxygen", "L/min", "", "l"),
    FieldFace("at", "Measured at", "hh:mm", "@"),
    FieldFace("slot", "Slot", "by itself", "slot "),
)
ALL = (*POSITIONS, *TOKENS)


def line_of(values: Mapping[str, str]) -> str:
    """Return the line that says the same as the fields.

    An empty field among the first four is "-" where a later one is filled: not taken.

    Example:
        >>> line_of({"bp": "128/82", "spo2": "98", "sedation": "5"})
        '128/82 - 98 s5'
    """
    said = [values.get(each.key, "").strip() for each in POSITIONS]
    while said and not said[-1]:
        said.pop()
    words = [value or "-" for value in said]
    for each in TOKENS:
        value = values.get(each.key, "").strip()
        if value:
            words.append(f"{each.before}{value}{each.after}")
    return " ".join(words)
