"""Under which number each line of a ledger was written, told from what the lines show.

The chain says of a line that it is not right. Two things tell more: the MACs of a line's
parts (its *seals*), which still hold after it was moved or its hash made anew, and the hashes
of the lines after it, which vouch for it where its own MAC does not.

Only lines that show anything at all come here: all others stand where they were written.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass

from monitor.ledger import Break, Finding, Trouble

_FAR = 1_000_000  # a number this far beyond the others was made up

_MOVING = frozenset({Trouble.NUMBERING, Trouble.LINK})

MISPLACED = _MOVING | {Trouble.STREAM}
"""What a line shows that is right by itself, but not where it stands."""


@dataclass(frozen=True, slots=True)
class Seals:
    """Which parts of a line carry their own seal: where it stands, who and when, what it says."""

    place: bool = False
    who: bool = False
    what: bool = False


BROKEN = Seals()
"""No part is as it was written, or the seals are not."""

WHOLE = Seals(place=True, who=True, what=True)


@dataclass(frozen=True, slots=True)
class Looked:
    """A line that shows trouble.

    Attributes:
        due: The place in its stream that it should have; 0 where that is not known.
        labels: The columns that say something else than its body.
        seals: None for a line from before there were any.
        at: When it says it was, in its station's own time.
        written: The number that its seals say it was written under, where it has another one.
        moved_in_stream: Whether its seals say that it had another place in its stream.
        follows: The number of the line that its hash says it was written after.
        known: Whether this program knows such an entry.
    """

    seq: int
    stream: str
    n: int
    kind: str
    troubles: frozenset[Trouble]
    due: int = 0
    labels: tuple[str, ...] = ()
    seals: Seals | None = None
    at: dt.datetime | None = None
    written: int | None = None
    moved_in_stream: bool = False
    follows: int | None = None
    known: bool = True

    @property
    def hashed(self) -> bool:
        """Tell whether its hash is the one of its body."""
        return Trouble.HASH not in self.troubles

    @property
    def leaves_hole(self) -> bool:
        """Tell whether something of its stream is missing before it."""
        return self.moved_in_stream or 0 < self.due < self.n

    def found(self, code: Break, about: str = "", *, last: int = 0) -> Finding:
        """Return a finding about this line."""
        return Finding(self.seq, code, about, last, self.stream, self.kind, self.at)


@dataclass(frozen=True, slots=True)
class Scene:
    """All that a look at the ledger brought.

    Attributes:
        first: The first number that was looked at.
        last: The last line's number.
        suspects: The lines that show trouble, by number.
        absent: The numbers below the last that no line has.
        unread: The numbers of lines that could not be read.
        held: Lines whose hash is remembered outside, or in a checkpoint, as it is.
        witnessed: The greatest number that is remembered, outside or in a checkpoint.
        lost: Sessions that other parts of the record name and no line belongs to.
    """

    last: int
    suspects: Sequence[Looked] = ()
    absent: Sequence[range] = ()
    unread: Sequence[range] = ()
    held: frozenset[int] = frozenset()
    witnessed: int = 0
    lost: Sequence[str] = ()
    first: int = 1


class Origins:
    """Under which number each line was written.

    Attributes:
        of: By the number that a line has now; lines that are right are not in it.
        forged: Numbers of lines that the program never wrote.
        squeezed: Those of them that stand between two lines of which one follows the other.
        after_loss: Numbers of lines before which something is gone, the others having moved up.
    """

    def __init__(self, scene: Scene) -> None:
        self._scene = scene
        self._lines = {each.seq: each for each in scene.suspects}
        self._proven: set[int] = set()
        self.of: dict[int, int] = {}
        self.forged: set[int] = set()
        self.squeezed: set[int] = set()
        self.after_loss: set[int] = set()
        self._prove()
        self._by_seals()
        self._by_hashes()
        self._refuse_doubles()

    def is_right(self, number: int) -> bool:
        """Tell whether a line has this number that shows no trouble."""
        scene = self._scene
        inside = scene.first <= number <= scene.last and number not in self._lines
        return inside and not any(number in r for r in (*scene.absent, *scene.unread))

    def is_proven(self, line: Looked) -> bool:
        """Tell whether its hash is one that was made with the ledger key."""
        return line.seq in self._proven

    def is_genuine(self, line: Looked) -> bool:
        """Tell whether it says what it said when it was written."""
        sealed = line.seals is not None and line.seals.who and line.seals.what
        return sealed or (line.hashed and self.is_proven(line))

    def before(self, number: int) -> int:
        """Return the number that the nearest line before a place was written under."""
        at = number - 1
        while at >= self._scene.first:
            if at in self.of:
                return self.of[at]
            if self.is_right(at):
                return at
            at = self._gap_start(at) - 1
        return self._scene.first - 1

    def after(self, number: int) -> int | None:
        """Return the number that the next line after a place was written under."""
        if self.is_right(number + 1):
            return number + 1
        later = (self.of[each.seq] for each in self._scene.suspects if _later(each, number, self))
        return next(later, None)

    @property
    def top(self) -> int:
        """Return the greatest number that a line was written under."""
        at = self._scene.last
        while at >= self._scene.first and not self.is_right(at):
            at = self._gap_start(at) - 1
        return max((*self.of.values(), at, self._scene.first - 1))

    def _gap_start(self, number: int) -> int:
        """Return where the numbers begin that no line has, around one of them."""
        gaps = (r.start for r in (*self._scene.absent, *self._scene.unread) if number in r)
        return min(gaps, default=number)

    def _prove(self) -> None:
        """Find the lines whose hash holds: by its own MAC, from outside, or by the next line."""
        for line in reversed(self._scene.suspects):
            after = self._lines.get(line.seq + 1)
            by_next = (
                self.is_right(line.seq + 1)
                if after is None
                else after.hashed and self.is_proven(after) and not _MOVING & after.troubles
            )
            if by_next or line.seq in self._scene.held or Trouble.MAC not in line.troubles:
                self._proven.add(line.seq)

    def _by_seals(self) -> None:
        for line in self._scene.suspects:
            in_chain = self.is_proven(line) and not _MOVING & line.troubles
            if (line.seals is not None and line.seals.place) or (in_chain and not line.written):
                self.of[line.seq] = line.seq
            elif line.written is not None:
                self.of[line.seq] = line.written
            elif line.seals is not None and (line.seals.who or line.seals.what):
                self.of[line.seq] = self.before(line.seq) + 1

    def _by_hashes(self) -> None:
        """Follow the hashes of lines whose seals say nothing, in the order of the chain."""
        left = [s for s in self._scene.suspects if s.seq not in self.of and self.is_genuine(s)]
        while left:
            ready = [s for s in left if s.follows is not None and self._is_known(s.follows)]
            for line in ready:
                self._follow(line, line.follows or 0)
            if not ready:
                self._after_a_loss(left[0])
            left = [s for s in left if s.seq not in self.of]

    def _is_known(self, number: int) -> bool:
        return self.is_right(number) or number in self.of

    def _is_strange(self, number: int) -> bool:
        line = self._lines.get(number)
        return line is not None and number not in self.of and not self.is_genuine(line)

    def _follow(self, line: Looked, before: int) -> None:
        """Give a line its place behind the one that it follows."""
        between = range(before + 1, line.seq)
        if 0 < len(between) < _FAR and all(map(self._is_strange, between)):
            self.of[line.seq] = line.seq  # they were put in, and all that follows moved
            self.forged.update(between)
            self.squeezed.update(between)
        else:
            self.of[line.seq] = self.of.get(before, before) + 1

    def _after_a_loss(self, line: Looked) -> None:
        """Give a line its place whose own predecessor is nowhere."""
        self.of[line.seq] = line.seq
        if Trouble.NUMBERING not in line.troubles:
            self.after_loss.add(line.seq)

    def _refuse_doubles(self) -> None:
        """Of two lines that say they are the same one, the second was put in."""
        taken: set[int] = set()
        for seq in sorted(self.of, key=lambda seq: (self.of[seq] != seq, seq)):
            origin = self.of[seq]
            if origin in taken or (origin != seq and self.is_right(origin)):
                del self.of[seq]
                self.forged.add(seq)
            taken.add(origin)


def _later(line: Looked, number: int, origins: Origins) -> bool:
    return line.seq > number and line.seq in origins.of
