"""The protocols: which versions there are, who approved each, and approving one."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Sequence
from concurrent.futures import Future
from dataclasses import dataclass
from typing import Protocol

from monitor.errors import Code, MonitorError
from monitor.people import Account, Author, Role
from monitor.protocols.protocol import Approval, Protocol as TreatmentProtocol
from ui.presenters.form import FormFace, FormField, FormView, Shape
from ui.presenters.gate import Run
from ui.wording import sentence

FORM_NOTE = "Look at each number and its source first."


@dataclass(frozen=True, slots=True)
class ProtocolRow:
    """One version of a protocol in the list.

    Attributes:
        key: The hash of its content: no two versions share one.
        version: "version 1".
        state: "approved by Dana Silva on 2026-03-02", or that it is a draft.
        approved: Whether it may be used.
        here: Whether it is the one that is open.
    """

    key: str
    title: str
    family: str
    route: str
    version: str
    state: str
    approved: bool
    here: bool


class ProtocolsView(Protocol):
    """What the presenter asks of the section."""

    @property
    def form(self) -> FormView:
        """Return the form that approves."""
        ...

    def show_protocols(self, rows: tuple[ProtocolRow, ...]) -> None:
        """Show every version there is."""
        ...

    def show_protocol(self, protocol: TreatmentProtocol | None) -> None:
        """Show the numbers of one, with their sources."""
        ...

    def show_approving(self, *, asked: bool, said: str) -> None:
        """Show the form that approves, or say in its place who approved or who can."""
        ...


class ProtocolsDoors(Protocol):
    """What the section needs of the world."""

    @property
    def author(self) -> Callable[[], Author]:
        """Return who is here."""
        ...

    @property
    def accounts(self) -> Callable[[], Sequence[Account]]:
        """Return everyone who has an account."""
        ...

    @property
    def protocols(self) -> tuple[TreatmentProtocol, ...]:
        """Return the versions that come with the program."""
        ...

    @property
    def approvals(self) -> Callable[[], Sequence[Approval]]:
        """Return the newest approved version of each protocol."""
        ...

    @property
    def approve(self) -> Callable[[str, str, TreatmentProtocol], None]:
        """Approve as a prescriber: user, password, protocol; slow."""
        ...

    @property
    def zone(self) -> dt.tzinfo:
        """Return the clinic's time zone."""
        ...

    @property
    def run(self) -> Run:
        """Do slow work beside the window."""
        ...


class ProtocolsPresenter:
    """Shows the versions; a prescriber approves one with a password."""

    def __init__(self, view: ProtocolsView, doors: ProtocolsDoors) -> None:
        self._view, self._doors = view, doors
        self._chosen = self._password = ""
        self._shown: tuple[str, str, str] | None = None
        self._busy = False

    @property
    def chosen(self) -> str:
        """Return the key of the version that is open; empty for none."""
        return self._chosen

    def refresh(self) -> None:
        """Look again; a password that is being typed stays."""
        versions = self._versions()
        if self._chosen not in versions:
            self._chosen = next(iter(versions), "")
        approvals = self._approvals()
        self._view.show_protocols(
            tuple(self._row(each, approvals.get(key)) for key, each in versions.items())
        )
        shown = (self._chosen, self._doors.author().user, self._state(approvals))
        if shown != self._shown:
            opened = shown[0] != (self._shown or ("",))[0]
            self._shown = shown
            if opened:
                self._view.show_protocol(versions.get(self._chosen))
            self._show_approving(approvals)

    def choose(self, key: str) -> None:
        """Open a version."""
        if not self._busy:
            self._chosen = key
            self.refresh()

    def step(self, by: int) -> None:
        """Open the next version, or the one before."""
        keys = list(self._versions())
        if keys and self._chosen in keys:
            self.choose(keys[min(max(keys.index(self._chosen) + by, 0), len(keys) - 1)])

    def typed(self, key: str, words: str) -> None:
        """Take the password."""
        if key == "password":
            self._password = words

    def submit(self) -> None:
        """Approve the version that is open, as the prescriber who is here."""
        protocol = self._versions().get(self._chosen)
        author = self._doors.author()
        if protocol is None or self._busy or not self._may_approve():
            return
        if self._chosen in self._approvals():
            return
        if not self._password:
            self._view.form.show_problem("password", "Type your password to approve.")
            return
        user, password = author.user, self._password
        self._busy = True
        self._view.form.show_problem("", "")
        self._view.form.show_note("password", "One moment …")
        self._doors.run(lambda: self._doors.approve(user, password, protocol), self._approved)

    def _approved(self, future: Future[None]) -> None:
        self._busy = False
        self._view.form.show_note("password", "")
        try:
            future.result()
        except MonitorError as error:
            wrong = error.code is Code.WRONG_PASSWORD
            said = "That is not your password; type it again." if wrong else sentence(error)
            self._view.form.show_problem("password" if wrong else "", said)
            return
        self._view.form.put("password", "")
        self.refresh()

    # --- what is shown ------------------------------------------------------------------------

    def _versions(self) -> dict[str, TreatmentProtocol]:
        """Return every version there is, by its hash: the program's, then older approved ones."""
        approved = [approval.protocol for approval in self._doors.approvals()]
        found = [*self._doors.protocols, *approved]
        return {each.hash: each for each in sorted(found, key=lambda p: (p.title, -p.version))}

    def _approvals(self) -> dict[str, Approval]:
        return {approval.protocol.hash: approval for approval in self._doors.approvals()}

    def _state(self, approvals: dict[str, Approval]) -> str:
        return state_words(approvals.get(self._chosen), self._doors.zone)

    def _row(self, protocol: TreatmentProtocol, approval: Approval | None) -> ProtocolRow:
        return ProtocolRow(
            key=protocol.hash,
            title=protocol.title,
            family=protocol.drug,
            route=protocol.route,
            version=f"version {protocol.version}",
            state=state_words(approval, self._doors.zone),
            approved=approval is not None,
            here=protocol.hash == self._chosen,
        )

    def _show_approving(self, approvals: dict[str, Approval]) -> None:
        self._password = ""
        state = self._state(approvals)
        if not self._chosen:
            self._view.show_approving(asked=False, said="")
        elif self._chosen in approvals:
            said = f"{state[:1].upper()}{state[1:]}. A protocol in use is never changed, only "
            self._view.show_approving(asked=False, said=f"{said}followed by a new version.")
        elif self._may_approve():
            self._ask_password()
        else:
            self._view.show_approving(asked=False, said=f"A draft. {self._who_can()}")

    def _ask_password(self) -> None:
        name = self._doors.author().name
        field = FormField("password", f"Password of {name}", Shape.DOTS)
        self._view.form.show_form(FormFace("Approve the protocol", (field,), "Approve", FORM_NOTE))
        self._view.show_approving(asked=True, said="")

    def _may_approve(self) -> bool:
        return self._doors.author().role is Role.PRESCRIBER

    def _who_can(self) -> str:
        names = [
            account.name
            for account in self._doors.accounts()
            if account.active and account.role is Role.PRESCRIBER
        ]
        if not names:
            return "Only a prescriber can approve it, and there is none yet: add one under People."
        last = names[-1] if len(names) == 1 else f"{', '.join(names[:-1])} or {names[-1]}"
        return f"Only a prescriber can approve it: {last}, logged in."


def state_words(approval: Approval | None, zone: dt.tzinfo) -> str:
    """Return how a version stands: who approved it and when, or that nobody has."""
    if approval is None:
        return "draft, not approved"
    use = "approved for rehearsals only" if approval.rehearsal else "approved"
    return f"{use} by {approval.by} on {approval.at.astimezone(zone):%Y-%m-%d}"
