"""What the clinic's certificates say of those who signed a session."""

from __future__ import annotations

import dataclasses
import datetime as dt
from collections.abc import Sequence

from monitor.certificates import Authority, PersonalCertificate
from monitor.overview import SessionOverview


def with_certificates(
    seen: SessionOverview, founded: Authority | None, known: Sequence[PersonalCertificate]
) -> SessionOverview:
    """Return a session with the authority named, and beside each signer what was re-issued.

    Args:
        seen: The session as its own entries tell it.
        founded: The clinic's authority, None where it has none.
        known: Every certificate that was ever issued, oldest first.
    """
    by_print = {each.fingerprint: each for each in known}

    def reissued(fingerprint: str) -> tuple[dt.datetime, ...]:
        own = by_print.get(fingerprint)
        if own is None:
            return ()
        of_the_person = [each for each in known if each.user == own.user]
        until = of_the_person[: of_the_person.index(own) + 1]
        return tuple(each.issued_at for each in until if each.is_anew)

    return dataclasses.replace(
        seen,
        authority=founded.fingerprint if founded else "",
        signatures=tuple(
            dataclasses.replace(each, reissued=reissued(each.certificate))
            for each in seen.signatures
        ),
        addenda=tuple(
            dataclasses.replace(each, reissued=reissued(each.certificate)) for each in seen.addenda
        ),
    )
