"""What is said about the record afterwards: missed, explained."""

from __future__ import annotations

from monitor.acts import Explain, MissSlot
from monitor.overview import SessionOverview
from monitor.schedule import SlotState
from monitor.slot_closing import due_or_first
from ui.presenters.acting import Actor
from ui.presenters.question import Ask, Question
from ui.presenters.reasons import NOT_TAKEN, numbered, reason_of
from ui.presenters.words import slot_name


class MendingPresenter:
    """Asks for reasons; the old value always stays in sight."""

    def __init__(self, actor: Actor) -> None:
        self._actor = actor
        self._overview: SessionOverview | None = None

    def refresh(self, overview: SessionOverview) -> None:
        """Know what there is to mend."""
        self._overview = overview

    def miss(self, slot: str = "") -> None:
        """Ask why an observation was not made: the one that is named, else the oldest overdue."""
        slot = slot or self._oldest_overdue()
        if not slot:
            return
        question = Question(
            f"{slot_name(slot)} was missed",
            ("A reading that comes later still takes its place; both are printed.",),
            (Ask("reason", "Why", "Words, or a digit", picks=numbered(NOT_TAKEN)),),
            "Store as missed",
        )
        self._actor.question.ask(
            question,
            lambda answers: self._do(
                MissSlot(slot=slot, reason=reason_of(answers["reason"], NOT_TAKEN))
            ),
        )

    def _oldest_overdue(self) -> str:
        slots = self._overview.slots if self._overview else ()
        overdue = [slot for slot in slots if slot.state is SlotState.OVERDUE and slot.due]
        return min(overdue, key=due_or_first).name if overdue else ""

    def explain(self, gap: str, about: str, words: str) -> None:
        """Ask for the explanation of a gap."""
        question = Question(
            words, (), (Ask("reason", "Explanation", "It stands in the record"),), "Explain"
        )
        self._actor.question.ask(
            question,
            lambda answers: self._do(
                Explain(gap=gap, about=about, reason=answers["reason"].strip())
            ),
        )

    def _do(self, act: MissSlot | Explain) -> None:
        self._actor.do(act)
        self._actor.view.show_problem("")
