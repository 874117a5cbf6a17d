"""A clinic with one sealed report in its record, and those who would forge it."""

from __future__ import annotations

import contextlib
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from cryptography.hazmat.primitives.asymmetric import rsa
from typing_extensions import override

from db.certification import PracticeCertification, practice_key
from db.store import Store
from monitor.acts import Finish
from monitor.certificates import CERTIFICATES, authority, certificate_of
from monitor.overview import SessionOverview
from monitor.ports import PersonalKey
from monitor.sealed_file import FileFacts
from monitor.verifying import VerifyReport
from tests.fakes.sealing import GOOD, WatchedPress
from tests.fakes.visit import PASSWORDS, Visit


class LookAlike(PracticeCertification):
    """Another clinic's: the same names, the same numbers, other keys."""

    @override
    def _make_key(self, purpose: str) -> rsa.RSAPrivateKey:
        return practice_key(f"elsewhere {purpose}")


class RememberingPress(WatchedPress):
    """Reads a file once: what is kept is asked for with each forgery."""

    def __init__(self) -> None:
        super().__init__()
        self._known: dict[bytes, FileFacts] = {}

    @override
    def read(self, content: bytes) -> FileFacts:
        if content not in self._known:
            self._known[content] = super().read(content)
        return self._known[content]


@dataclass(frozen=True)
class Clinic:
    """A record with one co-signed session.

    Attributes:
        report: The sealed report, as it is kept.
        overview, record: What it was made from.
        authority: The clinic's certificate, in PEM.
        fingerprint: Of that.
    """

    visit: Visit
    press: WatchedPress
    report: bytes
    overview: SessionOverview
    record: bytes
    authority: str
    fingerprint: str

    @property
    def verify(self) -> VerifyReport:
        """What holds a file against the record."""
        return VerifyReport(self.visit.world)

    def key(self, user: str = "ds") -> PersonalKey:
        """Open somebody's key, as only that person can."""
        with self.visit.world.looking() as tx:
            entries = tx.stream(CERTIFICATES)
        founded, own = authority(entries), certificate_of(entries, user)
        assert founded is not None
        assert own is not None
        return self.visit.world.certification.open(founded, own, PASSWORDS[user])


@contextlib.contextmanager
def lived(folder: Path, certification: PracticeCertification) -> Iterator[Clinic]:
    """Live through one session in a record of its own, sign, co-sign, and leave it open."""
    store, press = Store.create(folder, "practice", practice=True), RememberingPress()
    try:
        visit = Visit(transaction=store.transaction, certification=certification, press=press)
        visit.started("10:00")
        for at in ("10:10", "10:20", "10:30", "10:40"):
            visit.at(at).line("130/80 76 97 15 s5 d6")
        visit.do(Finish())
        for at in ("10:55", "11:10", "11:25", "11:40"):
            visit.at(at).line(GOOD)
        visit.at("11:41").left()
        visit.at("11:58").signed().at("12:31").co_signed()
        yield _clinic(visit, press)
    finally:
        store.close()


def _clinic(visit: Visit, press: WatchedPress) -> Clinic:
    with visit.world.looking() as tx:
        founded = authority(tx.stream(CERTIFICATES))
        kept = tx.report(visit.session_id)
    assert founded is not None
    assert kept is not None
    overview, record = press.sealed[-1]
    return Clinic(
        visit, press, kept.content, overview, record, founded.certificate, founded.fingerprint
    )
