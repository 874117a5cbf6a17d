"""What happened to the record, in words: for the list of looks, on screen and on paper."""

from __future__ import annotations

from monitor.access_list import AccessRow, Happened

KINDS: dict[Happened, str] = {
    Happened.EXPORTED: "Exports",
    Happened.VERIFIED: "Verifications",
    Happened.REFUSED: "Refusals",
    Happened.LOOKED: "Looks",
    Happened.PRESENT: "Log-ins and locks",
}
"""Each kind, as a list of it is called."""

_FORMS = {"pdf": "Report exported", "register pdf": "Register exported, PDF"}
_FORMS |= {"register csv": "Register exported, CSV", "fhir": "Session exported, FHIR"}
_FORMS |= {"everything": "Session exported, everything", "print": "Report printed"}
_FORMS |= {"sessions csv": "Table of sessions saved", "rems": "REMS worksheet exported"}
_FORMS |= {"access csv": "This list saved, CSV", "access pdf": "This list saved, PDF"}
_FORMS |= {"entered late csv": "Entered late, saved as table"}
_FORMS |= {"entered late pdf": "Entered late, saved as PDF"}
_FORMS |= {"begun": "Everything handed out: begun", "finished": "Everything handed out: finished"}
_FORMS |= {"cancelled": "Everything handed out: stopped", "failed": "Everything handed out: failed"}
_FORMS |= {"register print": "Register printed", "rems print": "REMS worksheet printed"}
_FORMS |= {"entered late print": "Entered late, printed", "access print": "This list printed"}
_FORMS |= {"recovery sheet print": "Recovery sheet printed"}
_FORMS |= {"verified print": "Verified file printed"}
_LOOKS = {
    "session": "Looked at a session",
    "patient": "Looked at a patient",
    "report": "Read a report",
    "rems form": "Looked at a REMS form",
    "register": "Looked at the register",
    "search": "Searched sessions",
    "sample": "Drew a sample",
    "entered late": "Looked at what was entered late",
    "versions": "Compared two versions",
    "access": "Looked at this list",
}
_PRESENCE = {
    "logged in": "Logged in",
    "logged out": "Logged out",
    "screen locked": "Locked the screen",
    "screen unlocked": "Unlocked the screen",
}
_ASKED = {
    "signed": "Signature refused",
    "co-signed": "Co-signature refused",
    "addendum": "Addendum refused",
    "certificate": "Certificate refused",
    "password": "Wrong password",
}
_ANSWERS = {
    "genuine": "Verified: genuine",
    "superseded": "Verified: genuine, newer exists",
    "draft": "Verified: unsigned draft",
    "handed-out": "Verified: no report, unchanged",
    "changed": "Verified: changed",
    "foreign": "Verified: not ours",
    "not-a-pdf": "Verified: no PDF",
    "cannot-tell": "Verified: cannot be told",
}


def what_words(row: AccessRow) -> str:
    """Say what happened: "Report exported", "Co-signature refused"."""
    words = {
        Happened.EXPORTED: _FORMS,
        Happened.VERIFIED: _ANSWERS,
        Happened.REFUSED: _ASKED,
        Happened.LOOKED: _LOOKS,
        Happened.PRESENT: _PRESENCE,
    }[row.happened]
    return words.get(row.what, f"{row.happened.value.capitalize()}: {row.what}")


def why(row: AccessRow) -> str:
    """Return what more there is to say: why it was refused, where it went, what was asked."""
    if row.what == "password":
        return "at a log-in or a signature"
    patient = f"record number {row.record_number}" if row.record_number else ""
    to = f"to {row.to}" if row.to else ""
    parts = (row.code.replace("-", " "), patient, row.asked, to)
    return ", ".join(filter(None, parts))
