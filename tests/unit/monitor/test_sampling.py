"""A sample that anybody can draw again."""

from __future__ import annotations

from collections import Counter

from monitor.sampling import drawn

SESSIONS = [f"01957c2e-0000-7000-8000-{n:012}" for n in range(200)]


def test_that_the_same_seed_draws_the_same_whoever_found_them_in_whatever_order() -> None:
    sample = drawn(SESSIONS, 10, "42")
    assert sample == drawn(reversed(SESSIONS), 10, "42")
    assert sample == drawn([*SESSIONS, *SESSIONS], 10, "42")
    assert len(set(sample)) == 10


def test_that_the_rule_stays_what_it_was() -> None:
    assert drawn(["a", "b", "c", "d"], 3, "audit 2026") == ("a", "d", "c")
    assert drawn(["a", "b", "c", "d"], 3, "żółć") == ("c", "b", "a")


def test_that_a_greater_sample_begins_with_the_smaller() -> None:
    assert drawn(SESSIONS, 40, "7")[:5] == drawn(SESSIONS, 5, "7")


def test_that_more_than_there_are_are_all() -> None:
    assert set(drawn(SESSIONS, 1000, "x")) == set(SESSIONS)
    assert drawn([], 5, "x") == ()


def test_that_every_session_has_its_chance() -> None:
    often = Counter(s for seed in range(2000) for s in drawn(SESSIONS[:20], 5, f"{seed}"))
    assert len(often) == 20
    assert all(400 < count < 600 for count in often.values())  # 500 each; 10 standard deviations
