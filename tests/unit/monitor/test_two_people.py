"""Drug is thrown away before somebody else, who proves who they are."""

from __future__ import annotations

from decimal import Decimal

import pytest

from monitor.acts import Calculate, Override, Start, Stop, TakeOrder, Waste, Weigh
from monitor.entries import Given, VolumeMode, Wasted, WasteOf, Weighing
from monitor.errors import Code, RefusedError
from monitor.two_people import LetThrough, WitnessedWaste
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


# --- a dose above the cap, which a prescriber lets through -----------------------------------


def heavy() -> Visit:
    """Return a visit whose dose is 105 mg, above the cap."""
    visit = Visit()
    order = TakeOrder(how=Given.WRITTEN, per_kg_mg=Decimal("0.5"), minutes=Decimal(40))
    visit.do(order, visit.prescriber)
    visit.do(Weigh(kg=Decimal(210), how=Weighing.MEASURED))
    return visit


def let_through(visit: Visit, volume: str = "50", user: str = "ds", password: str = "") -> None:
    act = Calculate(
        strength_mg_per_ml=Decimal(100),
        volume_ml=Decimal(volume),
        volume_mode=VolumeMode.REPLACES,
    )
    override = Override(what="too-much", reason="tolerated before")
    LetThrough(visit.world)(
        visit.session_id,
        user,
        password or PASSWORDS[user],
        override,
        author=visit.nurse,
        act=act,
    )


def test_that_what_is_let_through_is_written_with_who_let_it() -> None:
    visit = heavy()
    before = len(visit.store.entries)
    let_through(visit)
    assert [(entry.kind, entry.by.user) for entry in visit.store.entries[before:]] == [
        ("overridden", "ds"),
        ("calculated", "nk"),
    ]
    assert visit.overview.overrides[0].used


def test_that_no_override_stands_where_the_act_is_refused_all_the_same() -> None:
    visit = heavy()
    with visit.refused(Code.UNDILUTED):
        let_through(visit, volume="1.5")
    assert visit.overview.overrides == ()


def test_that_only_a_prescriber_who_proves_it_lets_something_through() -> None:
    visit = heavy()
    with visit.refused(Code.NOT_ALLOWED):
        let_through(visit, user="nk")
    with pytest.raises(RefusedError) as caught:
        let_through(visit, password="guessed")  # noqa: S106 - it is wrong
    assert caught.value.code is Code.WRONG_PASSWORD
    assert visit.overview.overrides == ()
    assert visit.overview.dose.calculated_mg is None
