"""What a rehearsal makes up is the same in every run, and never twice the same."""

from __future__ import annotations

import datetime as dt
import uuid
from zoneinfo import ZoneInfo

from hypothesis import given, strategies as st

from monitor.rehearsal.clockwork import ScriptClock
from monitor.rehearsal.making_up import ScriptSalts, ScriptUids, password, pin

SEED = bytes(range(32))
NOON = dt.datetime(2026, 3, 2, 12, 0, tzinfo=dt.UTC)
WARSAW = ZoneInfo("Europe/Warsaw")


def clock(seed: bytes = SEED) -> ScriptClock:
    return ScriptClock(NOON, WARSAW, seed)


def uids(seed: bytes = SEED, part: int = 0) -> list[str]:
    make, made = ScriptUids(seed, clock(seed), part), []
    for act in range(3):
        make.at_act(act)
        made += [make() for _ in range(3)]
    return made


def test_that_identities_are_the_same_in_every_run_and_differ_among_themselves() -> None:
    assert uids() == uids()
    assert len({*uids(), *uids(part=1), *uids(bytes(32))}) == 27


def test_that_an_identity_depends_on_its_act_and_not_on_those_before() -> None:
    make = ScriptUids(SEED, clock())
    make.at_act(2)
    assert make() == uids()[6]


def test_that_identities_look_like_others_of_version_7() -> None:
    for made in map(uuid.UUID, uids()):
        assert (made.version, made.variant) == (7, uuid.RFC_4122)
        assert abs((made.int >> 80) - NOON.timestamp() * 1000) < 1000


@given(st.binary(min_size=32, max_size=32), st.text(min_size=1))
def test_that_passwords_are_long_and_pins_are_six_digits(seed: bytes, user: str) -> None:
    assert len(password(seed, user)) >= 15
    assert password(seed, user) == password(seed, user)
    assert len(pin(seed, user)) == 6
    assert pin(seed, user).isdigit()


def test_that_each_salt_is_another_and_every_run_has_the_same() -> None:
    first, again = ScriptSalts(SEED), ScriptSalts(SEED)
    salts = [first() for _ in range(4)]
    assert salts == [again() for _ in range(4)]
    assert len({*salts, ScriptSalts(SEED, 1)()}) == 5
    assert {len(salt) for salt in salts} == {16}


def test_that_the_clock_stands_until_it_is_moved_and_never_goes_back() -> None:
    moved = clock()
    assert moved.now() == moved.now() == NOON
    moved.move_to(NOON + dt.timedelta(minutes=5))
    moved.move_to(NOON)
    moment = moved.moment()
    assert moment.now == NOON + dt.timedelta(minutes=5)
    assert moment.offset == 60
    assert moment.mono - clock().moment().mono == 5 * 60 * 10**9
    assert moment.boot == clock().moment().boot
