"""Every file of an export before foreign judges: the schema, the bytes sealed, two FHIR readers."""

from __future__ import annotations

import json
import multiprocessing
import random
from collections import Counter
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from jsonschema import Draft202012Validator

import main
from tests.architecture.house import ROOT
from tests.foreign.fhir.judges import of_javascript, of_python

RECORDS = "records that keep to the published schema"
REBUILT = "reports rebuilt from their record to the sealed bytes"
BUNDLES = "FHIR bundles without an error by three foreign validators"
SEED, AT_ONCE = 8, 20
SCHEMA = ROOT / "docs" / "formats" / "record.schema.json"


class FaultFoundError(Exception):
    """A file of an export is not what it should be."""


def judged(folder: Path, bundles: int, processes: int = 2) -> Counter[str]:
    """Count what was judged; anything wrong ends it.

    Args:
        folder: Of the sessions of an export.
        bundles: So many of them go to the FHIR validators, drawn by a seed.
        processes: So many rebuild reports at once.

    Raises:
        FaultFoundError: If a file is not what it should be.
    """
    records = sorted(folder.rglob("record.json"))
    found = Counter[str]()
    with multiprocessing.get_context("spawn").Pool(processes) as pool:
        for each in pool.imap_unordered(_of_record, records):
            found.update(each)
    every = sorted(folder.rglob("fhir.json"))
    drawn = random.Random(SEED).sample(every, min(bundles, len(every)))  # noqa: S311 - a sample
    for first in range(0, len(drawn), AT_ONCE):
        _judge_bundles(drawn[first : first + AT_ONCE])
    found[f"{BUNDLES}, of {len(every):,}"] = len(drawn)
    return found


def _of_record(path: Path) -> dict[str, int]:
    """Hold one record against the schema, and what it gives against its sealed report."""
    content = path.read_bytes()
    schema = Draft202012Validator(json.loads(SCHEMA.read_bytes()))
    wrong = next(schema.iter_errors(json.loads(content)), None)
    if wrong is not None:
        raise FaultFoundError(f"{path}: {wrong.json_path} is against the schema")
    sealed = sorted(path.parent.glob("report-v*.pdf"))
    for each in sealed:
        if not each.read_bytes().startswith(main.rebuilt(content)):
            raise FaultFoundError(f"{each} is not what its record gives")
    return {RECORDS: 1, REBUILT: len(sealed)}


def _judge_bundles(paths: list[Path]) -> None:
    made: Mapping[str, Any] = {str(path): json.loads(path.read_bytes()) for path in paths}
    said = of_javascript(made)
    for name, each in made.items():
        if wrong := said[name] + of_python(each):
            raise FaultFoundError(f"{name}: {wrong[0]}")
