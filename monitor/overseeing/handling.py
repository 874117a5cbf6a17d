"""What was taken from the cupboard and what became of it: prepared, given by hand, wasted, kept."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Sequence
from decimal import Decimal

from monitor import delivery
from monitor.accounting import Batch, Mixture, batches, settled, vials
from monitor.dose_view import DeviceView, PortionView, PreparationView, VialView, WasteView
from monitor.dosing import is_flagged
from monitor.entries import Prepared, RemainderKept, Wasted, WasteOf
from monitor.gaps import LooseEnd
from monitor.overseeing.pump import pump_segments, rounding_ml
from monitor.protocols.protocol import DeviceDose, Form, Protocol, SecondPerson, Way
from monitor.second_check import overrides, verified
from monitor.session import Kept, Session
from monitor.units import Mass, Volume, plain

EARLIER = "earlier"
"""What a gap is about that concerns a dose which was worked out anew."""

_NONE = Decimal(0)


# --- amounts --------------------------------------------------------------------------------


def given_mg(session: Session, batch: Batch, now: dt.datetime) -> Decimal:
    """Return how much of the dose was given by *now*; nothing of one that was replaced."""
    if not batch.stands:
        return _NONE
    if session.way is not Way.PUMP:
        return sum((kept.what.mg for kept in session.portions), _NONE)
    if batch.volume_ml is None:
        return _NONE
    prepared, volume = Mass(batch.prepared_mg), Volume(batch.volume_ml)
    return settled(delivery.given(pump_segments(session), volume, prepared, now).mg)


def mixture(session: Session, batch: Batch, now: dt.datetime) -> Mixture:
    """Return the balance of what was made ready, as it stands at *now*."""
    rounding = rounding_ml(session, now) if batch.stands else _NONE
    return batch.mixture(given_mg(session, batch, now), rounding)


def is_over(session: Session) -> bool:
    """Tell whether no more drug is to come, so that all of it must be somewhere."""
    return session.dose_ended_at is not None or session.closed_at is not None


def is_handled(batch: Batch) -> bool:
    """Tell whether anybody said what was made ready or thrown away of it."""
    return bool(batch.preparations or batch.wastes)


# --- rows -----------------------------------------------------------------------------------


def product_name(protocol: Protocol, product: str, strength: Decimal | None) -> str:
    """Return what a product is called; one that the protocol does not name, by its strength."""
    known = protocol.product(product)
    if known is not None:
        return known.name
    return f"{protocol.drug} {plain(strength)} mg/mL" if strength is not None else protocol.drug


def preparation_views(
    session: Session, kept: Sequence[Kept[Prepared]]
) -> tuple[PreparationView, ...]:
    """Return what was taken of each lot."""
    return tuple(_preparation(session.protocol, each) for each in kept)


def _preparation(protocol: Protocol, kept: Kept[Prepared]) -> PreparationView:
    what = kept.what
    return PreparationView(
        uid=kept.uid,
        by=kept.entry.by,
        at=kept.at,
        product=what.product,
        name=product_name(protocol, what.product, what.strength_mg_per_ml),
        lot=what.lot,
        expiry=what.expiry,
        mg=what.mg,
        drawn_ml=what.drawn_ml,
        vial_ml=what.vial_ml,
        vials=what.vials,
        pieces=what.pieces,
        opened_mg=what.opened_mg,
        reason=kept.first.reason,
    )


def portion_views(session: Session) -> tuple[PortionView, ...]:
    """Return what was given by hand, in order of time."""
    return tuple(
        PortionView(
            uid=kept.uid,
            by=kept.entry.by,
            at=kept.at,
            mg=kept.what.mg,
            minutes=kept.what.minutes,
            site=kept.what.site,
            reason=kept.first.reason,
        )
        for kept in session.portions
    )


def waste_views(session: Session) -> tuple[WasteView, ...]:
    """Return what was thrown away or put back, in the order in which it was written."""
    thrown = [(kept.first.n, _thrown(kept)) for kept in session.all(Wasted)]
    back = [(kept.first.n, _kept(kept)) for kept in session.all(RemainderKept)]
    return tuple(view for _, view in sorted(thrown + back, key=lambda pair: pair[0]))


def _thrown(kept: Kept[Wasted]) -> WasteView:
    what = kept.what
    return WasteView(
        uid=kept.uid,
        by=kept.entry.by,
        at=kept.at,
        of=what.of,
        mg=what.mg,
        ml=what.ml,
        count=what.count,
        lot=what.lot,
        witness=what.witness,
        reason=kept.first.reason,
    )


def _kept(kept: Kept[RemainderKept]) -> WasteView:
    return WasteView(
        uid=kept.uid,
        by=kept.entry.by,
        at=kept.at,
        of=WasteOf.VIAL,
        mg=kept.what.mg,
        ml=kept.what.ml,
        count=None,
        lot=kept.what.lot,
        witness=None,
        reason=kept.first.reason,
    )


def vial_views(session: Session) -> tuple[VialView, ...]:
    """Return the balance of each lot of which somebody said what was opened."""
    return tuple(
        VialView(
            name=product_name(session.protocol, vial.product, vial.strength),
            lot=vial.lot,
            opened_mg=vial.opened_mg,
            drawn_mg=vial.drawn_mg,
            wasted_mg=vial.wasted_mg,
            kept_mg=vial.kept_mg,
            open_mg=vial.open_mg,
            open_ml=vial.open_ml,
        )
        for vial in vials(session)
    )


def device_views(session: Session, rule: DeviceDose) -> tuple[DeviceView, ...]:
    """Return the devices given, in order of time."""
    befores = [None, *(kept.at for kept in session.devices)]
    return tuple(
        DeviceView(
            number=number,
            at=kept.at,
            mg=kept.what.mg,
            lot=kept.what.lot,
            expiry=kept.what.expiry,
            sprays=kept.what.sprays,
            by=kept.entry.by,
            minutes_early=(
                delivery.minutes_early(before, kept.at, rule.wait_minutes) if before else 0
            ),
            reason=kept.first.reason,
        )
        for number, (before, kept) in enumerate(zip(befores, session.devices, strict=False), 1)
    )


# --- what is open ---------------------------------------------------------------------------


def loose_ends(session: Session, now: dt.datetime) -> tuple[LooseEnd, ...]:
    """Return the gaps that the handling of the drug leaves."""
    return (*_of_the_dose(session), *_of_the_devices(session), *_of_the_amounts(session, now))


def _of_the_dose(session: Session) -> Iterator[LooseEnd]:
    lifted = dict.fromkeys(o.what for o in overrides(session))
    yield from (LooseEnd("override", code) for code in lifted)
    started, worked = session.started_at, session.worked
    if started is None:
        return
    if session.protocol.second_person is not SecondPerson.NONE and verified(session) is None:
        yield LooseEnd("check-missing")
    if worked is None:
        return
    before = sum((kept.what.mg for kept in session.preparations if kept.at <= started), _NONE)
    if names_products(session.protocol) and before < worked.what.prepared_mg:
        yield LooseEnd("not-prepared")
    rule = session.infusion or session.single
    if rule and is_flagged(worked.what.deviation_percent, rule.deviation_percent):
        yield LooseEnd("deviation", amount=worked.what.deviation_percent)


def _of_the_devices(session: Session) -> Iterator[LooseEnd]:
    """Yield the devices that gave less than they hold, and those of which nobody speaks."""
    rule = session.by_device
    if rule is None or not session.devices:
        return
    for number, kept in enumerate(session.devices, 1):
        if kept.what.sprays < rule.sprays:
            yield LooseEnd("device-incomplete", str(number), kept.first.reason, by=kept.first.by)
    wasted = [k.what.count or _NONE for k in session.all(Wasted) if k.what.of is WasteOf.DEVICE]
    left = session.devices_ordered - len(session.devices) - sum(wasted, _NONE)
    if is_over(session) and left > 0:
        yield LooseEnd("devices-left", plain(left))


def names_products(protocol: Protocol) -> bool:
    """Tell whether a protocol says what the drug comes in: the first version's texts do not."""
    return any(p.form is not Form.SOLUTION or p.vials_ml for p in protocol.products)


def _of_the_amounts(session: Session, now: dt.datetime) -> Iterator[LooseEnd]:
    for batch in batches(session):
        known = is_over(session) if batch.stands else True
        balance = mixture(session, batch, now)
        if known and is_handled(batch) and not balance.balances:
            about = "" if batch.stands else EARLIER
            yield LooseEnd("unaccounted", about, amount=settled(balance.unaccounted_mg))
    if is_over(session):
        open_ones = (vial for vial in vials(session) if vial.open_mg)
        yield from (LooseEnd("vial-open", v.lot, amount=settled(v.open_mg)) for v in open_ones)
