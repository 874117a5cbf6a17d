"""What can be seen in a file that claims to be a report: facts, and no judgement of them.

`reports.reading` finds them, from the bytes alone; `monitor.verdict` judges them together with
what else is known.
"""

from __future__ import annotations

import datetime as dt
import enum
import hashlib
from dataclasses import dataclass

MOST_READ = 5 * 1000 * 1000
"""Bytes; a report has less than a tenth of it, so a larger file is hashed and not read."""


def session_code(session_id: str) -> str:
    """Return the session's short name on paper: "S-" and eight hexadecimal digits.

    They are the last of the identity's hash, so that neither time nor patient shows in them.
    """
    return "S-" + hashlib.sha256(session_id.encode()).hexdigest()[-8:].upper()


class Form(enum.StrEnum):
    """What the bytes are, before anything is asked about who made them."""

    NOT_A_PDF = "not-a-pdf"
    LOCKED = "locked"  # a PDF that asks for a password
    BROKEN = "broken"  # it begins like a PDF and cannot be read as one
    TOO_LARGE = "too-large"  # no report is: it was not read, its hash alone was made
    TOO_MUCH = "too-much"  # it holds more than any report: it was not read to its end
    PDF = "pdf"


@dataclass(frozen=True, slots=True)
class CertificateFacts:
    """A certificate as it stands in the file.

    Attributes:
        fingerprint: The SHA-256 of its DER form, in hex.
        holder, organisation: Its common name and organisation.
        serial: In hex.
        practice: Whether its key is one of those that are shipped for practice.
        user, role: The holder's user name and role; empty in an authority's.
    """

    fingerprint: str
    holder: str
    organisation: str
    serial: str
    begins: dt.datetime
    ends: dt.datetime
    practice: bool = False
    user: str = ""
    role: str = ""

    def held_at(self, instant: dt.datetime) -> bool:
        """Tell whether it was good at an instant."""
        return self.begins <= instant <= self.ends


@dataclass(frozen=True, slots=True)
class SealFacts:
    """A signature inside a PDF.

    Attributes:
        signed_at: As the file states it.
        meaning: What the signer attests, as the file states it.
        signer: Whose key signed; None where no certificate is that key's.
        authority: The certificate in the file that the signer's was issued under; None for none.
        whole: Whether it covers every byte of the file but its own digits.
        after: How many bytes follow those it covers.
        intact: Whether the bytes it covers are those that were signed.
        holds: Whether the signature itself was made with the signer's key.
        issued: Whether the signer's certificate was made with the authority's key.
        tight: Whether its own digits could be no others: nothing hidden, padding all zero.
    """

    field: str
    signed_at: dt.datetime | None
    meaning: str
    signer: CertificateFacts | None
    authority: CertificateFacts | None
    whole: bool
    after: int
    intact: bool
    holds: bool
    issued: bool
    tight: bool

    @property
    def sound(self) -> bool:
        """Tell whether nothing is wrong with it, whoever the authority is."""
        return self.whole and self.intact and self.holds and self.issued and self.tight


@dataclass(frozen=True, slots=True)
class EntrySignature:
    """A signature inside the attached record: by whom, for what, and whether it holds.

    Attributes:
        kind: "signed", "co-signed" or "addendum".
        holds: Whether its key signed this very digest at this very instant, and its certificate
            names this person in this role, was issued under the authority's in the record and was
            good then; None for one from before people had keys: nothing vouches for it.
        user: The signer's user name.
    """

    kind: str
    name: str
    role: str
    meaning: str
    at: dt.datetime
    fingerprint: str
    holds: bool | None
    user: str = ""


@dataclass(frozen=True, slots=True)
class RecordFacts:
    """The record that is attached to a report.

    Attributes:
        stated: The session digest that it states, in hex.
        computed: The digest worked out anew from its entries.
        authority: The fingerprint of the authority's certificate in it; empty for none.
        addenda: How many were added after the co-signature.
        rehearsal: Whether it says that it was played, not lived.
    """

    session_id: str
    stated: str
    computed: str
    signatures: tuple[EntrySignature, ...]
    authority: str = ""
    addenda: int = 0
    rehearsal: bool = False

    @property
    def code(self) -> str:
        """Return the session's short name on paper."""
        return session_code(self.session_id)

    @property
    def vouched(self) -> bool:
        """Tell whether each signature in it was made with a key."""
        return all(each.holds is not None for each in self.signatures)

    @property
    def co_signed(self) -> bool:
        """Tell whether it says that a prescriber approved it as it stands."""
        return any(each.kind == "co-signed" for each in self.signatures)


@dataclass(frozen=True, slots=True)
class FileFacts:
    """All that was seen.

    Attributes:
        sha256: Of the whole file, in hex.
        size: In bytes.
        maker: What the file says that it was made with; empty for nothing.
        ours: Whether it says that it is a report of this program.
        code: The session's short name, as the file's description says it; empty for none.
        seals: The signatures in it, in the order in which they were made.
        record: None where none is attached, or none that can be read.
        attachments: How many files are attached.
        record_mark: A mark of the attached record, to tell whether it is another file's.
        page_marks: A mark of each page's content, to tell which page differs from another
            file's; empty for a page that cannot be read.
    """

    sha256: str
    size: int
    form: Form
    maker: str = ""
    ours: bool = False
    code: str = ""
    pages: int = 0
    seals: tuple[SealFacts, ...] = ()
    record: RecordFacts | None = None
    attachments: int = 0
    record_mark: str = ""
    page_marks: tuple[str, ...] = ()
