"""What a check found, in plain words: what happened, to which entry, and what it means.

An entry is named by its number, its kind, its session's short name and its own local time; no
patient is named.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Mapping

from monitor.ledger import Break, Finding, Head, Remembered
from monitor.sealed_file import session_code

ADVICE = (
    "Keep the record as it is, copy its folder before anything else is done, and hold the copy "
    "against a backup: what is missing or changed stands there."
)
"""What to do where anything was found."""

UNBOUND = (
    "Nobody outside remembers this record's last entry: someone who holds every key could write "
    "it anew, cut its end off or put an older copy in its place, and no check would see it. Note "
    "the last entry and its hash elsewhere: a backup, an exported file's proof and paper will do."
)

_SESSION = "session/"

_STREAMS = {
    "patient": "a patient's data",
    "account": "an account",
    "clinic": "the clinic",
    "access": "access",
    "history": "the record's history",
}

_WHO = {
    "station": "this computer",
    "backup": "a backup",
    "sidecar": "the proof of an exported file",
    "checkpoint": "a checkpoint",
    "": "another part of the record",
}

_PROOFS = {
    "hash": "hash was",
    "mac": "proof by the ledger key was",
    "seals": "seals were",
}


def finding_words(finding: Finding, zone: dt.tzinfo | None = None) -> str:
    """Say what happened, in one sentence.

    Args:
        finding: What a check found.
        zone: The clinic's time zone, for what others remember; entries have their own.
    """
    return _SENTENCES[finding.code](finding, zone)


def headline(finding: Finding) -> str:
    """Say in a few words what happened."""
    of = f"entry {finding.seq}" if finding.seq else "the record"
    return _HEADLINES[finding.code].format(entry=of, about=finding.about, count=finding.count)


def count_words(count: int) -> str:
    """Return how many findings there are."""
    return f"{count} finding{'' if count == 1 else 's'}"


def bound_words(bound: Remembered | None, head: Head, zone: dt.tzinfo | None = None) -> str:
    """Say since when nobody could tell whether the record was written anew.

    Args:
        bound: The newest head that is remembered outside and that the record still has.
        head: The record's last entry.
        zone: The clinic's time zone.
    """
    if bound is None:
        return UNBOUND
    who, at = _WHO[bound.where.value], _instant(bound.at, zone)
    said = f"Up to entry {bound.head.seq} nothing can change unseen: {who} remembers it ({at})."
    after = head.seq - bound.head.seq
    if after <= 0:
        return f"{said} When it was checked, nothing had been written after it."
    entries = "the entry" if after == 1 else f"the {after} entries"
    return f"{said} Someone who holds every key could write {entries} after it anew, unseen."


def unsealed_words(count: int) -> str:
    """Say which entries have no seals; nothing where all have them."""
    if not count:
        return ""
    which = "Entry 1 is" if count == 1 else f"Entries 1 to {count} are"
    return (
        f"{which} from before entries were sealed: a change there is found, but it cannot be told "
        "whether value, author or time was changed."
    )


def _entry(finding: Finding) -> str:
    """Name an entry, or several."""
    if finding.last and finding.last != finding.seq:
        return f"Entries {finding.seq} to {finding.last}"
    of = ", ".join(filter(None, (finding.kind, _stream(finding.stream), _own_time(finding.at))))
    return f"Entry {finding.seq}{f' ({_clean(of)})' if of else ''}"


def _numbers(finding: Finding) -> str:
    """Name numbers of entries that are not there."""
    if finding.last and finding.last != finding.seq:
        several = f"Entries {finding.seq} to {finding.last}"
        whole = finding.last - finding.seq + 1 == finding.count
        return several if whole else f"{finding.count} entries from {finding.seq} to {finding.last}"
    return f"Entry {finding.seq}"


def _stream(stream: str) -> str:
    if stream.startswith(_SESSION):
        return session_code(stream.removeprefix(_SESSION))
    return _STREAMS.get(stream.partition("/")[0], "")


def _own_time(at: dt.datetime | None) -> str:
    return "" if at is None else f"{at:%Y-%m-%d %H:%M}"


def _instant(at: dt.datetime | None, zone: dt.tzinfo | None) -> str:
    if at is None:
        return ""
    return f"{at.astimezone(zone):%Y-%m-%d %H:%M}" if zone else f"{at:%Y-%m-%d %H:%M} UTC"


def _clean(text: str) -> str:
    """Return text as it can be shown: what was tampered with may hold anything."""
    return "".join(ch if ch.isprintable() else "\N{REPLACEMENT CHARACTER}" for ch in text[:120])


def _each(finding: Finding, one: str, several: str = "") -> str:
    """Say of an entry that something was done to it; of several, with their own verb."""
    many = finding.last and finding.last != finding.seq
    return f"{_entry(finding)}: {several if many and several else one}"


def _value(finding: Finding, _: dt.tzinfo | None) -> str:
    said = "was changed after it was written; author and time are as they were"
    return f"{_each(finding, 'what it says', 'what they say')} {said}."


def _author(finding: Finding, _: dt.tzinfo | None) -> str:
    one = "its author, its computer or a time of it was changed after it was written"
    several = "their author, computer or times were changed after they were written"
    return f"{_each(finding, one, several)}; the value is as it was."


def _changed(finding: Finding, _: dt.tzinfo | None) -> str:
    one = "it is not what was written here; value, author or time was changed"
    several = "they are not what was written here; values, authors or times were changed"
    return f"{_each(finding, one, several)}."


def _form(finding: Finding, _: dt.tzinfo | None) -> str:
    return f"{_each(finding, 'it was written anew in another form; it still says the same')}."


def _label(finding: Finding, _: dt.tzinfo | None) -> str:
    return (
        f"{_entry(finding)}: what stands beside it ({_clean(finding.about)}) was changed; the "
        "entry itself is as it was written."
    )


def _proof(finding: Finding, _: dt.tzinfo | None) -> str:
    what = _PROOFS.get(finding.about, "proof was")
    one = f"its {what} changed; the entry itself is as it was written"
    several = f"their {what} changed; the entries themselves are as they were written"
    return f"{_each(finding, one, several)}."


def _unknown(finding: Finding, _: dt.tzinfo | None) -> str:
    return (
        f"{_entry(finding)}: it is as it was written, but this version of the program does not "
        "know such an entry; use the version that wrote it."
    )


def _deleted(finding: Finding, _: dt.tzinfo | None) -> str:
    stream = _stream(finding.about)
    of = f" of {stream}" if stream else ""
    if not finding.seq:
        what = "An entry" if finding.count == 1 else f"{finding.count} entries"
        verb = "was" if finding.count == 1 else "were"
        return f"{what}{of} {verb} deleted; at which number cannot be told."
    verb = "was" if finding.count == 1 else "were"
    return f"{_numbers(finding)}{of} {verb} deleted."


def _swapped(finding: Finding, _: dt.tzinfo | None) -> str:
    return (
        f"Entries {finding.seq} and {finding.last} were swapped: each stands in the other's place."
    )


def _moved(finding: Finding, _: dt.tzinfo | None) -> str:
    if finding.last and finding.last != finding.seq:
        return f"Entry {finding.seq} was moved: it was written as entry {finding.last}."
    return f"{_entry(finding)}: it was moved here from another session or another place."


def _inserted(finding: Finding, _: dt.tzinfo | None) -> str:
    one = "it was inserted; the program never wrote it"
    return f"{_each(finding, one, 'they were inserted; the program never wrote them')}."


def _session_removed(finding: Finding, _: dt.tzinfo | None) -> str:
    stream = _stream(finding.about)
    if not finding.seq:
        return f"A whole session was removed: {stream}."
    which = _numbers(finding)
    which = f"{which[:1].lower()}{which[1:]}"
    if stream:
        return f"A whole session was removed: {stream} ({which})."
    return (
        f"A whole session was removed, or the end of one: {which} are missing, and no session "
        "that is left has a hole."
    )


def _cut(finding: Finding, zone: dt.tzinfo | None) -> str:
    return (
        f"The end of the record was cut off, from entry {finding.seq} on: {_seen(finding, zone)}."
    )


def _rolled_back(finding: Finding, zone: dt.tzinfo | None) -> str:
    return (
        "The record was put back to an older copy, or its end was cut off without a trace: it "
        f"ends with entry {finding.seq - 1}, but {_seen(finding, zone)}."
    )


def _seen(finding: Finding, zone: dt.tzinfo | None) -> str:
    who = _WHO.get(finding.about, finding.about)
    since = f", and what is missing was written from {_instant(finding.at, zone)} on"
    knows = "remembers" if finding.about else "names"
    return f"{who} {knows} entry {finding.last}{since if finding.at else ''}"


def _rechained(finding: Finding, _: dt.tzinfo | None) -> str:
    many = finding.last and finding.last != finding.seq
    of = f"entries {finding.seq} to {finding.last}" if many else f"entry {finding.seq}"
    return (
        f"The hashes of {of} were made anew by someone who does not hold the ledger key, so that "
        "they fit together again after a change."
    )


def _rewritten(finding: Finding, zone: dt.tzinfo | None) -> str:
    who = _WHO.get(finding.about, finding.about)
    many = finding.last and finding.last != finding.seq
    of = f"between entries {finding.seq} and {finding.last}" if many else f"at entry {finding.seq}"
    return (
        f"The record was written anew {of} with every key, or goes on from an older copy: {who} "
        f"remembers another entry {finding.last or finding.seq} ({_instant(finding.at, zone)})."
    )


def _checkpoint(finding: Finding, _: dt.tzinfo | None) -> str:
    at = f"at entry {finding.seq}"
    if finding.about == "stranger":
        return f"The checkpoint {at} was signed by a computer that the record does not name."
    if finding.about != "missing":
        return f"The checkpoint {at} was changed or made up: nobody has signed it so."
    if not finding.seq:
        return "All checkpoints are missing, though a computer has signed some."
    return f"The checkpoint that was made with entry {finding.seq} is missing."


def _trigger(finding: Finding, _: dt.tzinfo | None) -> str:
    named, several = _clean(finding.about), finding.count > 1
    if finding.kind == "back":
        what = "Guards of the entries were" if several else "A guard of the entries was"
        again = "they are back" if several else "it is back"
        return f"{what} missing when the record was opened ({named}); {again}."
    if finding.kind:
        what = "triggers" if several else "a trigger"
        return f"Somebody put {what} into the database that the program does not have: {named}."
    what = "Guards of the entries are" if several else "A guard of the entries is"
    back = "they are put back" if several else "it is put back"
    return f"{what} missing in the database, or altered: {named}; {back} with the next entry."


def _projection(finding: Finding, _: dt.tzinfo | None) -> str:
    if finding.seq:
        return f"{_entry(finding)}: what follows from it cannot be put into the tables."
    table, row = (*finding.about.split("/", 1), "")[:2]
    rows = f"row {row}" if row else f"{finding.count} row{'s' if finding.count > 1 else ''}"
    tables = "The tables" if ", " in table else "The table"
    say = "say" if ", " in table else "says"
    return f"{tables} {_clean(table)} {say} something else than the entries ({_clean(rows)})."


def _kept_file(finding: Finding, _: dt.tzinfo | None) -> str:
    if finding.about == "strange":
        what = "A kept file is" if finding.count == 1 else f"{finding.count} kept files are"
        return f"{what} named by no entry."
    done = "was removed" if finding.about == "missing" else "was changed"
    return f"The kept report that entry {finding.seq} names {done}."


def _damage(finding: Finding, _: dt.tzinfo | None) -> str:
    said = "The file of the record is damaged"
    if finding.about:
        return f"{said}, so that no entry can be read."
    if not finding.count:
        return f"{said}; all entries could still be read."
    which = _numbers(finding)
    return f"{said}: {which[:1].lower()}{which[1:]} could not be read; all others could."


_SENTENCES: Mapping[Break, Callable[[Finding, dt.tzinfo | None], str]] = {
    Break.DAMAGE: _damage,
    Break.TRIGGER: _trigger,
    Break.VALUE: _value,
    Break.AUTHOR: _author,
    Break.CHANGED: _changed,
    Break.FORM: _form,
    Break.LABEL: _label,
    Break.PROOF: _proof,
    Break.UNKNOWN: _unknown,
    Break.DELETED: _deleted,
    Break.SWAPPED: _swapped,
    Break.MOVED: _moved,
    Break.INSERTED: _inserted,
    Break.SESSION_REMOVED: _session_removed,
    Break.CUT: _cut,
    Break.ROLLED_BACK: _rolled_back,
    Break.RECHAINED: _rechained,
    Break.REWRITTEN: _rewritten,
    Break.CHECKPOINT: _checkpoint,
    Break.PROJECTION: _projection,
    Break.KEPT_FILE: _kept_file,
}

_HEADLINES: Mapping[Break, str] = {
    Break.DAMAGE: "its file is damaged",
    Break.TRIGGER: "a guard of the database was changed",
    Break.VALUE: "{entry} was changed",
    Break.AUTHOR: "author or time of {entry} was changed",
    Break.CHANGED: "{entry} was changed",
    Break.FORM: "{entry} was written anew",
    Break.LABEL: "{entry} is labelled otherwise",
    Break.PROOF: "the proof of {entry} was changed",
    Break.UNKNOWN: "{entry} is of a kind that this program does not know",
    Break.DELETED: "{entry} was deleted",
    Break.SWAPPED: "{entry} was swapped with another",
    Break.MOVED: "{entry} was moved",
    Break.INSERTED: "{entry} was inserted",
    Break.SESSION_REMOVED: "a whole session was removed",
    Break.CUT: "its end was cut off",
    Break.ROLLED_BACK: "it was put back to an older copy",
    Break.RECHAINED: "hashes were made anew from {entry} on",
    Break.REWRITTEN: "it was written anew from {entry} on",
    Break.CHECKPOINT: "a checkpoint was changed",
    Break.PROJECTION: "a table says something else than the entries",
    Break.KEPT_FILE: "a kept report was changed",
}
