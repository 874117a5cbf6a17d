"""A certification that counts the keys it makes: a first start makes one after the other."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable

from monitor.certificates import Authority
from monitor.people import Author, Clinic
from monitor.ports import Certification, Made

Count = Callable[[int], None]
"""Takes how many keys are made."""


class CountedKeys:
    """Implements `monitor.ports.Certification`; says after each key how many there are.

    Args:
        inner: Makes them.
        count: Is told, on the thread that makes them.
    """

    def __init__(self, inner: Certification, count: Count) -> None:
        self._inner, self._count, self._made = inner, count, 0
        self.open, self.rewrap = inner.open, inner.rewrap
        self.begins, self.ends, self.ended = inner.begins, inner.ends, inner.ended

    def found(self, clinic: Clinic, passphrase: str, at: dt.datetime) -> Made:
        """Make the clinic's authority."""
        return self._counted(self._inner.found(clinic, passphrase, at))

    def issue(
        self, authority: Authority, passphrase: str, person: Author, password: str, at: dt.datetime
    ) -> Made:
        """Make a person's key pair and have the authority certify it."""
        return self._counted(self._inner.issue(authority, passphrase, person, password, at))

    def _counted(self, made: Made) -> Made:
        self._made += 1
        self._count(self._made)
        return made
