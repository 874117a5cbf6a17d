"""A table of what happened to the lots of the cupboard; the program fills it from the ledger."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"


def upgrade() -> None:
    op.create_table(
        "stock",
        sa.Column("key", sa.String(), nullable=False),
        sa.Column("seq", sa.Integer(), nullable=False),
        sa.Column("uid", sa.String(), nullable=False),
        sa.Column("amends", sa.String(), nullable=False),
        sa.Column("session", sa.String(), nullable=False),
        sa.Column("at", sa.DateTime(), nullable=False),
        sa.Column("by", sa.JSON(), nullable=False),
        sa.Column("change", sa.String(), nullable=False),
        sa.Column("product", sa.String(), nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("lot", sa.String(), nullable=False),
        sa.Column("expiry", sa.String(), nullable=False),
        sa.Column("vial_ml", sa.String(), nullable=True),
        sa.Column("mg", sa.String(), nullable=False),
        sa.Column("containers", sa.String(), nullable=True),
        sa.Column("mg_each", sa.String(), nullable=True),
        sa.Column("drawn_mg", sa.String(), nullable=True),
        sa.Column("expected_mg", sa.String(), nullable=True),
        sa.Column("inventory", sa.String(), nullable=False),
        sa.Column("witness", sa.JSON(), nullable=True),
        sa.Column("document", sa.String(), nullable=False),
        sa.Column("reason", sa.String(), nullable=False),
        sa.PrimaryKeyConstraint("key", name=op.f("pk_stock")),
    )


def downgrade() -> None:
    op.drop_table("stock")
