"""A migration describes the past, so today's program is none of its business."""

from __future__ import annotations

import ast

import pytest

from tests.architecture.house import PACKAGES, ROOT, python_files

ENVIRONMENT = "db/migrations/env.py"
ENVIRONMENT_MAY = {"db.schema", "db.columns"}  # to compare with, and to render plain types


def own_imports(source: str) -> set[str]:
    """The modules of ours that a source imports, anywhere in it."""
    found: set[str] = set()
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.Import):
            found |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom) and node.module == "db":
            found |= {f"db.{alias.name}" for alias in node.names}
        elif isinstance(node, ast.ImportFrom):
            found.add(node.module or "")
    return {name for name in found if name.split(".")[0] in (*PACKAGES, "main")}


@pytest.mark.parametrize("name", python_files("db/migrations"))
def test_that_a_migration_imports_nothing_of_ours(name: str) -> None:
    allowed = ENVIRONMENT_MAY if name == ENVIRONMENT else set()
    assert own_imports((ROOT / name).read_text(encoding="utf-8")) <= allowed


def test_that_a_hidden_import_is_found() -> None:
    source = "def upgrade():\n    from db import store\n    import monitor.units\n"
    assert own_imports(source) == {"db.store", "monitor.units"}
