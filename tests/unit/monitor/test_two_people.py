"""Drug is thrown away before somebody else, who proves who they are."""

from __future__ import annotations

from decimal import Decimal

import pytest

from monitor.acts import Start, Stop, Waste
from monitor.entries import Wasted, WasteOf
from monitor.errors import Code, RefusedError
from monitor.two_people import WitnessedWaste
from tests.fakes.visit import PASSWORDS, Visit


def stopped() -> Visit:
    """Return a visit whose infusion was stopped half-way: 17.5 mg in 25 mL are left."""
    visit = Visit().ordered().weighed().calculated().checked().prepared()
    visit.at("09:55").line("122/76 72 98 16 s5 d0")
    visit.at("10:00").do(Start())
    visit.at("10:20").do(Stop(reason="the patient asked to stop"))
    return visit


def waste(visit: Visit, witness: str, password: str | None = None) -> None:
    act = Waste(of=WasteOf.MIXTURE, ml=Decimal(25), witness=visit.nurse)
    word = PASSWORDS[witness] if password is None else password
    WitnessedWaste(visit.world)(visit.session_id, visit.nurse, act, witness, word)


def test_that_the_witness_is_whoever_proved_it_whatever_the_act_says() -> None:
    visit = stopped()
    waste(visit, "ds")
    entry = visit.store.entries[-1]
    assert entry.by.user == "nk"
    assert isinstance(entry.what, Wasted)
    assert entry.what.witness.user == "ds"
    assert entry.what.mg == Decimal("17.5")
    assert visit.overview.dose.unaccounted_mg == 0


def test_that_nobody_witnesses_their_own_waste() -> None:
    visit = stopped()
    with visit.refused(Code.SAME_PERSON):
        waste(visit, "nk")


def test_that_a_witness_without_the_password_is_none_and_the_try_is_written_down() -> None:
    visit = stopped()
    before = len(visit.store.entries)
    with pytest.raises(RefusedError) as caught:
        waste(visit, "ds", "guessed")
    assert caught.value.code is Code.WRONG_PASSWORD
    assert [entry.kind for entry in visit.store.entries[before:]] == ["log-in refused"]
