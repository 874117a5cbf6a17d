"""The labelled fields: another way to type the same line, in the same order."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class FieldFace:
    """One labelled field and the token that it becomes.

    Attributes:
        label: The word over the field.
        before, after: What the token has around the value: "s5", "2l".
        name: What a screen reader says, where the label is short.
    """

    key: str
    label: str
    hint: str
    before: str = ""
    after: str = ""
    name: str = ""


POSITIONS = (
    FieldFace("bp", "BP", "sys/dia", name="Blood pressure"),
    FieldFace("hr", "HR", "/min", name="Heart rate"),
    FieldFace("spo2", "SpO₂", "%"),
    FieldFace("resp", "Resp", "/min"),
)
TOKENS = (
    FieldFace("sedation", "Sedation", "5\u20130", "s", name="Sedation, MOAA/S"),
    FieldFace("dissociation", "Dissoc.", "0\u201310", "d", name="Dissociation"),
    FieldFace("anxiety", "Anxiety", "0\u201310", "a"),
    FieldFace("nausea", "Nausea", "0\u201310", "n"),
    FieldFace("pain", "Pain", "0\u201310", "p"),
    FieldFace("temperature", "Temp.", "°C", "t", name="Temperature"),
    FieldFace("oxygen", "O₂", "L, ra", "", "l", name="Oxygen, litres a minute, or ra"),
    FieldFace("fio2", "FiO₂", "%", "fio"),
    FieldFace("etco2", "EtCO₂", "mmHg", "co"),
    FieldFace("how", "How", "left", name="How taken: arm, position, cuff"),
    FieldFace("at", "Measured", "hh:mm", "@", name="Measured at"),
    FieldFace("slot", "Slot", "auto", "slot "),
)
ALL = (*POSITIONS, *TOKENS)
_AS_THEY_ARE = {"oxygen": ("ra",), "at": ("-",)}
"""What begins a whole token by itself: room air, and "-3m" for three minutes ago."""


def line_of(values: Mapping[str, str]) -> str:
    """Return the line that says the same as the fields.

    Where one of the first four is filled, an empty one of them is "-": not taken. Of the others
    an empty one says nothing.

    Example:
        >>> line_of({"bp": "128/82", "spo2": "98", "sedation": "5"})
        '128/82 - 98 - s5'
    """
    first = [_one_word(values.get(each.key, "")) for each in POSITIONS]
    words = [value or "-" for value in first] if any(first) else []
    words += [_token(each, values.get(each.key, "")) for each in TOKENS]
    return " ".join(filter(None, words))


def _token(face: FieldFace, typed: str) -> str:
    if face.key == "how":
        return " ".join(typed.split())
    value = _one_word(typed)
    low = value.lower()
    whole = low.startswith(_AS_THEY_ARE.get(face.key, ()))
    if not value:
        return ""
    if face.key != "slot" and (whole or (face.before and low.startswith(face.before))):
        return value  # its letter was typed as well
    return f"{face.before}{value}{'' if low.endswith(face.after or ' ') else face.after}"


def _one_word(typed: str) -> str:
    """Return what was typed as one word: a field holds one value, and two are not understood."""
    return "_".join(typed.split())
