"""The first start: a clinic, its record, its first people, its protocols.

A typed state machine without a window. Nothing is stored before everything that the record
needs has been asked; then it is made at once, its recovery key is shown, and the prescriber
approves the protocols.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Generic, Protocol, TypeVar

from monitor.clinic import NewAccount
from monitor.key_slots import RecoveryKey
from monitor.protocols.protocol import Protocol as TreatmentProtocol
from ui.presenters.first_start_forms import (
    RECOVERY,
    ROLES,
    Step,
    approval,
    form_of,
    problem,
)
from ui.presenters.first_start_secrets import same_secret
from ui.presenters.gate import GateView, Run, Typed, when_done
from ui.presenters.recovery import RecoveryDoors, RecoverySheet

R = TypeVar("R")
R_co = TypeVar("R_co", covariant=True)


@dataclass(frozen=True, slots=True, kw_only=True)
class Beginning:
    """All that is asked before anything is stored.

    Attributes:
        passphrase: Opens the record.
        authority: The passphrase of the clinic's signing authority; empty for none yet.
    """

    clinic: str
    address: str
    chairs: tuple[str, ...]
    folder: Path
    passphrase: str = field(repr=False)
    people: tuple[NewAccount, ...]
    authority: str = field(default="", repr=False)


class FirstStartDoors(Protocol[R]):
    """What the first start asks of the world."""

    @property
    def folder(self) -> Path:
        """Return where a record lies by default."""
        ...

    @property
    def protocols(self) -> tuple[TreatmentProtocol, ...]:
        """Return the drafts that come with the program."""
        ...

    def check_folder(self, folder: Path) -> None:
        """Refuse a folder that holds a record already or cannot be written."""
        ...

    def check_password(self, password: str) -> None:
        """Refuse a password that is too weak."""
        ...

    def found(self, beginning: Beginning) -> R:
        """Make the record with the clinic and its people in it, and open it."""
        ...

    def hear(self, count: Callable[[int], None]) -> None:
        """Let *count* be told, while `found` works, how many keys are made."""
        ...

    def recovery(self, record: R) -> RecoveryDoors:
        """Return what the record's recovery key needs."""
        ...

    def approve(self, record: R, user: str, password: str, protocol: TreatmentProtocol) -> None:
        """Approve a protocol as the prescriber."""
        ...


class FirstStartPresenter(Generic[R]):
    """Leads through the first start."""

    def __init__(
        self, view: GateView, doors: FirstStartDoors[R], run: Run, then: Callable[[R], None]
    ) -> None:
        self._view, self._doors, self._run, self._then = view, doors, run, then
        self._step = Step.CLINIC
        self._typed: dict[Step, Typed] = {}
        self._record: R | None = None
        self._sheet: RecoverySheet | None = None
        self._to_approve = list(doors.protocols)
        doors.hear(self._show_keys)

    @property
    def step(self) -> Step:
        """Return what is being asked."""
        return self._step

    def begin(self) -> None:
        """Ask for the clinic."""
        self._show()

    def back(self) -> None:
        """Go back one step; what was typed is kept, passwords are not."""
        if self._record is None and self._step is not Step.CLINIC:
            self._step = Step(self._step.value - 1)
            self._show()

    def submit(self, typed: Typed) -> None:
        """Take a step's answers; what is wrong is said at its field."""
        if self._step is Step.RECOVERY and self._sheet is None:
            self._make_recovery_key()  # once more: it was refused
            return
        wrong = problem(self._step, typed) or self._taken(typed)
        if wrong:
            self._view.show_problem(*wrong)
        elif self._step is Step.RECOVERY:
            self._prove(typed["group"])
        elif self._step is Step.PROTOCOLS:
            self._approve(typed["password"])
        else:
            self._check(typed)

    # --- one step -----------------------------------------------------------------------

    def _taken(self, typed: Typed) -> tuple[str, str] | None:
        user = typed.get("user", "").strip().casefold()
        before = {s: said for s, said in self._typed.items() if s.value < self._step.value}
        names = (said["user"] for s, said in before.items() if s in ROLES)
        if user and any(user == name.strip().casefold() for name in names):
            return "user", "Two people cannot share a user name. Choose another one."
        return same_secret(self._step, typed, before)

    def _check(self, typed: Typed) -> None:
        """Ask the world about what only it can tell, then go on."""
        if self._step is Step.RECORD:
            folder = Path(typed["folder"].strip()).expanduser()
            work = lambda: self._doors.check_folder(folder)  # noqa: E731 - one of two works
        elif self._step in ROLES:
            work = lambda: self._doors.check_password(typed["password"])  # noqa: E731 - the other
        else:
            self._go_on(typed)
            return
        self._view.show_busy("One moment …")
        self._run(work, when_done(self._view, lambda _: self._go_on(typed)))

    def _go_on(self, typed: Typed) -> None:
        self._typed[self._step] = dict(typed)
        if self._step is Step.PRESCRIBER:
            self._found()
        else:
            self._step = Step(self._step.value + 1)
            self._show()

    def _found(self) -> None:
        beginning = _beginning(self._typed)
        self._show_keys(0)
        self._run(lambda: self._doors.found(beginning), when_done(self._view, self._founded))

    def _show_keys(self, made: int) -> None:
        keys = len(ROLES) + 1  # the authority's is one more
        self._view.show_busy(f"Making the record: {made} of {keys} keys made …")
        self._view.show_progress(made, keys)

    def _founded(self, record: R) -> None:
        self._record = record
        self._forget_secrets()
        self._step = Step.RECOVERY
        self._make_recovery_key()

    def _forget_secrets(self) -> None:
        """Keep no passphrase and no password once they have done what they were typed for."""
        for step, typed in self._typed.items():
            kept = {field.key for field in form_of(step, Path()).fields if not field.secret}
            self._typed[step] = {key: words for key, words in typed.items() if key in kept}

    # --- the recovery key ---------------------------------------------------------------

    def save(self) -> None:
        """Ask where the sheet with the recovery key shall go."""
        if self._sheet is not None:
            self._sheet.save()

    def print(self) -> None:
        """Put the sheet on paper."""
        if self._sheet is not None:
            self._sheet.print()

    def save_to(self, path: Path) -> None:
        """Write the sheet there."""
        if self._sheet is not None:
            self._sheet.save_to(path)

    def _make_recovery_key(self) -> None:
        self._view.show_busy("Making the recovery key …")
        self._run(self._recovery().make, when_done(self._view, self._show_recovery_key))

    def _show_recovery_key(self, key: RecoveryKey) -> None:
        self._sheet = RecoverySheet(self._view, self._recovery(), self._run, key)
        self._view.show_recovery(RECOVERY, key.groups)

    def _prove(self, group: str) -> None:
        assert self._sheet is not None  # noqa: S101 - `submit` looked
        key = self._sheet.key
        self._run(
            lambda: self._recovery().prove(key, group),
            when_done(self._view, lambda _: self._after_recovery(), "group"),
        )

    def _after_recovery(self) -> None:
        self._sheet = None
        self._step = Step.PROTOCOLS
        self._show()

    def _recovery(self) -> RecoveryDoors:
        assert self._record is not None  # noqa: S101 - the step comes after the record was made
        return self._doors.recovery(self._record)

    # --- the protocols ------------------------------------------------------------------

    def _approve(self, password: str) -> None:
        record, protocol = self._record, self._to_approve[0]
        assert record is not None  # noqa: S101 - the step comes after the record was made
        user = self._typed[Step.PRESCRIBER]["user"]
        self._view.show_busy("One moment …")
        self._run(
            lambda: self._doors.approve(record, user, password, protocol),
            when_done(self._view, lambda _: self._approved(record)),
        )

    def _approved(self, record: R) -> None:
        del self._to_approve[0]
        if self._to_approve:
            self._show()
        else:
            self._then(record)

    def skip(self) -> None:
        """Leave what is shown for later: it can be done under Settings."""
        if self._step is Step.RECOVERY:
            self._after_recovery()
        elif self._step is Step.PROTOCOLS and self._record is not None:
            self._approved(self._record)

    def skip_the_rest(self) -> None:
        """Leave every draft that nobody has looked at for later."""
        if self._step is Step.PROTOCOLS and self._record is not None:
            self._to_approve.clear()
            self._then(self._record)

    # --- what is shown, what is made ---------------------------------------------------------

    def _show(self) -> None:
        if self._step is Step.PROTOCOLS:
            name = self._typed[Step.PRESCRIBER]["name"].strip()
            self._view.show_protocol(approval(name, len(self._to_approve)), self._to_approve[0])
            return
        form = form_of(self._step, self._doors.folder)
        typed = self._typed.get(self._step, {f.key: f.preset for f in form.fields if f.preset})
        secrets = {f.key for f in form.fields if f.secret}
        self._view.show_form(form, {k: v for k, v in typed.items() if k not in secrets})


def _beginning(asked: Mapping[Step, Typed]) -> Beginning:
    """Return all that was asked, as the record is made of it."""
    clinic, record = asked[Step.CLINIC], asked[Step.RECORD]
    return Beginning(
        clinic=clinic["clinic"].strip(),
        address=clinic["address"].strip(),
        chairs=tuple(str(n) for n in range(1, int(clinic["chairs"]) + 1)),
        folder=Path(record["folder"].strip()).expanduser(),
        passphrase=record["passphrase"],
        authority=asked[Step.AUTHORITY]["authority"],
        people=tuple(
            NewAccount(
                user=asked[step]["user"],
                name=asked[step]["name"],
                role=role,
                credential=asked[step]["credential"],
                password=asked[step]["password"],
            )
            for step, role in ROLES.items()
        ),
    )
