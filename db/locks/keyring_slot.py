"""The secret that the operating system's own keyring keeps for a record.

It is 256 random bits, under the service "Chairside" and the record's id. Only places that
belong to the operating system are used (Secret Service, KWallet, macOS Keychain, Windows
Credential Locker); one that would keep it in a plain file is not. Whatever such a place
does not do (it is locked, it is not installed, it does not answer) means: not there.
"""

from __future__ import annotations

import contextlib
import queue
import secrets
import threading
from collections.abc import Callable
from typing import TYPE_CHECKING

from db.locks.keys import KEY_BYTES
from monitor.errors import Code, StorageError

if TYPE_CHECKING:
    from keyring.backend import KeyringBackend

SERVICE = "Chairside"
PATIENCE_SECONDS = 15.0
"""How long the system may ask for its own password before it counts as not there."""

_OF_THE_SYSTEM = frozenset(
    {
        "keyring.backends.SecretService",
        "keyring.backends.libsecret",
        "keyring.backends.kwallet",
        "keyring.backends.macOS",
        "keyring.backends.Windows",
    }
)


def of_the_system() -> KeyringBackend | None:
    """Return the operating system's keyring, None where it has none."""
    import keyring  # noqa: PLC0415 - slow, and seldom needed
    from keyring.backends.chainer import ChainerBackend  # noqa: PLC0415 - the same

    chosen = keyring.get_keyring()
    found = chosen.backends if isinstance(chosen, ChainerBackend) else [chosen]
    return next((each for each in found if type(each).__module__ in _OF_THE_SYSTEM), None)


def read(store_id: str) -> bytes | None:
    """Return the record's secret, None where the keyring has none or is not there.

    It may wait for a person who is asked to open the keyring: never call it on the thread
    that draws the window.
    """
    kept = _asked(lambda ring: ring.get_password(SERVICE, store_id))
    try:
        secret = bytes.fromhex(kept) if isinstance(kept, str) else b""
    except ValueError:
        return None
    return secret if len(secret) == KEY_BYTES else None


def keep(store_id: str, secret: bytes) -> None:
    """Put a secret into the keyring, in place of one that is there.

    Raises:
        StorageError: `no-keyring`, unless it is there afterwards.
    """
    _asked(lambda ring: ring.set_password(SERVICE, store_id, secret.hex()))
    if read(store_id) != secret:
        raise StorageError(Code.NO_KEYRING)


def forget(store_id: str) -> None:
    """Take the record's secret out of the keyring; nothing happens where there is none."""
    _asked(lambda ring: ring.delete_password(SERVICE, store_id))


def make() -> bytes:
    """Return a new random secret."""
    return secrets.token_bytes(KEY_BYTES)


def _asked(ask: Callable[[KeyringBackend], object]) -> object:
    """Ask the keyring something; None if there is none, or it refuses, or does not answer."""
    answers: queue.SimpleQueue[object] = queue.SimpleQueue()

    def work() -> None:
        with contextlib.suppress(Exception):  # each system's library fails in ways of its own
            ring = of_the_system()
            answers.put(None if ring is None else ask(ring))
            return
        answers.put(None)

    threading.Thread(target=work, name="keyring", daemon=True).start()
    try:
        return answers.get(timeout=PATIENCE_SECONDS)
    except queue.Empty:
        return None
