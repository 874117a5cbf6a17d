"""What a file turned out to be: one standing, its reasons, and from what it is known.

There are three degrees of knowledge. With the record at hand the whole file's hash tells, to
the last byte. With the clinic's certificate alone the signature tells that nothing in it was
changed since that clinic signed; whether a newer version exists cannot be told. With nothing
but the file one can tell that it is broken, never that it is genuine: anybody can make an
authority of the same name.
"""

from __future__ import annotations

import datetime as dt
import enum
from collections.abc import Mapping
from dataclasses import dataclass, field

Signer = tuple[str, str, str, dt.datetime]
"""Printed name, role, meaning, and when in the station's local time, aware of its offset."""


class Standing(enum.StrEnum):
    """What a file turned out to be."""

    GENUINE = "genuine"
    SUPERSEDED = "superseded"
    DRAFT = "draft"
    HANDED_OUT = "handed-out"  # no report, but unchanged since it left the record
    CHANGED = "changed"
    FOREIGN = "foreign"  # no report of this clinic: another program's, or another authority's
    NOT_A_PDF = "not-a-pdf"
    CANNOT_TELL = "cannot-tell"


OK = frozenset({Standing.GENUINE, Standing.SUPERSEDED, Standing.DRAFT, Standing.HANDED_OUT})


class Knowledge(enum.StrEnum):
    """From what a verdict is known."""

    RECORD = "record"
    CERTIFICATE = "certificate"
    FILE = "file"


class Seen(enum.StrEnum):
    """One thing that was looked at; its words stand in `ui.wording.verdicts`."""

    FORM = "form"  # what the bytes are: facts `form`
    HASH = "hash"  # the whole file's hash in the record
    LISTED = "listed"  # a list of files beside it, which left the record, names it with its hash
    LEFT = "left"  # it left the record, or that list did: facts `form`, `at`, `name`
    SEAL = "seal"  # there is a signature: facts `field` where there is a place, `signed`
    WHOLE = "whole"  # it covers the whole file: facts `after`, `intact`
    INTACT = "intact"  # what it covers is unchanged
    HOLDS = "holds"  # it was made with the signer's key
    TIGHT = "tight"  # nothing is hidden in it
    AUTHORITY = "authority"  # the clinic's issued it: `fingerprint`, `name`, `issued`, `given`
    IN_TIME = "in-time"  # the certificate held at the stated time: facts `begins`, `ends`
    EXPIRED_SINCE = "expired-since"  # informs: the certificate has ended since: facts `ends`
    REISSUED = "reissued"  # informs: a signer's lost key was replaced: facts `name`, `at`
    RENEWED = "renewed"  # informs: one followed on another that still opened: the same facts
    ONLY = "only"  # it is the only one: facts `count`
    RECORD = "record"  # a record is attached and can be read
    DIGEST = "digest"  # its digest is that of its entries
    ENTRY = "entry"  # a signature in it holds: facts `name`, `kind`, `at`, `elsewhere`
    CODE = "code"  # the session that the file's description names is that of its record
    KEYLESS = "keyless"  # informs: it was sealed over a signature without a key: facts `name`
    SEALER = "sealer"  # whoever sealed the file is the last who signed in the record
    APPENDED = "appended"  # the kept file, and more after it: facts `bytes`
    CUT = "cut"  # the kept file without its end: facts `bytes`
    BYTES = "bytes"  # as long as the kept file, with other bytes: facts `bytes`, `first`
    PAGES = "pages"  # another number of pages than the kept file: facts `pages`, `kept`
    PAGE = "page"  # a page that differs from the kept file's: facts `page`
    ATTACHMENT = "attachment"  # the attached record differs from the kept file's
    REWRITTEN = "rewritten"  # its pages and its record are the kept file's: it was saved anew
    NEWER = "newer"  # a newer version is kept: facts `version`
    OLDER = "older"  # informs: it replaces an older version: facts `version`, `sha256`
    REHEARSAL = "rehearsal"  # informs: it was played, with keys that everybody has
    RESTORED = "restored"  # informs: a backup took the place of what it may be of: `made`, `at`
    WHOSE = "whose"  # informs: why a record is not to be believed: facts `why`
    UNTOLD = "untold"  # informs: what cannot be told at this degree: facts `what`


@dataclass(frozen=True, slots=True)
class Reason:
    """One thing that was looked at, and what came of it.

    Attributes:
        held: Whether it speaks for the file; None where it only informs.
        facts: What the sentence needs; `overruled` where it would speak against the file, and
            the hash in the record speaks for it.
    """

    seen: Seen
    held: bool | None = None
    facts: Mapping[str, object] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Verdict:
    """What can be said of one file.

    Attributes:
        session_code: The session's short name on paper, where it was found.
        signers: Whose signatures hold.
        newest_version: Of the report in the store, where it is newer than the file.
        newest_status: "signed" or "draft", of that newest report.
        reasons: What was looked at, in the order in which an auditor asks.
    """

    standing: Standing
    sha256: str
    session_code: str = ""
    version: int | None = None
    kept_at: dt.datetime | None = None
    signers: tuple[Signer, ...] = ()
    newest_version: int | None = None
    newest_status: str = ""
    knowledge: Knowledge = Knowledge.FILE
    reasons: tuple[Reason, ...] = ()

    @property
    def exit_status(self) -> int:
        """Return 0 for genuine, 1 for not, 2 for cannot tell."""
        if self.standing in OK:
            return 0
        return 2 if self.standing is Standing.CANNOT_TELL else 1
