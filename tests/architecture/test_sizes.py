"""Nothing grows beyond what a reader can hold; a ceiling is never raised to fit."""

from __future__ import annotations

import ast
from collections.abc import Iterator

from tests.architecture.house import PACKAGES, ROOT, python_files

FILE_LINES = 400
WINDOW_LINES = 250  # ui/window.py arranges and decides nothing
CLASS_LINES = 200
FUNCTION_STATEMENTS = 25

SOURCES = python_files(*PACKAGES, "main.py", "tests", ".ci")


def statements(function: ast.FunctionDef | ast.AsyncFunctionDef) -> int:
    """How many statements a function has, nested ones too; its docstring is none."""
    inside = sum(isinstance(node, ast.stmt) for node in ast.walk(function)) - 1
    return inside - (ast.get_docstring(function) is not None)


def too_big(source: str, lines: int = FILE_LINES) -> Iterator[str]:
    """Say of each thing in a source that is over its ceiling how big it is."""
    length = len(source.splitlines())
    if length > lines:
        yield f"the file has {length} lines"
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.ClassDef):
            height = (node.end_lineno or node.lineno) - node.lineno + 1
            if height > CLASS_LINES:
                yield f"class {node.name} has {height} lines"
        elif isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            count = statements(node)
            if count > FUNCTION_STATEMENTS:
                yield f"{node.name}() has {count} statements"


def test_that_nothing_is_over_its_ceiling() -> None:
    found = {name: _in_file(name) for name in SOURCES}
    assert len(found) > 800
    assert {name: said for name, said in found.items() if said} == {}


def _in_file(name: str) -> list[str]:
    lines = WINDOW_LINES if name == "ui/window.py" else FILE_LINES
    return list(too_big((ROOT / name).read_text(encoding="utf-8"), lines))


def test_that_each_ceiling_is_seen_to_hold() -> None:
    body = "    x = 1\n" * 26
    assert list(too_big(f"def f():\n    '''Say.'''\n{body}")) == ["f() has 26 statements"]
    assert list(too_big("class C:\n" + "    x = 1\n" * 200)) == ["class C has 201 lines"]
    assert list(too_big("#\n" * 401)) == ["the file has 401 lines"]
    assert list(too_big("#\n" * 251, WINDOW_LINES)) == ["the file has 251 lines"]
