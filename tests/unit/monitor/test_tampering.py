"""What was done to a ledger, told from lines made by hand."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import replace

import pytest
from hypothesis import given, strategies as st

from monitor.ledger import Break, Checkpoint, Finding, Head, Remembered, Trouble, Where
from monitor.origins import BROKEN, WHOLE, Looked, Origins, Scene, Seals
from monitor.tampering import Told, tell
from monitor.witnesses import (
    ALTERED,
    STRANGER,
    checkpoint_findings,
    contradictions,
    newest_bound,
    witnesses,
)

NOON = dt.datetime(2026, 3, 2, 12, tzinfo=dt.UTC)
MOVED = (Trouble.LINK, Trouble.NUMBERING)
REMADE = (Trouble.MAC,)


def line(seq: int, *troubles: Trouble, seals: Seals | None = WHOLE, **more: object) -> Looked:
    """A line that shows trouble."""
    made = Looked(seq, "session/s-1", seq, "event", frozenset(troubles), due=seq, seals=seals)
    return replace(made, **more)  # type: ignore[arg-type]


def told(*lines: Looked, last: int = 10, **more: object) -> list[tuple[int, Break, int]]:
    """What is said of some lines: number, what, and up to where."""
    scene = replace(Scene(last, lines), **more)  # type: ignore[arg-type]
    return [(each.seq, each.code, each.last) for each in tell(scene).findings]


def test_that_nothing_is_said_of_a_ledger_without_trouble() -> None:
    assert tell(Scene(10)) == Told((), 10)


@pytest.mark.parametrize(
    ("seals", "code"),
    [
        (Seals(place=True, who=True), Break.VALUE),
        (Seals(place=True, what=True), Break.AUTHOR),
        (Seals(place=True), Break.CHANGED),
        (BROKEN, Break.CHANGED),
        (None, Break.CHANGED),
    ],
)
def test_that_the_seals_tell_what_was_changed(seals: Seals | None, code: Break) -> None:
    assert told(line(4, Trouble.HASH, seals=seals)) == [(4, code, 0)]


def test_that_a_new_chain_is_said_once() -> None:
    changed = line(4, *REMADE, seals=Seals(place=True, who=True))
    after = [line(seq, *REMADE) for seq in range(5, 11)]
    assert told(changed, *after) == [(4, Break.VALUE, 0), (4, Break.RECHAINED, 10)]


def test_that_macs_that_were_changed_alone_are_no_new_chain() -> None:
    assert told(line(9, *REMADE), line(10, *REMADE)) == [(9, Break.PROOF, 10)]


def test_that_the_line_after_it_vouches_for_a_line_whose_mac_is_gone() -> None:
    (finding,) = tell(Scene(10, [line(4, *REMADE, seals=BROKEN)])).findings
    assert (finding.seq, finding.code, finding.about) == (4, Break.PROOF, "mac")


def test_that_a_line_vouched_for_from_outside_was_changed_and_not_put_in() -> None:
    forged = line(10, Trouble.HASH, *REMADE, seals=BROKEN)
    assert told(forged) == [(10, Break.INSERTED, 0)]
    assert told(forged, witnessed=10) == [(10, Break.CHANGED, 0)]


def test_that_a_run_of_unknown_lines_fills_the_room_that_there_was() -> None:
    strange = [line(seq, Trouble.HASH, *REMADE, seals=BROKEN) for seq in (4, 5)]
    behind = [line(6, Trouble.LINK, seals=Seals(who=True, what=True), written=5)]
    after = [
        line(seq, Trouble.STREAM, seals=Seals(who=True, what=True), written=seq - 1)
        for seq in range(7, 11)
    ]
    assert told(*strange, *behind, *after) == [(5, Break.INSERTED, 0), (4, Break.CHANGED, 0)]


def test_that_numbers_that_nobody_has_are_lines_that_were_deleted() -> None:
    behind = line(6, *MOVED, due=3, n=5)
    scene = Scene(10, [behind], absent=[range(4, 6)])
    (finding,) = tell(scene).findings
    assert finding == Finding(4, Break.DELETED, "session/s-1", 5, count=2)


def test_that_a_session_is_named_where_something_else_names_it() -> None:
    behind = line(6, *MOVED, due=0)
    scene = Scene(10, [behind], absent=[range(5, 6)], lost=["session/s-7"])
    (finding,) = tell(scene).findings
    assert (finding.code, finding.about, finding.count) == (
        Break.SESSION_REMOVED,
        "session/s-7",
        1,
    )


def test_that_several_numbers_without_a_hole_in_any_stream_are_taken_for_a_session() -> None:
    lines = [line(4, *MOVED), line(8, *MOVED)]
    (finding,) = tell(Scene(10, lines, absent=[range(3, 4), range(7, 8)])).findings
    assert (finding.seq, finding.code, finding.last) == (3, Break.SESSION_REMOVED, 7)
    assert (finding.about, finding.count) == ("", 2)


def test_that_a_copy_of_a_line_was_put_in() -> None:
    copied = line(11, *REMADE, seals=Seals(who=True, what=True), written=4)
    assert (11, Break.INSERTED, 0) in told(copied, last=11)


def test_that_many_of_a_kind_become_one() -> None:
    lines = [line(seq, Trouble.HASH, seals=Seals(place=True, who=True)) for seq in range(2, 20, 2)]
    (finding,) = tell(Scene(20, lines)).findings
    assert (finding.seq, finding.last, finding.count) == (2, 18, 9)


def test_that_lines_that_could_not_be_read_are_not_missed() -> None:
    assert told(line(8), unread=[range(4, 8)])[0][1] is not Break.DELETED
    assert tell(Scene(10, unread=[range(4, 8)])).findings == ()


def test_that_trouble_is_never_passed_over() -> None:
    assert told(line(4, Trouble.STREAM, n=3, due=4)) == [(4, Break.MOVED, 0)]
    assert told(line(4, known=False)) == [(4, Break.UNKNOWN, 0)]


@given(st.permutations(range(3, 9)).filter(lambda order: order != sorted(order)))
def test_that_lines_in_another_order_were_swapped_or_moved(order: list[int]) -> None:
    lines = [
        line(seq, Trouble.LINK, seals=Seals(place=seq == was, who=True, what=True), written=was)
        if seq != was
        else line(seq, Trouble.LINK)
        for seq, was in zip(range(3, 9), order, strict=True)
    ]
    findings = tell(Scene(10, lines)).findings
    assert findings
    assert {each.code for each in findings} <= {Break.SWAPPED, Break.MOVED}
    assert Origins(Scene(10, lines)).top == 10


# --- those who remember -----------------------------------------------------------------------


def head(seq: int, made: str = "aa", where: Where = Where.STATION) -> Remembered:
    """A head that somebody has seen, a minute after the one before."""
    return Remembered(Head(seq, made), NOON + dt.timedelta(minutes=seq), where)


def said(
    heads: Sequence[Remembered], *, last: int, hashes: dict[int, str] | None = None, traces: int = 0
) -> list[Finding]:
    scene = Scene(last)
    found = hashes if hashes is not None else dict.fromkeys(range(1, last + 1), "aa")
    return contradictions(witnesses(heads, ()), found, scene, tell(scene), traces=traces)


def test_that_heads_that_hold_contradict_nothing() -> None:
    assert said([head(3), head(10)], last=10) == []


def test_that_a_head_beyond_the_end_means_an_older_copy() -> None:
    (finding,) = said([head(3), head(11), head(12)], last=10)
    assert (finding.seq, finding.code, finding.last) == (11, Break.ROLLED_BACK, 12)
    assert (finding.about, finding.at) == ("station", NOON + dt.timedelta(minutes=11))


def test_that_traces_of_what_was_there_mean_that_the_end_was_cut_off() -> None:
    (finding,) = said([head(12)], last=10, traces=12)
    assert finding.code is Break.CUT
    (alone,) = said([], last=10, traces=11)
    assert (alone.code, alone.last, alone.at) == (Break.CUT, 11, None)


def test_that_traces_are_not_believed_against_those_who_remember_the_end() -> None:
    assert said([head(10)], last=10, traces=99) == []


def test_that_another_line_than_was_seen_means_another_history() -> None:
    hashes = {3: "aa", 6: "bb", 9: "bb"}
    (finding,) = said([head(3), head(6), head(9), head(12)], last=10, hashes=hashes)
    assert (finding.seq, finding.code, finding.last) == (4, Break.REWRITTEN, 6)


def test_that_what_the_lines_explain_is_not_said_again() -> None:
    scene = Scene(9, [line(5, *REMADE, seals=Seals(place=True, who=True))])
    seen = witnesses([head(5, "cc")], ())
    assert contradictions(seen, {5: "aa"}, scene, tell(scene)) == []


def test_that_the_bound_is_the_newest_head_that_holds() -> None:
    heads = [head(3), head(7, where=Where.BACKUP), head(9, "bb"), head(12)]
    assert newest_bound(heads, {3: "aa", 7: "aa", 9: "aa"}) == heads[1]
    assert newest_bound([], {}) is None


def test_that_checkpoints_are_judged_by_signature_and_station() -> None:
    made = [Checkpoint(seq, "aa", NOON, key, "") for seq, key in ((1, "k"), (2, "k"), (3, "other"))]
    found = checkpoint_findings(list(zip(made, (True, False, True), strict=True)), frozenset({"k"}))
    assert [(each.seq, each.about) for each in found] == [(2, ALTERED), (3, STRANGER)]
