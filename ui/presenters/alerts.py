"""Open alerts: each waits until a person has said what was done and who was told."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Protocol

from monitor.acts import Acknowledge
from monitor.errors import Code, InputError
from monitor.overview import AlertView, SessionOverview
from monitor.people import Role
from monitor.protocols.protocol import Way
from monitor.sides import side_of
from monitor.vitals import Sign
from ui.presenters.acting import Colleagues, Do
from ui.presenters.limits import bounds, changed, crossing_words
from ui.presenters.question import Answers, Ask, Question, QuestionPresenter
from ui.presenters.words import clock

ACTIONS = ("repeated", "watching", "position changed", "prescriber called")
"""What was done, in words that advise nothing; never a drug, which is an event of its own."""

_OF_A_PUMP = ("paused", "stopped")
_OF_A_SIGN = {
    Sign.BP: ("cuff changed",),
    Sign.HEART_RATE: ("probe changed",),
    Sign.SPO2: ("probe changed",),
}
_MOST_NAMES = 4
"""Names that are offered; whoever else was told is typed."""

_DIGITS = re.compile(r"[1-9](?: *[1-9])*")


@dataclass(frozen=True, slots=True)
class AlertRow:
    """One open alert.

    Attributes:
        words: What was measured, its side of the limit marked: "▲ BP 178/100".
        more: How far from the baseline, the limit, and when.
    """

    uid: str
    number: str
    words: str
    more: str


class AlertsView(Protocol):
    """What the presenter asks of the panel."""

    def show_alerts(self, rows: tuple[AlertRow, ...]) -> None:
        """Show the open alerts, the oldest first; without any, nothing at all."""
        ...


class AlertsPresenter:
    """Keeps open alerts in sight and takes their acknowledgement, one after the other."""

    def __init__(
        self, view: AlertsView, question: QuestionPresenter, do: Do, colleagues: Colleagues
    ) -> None:
        self._view, self._question, self._do = view, question, do
        self._colleagues = colleagues
        self._open: dict[str, tuple[AlertRow, AlertView]] = {}
        self._way = Way.PUMP

    def refresh(self, overview: SessionOverview) -> None:
        """Show what is open."""
        waiting = sorted(
            (alert for alert in overview.alerts if alert.state == "open"), key=lambda a: a.at
        )
        self._open = {alert.uid: (_row(alert, overview), alert) for alert in waiting}
        self._way = overview.way
        self._view.show_alerts(tuple(row for row, _ in self._open.values()))

    def acknowledge(self, which: str = "") -> None:
        """Ask what was done about an alert, named by its uid or its number; else the oldest."""
        found = (each for each in self._open.values() if which in ("", each[0].uid, each[0].number))
        row, alert = next(found, (None, None))
        if row is None or alert is None:
            return
        actions, names = actions_for(self._way, alert.limit.sign), self._names()
        question = Question(
            title=f"Alert {row.number}: {row.words}",
            words=(row.more, *_left([r for r, _ in self._open.values() if r is not row])),
            asks=(
                _ask("action", "What was done", "Words, or digits", actions),
                _ask("told", "Who was told", "Empty if nobody", names),
            ),
            confirm="Acknowledge",
            says=lambda answers: _said(answers, actions, names),
            tells_alerts=True,
            pinned=True,
        )
        self._question.ask(question, lambda answers: self._answer(row.uid, answers, actions, names))

    def _names(self) -> tuple[str, ...]:
        """Return who can have been told: prescribers first."""
        roles = (frozenset({Role.PRESCRIBER}), frozenset({Role.NURSE}))
        found = [n for role in roles for _, n in self._colleagues.choices(role, but_me=True)]
        return tuple(found[:_MOST_NAMES])

    def _answer(
        self, uid: str, answers: Answers, actions: Sequence[str], names: Sequence[str]
    ) -> None:
        act = Acknowledge(
            alert=uid,
            action=picked(answers["action"], actions, "action"),
            told=picked(answers["told"], names, "told"),
        )
        self._do(act)
        self._open.pop(uid, None)
        self.acknowledge()  # the next one, while somebody is at it


def actions_for(way: Way, sign: Sign) -> tuple[str, ...]:
    """Return the quick picks of what was done; the first ones are always the same."""
    return (*ACTIONS, *(_OF_A_PUMP if way is Way.PUMP else ()), *_OF_A_SIGN.get(sign, ()))


def picked(typed: str, picks: Sequence[str], field: str) -> str:
    """Return what was typed: picks by their digits, several at once, or the words themselves.

    Example:
        >>> picked("14", ACTIONS, "action")
        'repeated, prescriber called'
        >>> picked("1, in 3 min", ACTIONS, "action")
        'repeated, in 3 min'

    Raises:
        InputError: `not-understood`, with the digit that no pick has.
    """
    found: list[str] = []
    for part in typed.strip().split(","):
        words = part.strip()
        found += _by_digits(words, picks, field) if _DIGITS.fullmatch(words) else [words]
    return ", ".join(dict.fromkeys(filter(None, found)))


def _by_digits(words: str, picks: Sequence[str], field: str) -> list[str]:
    digits = [int(digit) for digit in words if digit != " "]
    unknown = next((digit for digit in digits if digit > len(picks)), None)
    if unknown is not None:
        raise InputError(Code.NOT_UNDERSTOOD, field, token=f"{unknown}")
    return [picks[digit - 1] for digit in digits]


def alert_words(alert: AlertView) -> str:
    """Return what was measured, its side marked: "▲ BP 182/111", "▼ HR 38 for 10 min"."""
    words = crossing_words(alert.limit.sign, alert.value, alert.minutes)
    return f"{side_of(alert).mark} {words}"


def crossed_words(alert: AlertView) -> str:
    """Return how far from the baseline, and the limit: "+40/+14 from baseline, over 160/100"."""
    moved = changed(alert.change)
    return f"{moved} from baseline, {bounds(alert.limit)}" if moved else bounds(alert.limit)


def _row(alert: AlertView, overview: SessionOverview) -> AlertRow:
    more = f"{crossed_words(alert)}, at {clock(overview.local, alert.at)}"
    return AlertRow(alert.uid, alert.number, alert_words(alert), more)


def _left(others: Sequence[AlertRow]) -> tuple[str, ...]:
    """Return which alerts are asked about next, all of them by name."""
    named = ", ".join(f"{each.number} {each.words}" for each in others)
    return (f"Then {named}.",) if named else ()


def _ask(key: str, label: str, hint: str, picks: Sequence[str]) -> Ask:
    numbered = tuple((pick, f"{place}  {pick}") for place, pick in enumerate(picks, 1))
    return Ask(key, label, hint, picks=numbered, several=True)


def _said(answers: Answers, actions: Sequence[str], names: Sequence[str]) -> str:
    """Return what the digits stand for; words stand for themselves."""
    found = []
    for key, picks in (("action", actions), ("told", names)):
        typed = answers[key].strip()
        try:
            meant = picked(typed, picks, key)
        except InputError:
            continue
        if meant != typed:
            found.append(f"told {meant}" if key == "told" else meant)
    return "; ".join(found)
