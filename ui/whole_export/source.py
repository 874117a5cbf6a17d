"""What an export asks of an opened record; window and command line both have one."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Protocol

from monitor.desk import World
from monitor.ledger import Checkpoint, Line
from monitor.papers import Papers


class Ledger(Protocol):
    """The record as a whole, where it lies."""

    @property
    def id(self) -> str:
        """Return the record's identity."""
        ...

    @property
    def folder(self) -> Path:
        """Return where it lies."""
        ...

    def lines(self) -> Iterator[Line]:
        """Give the ledger's lines in order.

        Raises:
            StorageError: If one cannot be read.
        """
        ...

    def checkpoints(self) -> tuple[Checkpoint, ...]:
        """Return the stations' signatures under the chain, by line."""
        ...


class Source(Protocol):
    """An opened record."""

    @property
    def world(self) -> World:
        """Return what the use-cases ask of the world."""
        ...

    @property
    def papers(self) -> Papers:
        """Return who makes papers and tables of the record."""
        ...

    @property
    def ledger(self) -> Ledger:
        """Return the record as a whole."""
        ...

    def proof(self, session_id: str, content: bytes) -> bytes:
        """Return what is put beside a file that leaves the program."""
        ...

    def lone_verifier(self) -> bytes:
        """Return the program that verifies reports where this one is not installed."""
        ...
