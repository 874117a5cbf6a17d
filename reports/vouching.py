"""Who vouches for a report: whether it is final, and whose signature goes into the file."""

from __future__ import annotations

import datetime as dt

from monitor.overview import SessionOverview
from monitor.signature_view import AddendumView, SignatureView

Vouched = SignatureView | AddendumView
"""What somebody put a signature under."""

ADDENDUM = "addendum"
"""What the signature under something that was added means, where the record says nothing else."""


def meaning_of(vouched: Vouched) -> str:
    """Return what a signature says; of an addendum, with its number."""
    if isinstance(vouched, AddendumView):
        return f"{vouched.meaning or ADDENDUM} {vouched.version - 1}"
    return vouched.meaning


def is_final(overview: SessionOverview) -> bool:
    """Tell whether this is the record as a prescriber approved it, and not a draft."""
    return overview.status == "co-signed" and approval(overview) is not None


def approval(overview: SessionOverview) -> SignatureView | None:
    """Return the newest co-signature that holds."""
    standing = [s for s in overview.signatures if s.co_signature and s.holds]
    return standing[-1] if standing else None


def last_vouched(overview: SessionOverview) -> Vouched | None:
    """Return whose signature goes into the file; None for a draft.

    It is the newest addendum's author's, else the prescriber's.
    """
    if not is_final(overview):
        return None
    return overview.addenda[-1] if overview.addenda else approval(overview)


def stands_since(overview: SessionOverview) -> dt.datetime:
    """Return when the report became what it is: by its last signature, else as it was seen."""
    last = last_vouched(overview)
    return last.at if last else overview.seen_at
