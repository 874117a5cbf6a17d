"""Whoever is an auditor looks, verifies and hands out, and writes nothing of a treatment.

Every use-case of `monitor` is swept: what takes the world and has a hand to press. One that
`auditors_hands` does not know fails the test that counts them.
"""

from __future__ import annotations

import contextlib
import importlib
import inspect
import pkgutil
from collections.abc import Iterator
from pathlib import Path

import pytest

import monitor
from monitor import acts
from monitor.acts import Act
from monitor.clinic import PROGRAM, FoundClinic
from monitor.desk import Perform
from monitor.errors import Code, NotFoundError, RefusedError
from monitor.people import Role
from tests.unit.monitor.auditors_hands import (
    ACCOUNT,
    AUDITOR,
    AUDITS,
    LOOKS,
    NOBODYS,
    REFUSED,
    AuditedVisit,
    bare,
)

ACTS = sorted(
    {each for each in vars(acts).values() if isinstance(each, type) and issubclass(each, Act)}
    - {Act},
    key=lambda act: act.__name__,
)
OF_AN_AUDIT = {
    "exported",
    "export begun",
    "export ended",
    "key rewrapped",
    "logged in",
    "logged out",
    "looked",
    "password set",
    "report kept",
    "report verified",
    "screen locked",
    "screen unlocked",
    "signature refused",
}
"""Looks, exports (a draft that leaves is kept), log-ins, the own password, and refusals."""


def use_cases() -> Iterator[str]:
    """Name every hand of every use-case: a class of `monitor` that takes the world.

    Rehearsals are left out: their players press these same ones.
    """
    for found in pkgutil.walk_packages(monitor.__path__, "monitor."):
        if found.name.startswith("monitor.rehearsal"):
            continue
        module = importlib.import_module(found.name)
        for name, made in vars(module).items():
            if inspect.isclass(made) and made.__module__ == found.name and name[0] != "_":
                takes = [each.annotation for each in _parameters(made)]
                if "World" in takes:
                    yield from _hands(made)


def _parameters(made: type) -> Iterator[inspect.Parameter]:
    with contextlib.suppress(ValueError):  # an enumeration has none
        yield from inspect.signature(made).parameters.values()


def _hands(made: type) -> Iterator[str]:
    for name, _ in inspect.getmembers(made, inspect.isfunction):
        if name == "__call__":
            yield made.__name__
        elif name[0] != "_":
            yield f"{made.__name__}.{name}"


@pytest.fixture(scope="module")
def visit() -> AuditedVisit:
    return AuditedVisit()


def left_by(visit: AuditedVisit, before: int) -> tuple[str, ...]:
    """The kinds of what was written since."""
    return tuple(entry.kind for entry in visit.store.entries[before:])


def test_that_the_sweep_knows_every_use_case() -> None:
    assert sorted(use_cases()) == sorted((*REFUSED, *AUDITS, *LOOKS, *NOBODYS))


def test_that_only_audit_acts_are_among_what_an_auditor_may_leave_in_the_record() -> None:
    cases = (*REFUSED.values(), *AUDITS.values())
    assert {kind for case in cases for kind in case.leaves} <= OF_AN_AUDIT


@pytest.mark.parametrize("what", REFUSED)
def test_that_what_writes_is_refused_and_leaves_the_refusal_alone(
    visit: AuditedVisit, what: str
) -> None:
    before = len(visit.store.entries)
    with pytest.raises(RefusedError) as caught:
        REFUSED[what].press(visit)
    assert caught.value.code is Code.NOT_ALLOWED
    assert left_by(visit, before) == REFUSED[what].leaves


@pytest.mark.parametrize("act", ACTS, ids=lambda act: act.__name__)
def test_that_every_act_at_the_chair_is_refused(visit: AuditedVisit, act: type[Act]) -> None:
    before = len(visit.store.entries)
    with pytest.raises(RefusedError) as caught:
        Perform(visit.world)(visit.session_id, AUDITOR, bare(act))
    assert caught.value.code is Code.NOT_ALLOWED
    assert left_by(visit, before) == ()


def test_that_there_are_acts_to_be_asked() -> None:
    assert len(ACTS) > 25


@pytest.mark.parametrize("what", AUDITS)
def test_that_an_act_of_an_audit_leaves_the_entry_that_says_so(what: str) -> None:
    visit = AuditedVisit()
    before = len(visit.store.entries)
    AUDITS[what].press(visit)
    assert left_by(visit, before) == AUDITS[what].leaves
    assert {entry.by for entry in visit.store.entries[before:]} == {AUDITOR}


@pytest.mark.parametrize("what", LOOKS)
def test_that_a_look_is_let_through_and_writes_nothing_by_itself(
    visit: AuditedVisit, what: str
) -> None:
    before = len(visit.store.entries)
    with contextlib.suppress(NotFoundError):  # it looked, and there was nothing
        LOOKS[what](visit)
    assert left_by(visit, before) == ()


def test_that_a_record_is_not_begun_again(visit: AuditedVisit) -> None:
    with visit.refused(Code.RECORD_EXISTS):
        FoundClinic(visit.world)("Another", "", (), (ACCOUNT,))


def test_that_the_program_writes_under_its_own_name() -> None:
    assert PROGRAM.role is not Role.AUDITOR


def test_that_window_and_command_line_open_no_transaction_to_write_in() -> None:
    """So that they write through the use-cases alone; they look by `World.looking`."""
    home = Path(__file__).resolve().parents[3]
    writing = [
        str(path.relative_to(home))
        for path in (*(home / "ui").rglob("*.py"), *(home / "reports").rglob("*.py"))
        if ".transaction" in path.read_text("utf-8")
    ]
    assert writing == []
