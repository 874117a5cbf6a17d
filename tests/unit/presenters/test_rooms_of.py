"""Which rooms are there for whom."""

from __future__ import annotations

import pytest

from monitor.people import CLINICIANS, Role
from ui.presenters.rooms_of import home_of, may_enter

ROOMS = ("Chairs", "Patients", "To sign", "REMS", "Register", "Audit", "Settings")


def test_that_an_auditor_has_the_rooms_in_which_there_is_something_to_read() -> None:
    rooms = [room for room in ROOMS if may_enter(Role.AUDITOR, room)]
    assert rooms == ["REMS", "Register", "Audit", "Settings"]
    assert home_of(Role.AUDITOR) == "Audit"


@pytest.mark.parametrize("role", sorted(CLINICIANS | {Role.ADMINISTRATOR}))
def test_that_everybody_else_has_all_of_them(role: Role) -> None:
    assert all(may_enter(role, room) for room in ROOMS)
    assert home_of(role) == "Chairs"
