"""The checkpoints: a station's signatures under the chain, kept beside the ledger.

One is made in the same transaction as the line it stands at: at the end of a session, at
each signature, and otherwise whenever the newest is a quarter of an hour old.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence

from sqlalchemy import Connection, LargeBinary, Row, cast, insert, select
from sqlalchemy.exc import IntegrityError

from db import schema
from db.witness.station import Station
from monitor.entries import Entry
from monitor.ledger import Checkpoint, Head

SEALING = frozenset({"discharged", "cancelled", "signed", "co-signed"})
"""Kinds of entries that a checkpoint is made with at once."""

EVERY = dt.timedelta(minutes=15)
"""How old the newest checkpoint may be while something is written."""

_TABLE = schema.checkpoints
_RAW = select(*(cast(column, LargeBinary) for column in _TABLE.c))  # whatever stands there
_NEWEST = _RAW.order_by(_TABLE.c.seq.desc()).limit(1)
_LAST = select(_TABLE.c.seq).order_by(_TABLE.c.seq.desc()).limit(1)
_KEYS = select(schema.stations.c.key)


def newest(sql: Connection) -> Checkpoint | None:
    """Return the checkpoint that covers most of the ledger; None if it cannot be read."""
    found = sql.execute(_NEWEST).first()
    return None if found is None else _checkpoint(found)


def all_of(sql: Connection) -> tuple[Checkpoint, ...]:
    """Return every checkpoint that can be read, by line."""
    found = (_checkpoint(row) for row in sql.execute(_RAW.order_by(_TABLE.c.seq)))
    return tuple(each for each in found if each is not None)


def station_keys(sql: Connection) -> frozenset[str]:
    """Return the public keys of the stations that the ledger names."""
    return frozenset(sql.scalars(_KEYS))


def attest(sql: Connection, station: Station, head: Head, written: Sequence[Entry]) -> bool:
    """Make a checkpoint at the head if what was written asks for one; tell whether it did.

    What was written is kept without one, too: where checkpoints reach beyond the head, since
    the ledger's tail was cut off, and where the table takes none. A check says what is wrong.

    Args:
        sql: The transaction that wrote.
        station: Signs, once the ledger has named it.
        head: The ledger's last line.
        written: What the transaction wrote, oldest first.
    """
    if not written or station.key not in station_keys(sql):
        return False
    at = written[-1].recorded_at
    if (sql.scalar(_LAST) or 0) >= head.seq:
        return False
    last = newest(sql)
    fresh = last is not None and abs(at - last.at) < EVERY  # a clock may have been set back
    if fresh and SEALING.isdisjoint(entry.kind for entry in written):
        return False
    return _kept(sql, station.sign(head.seq, head.hash, at))


def _kept(sql: Connection, made: Checkpoint) -> bool:
    """Keep a checkpoint; tell whether the table took it. All else that was written stays."""
    row = {"seq": made.seq, "hash": made.hash, "at": made.at}
    try:
        with sql.begin_nested():
            sql.execute(insert(_TABLE).values(key_id=made.key, signature=made.signature, **row))
    except IntegrityError:
        return False
    return True


def _checkpoint(row: Row[*tuple[bytes | None, ...]]) -> Checkpoint | None:
    seq, made, at, key, signature = ((raw or b"").decode("utf-8", "replace") for raw in row)
    try:
        instant = dt.datetime.fromisoformat(at).replace(tzinfo=dt.UTC)
    except ValueError:
        return None
    return Checkpoint(int(seq), made, instant, key, signature)
