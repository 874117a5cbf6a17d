"""Each thing that is looked at when a file is verified, in words."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path

from monitor.verdict import Reason, Seen

Words = Callable[[Reason], str]

HELD: dict[Seen, str] = {
    Seen.FORM: "It is a PDF, and it can be read.",
    Seen.HASH: "Every byte of the file is as it is kept in the record.",
    Seen.LISTED: "The list of files beside it (SHA256SUMS) names it with its hash.",
    Seen.LEFT: "The record holds that hash, of {at}, when {name} handed it out.",
    Seen.SEAL: "There is a seal (a digital signature) in it.",
    Seen.ONLY: "There is one seal.",
    Seen.WHOLE: "The seal covers every byte of the file but its own digits.",
    Seen.INTACT: "What the seal covers is unchanged.",
    Seen.HOLDS: "The seal was made with the signer's own key.",
    Seen.TIGHT: "Nothing else is hidden in the seal.",
    Seen.AUTHORITY: "The signer's certificate was issued by the clinic's authority.",
    Seen.IN_TIME: "The signer's certificate was good at the time that the seal states ({at}).",
    Seen.RECORD: "The record of the session is attached.",
    Seen.DIGEST: "The attached record's digest is that of its entries.",
    Seen.ENTRY: "{name} {did} (“{meaning}”, {at}), and that signature holds.",
    Seen.CODE: "Its description names the session of the attached record ({code}).",
    Seen.SEALER: "Whoever sealed the file is the last who signed in the attached record.",
    Seen.NEWER: "No newer version is in the record.",
}
"""Where it speaks for the file."""

INFORMS: dict[Seen, str] = {
    Seen.SEAL: "There is no seal in it: it is an unsigned draft, or from before files were sealed.",
    Seen.AUTHORITY: (
        "The signer's certificate was issued by an authority that calls itself “{name}”; "
        "whether it is the clinic's can be told by its fingerprint alone: {groups}."
    ),
    Seen.ENTRY: "{name} {did} (“{meaning}”, {at}), when nobody had a key to sign with.",
    Seen.KEYLESS: "That {name} signed is said by the file alone: no key vouches for it.",
    Seen.EXPIRED_SINCE: "A certificate has ended since ({ends}); what was signed before stays so.",
    Seen.REISSUED: "{name}'s certificate was re-issued on {at}: the key before it was lost.",
    Seen.RENEWED: "{name}'s certificate was renewed on {at}, by their own password.",
    Seen.RESTORED: (
        "It was signed after the backup of {made} was made, from which the record was restored on "
        "{at}: what was signed in between is not in the record."
    ),
    Seen.OLDER: "It replaces version {version}, whose SHA-256 is {sha256}.",
    Seen.REHEARSAL: "It was played for practice, with keys that everybody has: it proves nothing.",
}
"""Where it only informs."""

UNTOLD = {
    "authority": "It cannot be told without the clinic's certificate whether the clinic sealed it.",
    "newer": "It cannot be told without the record whether a newer version exists.",
    "pages": (
        "It cannot be told without the record whether the pages say what the attached record "
        "says, if a signer sealed others by other means than this program."
    ),
    "replaced": (
        "It cannot be told without the record whether a signer's key had been replaced by then."
    ),
    "time": "When it was sealed is the signer's own word: no one else vouches for it.",
}

DOUBTS = {
    "certificate": "the record at {record} is not that of the clinic whose certificate was named",
    "beside": (
        "the record at {record}, which lies beside the file and was not named, is not known to "
        "be the clinic's and may come from whoever made the file"
    ),
}
"""Why a record is not to be believed."""

_FORMS = {
    "not-a-pdf": "it is no PDF",
    "locked": "it asks for a password, which no report of this program does",
    "broken": "it begins like a PDF, but cannot be read as one",
    "too-large": "it has more than 5 MB, and no report is so large; it was not read",
    "too-much": "it holds more than any report of this program; it was not read to its end",
}

_DID = {"signed": "signed", "co-signed": "co-signed", "addendum": "added to it"}


def _form(reason: Reason) -> str:
    return _FORMS.get(str(reason.facts["form"]), "it cannot be read")


def _bytes(reason: Reason, one: str, several: str, name: str = "bytes") -> str:
    """Say how many bytes do or suffer something."""
    count = reason.facts[name]
    return f"1 byte {one}" if count == 1 else f"{count} bytes {several}"


def _whole(reason: Reason) -> str:
    if reason.facts["intact"]:
        return _bytes(reason, "was", "were", "after") + " added after it was sealed"
    return "it was changed, or saved anew by another program, after it was sealed"


def _authority(reason: Reason) -> str:
    if not reason.facts["fingerprint"]:
        return "the certificate of the authority is missing in it"
    if not reason.facts["issued"]:
        return "the certificates in its seal were changed, or do not belong together"
    said = (
        f"it was sealed under another authority than the clinic's (one that calls itself "
        f"“{reason.facts['name']}”)"
    )
    given = ", or the certificate that was given is another clinic's: compare its fingerprint"
    return said + given if reason.facts.get("given") else said


def _seal(reason: Reason) -> str:
    if reason.facts.get("signed"):
        return "it has no seal, though what is in it was signed"
    if "field" in reason.facts:
        return "where a seal would stand, nothing in it can be read as one"
    return "it has no seal, and no record that was signed is attached to it"


def _entry(reason: Reason) -> str:
    said = f"the signature of {reason.facts['name']} in the attached record"
    if reason.facts.get("elsewhere"):
        return f"{said} holds, but under another authority than the clinic's"
    return f"{said} does not hold"


def _differing(reason: Reason) -> str:
    changed = _bytes(reason, "of it differs", "of it differ")
    return f"{changed}, the first at {reason.facts['first']}"


def _time(reason: Reason) -> str:
    if reason.facts["at"] is None:
        return "its seal states no time"
    return "the signer's certificate was not good at the time that the seal states ({at})".format(
        **_shown(reason.facts)
    )


FEW = 100
"""So many bytes are told before anything else: more of them come with what they change."""

CAUSES: Mapping[Seen, Words] = {
    Seen.FORM: _form,
    Seen.APPENDED: lambda r: _bytes(r, "was", "were") + " added after its end",
    Seen.CUT: lambda r: "it was cut short: its last " + _bytes(r, "is", "are") + " missing",
    Seen.PAGES: lambda r: (
        f"it has {r.facts['pages']} page{'' if r.facts['pages'] == 1 else 's'} instead of "
        f"{r.facts['kept']}"
    ),
    Seen.PAGE: lambda r: f"page {r.facts['page']} differs",
    Seen.ATTACHMENT: lambda _: "what is attached to it differs",
    Seen.REWRITTEN: lambda _: (
        "another program saved it anew: its pages and the attached record are the same, "
        "its bytes are not"
    ),
    Seen.SEAL: _seal,
    Seen.ONLY: lambda r: f"it has {r.facts['count']} seals, and a report has one",
    Seen.WHOLE: _whole,
    Seen.INTACT: lambda _: "it was changed after it was sealed",
    Seen.HOLDS: lambda _: "its seal was not made with the key that it names",
    Seen.TIGHT: lambda _: "something stands in the place of the seal's digits that is not the seal",
    Seen.AUTHORITY: _authority,
    Seen.IN_TIME: _time,
    Seen.RECORD: lambda _: "the record of the session is not attached to it, or cannot be read",
    Seen.DIGEST: lambda _: "the attached record was changed: its digest is not that of its entries",
    Seen.ENTRY: _entry,
    Seen.CODE: lambda r: (
        f"its description names another session ({r.facts['code']}) than the attached record"
    ),
    Seen.SEALER: lambda _: "it was sealed by somebody else than the last who signed in its record",
    Seen.BYTES: _differing,
}
"""What speaks against a file, as a clause; what tells most comes first."""

_DIFFERS: Mapping[Seen, Words] = {
    Seen.HASH: lambda _: "the record holds no report that is this file to the last byte",
    Seen.NEWER: lambda r: f"the record holds a newer one (version {r.facts['version']})",
}


def reason_words(reason: Reason) -> str:
    """Return one thing that was looked at as a sentence."""
    if reason.seen is Seen.UNTOLD:
        return UNTOLD[str(reason.facts["what"])]
    if reason.seen is Seen.WHOSE:
        said = doubt_words(reason, "hand")
        return f"{said[0].upper()}{said[1:]}."
    if reason.facts.get("overruled"):
        said = CAUSES[reason.seen](reason)
        return f"{said[0].upper()}{said[1:]}; the record's hash outweighs it."
    if reason.held is False:
        said = (_DIFFERS.get(reason.seen) or CAUSES[reason.seen])(reason)
        return f"{said[0].upper()}{said[1:]}."
    words = HELD if reason.held else INFORMS
    return words[reason.seen].format(**_shown(reason.facts))


def doubt_words(reason: Reason, record: str | Path) -> str:
    """Return as a clause why a record is not to be believed."""
    return DOUBTS[str(reason.facts["why"])].format(record=record)


def differences(reasons: Sequence[Reason]) -> str:
    """Return what differs from the kept report, as one clause; empty where nothing is known."""
    against = {r.seen: r for r in reversed(reasons) if r.held is False}
    told = [CAUSES[seen](against[seen]) for seen in (Seen.APPENDED, Seen.CUT) if seen in against]
    told += [CAUSES[Seen.PAGES](against[Seen.PAGES])] if Seen.PAGES in against else []
    told += [words] if (words := _pages(reasons)) else []
    seal = () if Seen.WHOLE in against else (Seen.TIGHT, Seen.AUTHORITY)
    rest = (Seen.ATTACHMENT, Seen.SEAL, *seal, Seen.REWRITTEN)
    told += [CAUSES[seen](against[seen]) for seen in rest if seen in against]
    changed = against.get(Seen.BYTES)
    if changed is not None and int(str(changed.facts["bytes"])) <= FEW:
        told.insert(0, _differing(changed))
    return "; ".join(told)


def _pages(reasons: Sequence[Reason]) -> str:
    """Return which pages differ; empty where none is known to."""
    pages = [str(r.facts["page"]) for r in reasons if r.seen is Seen.PAGE]
    if len(pages) < 2:  # noqa: PLR2004 - one is no list
        return f"page {pages[0]} differs" if pages else ""
    return f"pages {', '.join(pages[:-1])} and {pages[-1]} differ"


def _shown(facts: Mapping[str, object]) -> dict[str, object]:
    """Return facts as they are shown: times in the offset that they bear."""
    shown = {name: _time_words(value) for name, value in facts.items()}
    groups = in_groups(str(facts.get("fingerprint", "")))
    return shown | {"did": _DID.get(str(facts.get("kind")), "signed"), "groups": groups}


def in_groups(fingerprint: str) -> str:
    """Return a fingerprint as it is read out and printed: in groups of four digits."""
    places = range(0, len(fingerprint), _GROUP)
    return " ".join(fingerprint[place : place + _GROUP] for place in places)


_GROUP = 4


def _time_words(value: object) -> object:
    return f"{value:%Y-%m-%d %H:%M %Z}" if isinstance(value, dt.datetime) else value
