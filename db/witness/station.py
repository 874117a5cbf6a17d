"""This computer as a witness: its own key, which signs checkpoints of the ledger.

The private key lies in the computer's own state folder, outside every record and so outside
every backup: whoever carries a record away, with all keys that open it, cannot sign in
this computer's name. It is no secret of a patient and opens nothing.
"""

from __future__ import annotations

import contextlib
import datetime as dt
import os
import uuid
from pathlib import Path

import platformdirs
from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import (
    Ed25519PrivateKey,
    Ed25519PublicKey,
)

from db.durable import replace_file, sync_folder
from db.failures import file_error
from monitor.ledger import Checkpoint, checkpoint_message

FILE_NAME = "station.key"
NAME = "Chairside"


class Station:
    """One computer's key, and the folder in which it keeps what it remembers.

    Attributes:
        folder: The computer's own state, outside every record.
        key: The public key, in hex, by which the ledger knows the computer.
        visits: Whether it only looks, at a copy that lies beside the record it works with:
            then it signs nothing there, and remembers nothing of it.
    """

    def __init__(self, folder: Path, private: Ed25519PrivateKey, *, visits: bool = False) -> None:
        self.folder = folder
        self.key = private.public_key().public_bytes_raw().hex()
        self.visits = visits
        self._private = private

    @classmethod
    def here(cls, folder: Path | None = None) -> Station:
        """Return this computer's station; its key is made once, the first time.

        A key file that holds no key is set aside: a new key is an entry in the ledger like
        the first one, and nothing that was signed loses its meaning.

        Args:
            folder: None takes the operating system's place for a program's state.

        Raises:
            StorageError: If the key can be neither read nor kept.
        """
        place = folder or Path(platformdirs.user_state_dir(NAME, appauthor=False))
        try:
            place.mkdir(mode=0o700, parents=True, exist_ok=True)
            return cls(place, _read(place / FILE_NAME) or _made(place / FILE_NAME))
        except OSError as error:
            raise file_error(error) from error

    def visiting(self) -> Station:
        """Return this station as one that only looks."""
        return Station(self.folder, self._private, visits=True)

    def sign(self, seq: int, line_hash: str, at: dt.datetime) -> Checkpoint:
        """Return a checkpoint: the chain stood so, as far as this line.

        Args:
            seq: The line's number.
            line_hash: Its hash, in hex.
            at: The present instant.
        """
        signature = self._private.sign(checkpoint_message(seq, line_hash, at))
        return Checkpoint(seq, line_hash, at, self.key, signature.hex())


def verified(checkpoint: Checkpoint) -> bool:
    """Tell whether the station that a checkpoint names has signed it."""
    try:
        message = checkpoint_message(checkpoint.seq, checkpoint.hash, checkpoint.at)
        public = Ed25519PublicKey.from_public_bytes(bytes.fromhex(checkpoint.key))
        public.verify(bytes.fromhex(checkpoint.signature), message)
    except (InvalidSignature, ValueError):
        return False
    return True


def _read(path: Path) -> Ed25519PrivateKey | None:
    """Return the key in a file; None where there is none, or none that can be used."""
    try:
        return Ed25519PrivateKey.from_private_bytes(bytes.fromhex(path.read_text("ascii")))
    except FileNotFoundError:
        return None
    except ValueError:
        path.replace(path.with_name(f"{path.name}.unreadable"))
        return None


def _made(path: Path) -> Ed25519PrivateKey:
    """Make the key and keep it; of two programs that do so at once, both take the first one."""
    made = Ed25519PrivateKey.generate()
    draft = path.with_name(f"{path.name}.{uuid.uuid4()}")
    replace_file(draft, made.private_bytes_raw().hex().encode("ascii"))
    try:
        with contextlib.suppress(FileExistsError):
            os.link(draft, path)  # unlike a renaming, it takes nobody's place
    except OSError:
        draft.replace(path)  # a file system without links
    draft.unlink(missing_ok=True)
    sync_folder(path.parent)
    return _read(path) or made
