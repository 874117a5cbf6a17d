"""What can be done to a record, each kind with the name that a check must give it.

A mutation takes a copy of the record and chance, and leaves the copy changed.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import Any

from db import codec
from db.engine import GUARDS
from monitor.errors import IntegrityError
from tests.faults.forging import Level, Record, Row

ENVELOPE = frozenset(
    {"uid", "stream", "n", "at", "recorded_at", "offset", "by", "station", "boot", "mono"}
)
NEVER = frozenset({"v", "kind"})


def changed(value: Any, record: Record) -> Any:  # noqa: ANN401 - whatever JSON can hold
    """Return another value of the same form."""
    if isinstance(value, int):
        return not value if isinstance(value, bool) else value + record.rng.choice((-1, 1, 10))
    if isinstance(value, str):
        return f"{value[:-1]}{'7' if value[-1:] != '7' else '8'}"
    if isinstance(value, list) and value:
        at = record.rng.randrange(len(value))
        return [*value[:at], changed(value[at], record), *value[at + 1 :]]
    if isinstance(value, dict) and value:
        name = record.rng.choice(sorted(value))
        return value | {name: changed(value[name], record)}
    return "7"


def one(record: Record, wanted: Callable[[Row], bool] = lambda _: True) -> Row:
    """Draw a line that a head outside vouches for."""
    fit = [row for row in record.rows if row.seq <= record.remembered and wanted(row)]
    return record.rng.choice(fit)


def with_one(record: Record, row: Row, **changes: Any) -> None:  # noqa: ANN401 - of any column
    record.write([replace(row, **changes) if r is row else r for r in record.rows])


def said_otherwise(record: Record, names: Callable[[str], bool]) -> None:
    """Change one field of one line."""
    row = one(record, lambda r: any(names(name) for name in r.said))
    said = row.said
    name = record.rng.choice(sorted(name for name in said if names(name)))
    new = row.saying(said | {name: changed(said[name], record)})
    if record.level is Level.EVERY_KEY and not can_be_read(new):
        said_otherwise(record, names)  # he is not so clumsy
        return
    record.write([new if r is row else r for r in record.rows])


def can_be_read(row: Row) -> bool:
    """Tell whether the program knows such an entry."""
    try:
        codec.decode(row.body)
    except IntegrityError:
        return False
    return True


def value(record: Record) -> None:
    """Change what an entry says."""
    said_otherwise(record, lambda name: name not in ENVELOPE | NEVER)


def author(record: Record) -> None:
    """Change who wrote an entry, or at which computer."""
    said_otherwise(record, lambda name: name in ("by", "station"))


def time(record: Record) -> None:
    """Change when an entry was made."""
    row, minutes = one(record), record.rng.randrange(1, 9)
    name = record.rng.choice(("at", "recorded_at", "offset", "mono"))
    was = row.said[name]
    moved = (
        was + minutes if isinstance(was, int) else f"{was[:15]}{(int(was[15]) + 1) % 10}{was[16:]}"
    )
    new = row.saying(row.said | {name: moved})
    record.write([new if r is row else r for r in record.rows])


def closed_up(record: Record, gone: frozenset[int], *, streams: bool) -> list[Row]:
    """Take lines out and give the others the numbers that follow."""
    left: list[Row] = []
    places: dict[str, int] = {}
    for row in record.rows:
        if row.seq not in gone:
            places[row.stream] = places.get(row.stream, 0) + 1
            left.append(row.at(len(left) + 1, places[row.stream] if streams else None))
    return left


def without(record: Record, gone: frozenset[int], *, tables: bool = False) -> None:
    """Take lines out, with a gap or with none."""
    if record.level is Level.DATABASE_KEY and record.rng.random() < 0.5:
        record.write([row for row in record.rows if row.seq not in gone], tables=tables)
        return
    every = record.level is Level.EVERY_KEY
    streams = every or record.rng.random() < 0.5
    record.write(closed_up(record, gone, streams=streams), tables=tables)


def deleted(record: Record) -> None:
    """Delete one entry."""
    without(record, frozenset({one(record, lambda r: r.seq < record.rows[-1].seq).seq}))


def swapped(record: Record) -> None:
    """Let two entries change places."""
    first, second = sorted((one(record), one(record)), key=lambda row: row.seq)
    if first is second:
        first = record.rows[second.seq - 2] if second.seq > 1 else record.rows[1]
    fixed = first.stream == second.stream and record.level is not Level.DATABASE_KEY
    moved = {
        first: first.at(second.seq, second.n if fixed else None),
        second: second.at(first.seq, first.n if fixed else None),
    }
    record.write([moved.get(row, row) for row in record.rows])


def bodies_exchanged(record: Record) -> None:
    """Let the bodies of two entries change places, and nothing else."""
    first, second = one(record, lambda r: r.seq % 2 == 0), one(record, lambda r: r.seq % 2 == 1)
    exchanged = {first: replace(first, body=second.body), second: replace(second, body=first.body)}
    record.write([exchanged.get(row, row) for row in record.rows])


def inserted(record: Record) -> None:
    """Put in an entry that was never written."""
    model = one(record, lambda r: r.stream.startswith("session/") and r.seq < record.remembered)
    at = record.rng.randrange(model.seq + 1, record.remembered + 1)
    n = sum(row.stream == model.stream for row in record.before(at)) + 1
    uid = f"forged-{record.rng.random()}"
    new = replace(
        model.saying(model.said | {"uid": uid, "n": n}),
        seq=at,
        prev_hash=record.rng.randbytes(32),
        hash=record.rng.randbytes(32),
        mac=record.rng.randbytes(32),
        seals=record.rng.choice((None, model.seals, record.rng.randbytes(48))),
    )
    fix = record.level is not Level.DATABASE_KEY

    def behind(row: Row) -> Row:
        same = row.stream == model.stream
        return row.at(row.seq + 1, row.n + 1 if same and fix else None)

    later = [behind(row) for row in record.rows if row.seq >= at]
    if not fix:  # a place in a stream is taken once only
        new = replace(new, n=900)
    record.write([*record.before(at), new, *later])


def session_removed(record: Record) -> None:
    """Remove every entry of a session."""
    stream = record.rng.choice(record.sessions())
    gone = frozenset(row.seq for row in record.rows if row.stream == stream)
    without(record, gone, tables=record.rng.random() < 0.5)


def cut(record: Record) -> None:
    """Cut off the last entries."""
    first = record.rng.randrange(record.remembered // 2, record.remembered + 1)
    record.write(record.before(first), tables=record.rng.random() < 0.5)


def label(record: Record) -> None:
    """Change a column beside an entry."""
    name = record.rng.choice(("uid", "stream", "n", "kind", "key_id"))
    to = 77 if name in ("n", "key_id") else "other"
    with_one(record, one(record), **{name: to})


def proof(record: Record) -> None:
    """Change a hash, a MAC or the seals."""
    name = record.rng.choice(("prev_hash", "hash", "mac", "seals", "mac_key"))
    length = 48 if name == "seals" else 32
    to: object = 7 if name == "mac_key" else record.rng.randbytes(length)
    with_one(record, one(record), **{name: to})


def moved_stream(record: Record) -> None:
    """Put an entry into another session."""
    row = one(record, lambda r: r.stream.startswith("session/") and r.n > 1)
    other = record.rng.choice([name for name in record.sessions() if name != row.stream])
    new = row.saying(row.said | {"stream": other, "n": 900})
    record.write([new if r is row else r for r in record.rows])


PROJECTED = (
    "UPDATE patients SET family = family || 'x'",
    "UPDATE sessions SET chair = '9' WHERE opened_seq = (SELECT min(opened_seq) FROM sessions)",
    "UPDATE sessions SET opened_seq = 500 WHERE chair = '3'",
    "DELETE FROM sessions WHERE chair = '3'",
    "UPDATE accounts SET role = 'administrator', password_hash = 'mine'",
    "UPDATE approvals SET content = content || ' '",
    "UPDATE clinics SET name = 'Other'",
    "UPDATE reports SET sha256 = 'mine'",
    (
        "INSERT INTO reports SELECT 'x', 501, session, 'mine', 9, status, digest, kept_at"
        " FROM reports LIMIT 1"
    ),
    "INSERT INTO exports VALUES ('x', 's-9', 'pdf', '00', 'nk', '2026-03-02 08:00')",
    "UPDATE stations SET station = 'other'",
    (
        "INSERT INTO stock VALUES ('x', 501, 'x', '', '', '2026-03-02 08:00', '{}', 'lost', 'k-50',"
        " '', 'A1', '', NULL, '500', '1', NULL, NULL, NULL, '', NULL, '', '')"
    ),
)


def projection(record: Record) -> None:
    """Change a derived table."""
    with record.sql() as sql:
        sql.exec_driver_sql(record.rng.choice(PROJECTED))


MINE = "CREATE TRIGGER mine AFTER INSERT ON ledger BEGIN DELETE FROM files; END"


def trigger(record: Record) -> None:
    """Take a guard away, alter it, or put in a trigger of one's own."""
    how = record.rng.choice(("gone", "altered", "added"))
    gone = record.rng.choice(sorted(GUARDS))
    with record.unguarded() as sql:
        for name, text in GUARDS.items():
            if name != gone or how == "added":
                sql.exec_driver_sql(text)
            elif how == "altered":
                sql.exec_driver_sql(text.replace(" BEGIN SELECT", " BEGIN SELECT 1; SELECT"))
        if how == "added":
            sql.exec_driver_sql(MINE)


CHECKPOINTED = (
    "UPDATE checkpoints SET signature = 'aa' || substr(signature, 3)",
    "UPDATE checkpoints SET at = '2020-01-01 00:00:00.000000'",
    "UPDATE checkpoints SET at = 'never'",
    "UPDATE checkpoints SET hash = 'bb' || substr(hash, 3)",
    "UPDATE checkpoints SET seq = seq - 1",
    "DELETE FROM checkpoints",
    "DELETE FROM checkpoints WHERE seq = (SELECT max(seq) FROM checkpoints)",
    "UPDATE checkpoints SET key_id = substr(key_id, 3) || 'cc'",
    "INSERT INTO checkpoints SELECT seq + 1, hash, at, key_id, signature FROM checkpoints LIMIT 1",
)


def checkpoint(record: Record) -> None:
    """Change, remove or make up a checkpoint."""
    with record.sql() as sql:
        sql.exec_driver_sql(record.rng.choice(CHECKPOINTED))


KEPT = (
    "UPDATE files SET content = x'00'",
    "DELETE FROM files",
    "UPDATE files SET sha256 = 'other'",
    "INSERT INTO files VALUES ('other', x'00')",
)


def kept_file(record: Record) -> None:
    """Change, remove or put in a kept file."""
    with record.sql() as sql:
        sql.exec_driver_sql(record.rng.choice(KEPT))
