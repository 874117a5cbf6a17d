"""The register of a record that a visit was charted in, as the command line hands it out."""

from __future__ import annotations

import csv
import io
import shutil
import subprocess
import sys
from pathlib import Path

from tests.architecture.house import ROOT
from tests.integration.db.test_old_records import STORES
from tests.unit.reports.reading_back import text


def test_that_the_register_comes_out_of_a_real_record(tmp_path: Path) -> None:
    store = shutil.copytree(STORES / "0003", tmp_path / "store")
    table, paper = tmp_path / "register.csv", tmp_path / "register.pdf"
    words = ["register", "--store", str(store), "--csv", str(table), "--pdf", str(paper)]
    done = subprocess.run(
        [sys.executable, "main.py", *words],
        check=True,
        cwd=ROOT,
        capture_output=True,
        encoding="utf-8",
    )
    assert "ketamine 50 mg/mL, 10 mL vial, lot K2311A, 2027-08: 6500 mg, 13 unopened" in done.stdout
    assert "Nowak" not in done.stdout + done.stderr
    rows = list(csv.DictReader(io.StringIO(table.read_text(encoding="utf-8"))))
    assert [row["what"] for row in rows if not row["session"]] == [
        "counted, opening inventory",
        "received",
    ]
    assert {row["patient"] for row in rows if row["session"]} == {"Nowak, Anna"}
    said = text(paper.read_bytes())
    assert "Nowak, Anna, record 100234" in said
    assert "DN 4711" in said
