"""The lone verifier: one file that tells whether a report is genuine, and needs only Python.

It is put together from the program's own modules, so that it can never say anything else than
the program, and from the three libraries that read a PDF. The same installation gives the same
bytes: nothing of the time or the computer gets into it.
"""

from __future__ import annotations

import ast
import importlib.metadata
import importlib.util
import io
import stat
import zipfile
from collections.abc import Iterable, Iterator
from pathlib import Path

OWN = ("monitor", "reports", "ui")
LIBRARIES = ("asn1crypto", "pypdf", "rfc8785")
"""What the packed modules need beside the standard library; all are pure Python."""

SHEBANG = b"#!/usr/bin/env python3\n"
MAIN = "__main__.py"

_EARLIEST = (1980, 1, 1, 0, 0, 0)  # a time has to stand there, and this is the first there is
_UNIX = 3
_READABLE = (stat.S_IFREG | 0o644) << 16


def packed(home: Path, main: str) -> bytes:
    """Return the file.

    Args:
        home: The folder that the program's packages lie in.
        main: The source of what is run; whatever it imports is packed with it.
    """
    members = {MAIN: main.encode()}
    for path in _modules(home, main):
        members[path.relative_to(home).as_posix()] = path.read_bytes()
    for library in LIBRARIES:
        members |= dict(_library(library))
    out = io.BytesIO(SHEBANG)
    out.seek(len(SHEBANG))
    with zipfile.ZipFile(out, "w", zipfile.ZIP_STORED) as archive:
        for name in sorted(members):
            _write(archive, name, members[name])
    return out.getvalue()


def _write(archive: zipfile.ZipFile, name: str, content: bytes) -> None:
    member = zipfile.ZipInfo(name, _EARLIEST)
    member.create_system, member.external_attr = _UNIX, _READABLE
    archive.writestr(member, content)


def _modules(home: Path, main: str) -> Iterable[Path]:
    """Return the program's own modules that a source needs, each once."""
    found: dict[Path, None] = {}
    waiting = list(_imported(main))
    while waiting:
        path = _source(home, waiting.pop())
        if path is not None and path not in found:
            found[path] = None
            waiting += _imported(path.read_text("utf-8"))
    return found


def _source(home: Path, module: str) -> Path | None:
    """Return where a module of the program stands, None for any other name."""
    if module.partition(".")[0] not in OWN:
        return None
    place = home.joinpath(*module.split("."))
    tried = (place / "__init__.py", place.with_suffix(".py"))
    return next((path for path in tried if path.is_file()), None)


def _imported(source: str) -> Iterator[str]:
    """Give the names that a source may import, and the packages above each."""
    for node in ast.walk(ast.parse(source)):
        names: list[str] = []
        if isinstance(node, ast.Import):
            names = [each.name for each in node.names]
        elif isinstance(node, ast.ImportFrom) and node.module:
            names = [node.module, *(f"{node.module}.{each.name}" for each in node.names)]
        for name in names:
            parts = name.split(".")
            yield from (".".join(parts[: count + 1]) for count in range(len(parts)))


def _library(name: str) -> Iterator[tuple[str, bytes]]:
    """Give the sources of an installed library, and its licence."""
    found = importlib.util.find_spec(name)
    if found is None or found.origin is None:
        raise ModuleNotFoundError(name)
    top = Path(found.origin).parent
    for path in top.rglob("*.py"):
        yield f"{name}/{path.relative_to(top).as_posix()}", path.read_bytes()
    for file in importlib.metadata.distribution(name).files or ():
        if file.name.upper().startswith(("LICENSE", "LICENCE", "COPYING")):
            yield f"licences/{name}.txt", Path(str(file.locate())).read_bytes()
