"""What is given by hand: a push, an injection, tablets, a nasal device; and ending it short."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Sequence
from decimal import Decimal

from monitor.acts import Finish, GiveDevice, GiveDose
from monitor.entry_time import typed_time
from monitor.errors import Code, InputError, RefusedError
from monitor.overview import SessionOverview
from monitor.protocols.protocol import Protocol, SecondPerson, SingleDose, Way
from monitor.units import parse_number, plain
from ui.presenters.acting import Actor
from ui.presenters.holding import held
from ui.presenters.question import Answers, Ask, Question
from ui.presenters.words import amount

_REASON = Ask("reason", "Reason", "It stands in the record")


class GivingPresenter:
    """Turns what was given by hand into acts; amount, place and time are asked for."""

    def __init__(
        self,
        actor: Actor,
        protocol: Protocol,
        zone: dt.tzinfo,
        now: Callable[[], dt.datetime],
    ) -> None:
        self._actor, self._protocol, self._zone, self._now = actor, protocol, zone, now
        self._overview: SessionOverview | None = None

    def refresh(self, overview: SessionOverview) -> None:
        """Know where the dose stands."""
        self._overview = overview

    def give(self) -> None:
        """Ask what is given, where and since when; before that, who lets pass what is missing."""
        found = (self._held(), self._unchecked())
        self._ask_after([each for each in found if each and self._actor.can_override(each)])

    def give_device(self, lot: str, expiry: str, sprays: int) -> bool:
        """One device was used; returns whether it was stored at once.

        Args:
            lot: As typed.
            expiry: As typed.
            sprays: How many are ticked.
        """
        if not sprays:
            self._actor.refuse(InputError(Code.EMPTY, "sprays"))
            return False
        act = GiveDevice(lot=lot.strip(), expiry=expiry.strip(), sprays=sprays)
        number = len(self._overview.devices) + 1 if self._overview else 1
        return self._actor.attempt(act, f"Device {number}", f"Device {number} given")

    def end_short(self) -> None:
        """No more is given of what was ordered: ask why."""
        question = Question(
            "End the dosing short" if self._by_device else "End the dose here",
            (self._given_so_far(),),
            (_REASON,),
            "End dosing" if self._by_device else "End the dose",
            "stop",
        )

        def store(answers: Answers) -> None:
            self._actor.do(Finish(reason=answers["reason"].strip()))
            self._actor.view.show_problem("")

        self._actor.question.ask(question, store)

    @property
    def _by_device(self) -> bool:
        return self._protocol.way is Way.DEVICES

    @property
    def _title(self) -> str:
        return "Push the dose" if self._protocol.way is Way.PUSH else "Give the dose"

    def _ask_after(self, refused: Sequence[RefusedError]) -> None:
        """Have a prescriber let pass what would be refused, one after the other, then ask."""
        if not refused:
            self._ask()
            return
        self._actor.ask_override(refused[0], self._title, lambda: self._ask_after(refused[1:]))

    def _ask(self) -> None:
        question = Question(self._title, self._made_ready(), self._asks(), "Given")
        self._actor.question.ask(question, lambda answers: self._store(answers, question))

    def _asks(self) -> tuple[Ask, ...]:
        left = self._left()
        whole = ((plain(left), f"All of it: {plain(left)} mg"),) if left else ()
        asks = [Ask("dose_mg", "Amount given, mg", picks=whole, field="portion_mg")]
        if self._protocol.way is Way.PUSH:
            minutes = self._overview.dose.minutes if self._overview else None
            picks = ((plain(minutes), f"{plain(minutes)} min, as ordered"),) if minutes else ()
            asks.append(Ask("minutes", "Over how many minutes", picks=picks))
        sites = self._protocol.dose.sites if isinstance(self._protocol.dose, SingleDose) else ()
        if sites:
            choices = tuple((site, site[:1].upper() + site[1:]) for site in sites)
            asks.append(Ask("site", "Where", choices=choices))
        asks.append(Ask("when", "Begun at", "10:20; empty is now", field="at"))
        asks.append(Ask("reason", "Reason", "where it is not all of it"))
        return tuple(asks)

    def _store(self, answers: Answers, question: Question) -> None:
        mg = parse_number(answers["dose_mg"], "dose_mg")
        push = self._protocol.way is Way.PUSH
        minutes = parse_number(answers["minutes"], "minutes") if push else None
        if "site" in answers and not answers["site"]:
            raise InputError(Code.EMPTY, "site")
        act = GiveDose(
            dose_mg=mg,
            minutes=minutes,
            site=answers.get("site", ""),
            at=self._when(answers["when"].strip()),
            reason=answers["reason"].strip(),
        )
        self._actor.carry_out(act, question)

    def _when(self, typed: str) -> dt.datetime | None:
        if not typed or self._overview is None:
            return None
        zone = self._overview.local.timeline.zone(self._zone)
        try:
            at = typed_time(f"@{typed}", self._now(), zone)
        except InputError as error:
            code = Code.FUTURE if error.code is Code.FUTURE else Code.NOT_UNDERSTOOD
            raise InputError(code, "at", typed=typed) from None
        if at is None:
            raise InputError(Code.NOT_UNDERSTOOD, "at", typed=typed)
        return at

    def _held(self) -> RefusedError | None:
        """Return how the dose would be refused for the pressure before it; None where not."""
        return held(self._overview) if self._overview else None

    def _unchecked(self) -> RefusedError | None:
        """Return how the dose would be refused for want of its check; None where it would not."""
        overview = self._overview
        if overview is None or overview.second_person is not SecondPerson.REQUIRED:
            return None
        lifted = any(o.what == Code.CHECK_MISSING and o.in_force for o in overview.overrides)
        check = overview.dose.check
        if overview.started_at is not None or lifted or (check is not None and check.same):
            return None
        differs = tuple(f.name for f in check.figures if not f.same) if check else ()
        return RefusedError(Code.CHECK_MISSING, **({"differs": differs} if differs else {}))

    def _left(self) -> Decimal | None:
        dose = self._overview.dose if self._overview else None
        if dose is None:
            return None
        return dose.left_mg if dose.left_mg is not None else dose.prepared_mg

    def _made_ready(self) -> tuple[str, ...]:
        """Return what lies ready, in words."""
        overview = self._overview
        if overview is None:
            return ()
        dose = overview.dose
        said = [f"Prepared {amount(dose.prepared_mg, 2)} mg"]
        if dose.drawn_ml is not None:
            said.append(f"{amount(dose.drawn_ml, 2)} mL")
        said += [f"lot {lot}" for lot in dict.fromkeys(p.lot for p in dose.preparations)]
        given = () if dose.given_mg is None else (self._given_so_far(),)
        return (", ".join(said) + ".", *given)

    def _given_so_far(self) -> str:
        overview = self._overview
        if overview is None:
            return ""
        if self._by_device:
            of = overview.devices_ordered
            return f"{len(overview.devices)} of {of} devices were given; no more will be."
        dose = overview.dose
        return f"Given so far {amount(dose.given_mg, 2)} mg, left {amount(dose.left_mg, 2)} mg."
