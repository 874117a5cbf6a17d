"""What is longer than any true name, number, address or reason is refused with the limit."""

from __future__ import annotations

import dataclasses
from collections.abc import Callable
from decimal import Decimal

import pytest

from monitor.acts import Amend, Discharge, Weigh
from monitor.clinic import (
    CreateAccount,
    Lists,
    NewAccount,
    NewPatient,
    RegisterPatient,
    RenameClinic,
)
from monitor.entries import Leaving, Weighed, Weighing
from monitor.errors import Code, InputError
from monitor.people import Author, Clinic, Role, Sex
from tests.fakes.visit import Visit
from ui.wording import sentence

BOSS = Author("ada", Role.ADMINISTRATOR, "Ada Byron")
SOMEBODY = NewAccount(
    user="eo", name="Ewa Osa", role=Role.NURSE, credential="RN", password="-" * 20
)


def clinic(visit: Visit) -> Clinic:
    known = Lists(visit.world).clinic()
    assert known is not None
    return known


def rename(visit: Visit, **changes: str) -> None:
    RenameClinic(visit.world)(BOSS, dataclasses.replace(clinic(visit), **changes))  # type: ignore[arg-type] # texts all of them


def let_in(visit: Visit, **changes: str) -> None:
    CreateAccount(visit.world)(BOSS, dataclasses.replace(SOMEBODY, **changes))  # type: ignore[arg-type] # texts all of them


def weigh(visit: Visit, **changes: str) -> None:
    visit.do(Weigh(how=Weighing.MEASURED, kg=Decimal(70), **changes))  # type: ignore[arg-type] # texts all of them


def go_home(visit: Visit, **changes: str) -> None:
    visit.do(Discharge(how=Leaving.HOME, **changes))  # type: ignore[arg-type] # texts all of them


@pytest.mark.parametrize(
    ("does", "field", "most", "said"),
    [
        (rename, "name", 120, "The clinic's name takes at most 120 characters; shorten it."),
        (rename, "address", 400, "Address takes at most 400 characters; shorten it."),
        (let_in, "name", 120, "Name takes at most 120 characters; shorten it."),
        (let_in, "user", 120, "User name takes at most 120 characters; shorten it."),
        (let_in, "credential", 40, "Credential takes at most 40 characters; shorten it."),
        (weigh, "by_whom", 120, "Who weighed takes at most 120 characters; shorten it."),
        (weigh, "reason", 500, "Reason takes at most 500 characters; shorten it."),
        (go_home, "escort", 120, "Who goes with the patient takes at most 120 characters;"),
    ],
)
def test_that_what_is_too_long_is_refused_with_its_limit_and_nothing_is_stored(
    does: Callable[..., None], field: str, most: int, said: str
) -> None:
    visit = Visit()
    before = len(visit.store.entries)
    with pytest.raises(InputError) as caught:
        does(visit, **{field: "x" * (most + 1)})
    assert caught.value.code is Code.TOO_MUCH
    assert sentence(caught.value).startswith(said)
    assert len(visit.store.entries) == before


@pytest.mark.parametrize(
    ("does", "field", "most"),
    [
        (rename, "name", 120),
        (rename, "address", 400),
        (let_in, "user", 120),
        (let_in, "credential", 40),
        (weigh, "by_whom", 120),
        (weigh, "reason", 500),
    ],
)
def test_that_what_is_just_short_enough_is_kept_whole(
    does: Callable[..., None], field: str, most: int
) -> None:
    visit = Visit()
    does(visit, **{field: f" {'x' * most} "})
    assert "x" * most in str(visit.store.entries[-1])


def test_that_an_amendment_makes_nothing_longer_than_an_entry_may_be() -> None:
    visit = Visit().started("10:00")
    weight = next(e for e in visit.store.entries if isinstance(e.what, Weighed))
    with visit.refused(Code.TOO_MUCH):
        visit.do(Amend(entry=weight.uid, changes={"at": visit.instant("09:50")}, reason="x" * 501))


def test_that_whoever_has_a_number_is_told_to_the_eye_and_not_to_a_log() -> None:
    visit = Visit()
    wanted = NewPatient(
        family="Reyes", given="Mateo", born="1990-07-02", sex=Sex.MALE, number="100234"
    )
    with pytest.raises(InputError) as caught:
        RegisterPatient(visit.world)(visit.nurse, wanted)
    assert "by Nowak, Anna, born 1984-03-12;" in sentence(caught.value)
    assert "Nowak" not in f"{caught.value} {caught.value!r} {caught.value.args}"
