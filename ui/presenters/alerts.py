"""Open alerts: each waits until a person has said what was done and who was told."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Protocol

from monitor.acts import Acknowledge
from monitor.overview import AlertView, SessionOverview
from monitor.vitals import Sign
from ui.presenters.acting import Do
from ui.presenters.question import Answers, Ask, Question, QuestionPresenter
from ui.presenters.words import LONG_NAMES, clock


@dataclass(frozen=True, slots=True)
class AlertRow:
    """One open alert."""

    uid: str
    number: str
    words: str
    more: str


class AlertsView(Protocol):
    """What the presenter asks of the panel."""

    def show_alerts(self, rows: tuple[AlertRow, ...]) -> None:
        """Show the open alerts; without any, nothing at all."""
        ...


class AlertsPresenter:
    """Keeps open alerts in sight and takes their acknowledgement."""

    def __init__(self, view: AlertsView, question: QuestionPresenter, do: Do) -> None:
        self._view, self._question, self._do = view, question, do
        self._open: dict[str, AlertRow] = {}

    def refresh(self, overview: SessionOverview) -> None:
        """Show what is open."""
        rows = tuple(
            AlertRow(
                alert.uid,
                alert.number,
                alert_words(alert),
                f"{bound(alert)}, at {clock(overview.local, alert.at)}",
            )
            for alert in overview.alerts
            if alert.state == "open"
        )
        self._open = {row.uid: row for row in rows}
        self._view.show_alerts(rows)

    def acknowledge(self, which: str) -> None:
        """Ask what was done about an alert, named by its uid or its number."""
        row = next((r for r in self._open.values() if which in (r.uid, r.number)), None)
        if row is None:
            return
        question = Question(
            title=f"Alert {row.number}: {row.words}",
            words=(row.more,),
            asks=(
                Ask("action", "What was done", "repeated, paused, position changed"),
                Ask("told", "Who was told", "name, or empty if nobody"),
            ),
            confirm="Acknowledge",
        )
        self._question.ask(question, lambda answers: self._answer(row.uid, answers))

    def _answer(self, uid: str, answers: Answers) -> None:
        self._do(Acknowledge(alert=uid, action=answers["action"].strip(), told=answers["told"]))


def alert_words(alert: AlertView) -> str:
    """Return what was measured: "BP 182/111"."""
    name = "BP" if alert.limit.sign is Sign.BP else LONG_NAMES[alert.limit.sign]
    unit = " %" if alert.limit.sign is Sign.SPO2 else ""
    return f"{name} {alert.value}{unit}"


def bound(alert: AlertView) -> str:
    """Return the limit that was crossed: "over 180/110", "below 94"."""
    limit = alert.limit
    if limit.sign is Sign.BP:
        return f"over {limit.above}/{limit.above_diastolic}"
    return f"below {limit.below}" if limit.below is not None else f"over {limit.above}"
