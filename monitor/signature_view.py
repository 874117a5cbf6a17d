"""Who vouches for a session, and who added to it, as the read-model shows them."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from monitor.people import Author


@dataclass(frozen=True, slots=True)
class SignatureView:
    """Who vouched for the record. `holds` is False once an amendment has voided it.

    Attributes:
        certificate: The fingerprint of the signer's certificate, in hex; empty for one from
            before people had keys.
        reissued: When the signer had been given another key for a lost one, before signing.
        renewed: When the signer's certificate had followed on one whose key still opened.
    """

    by: Author
    meaning: str
    at: dt.datetime
    digest: str
    co_signature: bool
    holds: bool
    certificate: str = ""
    reissued: tuple[dt.datetime, ...] = ()
    renewed: tuple[dt.datetime, ...] = ()


@dataclass(frozen=True, slots=True)
class AddendumView:
    """Something that was added after the co-signature.

    Attributes:
        version: Of the report that it made.
        digest: The session digest of all that stood before it, in hex.
        certificate, reissued, renewed: As of `SignatureView`.
    """

    by: Author
    at: dt.datetime
    text: str
    version: int
    meaning: str = ""
    digest: str = ""
    certificate: str = ""
    reissued: tuple[dt.datetime, ...] = ()
    renewed: tuple[dt.datetime, ...] = ()
