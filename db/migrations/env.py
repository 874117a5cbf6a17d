"""Alembic's way in. It is given an open connection; it never opens one."""

from __future__ import annotations

from typing import Literal

from alembic import context

from db.columns import ExactDecimal, UtcDateTime
from db.schema import metadata


def render_item(kind: str, item: object, _: object) -> str | Literal[False]:
    """Write our own types as plain ones: a migration must outlive our code."""
    if kind == "type" and isinstance(item, UtcDateTime):
        return "sa.DateTime()"
    if kind == "type" and isinstance(item, ExactDecimal):
        return "sa.String()"
    return False


context.configure(
    connection=context.config.attributes["connection"],
    target_metadata=metadata,
    render_as_batch=True,
    render_item=render_item,
    transactional_ddl=True,
)
with context.begin_transaction():
    context.run_migrations()
