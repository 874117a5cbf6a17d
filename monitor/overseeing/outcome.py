"""Where the session stands, and who vouches for it."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence

from monitor.entries import Addendum, CoSigned, Signed
from monitor.overview import ConditionView
from monitor.phases import Phase
from monitor.protocols.protocol import Way
from monitor.session import Session
from monitor.signature_view import AddendumView, SignatureView

FIRST_VERSION = 1
"""Of the report: each addendum makes another."""


def phase(session: Session, door: Sequence[ConditionView], now: dt.datetime) -> Phase:
    """Return the phase that the record tells; a push is given until its minutes are over."""
    if session.closed_at is not None:
        return Phase.CANCELLED if session.cancelled else Phase.CLOSED
    if session.started_at is None:
        ready = session.order if session.by_device else session.worked
        return Phase.PRE_DOSE if ready else Phase.SET_UP
    if session.dose_ended_at is None or session.dose_ended_at > now:
        return _during(session)
    if all(condition.met for condition in door):
        return Phase.READY
    return Phase.RECOVERY if session.way is Way.PUMP else Phase.OBSERVATION


def _during(session: Session) -> Phase:
    if session.way is not Way.PUMP:
        return Phase.DEVICES if session.by_device else Phase.GIVING
    return Phase.PAUSED if session.paused else Phase.INFUSING


def status(session: Session, signatures: Sequence[SignatureView]) -> str:
    """Return "open", "closed", "signed", "co-signed" or "cancelled"."""
    if any(s.holds and s.co_signature for s in signatures):
        return "co-signed"
    if any(s.holds for s in signatures):
        return "signed"
    if session.cancelled:
        return "cancelled"
    return "closed" if session.closed_at else "open"


def signatures(session: Session, digest: str) -> tuple[SignatureView, ...]:
    """Return who signed, in order of time; one over another digest no longer holds."""
    return tuple(
        SignatureView(
            by=kept.entry.by,
            meaning=kept.what.meaning,
            at=kept.at,
            digest=kept.what.digest,
            co_signature=isinstance(kept.what, CoSigned),
            holds=kept.what.digest == digest,
            certificate=kept.what.certificate,
        )
        for kept in session.standing
        if isinstance(kept.what, Signed | CoSigned)
    )


def addenda(session: Session) -> tuple[AddendumView, ...]:
    """Return what was added after the co-signature, in the order of writing."""
    return tuple(
        AddendumView(
            by=kept.entry.by,
            at=kept.at,
            text=kept.what.text,
            version=version,
            meaning=kept.what.meaning,
            digest=kept.what.digest,
            certificate=kept.what.certificate,
        )
        for version, kept in enumerate(session.all(Addendum), FIRST_VERSION + 1)
    )
