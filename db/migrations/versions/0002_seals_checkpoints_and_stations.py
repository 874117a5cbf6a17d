"""Seals that say what was changed in a line, checkpoints, and a guard of what is co-signed."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"

GUARDS = (
    (
        "CREATE TRIGGER ledger_signed BEFORE INSERT ON ledger WHEN"
        " NEW.kind <> 'addendum' AND NEW.stream LIKE 'session/%'"
        " AND EXISTS (SELECT 1 FROM ledger WHERE stream = NEW.stream AND kind = 'co-signed') "
        "BEGIN SELECT raise(ABORT, 'a co-signed session takes addenda only'); END"
    ),
    (
        "CREATE TRIGGER checkpoints_once BEFORE INSERT ON checkpoints WHEN"
        " NEW.seq <= (SELECT coalesce(max(seq), 0) FROM checkpoints) "
        "BEGIN SELECT raise(ABORT, 'checkpoints only grow, one after the other'); END"
    ),
    (
        "CREATE TRIGGER checkpoints_no_update BEFORE UPDATE ON checkpoints "
        "BEGIN SELECT raise(ABORT, 'a checkpoint is never changed'); END"
    ),
    (
        "CREATE TRIGGER checkpoints_no_delete BEFORE DELETE ON checkpoints "
        "BEGIN SELECT raise(ABORT, 'a checkpoint is never removed'); END"
    ),
)


def upgrade() -> None:
    op.add_column("ledger", sa.Column("seals", sa.LargeBinary(), nullable=True))
    op.create_table(
        "checkpoints",
        sa.Column("seq", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("hash", sa.String(), nullable=False),
        sa.Column("at", sa.DateTime(), nullable=False),
        sa.Column("key_id", sa.String(), nullable=False),
        sa.Column("signature", sa.String(), nullable=False),
        sa.PrimaryKeyConstraint("seq", name=op.f("pk_checkpoints")),
    )
    op.create_table(
        "stations",
        sa.Column("key", sa.String(), nullable=False),
        sa.Column("seq", sa.Integer(), nullable=False),
        sa.Column("station", sa.String(), nullable=False),
        sa.Column("named_at", sa.DateTime(), nullable=False),
        sa.PrimaryKeyConstraint("key", name=op.f("pk_stations")),
        sa.UniqueConstraint("seq", name=op.f("uq_stations_seq")),
    )
    for guard in GUARDS:
        op.execute(guard)


def downgrade() -> None:
    op.execute("DROP TRIGGER ledger_signed")
    op.drop_table("stations")
    op.drop_table("checkpoints")
    op.drop_column("ledger", "seals")
