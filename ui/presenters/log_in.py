"""Opening the record, and letting a person in."""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import Future
from dataclasses import replace
from typing import Generic, TypeVar

from monitor.errors import Code, MonitorError
from monitor.people import Author
from ui.presenters.gate import Form, FormField, GateView, Run, Typed, tell, when_done
from ui.wording import sentence

R = TypeVar("R")

UNLOCK = Form(
    "Open the record",
    "It is encrypted. Its passphrase opens it, and so does the printed recovery key.",
    (
        FormField(
            "passphrase",
            "Passphrase",
            note="Or the 13 groups of the recovery sheet, with spaces or without.",
            secret=True,
        ),
    ),
    confirm="Open",
)
ASKING = "Asking this computer's keyring …"
NOT_BY_KEYRING = "This computer's keyring did not open the record. Its passphrase does."


class UnlockPresenter(Generic[R]):
    """Asks for the record's passphrase until it is the right one."""

    def __init__(
        self,
        view: GateView,
        open_record: Callable[[str | None], R],
        run: Run,
        then: Callable[[R], None],
    ) -> None:
        self._view, self._open, self._run, self._then = view, open_record, run, then

    def begin(self, *, by_keyring: bool = False) -> None:
        """Ask for the passphrase.

        Args:
            by_keyring: Ask the operating system's keyring first; it may take a while.
        """
        self._view.show_form(UNLOCK, {})
        if by_keyring:
            self._view.show_busy(ASKING)
            self._run(lambda: self._open(None), self._asked)

    def tell(self, error: MonitorError) -> None:
        """Say why the record cannot be opened at all."""
        self._view.show_problem("", sentence(error))

    def submit(self, typed: Typed) -> None:
        """Try what was typed; a wrong one is said, and nothing else happens."""
        passphrase = typed.get("passphrase", "")
        if not passphrase:
            self._view.show_problem("passphrase", "Type the record's passphrase.")
            return
        self._view.show_busy("Opening the record …")
        self._run(lambda: self._open(passphrase), when_done(self._view, self._then, "passphrase"))

    def _asked(self, future: Future[R]) -> None:
        """Go on if the keyring opened it; if not, that is no fault of who sits here."""
        try:
            record = future.result()
        except MonitorError as error:
            self._view.show_busy("")
            self._view.show_form(replace(UNLOCK, words=NOT_BY_KEYRING), {})
            if error.code is not Code.WRONG_KEY:
                tell(self._view, error)
            return
        self._view.show_busy("")
        self._then(record)

    def back(self) -> None:
        """There is nothing to go back to."""


class LogInPresenter:
    """Asks who is there."""

    def __init__(
        self,
        view: GateView,
        clinic: str,
        log_in: Callable[[str, str], Author],
        run: Run,
        *,
        then: Callable[[Author], None],
    ) -> None:
        self._view, self._log_in, self._run, self._then = view, log_in, run, then
        self._form = Form(
            clinic,
            "Log in to see the chairs.",
            (FormField("user", "User name"), FormField("password", "Password", secret=True)),
            confirm="Log in",
        )

    def begin(self) -> None:
        """Ask."""
        self._view.show_form(self._form, {})

    def submit(self, typed: Typed) -> None:
        """Try what was typed."""
        for key, words in (("user", "Type your user name."), ("password", "Type your password.")):
            if not typed.get(key, "").strip():
                self._view.show_problem(key, words)
                return
        self._view.show_busy("One moment …")
        user, password = typed["user"], typed["password"]
        self._run(lambda: self._log_in(user, password), when_done(self._view, self._then))

    def back(self) -> None:
        """There is nothing to go back to."""
