"""Reckons a printed line of working again, knowing nothing but what is printed.

It is a reader with a sheet of paper: exact fractions, no amounts of the program's. A line is
`a kg × b mg/kg = c mg` and the like; where something was rounded, the line says to what, or its
result shows by its decimals how far.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from fractions import Fraction

from monitor.working import WorkingLine

_NUMBER = re.compile(r"\d+(?:\.\d+)?")
_STEPS = re.compile(r"(?:marks of|in parts of|in steps of) (\d+(?:\.\d+)?)")
_HALF = Fraction(1, 2)
SMALLEST_STEP = Fraction(1, 10)
"""What a pump can be set to where its line names no step, in mL/h."""


def agree(lines: Iterable[WorkingLine]) -> list[str]:
    """Return what does not come out as printed; nothing where all of it does."""
    wrong: list[str] = []
    above: list[WorkingLine] = []
    for line in lines:
        if not _comes_out(line, above):
            wrong.append(line.text)
        above.append(line)
    return wrong


def _comes_out(line: WorkingLine, above: list[WorkingLine]) -> bool:
    """Tell whether a sum gives its result; a line of marks rounds the line before it."""
    printed, before = _result(line), _result(above[-1]) if above else Fraction(0)
    if line.name == "Cross-check":
        return _one_rate(line) and _that_rate(line, {each.name: each for each in above})
    if line.sum == "as ordered":
        return printed > 0
    reckoned, _, _ = line.sum.partition(",")
    exact = _reckon(reckoned) if set("×÷+") & set(reckoned) else before
    return _rounded(exact, _step(line, exact)) == printed


def _step(line: WorkingLine, exact: Fraction) -> Fraction:
    """Return to what a result was rounded: as the line says, else to its last decimal place."""
    said = _STEPS.search(line.sum)
    if said:
        return Fraction(said[1])
    rounded = line.name == "Pump" and exact != _result(line)
    return SMALLEST_STEP if rounded else _last_place(line.result)


def _reckon(words: str) -> Fraction:
    """Return what a sum comes to, from left to right."""
    parts = re.split(r"\s*([×÷+])\s*", words)
    total = _figure(parts[0])
    for sign, part in zip(parts[1::2], parts[2::2], strict=True):
        value = _figure(part)
        if sign == "×":
            total *= value
        elif sign == "÷":
            total /= value
        else:
            total += value
    return total


def _one_rate(line: WorkingLine) -> bool:
    """Tell whether mcg/kg/min and mg/kg/h are one rate, to the places they are printed in."""
    each_minute, each_hour = _figure(line.sum.split("=")[1]), _result(line)
    return abs(each_minute * 60 / 1000 - each_hour) <= Fraction(5, 1000) * 60 / 1000 + Fraction(
        5, 100_000
    )


def _that_rate(line: WorkingLine, above: dict[str, WorkingLine]) -> bool:
    """Tell whether the rate is that of the lines above: exact, then rounded once to its places."""
    if "Prepared" not in above:
        return True
    each_minute = _result(above["Prepared"]) / _minutes(above)
    by_minute, by_kg = line.sum.split("=")
    wanted = [(by_minute, each_minute, 4)]
    if "×" in above["Dose"].sum:  # else nothing printed says how heavy the patient is
        each_kg = each_minute / _figure(above["Dose"].sum)
        wanted += [(by_kg, each_kg * 1000, 2), (line.result, each_kg * 60, 4)]
    return all(
        _figure(words) == _rounded(exact, Fraction(1, 10**places))
        for words, exact, places in wanted
    )


def _minutes(above: dict[str, WorkingLine]) -> Fraction:
    """Return how long it runs at the pump's rate, or is pushed by hand."""
    if "Pump" in above:
        return _figure(above["Mixture"].sum.split("÷")[1]) * 60 / _result(above["Pump"])
    push = next(each for name, each in above.items() if name.startswith("Push"))
    return _figure(push.sum.split("÷")[1])


def _figure(words: str) -> Fraction:
    found = _NUMBER.search(words)
    assert found, words
    return Fraction(found[0])


def _result(line: WorkingLine) -> Fraction:
    return _figure(line.result)


def _last_place(words: str) -> Fraction:
    """Return the last decimal place that a figure is printed to."""
    found = _NUMBER.search(words)
    assert found, words
    _, _, decimals = found[0].partition(".")
    return Fraction(1, 10 ** len(decimals))


def _rounded(exact: Fraction, step: Fraction) -> Fraction:
    return ((exact / step + _HALF) // 1) * step
