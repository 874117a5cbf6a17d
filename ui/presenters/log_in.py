"""Opening the record, and letting a person in."""

from __future__ import annotations

from collections.abc import Callable
from typing import Generic, TypeVar

from monitor.people import Author
from ui.presenters.gate import Form, FormField, GateView, Run, Typed, when_done

R = TypeVar("R")

UNLOCK = Form(
    "Open the record",
    "It is encrypted. Its passphrase opens it on this computer.",
    (FormField("passphrase", "Passphrase", secret=True),),
    confirm="Open",
)


class UnlockPresenter(Generic[R]):
    """Asks for the record's passphrase until it is the right one."""

    def __init__(
        self, view: GateView, open_record: Callable[[str], R], run: Run, then: Callable[[R], None]
    ) -> None:
        self._view, self._open, self._run, self._then = view, open_record, run, then

    def begin(self) -> None:
        """Ask."""
        self._view.show_form(UNLOCK, {})

    def submit(self, typed: Typed) -> None:
        """Try what was typed; a wrong one is said, and nothing else happens."""
        passphrase = typed.get("passphrase", "")
        if not passphrase:
            self._view.show_problem("passphrase", "Type the record's passphrase.")
            return
        self._view.show_busy("Opening the record …")
        self._run(lambda: self._open(passphrase), when_done(self._view, self._then))

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
