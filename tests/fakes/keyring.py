"""The operating system's keyring, in memory."""

from __future__ import annotations

import threading

from keyring.backend import KeyringBackend
from keyring.errors import KeyringLocked, PasswordDeleteError
from typing_extensions import override


class MemoryKeyring(KeyringBackend):
    """Keeps secrets for as long as a test runs.

    Attributes:
        kept: By service and user.
        locked: Refuses everything, as one does whose owner has not logged in.
        silent: Answers nothing until it is set.
        asked: How many times it was.
    """

    priority = 1.0

    def __init__(self) -> None:
        super().__init__()  # type: ignore[no-untyped-call]
        self.kept: dict[tuple[str, str], str] = {}
        self.locked = False
        self.silent: threading.Event | None = None
        self.asked = 0

    @override
    def get_password(self, service: str, username: str) -> str | None:
        self._answer()
        return self.kept.get((service, username))

    @override
    def set_password(self, service: str, username: str, password: str) -> None:
        self._answer()
        self.kept[service, username] = password

    @override
    def delete_password(self, service: str, username: str) -> None:
        self._answer()
        if (service, username) not in self.kept:
            raise PasswordDeleteError("there is none")
        del self.kept[service, username]

    def _answer(self) -> None:
        self.asked += 1
        if self.silent is not None:
            self.silent.wait()
        if self.locked:
            raise KeyringLocked("nobody has logged in")
