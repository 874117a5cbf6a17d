"""What a report is drawn with beside the session's own entries.

Almost all of a report follows from the session's entries. The rest stands elsewhere in the
clinic's record: who approved the protocol, which file an addendum's version takes the place of,
what was issued to the signers, what is missing of the clinic's history. It is written into the
session's record as it was when the report was made, so that the same pages can be drawn again
from that document alone.
"""

from __future__ import annotations

import dataclasses
import datetime as dt
from dataclasses import dataclass
from typing import TypeVar

from monitor.history import HistoryGap
from monitor.overview import SessionOverview
from monitor.signature_view import AddendumView, SignatureView

_Vouched = TypeVar("_Vouched", SignatureView, AddendumView)


@dataclass(frozen=True, slots=True)
class Issued:
    """What had been issued to a signer before signing.

    Attributes:
        certificate: The fingerprint of the one that was signed with, in hex.
        reissued, renewed: As of `monitor.signature_view.SignatureView`.
    """

    certificate: str
    reissued: tuple[dt.datetime, ...] = ()
    renewed: tuple[dt.datetime, ...] = ()


@dataclass(frozen=True, slots=True)
class DrawnWith:
    """What is added to a session as its entries tell it; fields as of `SessionOverview`.

    Attributes:
        issued: Of those whose certificate was ever issued anew.
    """

    approved_by: str | None = None
    authority: str = ""
    replaces: str = ""
    history_gap: HistoryGap | None = None
    issued: tuple[Issued, ...] = ()


def drawn_with(seen: SessionOverview) -> DrawnWith:
    """Return what an overview holds beside what the session's entries tell."""
    found: dict[str, Issued] = {}
    vouched: tuple[SignatureView | AddendumView, ...] = (*seen.signatures, *seen.addenda)
    for each in vouched:
        if each.reissued or each.renewed:
            issued = Issued(each.certificate, each.reissued, each.renewed)
            found.setdefault(each.certificate, issued)
    return DrawnWith(
        seen.approved_by,
        seen.authority,
        seen.replaces,
        seen.history_gap,
        tuple(found[name] for name in sorted(found)),
    )


def with_all(seen: SessionOverview, more: DrawnWith) -> SessionOverview:
    """Return a session as its entries tell it, with what is drawn beside them."""
    issued = {each.certificate: each for each in more.issued}
    return dataclasses.replace(
        seen,
        approved_by=more.approved_by,
        authority=more.authority,
        replaces=more.replaces,
        history_gap=more.history_gap,
        signatures=tuple(_beside(each, issued) for each in seen.signatures),
        addenda=tuple(_beside(each, issued) for each in seen.addenda),
    )


def _beside(each: _Vouched, issued: dict[str, Issued]) -> _Vouched:
    found = issued.get(each.certificate)
    if found is None:
        return each
    return dataclasses.replace(each, reissued=found.reissued, renewed=found.renewed)
