"""The tables, as SQLAlchemy sees them. Nothing outside `db` imports this.

`ledger`, `checkpoints` and `files` only ever grow; the guards in `db.engine` see to it. The
others are projections: derived from the ledger by `db.projections`, rebuilt from it at will.
"""

from __future__ import annotations

from sqlalchemy import (
    JSON,
    Boolean,
    CheckConstraint,
    Column,
    Date,
    Integer,
    LargeBinary,
    MetaData,
    String,
    Table,
    UniqueConstraint,
)

from db.columns import ExactDecimal, UtcDateTime

metadata = MetaData(
    naming_convention={
        "ix": "ix_%(column_0_label)s",
        "uq": "uq_%(table_name)s_%(column_0_N_name)s",
        "ck": "ck_%(table_name)s_%(constraint_name)s",
        "fk": "fk_%(table_name)s_%(column_0_name)s_%(referred_table_name)s",
        "pk": "pk_%(table_name)s",
    }
)

STORE_KEY = 1
"""The `key_id` of bodies under the store's own key; a patient's key will have another."""

ledger = Table(
    "ledger",
    metadata,
    Column("seq", Integer, primary_key=True, autoincrement=False),
    Column("uid", String, nullable=False, unique=True),
    Column("stream", String, nullable=False),
    Column("n", Integer, nullable=False),
    Column("kind", String, nullable=False),
    Column("key_id", Integer, nullable=False),  # which key the body is under
    Column("body", LargeBinary, nullable=False),
    Column("prev_hash", LargeBinary, nullable=False, unique=True),
    Column("hash", LargeBinary, nullable=False, unique=True),
    Column("mac_key", Integer, nullable=False),  # which version of the ledger key
    Column("mac", LargeBinary, nullable=False),
    Column("seals", LargeBinary),  # none in lines from before they were made
    UniqueConstraint("stream", "n"),
    CheckConstraint("length(prev_hash) = 32", name="prev_hash"),
    CheckConstraint("length(hash) = 32", name="hash"),
    CheckConstraint("length(mac) = 32", name="mac"),
)

checkpoints = Table(
    "checkpoints",
    metadata,
    Column("seq", Integer, primary_key=True, autoincrement=False),
    Column("hash", String, nullable=False),
    Column("at", UtcDateTime, nullable=False),
    Column("key_id", String, nullable=False),  # the station's public key, in hex
    Column("signature", String, nullable=False),
)

files = Table(
    "files",
    metadata,
    Column("sha256", String, primary_key=True),
    Column("content", LargeBinary, nullable=False),
)

clinics = Table(
    "clinics",
    metadata,
    Column("id", String, primary_key=True),
    Column("name", String, nullable=False),
    Column("address", String, nullable=False),
    Column("chairs", JSON, nullable=False),
)

accounts = Table(
    "accounts",
    metadata,
    Column("user", String, primary_key=True),
    Column("name", String, nullable=False),
    Column("role", String, nullable=False),
    Column("credential", String, nullable=False),
    Column("password_hash", String, nullable=False),
    Column("active", Boolean, nullable=False),
)

approvals = Table(
    "approvals",
    metadata,
    Column("uid", String, primary_key=True),
    Column("seq", Integer, nullable=False, unique=True),
    Column("protocol", String, nullable=False),
    Column("version", Integer, nullable=False),
    Column("hash", String, nullable=False, index=True),
    Column("content", String, nullable=False),
    Column("approved_by", String, nullable=False),
    Column("approved_at", UtcDateTime, nullable=False),
    Column("rehearsal", Boolean, nullable=False),
)

patients = Table(
    "patients",
    metadata,
    Column("id", String, primary_key=True),
    Column("family", String, nullable=False),
    Column("given", String, nullable=False),
    Column("born", Date, nullable=False),
    Column("sex", String, nullable=False),
    Column("number", String, nullable=False),
    Column("allergies", JSON, nullable=False),
    Column("found_by", String, nullable=False, index=True),  # name, number, birth date, folded
)

sessions = Table(
    "sessions",
    metadata,
    Column("id", String, primary_key=True),
    Column("opened_seq", Integer, nullable=False, unique=True),
    Column("patient_id", String, nullable=False, index=True),
    Column("chair", String, nullable=False),
    Column("protocol", String, nullable=False),
    Column("protocol_version", Integer, nullable=False),
    Column("protocol_hash", String, nullable=False),
    Column("drug", String, nullable=False),
    Column("route", String, nullable=False),
    Column("rehearsal", Boolean, nullable=False),
    Column("opened_at", UtcDateTime, nullable=False),
    Column("closed_at", UtcDateTime),
    Column("phase", String, nullable=False),  # "open", "closed" or "cancelled"
    Column("signature", String, nullable=False),  # "", "signed" or "co-signed"
    Column("signed_digest", String, nullable=False),
    Column("weight_kg", ExactDecimal),
    Column("weighed_at", UtcDateTime),
    Column("weight_uids", JSON, nullable=False),  # the weighing and what it took the place of
)

reports = Table(
    "reports",
    metadata,
    Column("uid", String, primary_key=True),
    Column("seq", Integer, nullable=False, unique=True),
    Column("session", String, nullable=False, index=True),
    Column("sha256", String, nullable=False, index=True),
    Column("version", Integer, nullable=False),
    Column("status", String, nullable=False),
    Column("digest", String, nullable=False),
    Column("kept_at", UtcDateTime, nullable=False),
)

exports = Table(
    "exports",
    metadata,
    Column("uid", String, primary_key=True),
    Column("session", String, nullable=False, index=True),
    Column("form", String, nullable=False),
    Column("sha256", String, nullable=False),
    Column("exported_by", String, nullable=False),
    Column("exported_at", UtcDateTime, nullable=False),
)

stations = Table(
    "stations",
    metadata,
    Column("key", String, primary_key=True),  # public, in hex
    Column("seq", Integer, nullable=False, unique=True),
    Column("station", String, nullable=False),
    Column("named_at", UtcDateTime, nullable=False),
)

stock = Table(
    "stock",
    metadata,
    Column("key", String, primary_key=True),  # the entry's uid, "uid/0002" for its second lot
    Column("seq", Integer, nullable=False),
    Column("uid", String, nullable=False),
    Column("amends", String, nullable=False),
    Column("session", String, nullable=False),
    Column("at", UtcDateTime, nullable=False),
    Column("by", JSON, nullable=False),
    Column("change", String, nullable=False),
    Column("product", String, nullable=False),
    Column("name", String, nullable=False),
    Column("lot", String, nullable=False),
    Column("expiry", String, nullable=False),
    Column("vial_ml", ExactDecimal),
    Column("mg", ExactDecimal, nullable=False),
    Column("containers", ExactDecimal),
    Column("mg_each", ExactDecimal),
    Column("drawn_mg", ExactDecimal),
    Column("expected_mg", ExactDecimal),
    Column("inventory", String, nullable=False),
    Column("witness", JSON(none_as_null=True)),
    Column("document", String, nullable=False),
    Column("reason", String, nullable=False),
)

PROJECTIONS = (
    *(clinics, accounts, approvals, patients),
    *(sessions, reports, exports, stations, stock),
)
"""What `db.projections` derives from the ledger."""
