"""A rating beside the chart: items start unanswered, digits answer and move on."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Protocol

from monitor import scales
from monitor.acts import Score
from monitor.errors import MonitorError
from monitor.overview import SessionOverview
from ui.presenters.acting import Do
from ui.presenters.words import clock
from ui.wording import sentence


@dataclass(frozen=True, slots=True)
class ItemFace:
    """One item.

    Attributes:
        answer: The digit, empty while it has none.
        here: Whether the next digit answers it.
    """

    label: str
    answer: str
    here: bool


@dataclass(frozen=True, slots=True)
class RatingFace:
    """What the panel shows.

    Attributes:
        choices: The answers of the item that is next, with their words where the scale has any.
        count: "3 of 6 answered".
        total: Empty until every item has an answer: no total is made up.
        earlier: The patient's earlier scores in this session.
        note: What a reader of the score has to know.
    """

    title: str
    items: tuple[ItemFace, ...]
    choices: tuple[tuple[str, str], ...]
    count: str
    total: str
    earlier: str
    note: str
    complete: bool


class RatingsView(Protocol):
    """What the presenter asks of the panel."""

    def show_rating(self, face: RatingFace) -> None:
        """Show the scale as answered so far, and take the keys."""
        ...

    def close_rating(self) -> None:
        """Take the panel away and give the focus back."""
        ...

    def show_rating_problem(self, said: str) -> None:
        """Say in one sentence why it was not stored; the answers stay."""
        ...


class RatingsPresenter:
    """Takes one rating at a time."""

    def __init__(self, view: RatingsView, do: Do, after: Callable[[], None] = lambda: None) -> None:
        self._view, self._do, self._after = view, do, after
        self._scale: scales.Scale | None = None
        self._answers: list[int | None] = []
        self._here = 0
        self._earlier = ""
        self._overview: SessionOverview | None = None

    @property
    def is_open(self) -> bool:
        """Tell whether a rating is being taken."""
        return self._scale is not None

    def refresh(self, overview: SessionOverview) -> None:
        """Remember the earlier scores."""
        self._overview = overview

    def open(self, scale_id: str) -> None:
        """Begin a rating: nothing is answered."""
        self._scale = scales.get(scale_id)
        self._answers = [None] * len(self._scale.items)
        self._here = 0
        self._earlier = self._earlier_scores(scale_id)
        self._show()

    def answer(self, digit: int) -> None:
        """Answer the item that is next and move on; a digit it does not have is not taken."""
        if self._scale is None:
            return
        item = self._scale.items[self._here]
        if not item.least <= digit <= item.most:
            self._view.show_rating_problem(f"It is answered with {item.least} to {item.most}.")
            return
        self._answers[self._here] = digit
        self._here = min(self._here + 1, len(self._answers) - 1)
        self._show()

    def move(self, by: int) -> None:
        """Go to another item; answers stay."""
        self._here = min(max(self._here + by, 0), max(0, len(self._answers) - 1))
        self._show()

    def clear(self) -> None:
        """Take back the answer of this item, or of the one before where it has none."""
        if self._scale is None:
            return
        if self._answers[self._here] is None and self._here:
            self._here -= 1
        self._answers[self._here] = None
        self._show()

    def store(self, *, unfinished: bool = False) -> None:
        """Store the rating; unfinished only when that is said."""
        if self._scale is None:
            return
        given = sum(answer is not None for answer in self._answers)
        if not given or (given < len(self._answers) and not unfinished):
            self._view.show_rating_problem(
                f"{given} of {len(self._answers)} answered: there is no total yet."
            )
            return
        try:
            self._do(Score(scale=self._scale.id, answers=tuple(self._answers)))
        except MonitorError as error:
            self._view.show_rating_problem(sentence(error))
        else:
            self.cancel()

    def cancel(self) -> None:
        """Give it up; nothing is stored."""
        self._scale = None
        self._view.close_rating()
        self._after()

    def _show(self) -> None:
        if self._scale is None:
            return
        scale, answers = self._scale, tuple(self._answers)
        score = scales.score(scale, answers)
        item = scale.items[self._here]
        words = dict(item.anchors)
        face = RatingFace(
            title=scale.title,
            items=tuple(
                ItemFace(each.label, "" if given is None else str(given), place == self._here)
                for place, (each, given) in enumerate(zip(scale.items, answers, strict=True))
            ),
            choices=tuple((str(d), words.get(d, "")) for d in range(item.least, item.most + 1)),
            count=f"{score.answered} of {len(answers)} answered",
            total=_total(score, scale),
            earlier=self._earlier,
            note=" ".join(filter(None, (_own_form(scale), scale.note))),
            complete=score.total is not None,
        )
        self._view.show_rating(face)

    def _earlier_scores(self, scale_id: str) -> str:
        if self._overview is None:
            return ""
        local = self._overview.local
        said = [
            f"{s.total} at {clock(local, s.at)}"
            for s in self._overview.scores
            if s.scale == scale_id and s.total is not None
        ]
        return f"Earlier: {', '.join(said)}" if said else ""


def _total(score: scales.Score, scale: scales.Scale) -> str:
    if score.total is None:
        return ""
    return f"{score.total} of {scale.most}" + (f", {score.band}" if score.band else "")


def _own_form(scale: scales.Scale) -> str:
    """Return where a scale's words are, while only its items' numbers are known here."""
    bare = all(item.label.endswith(f"item {item.number}") for item in scale.items)
    return "Numbers only: the wording is on the clinic's own form." if bare else ""
