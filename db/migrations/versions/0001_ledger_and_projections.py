"""The ledger, the kept files, their guards, and the projections."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None

GUARDS = (
    (
        "CREATE TRIGGER ledger_in_order BEFORE INSERT ON ledger WHEN"
        " NEW.seq <> (SELECT coalesce(max(seq), 0) + 1 FROM ledger)"
        " OR NEW.prev_hash <>"
        " coalesce((SELECT hash FROM ledger ORDER BY seq DESC LIMIT 1), zeroblob(32))"
        " OR NEW.n <> (SELECT coalesce(max(n), 0) + 1 FROM ledger WHERE stream = NEW.stream)"
        " OR EXISTS (SELECT 1 FROM ledger WHERE seq = NEW.seq OR uid = NEW.uid"
        " OR hash = NEW.hash) "
        "BEGIN SELECT raise(ABORT, 'the ledger only grows, line by line'); END"
    ),
    (
        "CREATE TRIGGER ledger_no_update BEFORE UPDATE ON ledger "
        "BEGIN SELECT raise(ABORT, 'the ledger is never changed'); END"
    ),
    (
        "CREATE TRIGGER ledger_no_delete BEFORE DELETE ON ledger "
        "BEGIN SELECT raise(ABORT, 'the ledger is never cut'); END"
    ),
    (
        "CREATE TRIGGER files_once BEFORE INSERT ON files WHEN"
        " EXISTS (SELECT 1 FROM files WHERE sha256 = NEW.sha256) "
        "BEGIN SELECT raise(ABORT, 'a file is kept once'); END"
    ),
    (
        "CREATE TRIGGER files_no_update BEFORE UPDATE ON files "
        "BEGIN SELECT raise(ABORT, 'a kept file is never changed'); END"
    ),
    (
        "CREATE TRIGGER files_no_delete BEFORE DELETE ON files "
        "BEGIN SELECT raise(ABORT, 'a kept file is never removed'); END"
    ),
)


def upgrade() -> None:
    op.create_table(
        "accounts",
        sa.Column("user", sa.String(), nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("role", sa.String(), nullable=False),
        sa.Column("credential", sa.String(), nullable=False),
        sa.Column("password_hash", sa.String(), nullable=False),
        sa.Column("active", sa.Boolean(), nullable=False),
        sa.PrimaryKeyConstraint("user", name=op.f("pk_accounts")),
    )
    op.create_table(
        "approvals",
        sa.Column("uid", sa.String(), nullable=False),
        sa.Column("seq", sa.Integer(), nullable=False),
        sa.Column("protocol", sa.String(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("hash", sa.String(), nullable=False),
        sa.Column("content", sa.String(), nullable=False),
        sa.Column("approved_by", sa.String(), nullable=False),
        sa.Column("approved_at", sa.DateTime(), nullable=False),
        sa.Column("rehearsal", sa.Boolean(), nullable=False),
        sa.PrimaryKeyConstraint("uid", name=op.f("pk_approvals")),
        sa.UniqueConstraint("seq", name=op.f("uq_approvals_seq")),
    )
    op.create_index(op.f("ix_approvals_hash"), "approvals", ["hash"])
    op.create_table(
        "clinics",
        sa.Column("id", sa.String(), nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("address", sa.String(), nullable=False),
        sa.Column("chairs", sa.JSON(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_clinics")),
    )
    op.create_table(
        "exports",
        sa.Column("uid", sa.String(), nullable=False),
        sa.Column("session", sa.String(), nullable=False),
        sa.Column("form", sa.String(), nullable=False),
        sa.Column("sha256", sa.String(), nullable=False),
        sa.Column("exported_by", sa.String(), nullable=False),
        sa.Column("exported_at", sa.DateTime(), nullable=False),
        sa.PrimaryKeyConstraint("uid", name=op.f("pk_exports")),
    )
    op.create_index(op.f("ix_exports_session"), "exports", ["session"])
    op.create_table(
        "files",
        sa.Column("sha256", sa.String(), nullable=False),
        sa.Column("content", sa.LargeBinary(), nullable=False),
        sa.PrimaryKeyConstraint("sha256", name=op.f("pk_files")),
    )
    op.create_table(
        "ledger",
        sa.Column("seq", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("uid", sa.String(), nullable=False),
        sa.Column("stream", sa.String(), nullable=False),
        sa.Column("n", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("key_id", sa.Integer(), nullable=False),
        sa.Column("body", sa.LargeBinary(), nullable=False),
        sa.Column("prev_hash", sa.LargeBinary(), nullable=False),
        sa.Column("hash", sa.LargeBinary(), nullable=False),
        sa.Column("mac_key", sa.Integer(), nullable=False),
        sa.Column("mac", sa.LargeBinary(), nullable=False),
        sa.CheckConstraint("length(hash) = 32", name=op.f("ck_ledger_hash")),
        sa.CheckConstraint("length(mac) = 32", name=op.f("ck_ledger_mac")),
        sa.CheckConstraint("length(prev_hash) = 32", name=op.f("ck_ledger_prev_hash")),
        sa.PrimaryKeyConstraint("seq", name=op.f("pk_ledger")),
        sa.UniqueConstraint("hash", name=op.f("uq_ledger_hash")),
        sa.UniqueConstraint("prev_hash", name=op.f("uq_ledger_prev_hash")),
        sa.UniqueConstraint("stream", "n", name=op.f("uq_ledger_stream_n")),
        sa.UniqueConstraint("uid", name=op.f("uq_ledger_uid")),
    )
    op.create_table(
        "patients",
        sa.Column("id", sa.String(), nullable=False),
        sa.Column("family", sa.String(), nullable=False),
        sa.Column("given", sa.String(), nullable=False),
        sa.Column("born", sa.Date(), nullable=False),
        sa.Column("sex", sa.String(), nullable=False),
        sa.Column("number", sa.String(), nullable=False),
        sa.Column("allergies", sa.JSON(), nullable=False),
        sa.Column("found_by", sa.String(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_patients")),
    )
    op.create_index(op.f("ix_patients_found_by"), "patients", ["found_by"])
    op.create_table(
        "reports",
        sa.Column("uid", sa.String(), nullable=False),
        sa.Column("seq", sa.Integer(), nullable=False),
        sa.Column("session", sa.String(), nullable=False),
        sa.Column("sha256", sa.String(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("status", sa.String(), nullable=False),
        sa.Column("digest", sa.String(), nullable=False),
        sa.Column("kept_at", sa.DateTime(), nullable=False),
        sa.PrimaryKeyConstraint("uid", name=op.f("pk_reports")),
        sa.UniqueConstraint("seq", name=op.f("uq_reports_seq")),
    )
    op.create_index(op.f("ix_reports_session"), "reports", ["session"])
    op.create_index(op.f("ix_reports_sha256"), "reports", ["sha256"])
    op.create_table(
        "sessions",
        sa.Column("id", sa.String(), nullable=False),
        sa.Column("opened_seq", sa.Integer(), nullable=False),
        sa.Column("patient_id", sa.String(), nullable=False),
        sa.Column("chair", sa.String(), nullable=False),
        sa.Column("protocol", sa.String(), nullable=False),
        sa.Column("protocol_version", sa.Integer(), nullable=False),
        sa.Column("protocol_hash", sa.String(), nullable=False),
        sa.Column("drug", sa.String(), nullable=False),
        sa.Column("route", sa.String(), nullable=False),
        sa.Column("rehearsal", sa.Boolean(), nullable=False),
        sa.Column("opened_at", sa.DateTime(), nullable=False),
        sa.Column("closed_at", sa.DateTime(), nullable=True),
        sa.Column("phase", sa.String(), nullable=False),
        sa.Column("signature", sa.String(), nullable=False),
        sa.Column("signed_digest", sa.String(), nullable=False),
        sa.Column("weight_kg", sa.String(), nullable=True),
        sa.Column("weighed_at", sa.DateTime(), nullable=True),
        sa.Column("weight_uids", sa.JSON(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_sessions")),
        sa.UniqueConstraint("opened_seq", name=op.f("uq_sessions_opened_seq")),
    )
    op.create_index(op.f("ix_sessions_patient_id"), "sessions", ["patient_id"])
    for guard in GUARDS:
        op.execute(guard)


def downgrade() -> None:
    op.drop_index(op.f("ix_sessions_patient_id"), "sessions")
    op.drop_table("sessions")
    op.drop_index(op.f("ix_reports_sha256"), "reports")
    op.drop_index(op.f("ix_reports_session"), "reports")
    op.drop_table("reports")
    op.drop_index(op.f("ix_patients_found_by"), "patients")
    op.drop_table("patients")
    op.drop_table("ledger")
    op.drop_table("files")
    op.drop_index(op.f("ix_exports_session"), "exports")
    op.drop_table("exports")
    op.drop_table("clinics")
    op.drop_index(op.f("ix_approvals_hash"), "approvals")
    op.drop_table("approvals")
    op.drop_table("accounts")
