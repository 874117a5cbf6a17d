"""What the clinic's certificates say of those who signed a session."""

from __future__ import annotations

import dataclasses
from collections.abc import Sequence
from typing import TypeVar

from monitor.certificates import Authority, PersonalCertificate, until
from monitor.overview import SessionOverview
from monitor.signature_view import AddendumView, SignatureView

_Vouched = TypeVar("_Vouched", SignatureView, AddendumView)


def with_certificates(
    seen: SessionOverview, founded: Authority | None, known: Sequence[PersonalCertificate]
) -> SessionOverview:
    """Return a session with the authority named, and beside each signer what was issued anew.

    Args:
        seen: The session as its own entries tell it.
        founded: The clinic's authority, None where it has none.
        known: Every certificate that was ever issued, oldest first.
    """
    return dataclasses.replace(
        seen,
        authority=founded.fingerprint if founded else "",
        signatures=tuple(_beside(each, known) for each in seen.signatures),
        addenda=tuple(_beside(each, known) for each in seen.addenda),
    )


def _beside(each: _Vouched, known: Sequence[PersonalCertificate]) -> _Vouched:
    own = until(known, each.certificate)
    return dataclasses.replace(
        each,
        reissued=tuple(one.issued_at for one in own if one.is_reissued),
        renewed=tuple(one.issued_at for one in own if one.is_renewed),
    )
