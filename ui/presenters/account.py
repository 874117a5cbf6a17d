"""The drug account of a session: what was wasted before whom, and what went back."""

from __future__ import annotations

from typing import Protocol

from monitor.acts import KeepRemainder, Waste
from monitor.entries import WasteOf
from monitor.errors import Code, InputError
from monitor.overview import SessionOverview
from monitor.people import CLINICIANS
from monitor.protocols.protocol import Way
from monitor.units import parse_number, plain
from ui.presenters.account_faces import AccountFace, account_face
from ui.presenters.account_places import Place, places_of
from ui.presenters.acting import Actor
from ui.presenters.question import Answers, Ask, Done, Question


class AccountView(Protocol):
    """What the presenter asks of the panel."""

    def open_account(self, face: AccountFace) -> None:
        """Show the account beside the chart, and go there."""
        ...

    def show_account(self, face: AccountFace) -> None:
        """Show how the account stands now, wherever it is open."""
        ...

    def close_account(self) -> None:
        """Take it away and go back to the entry line."""
        ...


class AccountPresenter:
    """Shows the account, and takes down what was wasted or kept."""

    def __init__(self, view: AccountView, actor: Actor) -> None:
        self._view, self._actor = view, actor
        self._overview: SessionOverview | None = None

    def refresh(self, overview: SessionOverview) -> None:
        """Know how the account stands."""
        self._overview = overview
        self._view.show_account(account_face(overview))

    def open(self) -> None:
        """Show the account."""
        if self._overview is not None:
            self._view.open_account(account_face(self._overview))

    def close(self) -> None:
        """Take it away."""
        self._view.close_account()

    def waste(self) -> None:
        """Ask what was thrown away, and for the witness, who proves who they are."""
        places = places_of(self._overview) if self._overview else ()
        if self._overview is None or not places:
            return
        asks = [*_which(places, "What is wasted"), _measured(self._overview)]
        if self._overview.way is Way.DEVICES:
            asks += [Ask("lot", "Lot", "as printed"), Ask("reason", "What happened")]
        witnesses = self._actor.colleagues.choices(CLINICIANS, but_me=True)
        asks += [
            Ask("witness", "Witness", choices=witnesses),
            Ask("password", "The witness's password", secret=True),
        ]
        words = _only(places, "{0}.")
        if not witnesses:
            words += ("Nobody else here can be a witness; an administrator adds them.",)
        question = Question(
            "Waste drug",
            words,
            tuple(ask for ask in asks if ask.key != "witness" or witnesses),
            "Wasted",
            says=lambda answers: _read_back(places, answers),
        )
        self._actor.question.ask_for_later(question, lambda a, done: self._waste(places, a, done))

    def keep(self) -> None:
        """Ask how much of an opened vial goes back into the cupboard."""
        known = places_of(self._overview) if self._overview else ()
        places = tuple(p for p in known if p.of is WasteOf.VIAL and p.per_ml is not None)
        if not places:
            return
        question = Question(
            "Keep the rest of the vial",
            _only(places, "{0}.", "What goes back into the cupboard, as measured."),
            (*_which(places, "Which vial"), Ask("ml", "Kept, mL")),
            "Keep",
            says=lambda answers: _read_back(places, answers),
        )

        def store(answers: Answers) -> None:
            place = _chosen(places, answers)
            ml = parse_number(answers["ml"], "ml")
            self._actor.do(KeepRemainder(ml=ml, lot=place.lot, product=place.product))
            self._actor.view.show_problem("")

        self._actor.question.ask(question, store)

    def _waste(self, places: tuple[Place, ...], answers: Answers, done: Done) -> None:
        try:
            act = self._act(places, answers)
        except InputError as error:
            done(error)
            return
        self._actor.colleagues.waste(act, answers["witness"], answers["password"], done)

    def _act(self, places: tuple[Place, ...], answers: Answers) -> Waste:
        place = _chosen(places, answers)
        ml = parse_number(answers["ml"], "ml") if "ml" in answers else None
        count = parse_number(answers["count"], "count") if "count" in answers else None
        witness = next(
            (a for a in self._actor.colleagues.accounts() if a.user == answers.get("witness")), None
        )
        if witness is None:
            raise InputError(Code.EMPTY, "witness")
        if not answers["password"]:
            raise InputError(Code.EMPTY, "password")
        return Waste(
            of=place.of,
            witness=witness.author,
            ml=ml,
            count=count,
            lot=place.lot or answers.get("lot", "").strip(),
            product=place.product,
            earlier=place.earlier,
            reason=answers.get("reason", "").strip(),
        )


def _which(places: tuple[Place, ...], label: str) -> tuple[Ask, ...]:
    """Return the question which place is meant; none where there is only one."""
    if len(places) < 2:  # noqa: PLR2004 - one place is no choice
        return ()
    return (Ask("place", label, choices=tuple((p.key, p.name) for p in places), field="of"),)


def _only(places: tuple[Place, ...], name: str, *words: str) -> tuple[str, ...]:
    """Return the words of a question, with the one place where there is no choice."""
    return (*((name.format(places[0].name),) if len(places) == 1 else ()), *words)


def _chosen(places: tuple[Place, ...], answers: Answers) -> Place:
    if len(places) == 1:
        return places[0]
    found = next((p for p in places if p.key == answers.get("place")), None)
    if found is None:
        raise InputError(Code.EMPTY, "of")
    return found


def _measured(overview: SessionOverview) -> Ask:
    """Return the question how much: by volume, by pieces or by devices."""
    if overview.way is Way.DEVICES:
        return Ask("count", "How many devices")
    if overview.dose.piece_mg is not None:
        return Ask("count", "How many pieces")
    return Ask("ml", "Measured, mL", "as measured, not a sum")


def _read_back(places: tuple[Place, ...], answers: Answers) -> str:
    """Return what a typed volume comes to: "7.5 mL × 0.7 mg/mL = 5.25 mg"."""
    try:
        place = _chosen(places, answers)
        ml = parse_number(answers.get("ml", ""), "ml")
    except InputError:
        return ""
    if place.per_ml is None or ml <= 0:
        return ""
    return f"{plain(ml)} mL × {plain(place.per_ml, 4)} mg/mL = {plain(ml * place.per_ml, 3)} mg"
