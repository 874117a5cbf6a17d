"""What was done to the lines of a ledger, in one finding for each act of tampering.

Whoever reads the findings shall read a short list, never all that follows from one change.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

from monitor.ledger import Break, Finding, Trouble
from monitor.origins import MISPLACED, WHOLE, Looked, Origins, Scene, Seals

_LOOK = 100_000
"""So many lines at most are looked at between two that may have been exchanged."""

FEW = 5
"""So many separate findings of one kind are named; if there are more, they become one."""


@dataclass(frozen=True, slots=True)
class Told:
    """What can be said of the lines.

    Attributes:
        top: The greatest number that a line was written under.
        vague: Whether lines were chained anew of which nothing else can be told.
    """

    findings: tuple[Finding, ...]
    top: int
    vague: bool = False


def tell(scene: Scene) -> Told:
    """Say what was done to the lines of a ledger; nothing where all are right."""
    if not scene.suspects and not scene.absent:
        return Told((), scene.last)
    origins = Origins(scene)
    found, vague = _each_line(scene, origins)
    found += _moved(scene, origins)
    missing = _missing(scene, origins)
    found += _moved_up(scene, origins)
    found += _gone(scene, missing, vague=vague) or _holes(scene, open_case=vague or not found)
    found += _chained(scene, origins, tampered=bool(found) or vague)
    if not found:  # whatever it is, it is never passed over
        found = [_anything(each) for each in scene.suspects[:1]]
    return Told(tuple(found), origins.top, vague)


def _anything(line: Looked) -> Finding:
    """Say of a line that it is not right, where nothing that is known explains it."""
    return line.found(Break.MOVED if line.troubles <= MISPLACED else Break.CHANGED)


def _each_line(scene: Scene, origins: Origins) -> tuple[list[Finding], bool]:
    """Say what was done to single lines, and whether there are some of which nothing is known."""
    found = [s.found(Break.INSERTED) for s in scene.suspects if s.seq in origins.forged]
    strange = [s for s in scene.suspects if _is_strange(s, origins)]
    for line in scene.suspects:
        if line.seq in origins.of:
            found += _known(line, origins)
    vague = False
    for run in _runs(strange):
        told, unclear = _strange(run, scene, origins)
        found += told
        vague = vague or unclear
    return _few(found), vague


def _is_strange(line: Looked, origins: Origins) -> bool:
    """Tell whether nothing is known of a line: neither its number nor any part of it."""
    return line.seq not in origins.of and line.seq not in origins.forged


def _strange(run: Sequence[Looked], scene: Scene, origins: Origins) -> tuple[list[Finding], bool]:
    """Tell lines that were changed from lines that were put in, by the room that there was.

    Returns:
        The findings, and whether the lines were chained anew so that no more can be told.
    """
    first, last = run[0].seq, run[-1].seq
    before, after = origins.before(first), origins.after(last)
    room = (after if after is not None else scene.witnessed + 1) - before - 1
    anew = after is None and all(line.hashed for line in run)
    unclear = anew and len(run) > 1
    room = len(run) if unclear else room
    changed, put_in = run[: max(0, room)], run[max(0, room) :]
    for place, line in enumerate(changed, start=1):
        origins.of[line.seq] = before + place
    origins.forged.update(line.seq for line in put_in)
    told = [*_as_one(put_in, Break.INSERTED)]
    if not unclear:
        told += _as_one(changed, Break.CHANGED)
    return told, unclear


def _as_one(lines: Sequence[Looked], code: Break) -> Iterator[Finding]:
    if len(lines) == 1:
        yield lines[0].found(code)
    elif lines:
        yield Finding(lines[0].seq, code, last=lines[-1].seq, count=len(lines))


def _known(line: Looked, origins: Origins) -> Iterator[Finding]:
    """Say what was done to a line of which the place is known."""
    seals = line.seals
    if not origins.is_genuine(line):
        yield line.found(_changed_part(seals))
    elif not line.written and _is_misplaced(line, origins):
        yield line.found(Break.MOVED, line.stream)  # to another stream
    elif Trouble.FORM in line.troubles:
        yield line.found(Break.FORM)
    elif line.labels and origins.of[line.seq] == line.seq:
        yield line.found(Break.LABEL, ", ".join(line.labels))
    elif origins.of[line.seq] == line.seq and (about := _spoiled_proof(line, origins)):
        yield line.found(Break.PROOF, about)
    elif not line.known:
        yield line.found(Break.UNKNOWN)


def _is_misplaced(line: Looked, origins: Origins) -> bool:
    """Tell whether a line says what it said, but not of the place at which it was written."""
    seals = line.seals
    if seals is None or (line.hashed and origins.is_proven(line)):
        return False
    return seals.who and seals.what and not seals.place


def _changed_part(seals: Seals | None) -> Break:
    if seals is None or seals.who == seals.what:
        return Break.CHANGED
    return Break.VALUE if seals.who else Break.AUTHOR


def _spoiled_proof(line: Looked, origins: Origins) -> str:
    """Return which of a line's proofs was changed, empty if none; new chains are told apart."""
    if not line.hashed:
        return "hash"
    if not origins.is_proven(line):
        return ""
    if Trouble.MAC in line.troubles:
        return "mac"
    broken = line.seals is not None and line.seals != WHOLE and line.written is None
    return "seals" if broken else ""


def _missing(scene: Scene, origins: Origins) -> list[range]:
    """Return the numbers that lines were written under which are gone."""
    top = origins.top
    empty = [r for r in scene.absent if r.start <= top]
    vacant = (s.seq for s in scene.suspects if origins.of.get(s.seq) != s.seq)
    empty += [_one(seq) for seq in vacant if seq >= scene.first and seq not in origins.squeezed]
    empty.append(range(scene.last + 1, top + 1))
    taken = sorted(set(origins.of.values()))
    ranges = [range(r.start, min(r.stop, top + 1)) for r in _joined(empty)]
    return [part for each in ranges for part in _without(each, taken)]


def _gone(scene: Scene, missing: Sequence[range], *, vague: bool) -> list[Finding]:
    """Say which lines are gone, and whether they were a whole session."""
    holes = [line for line in scene.suspects if line.leaves_hole]
    count = sum(map(len, missing))
    first, last = (missing[0].start, missing[-1].stop - 1) if missing else (0, 0)
    if not holes and (count > 1 or (scene.lost and (count or vague))):
        whole = Break.SESSION_REMOVED
        return [Finding(first, whole, lost, last, count=count) for lost in scene.lost or ("",)]
    about = holes[0].stream if len(holes) == 1 else ""
    if len(missing) > FEW:
        return [Finding(first, Break.DELETED, about, last, count=count)]
    ends = [(part.start, part.stop - 1 if len(part) > 1 else 0, len(part)) for part in missing]
    return [Finding(start, Break.DELETED, about, end, count=n) for start, end, n in ends]


def _moved_up(scene: Scene, origins: Origins) -> list[Finding]:
    """Say where lines without seals are gone and the others have taken their numbers."""
    lines = [line for line in scene.suspects if line.seq in origins.after_loss]
    if len(lines) > 1 and scene.lost and not any(line.leaves_hole for line in lines):
        return [Finding(0, Break.SESSION_REMOVED, stream) for stream in scene.lost]
    if len(lines) > FEW:
        return [Finding(0, Break.DELETED, count=len(lines))]
    streams = {line.seq: line.stream if line.leaves_hole else "" for line in lines}
    return [Finding(seq, Break.DELETED, stream) for seq, stream in streams.items()]


def _holes(scene: Scene, *, open_case: bool) -> list[Finding]:
    """Say which stream lacks a line that no number is missing for.

    Args:
        scene: What was looked at.
        open_case: Whether nothing that was found explains it.
    """
    if not open_case:
        return []
    mixed = {line.stream for line in scene.suspects if line.n < line.due}
    holes = [s for s in scene.suspects if 0 < s.due < s.n and s.stream not in mixed]
    return [Finding(0, Break.DELETED, s.stream, count=s.n - s.due) for s in holes[:1]]


def _moved(scene: Scene, origins: Origins) -> Iterator[Finding]:
    """Say which lines stand at another place among the others than they were written at."""
    known = [(s, origins.of[s.seq]) for s in scene.suspects if s.seq in origins.of]
    by_origin = sorted(range(len(known)), key=lambda at: known[at][1])
    ranks = {place: rank for rank, place in enumerate(by_origin)}
    pairs: set[int] = set()
    for place, rank in ranks.items():
        if place < rank and ranks[rank] == place and _fit(known[place], known[rank], origins):
            pairs |= {place, rank}
            yield known[place][0].found(Break.SWAPPED, last=known[rank][0].seq)
    rest = {line.seq: origin for place, (line, origin) in enumerate(known) if place not in pairs}
    around = {beside for seq in rest for beside in (seq - 1, seq + 1) if origins.is_right(beside)}
    order = sorted({*rest, *around})
    straight = _longest_rise([rest.get(seq, seq) for seq in order])
    gone_astray = {seq for place, seq in enumerate(order) if place not in straight}
    for line, origin in known:
        if line.seq in rest and line.seq in gone_astray:
            yield line.found(Break.MOVED, last=origin)


def _fit(one: tuple[Looked, int], other: tuple[Looked, int], origins: Origins) -> bool:
    """Tell whether two lines have exchanged places, past the right ones between them."""
    (first, first_origin), (second, second_origin) = one, other
    between = range(first.seq + 1, min(second.seq, first.seq + _LOOK))
    right = (number for number in between if origins.is_right(number))
    return all(second_origin < number < first_origin for number in right)


def _chained(scene: Scene, origins: Origins, *, tampered: bool) -> Iterator[Finding]:
    """Say which hashes were made without the ledger key.

    Args:
        scene: What was looked at.
        origins: Of its lines.
        tampered: Whether anything else was done; if not, only the MACs were changed.
    """
    anew = [s for s in scene.suspects if s.hashed and not origins.is_proven(s)]
    code, about = (Break.RECHAINED, "") if tampered else (Break.PROOF, "mac")
    for run in _few_runs(_runs(anew)):
        last = run[-1].seq if len(run) > 1 else 0
        yield Finding(run[0].seq, code, about, last, count=len(run))


def _runs(lines: Iterable[Looked]) -> list[list[Looked]]:
    """Return lines in runs of which each has the number after the one before."""
    runs: list[list[Looked]] = []
    for line in lines:
        if runs and runs[-1][-1].seq == line.seq - 1:
            runs[-1].append(line)
        else:
            runs.append([line])
    return runs


def _few_runs(runs: list[list[Looked]]) -> list[list[Looked]]:
    return runs if len(runs) <= FEW else [[line for run in runs for line in run]]


def _few(findings: list[Finding]) -> list[Finding]:
    """Return findings with those of one kind made into one where they are many."""
    kept: list[Finding] = []
    for code in dict.fromkeys(each.code for each in findings):
        same = [each for each in findings if each.code is code]
        if len(same) > FEW:
            count = sum(each.count for each in same)
            same = [Finding(same[0].seq, code, last=same[-1].last or same[-1].seq, count=count)]
        kept += same
    return kept


def _one(number: int) -> range:
    return range(number, number + 1)


def _joined(ranges: Iterable[range]) -> list[range]:
    """Return ranges sorted, those that touch made into one."""
    made: list[range] = []
    for each in sorted((r for r in ranges if r), key=lambda r: r.start):
        if made and each.start <= made[-1].stop:
            made[-1] = range(made[-1].start, max(made[-1].stop, each.stop))
        else:
            made.append(each)
    return made


def _without(whole: range, taken: Sequence[int]) -> Iterator[range]:
    """Give what is left of a range without some of its numbers, which are sorted."""
    inside = taken[bisect_left(taken, whole.start) : bisect_right(taken, whole.stop - 1)]
    for before, after in pairwise((whole.start - 1, *inside, whole.stop)):
        if after - before > 1:
            yield range(before + 1, after)


def _longest_rise(numbers: Sequence[int]) -> frozenset[int]:
    """Return the places of the longest part of a row that rises."""
    ends: list[int] = []  # the last number of the best row of each length
    places: list[int] = []  # where it stands
    back: list[int] = []
    for place, number in enumerate(numbers):
        at = bisect_left(ends, number)
        back.append(places[at - 1] if at else -1)
        ends[at : at + 1] = [number]
        places[at : at + 1] = [place]
    kept: set[int] = set()
    place = places[-1] if places else -1
    while place >= 0:
        kept.add(place)
        place = back[place]
    return frozenset(kept)
