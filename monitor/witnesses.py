"""Who has seen the ledger's head, and what it means when the ledger says something else.

Nothing inside a database notices that its end was cut off, that all of it was put back to an
older day, or that it was written anew by someone who holds every key. A head that was written
down elsewhere does: a station's mark, a backup, a sidecar, a station's own signature.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from monitor.ledger import Break, Checkpoint, Finding, Remembered
from monitor.origins import Scene
from monitor.tampering import Told

CHECKPOINT = "checkpoint"
"""What stands in a finding for a checkpoint, beside the values of `Where`."""

ALTERED, STRANGER, MISSING = "altered", "stranger", "missing"
"""About a checkpoint: nobody signed it so, no station that the ledger names, gone."""


@dataclass(frozen=True, slots=True)
class Witness:
    """A head that somebody has seen.

    Attributes:
        hash: In hex.
        at: When it was seen.
        who: A value of `Where`, or `CHECKPOINT`.
    """

    seq: int
    hash: str
    at: dt.datetime
    who: str


def witnesses(
    remembered: Sequence[Remembered], checkpoints: Sequence[Checkpoint]
) -> tuple[Witness, ...]:
    """Return every head that was seen, by line."""
    found = [Witness(r.head.seq, r.head.hash, r.at, r.where.value) for r in remembered]
    found += [Witness(c.seq, c.hash, c.at, CHECKPOINT) for c in checkpoints]
    return tuple(sorted(found, key=lambda witness: (witness.seq, witness.at)))


def contradictions(
    seen: Sequence[Witness],
    hashes: Mapping[int, str],
    scene: Scene,
    told: Told,
    *,
    traces: int = 0,
    elsewhere: frozenset[str] = frozenset(),
) -> list[Finding]:
    """Say what those who have seen a head make of the ledger.

    Args:
        seen: The heads, by line.
        hashes: The ledger's hashes at those lines, in hex.
        scene: What was looked at.
        told: What was said of the lines; what that explains is not said again.
        traces: The greatest number of a line that another part of the record names.
        elsewhere: Those of their hashes that a line has under another number: it was moved.
    """
    doubtful = {line.seq for line in scene.suspects}
    plain = [w for w in seen if w.seq not in doubtful and _is_plain(w.seq, scene)]
    moved = elsewhere if told.findings else frozenset()
    other = [w for w in plain if hashes.get(w.seq) != w.hash and w.hash not in moved]
    beyond = [w for w in seen if w.seq > told.top]
    if other:
        first = other[0]
        holds = [w.seq for w in seen if w.seq < first.seq and hashes.get(w.seq) == w.hash]
        return [_finding(max(holds, default=0) + 1, Break.REWRITTEN, first)]
    if told.vague:
        return [] if not beyond or _says_what_is_gone(told) else [_short(beyond, told)]
    if not beyond and any(w.who != CHECKPOINT for w in seen):
        traces = 0  # who remembers the heads knows of no later line: the other part was changed
    if not beyond and traces <= told.top:
        return []
    code = Break.CUT if max(traces, _signed(beyond)) > told.top else Break.ROLLED_BACK
    last = max(traces, *(w.seq for w in beyond)) if beyond else traces
    first_lost = beyond[0] if beyond else Witness(last, "", _LONG_AGO, "")
    made = _finding(told.top + 1, code, first_lost)
    return [_up_to(made, last)]


def checkpoint_findings(
    checkpoints: Sequence[tuple[Checkpoint, bool]], stations: frozenset[str]
) -> list[Finding]:
    """Say which checkpoints were changed or made up.

    Args:
        checkpoints: Each, and whether its signature is right.
        stations: The keys of the stations that the ledger names.
    """
    found: list[Finding] = []
    for each, is_signed in checkpoints:
        if not is_signed:
            found.append(Finding(each.seq, Break.CHECKPOINT, ALTERED, at=each.at))
        elif each.key not in stations:
            found.append(Finding(each.seq, Break.CHECKPOINT, STRANGER, at=each.at))
    return found


def newest_bound(remembered: Sequence[Remembered], hashes: Mapping[int, str]) -> Remembered | None:
    """Return the newest head that is remembered outside and that the ledger still has."""
    held = [r for r in remembered if hashes.get(r.head.seq) == r.head.hash]
    return max(held, key=lambda r: (r.head.seq, r.at), default=None)


_LONG_AGO = dt.datetime.min.replace(tzinfo=dt.UTC)


def _is_plain(number: int, scene: Scene) -> bool:
    """Tell whether there should be a line of this number."""
    missing = (*scene.absent, *scene.unread)
    return number <= scene.last and not any(number in r for r in missing)


def _signed(beyond: Sequence[Witness]) -> int:
    return max((w.seq for w in beyond if w.who == CHECKPOINT), default=0)


def _says_what_is_gone(told: Told) -> bool:
    gone = (Break.DELETED, Break.SESSION_REMOVED)
    return any(finding.code in gone for finding in told.findings)


def _short(beyond: Sequence[Witness], told: Told) -> Finding:
    """Say that there are fewer lines than there were, wherever they were taken out."""
    return Finding(0, Break.DELETED, beyond[0].who, count=beyond[-1].seq - told.top)


def _finding(seq: int, code: Break, witness: Witness) -> Finding:
    at = None if witness.at == _LONG_AGO else witness.at
    return Finding(seq, code, witness.who, witness.seq, at=at)


def _up_to(finding: Finding, last: int) -> Finding:
    count = last - finding.seq + 1
    return Finding(finding.seq, finding.code, finding.about, last, at=finding.at, count=count)
