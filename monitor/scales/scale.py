"""What all rating scales have in common: items, answers, a sum, and what the sum means."""

from __future__ import annotations

import tomllib
from collections.abc import Sequence
from dataclasses import dataclass, replace

from monitor.errors import Code, InputError


@dataclass(frozen=True, slots=True)
class Item:
    """One question of a scale.

    Attributes:
        number: As the scale numbers it.
        label: The question; for a protected scale its number only, until the clinic supplies
            the wording that it has permission for.
        anchors: (answer, what it stands for), where the scale says so.
    """

    number: int
    label: str
    least: int
    most: int
    anchors: tuple[tuple[int, str], ...] = ()


@dataclass(frozen=True, slots=True)
class Band:
    """What totals from `least` to `most` mean, both included."""

    least: int
    most: int
    words: str


@dataclass(frozen=True, slots=True)
class Scale:
    """A rating scale in one version.

    Attributes:
        bands: Empty where none has been validated; `note` then says so.
        source: Where items and scoring come from.
        note: What a reader of a score has to know.
    """

    id: str
    version: int
    title: str
    items: tuple[Item, ...]
    bands: tuple[Band, ...]
    source: str
    note: str = ""

    @property
    def most(self) -> int:
        """Return the highest possible total."""
        return sum(item.most for item in self.items)


@dataclass(frozen=True, slots=True)
class Score:
    """What the answers come to.

    Attributes:
        total: None unless every item was answered; a missing answer is never made up.
        band: What the total means; empty without a total or where no bands exist.
    """

    total: int | None
    answered: int
    band: str = ""


def check_answers(scale: Scale, answers: Sequence[int | None]) -> None:
    """Refuse answers that the scale does not have.

    Raises:
        InputError: `out-of-range`.
    """
    if len(answers) != len(scale.items):
        raise InputError(
            Code.OUT_OF_RANGE, "answers", items=len(scale.items), count=str(len(answers))
        )
    for item, answer in zip(scale.items, answers, strict=True):
        if answer is not None and not item.least <= answer <= item.most:
            raise InputError(
                Code.OUT_OF_RANGE,
                "answers",
                item=item.number,
                typed=answer,
                least=item.least,
                most=item.most,
            )


def score(scale: Scale, answers: Sequence[int | None]) -> Score:
    """Sum the answers up, if there is one to every item.

    Raises:
        InputError: `out-of-range`.
    """
    check_answers(scale, answers)
    given = [answer for answer in answers if answer is not None]
    if len(given) < len(scale.items):
        return Score(None, len(given))
    total = sum(given)
    band = next((band.words for band in scale.bands if band.least <= total <= band.most), "")
    return Score(total, len(given), band)


def with_wording(scale: Scale, wording: str) -> Scale:
    """Return the scale with the wording of its items.

    Args:
        scale: Its numbers and scoring stay as they are.
        wording: TOML: `title`, and for each item `[[item]]` with `number`, `label` and, where
            wanted, `anchors` (answer → words). What is not there keeps the words it has.

    Raises:
        InputError: `not-understood` where it is no such TOML, or names an item that the
            scale does not have.
    """
    try:
        given = tomllib.loads(wording)
    except tomllib.TOMLDecodeError as error:
        raise InputError(Code.NOT_UNDERSTOOD, "wording", typed=str(error)) from error
    by_number = {item.number: item for item in scale.items}
    for entry in given.get("item", ()):
        number = entry.get("number") if isinstance(entry, dict) else None
        if not isinstance(number, int) or number not in by_number:
            raise InputError(Code.NOT_UNDERSTOOD, "wording", typed=f"item {number}")
        by_number[number] = _worded(by_number[number], entry)
    return replace(
        scale, title=str(given.get("title", scale.title)), items=tuple(by_number.values())
    )


def _worded(item: Item, entry: dict[str, object]) -> Item:
    label, anchors = entry.get("label", item.label), entry.get("anchors", {})
    if not isinstance(label, str) or not isinstance(anchors, dict):
        raise InputError(Code.NOT_UNDERSTOOD, "wording", typed=f"item {item.number}")
    made = tuple(
        (answer, str(anchors[str(answer)]))
        for answer in range(item.least, item.most + 1)
        if str(answer) in anchors
    )
    return replace(item, label=label, anchors=made or item.anchors)
