"""One file, and Python: what an auditor runs says what the program says."""

from __future__ import annotations

import ast
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

import main
from monitor.judging import without_store
from reports.reading import read
from tests.fakes.sealing import Sealed, sealed_example
from ui.console.trusted import held_against
from ui.wording.verdicts import reason_lines, verdict_sentence

PACKED = frozenset({"monitor", "reports", "ui", "asn1crypto", "pypdf", "rfc8785"})


@pytest.fixture(scope="module")
def lone(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The lone verifier, alone in its folder."""
    path = tmp_path_factory.mktemp("auditor") / "chairside-verify.pyz"
    path.write_bytes(main.lone_verifier())
    return path


@pytest.fixture
def report(tmp_path: Path) -> Sealed:
    """A report and the clinic's certificate, lying side by side."""
    made = sealed_example("addendum")
    (tmp_path / "report.pdf").write_bytes(made.content)
    (tmp_path / "authority.pem").write_text(made.authority, "ascii")
    return made


def run(lone: Path, folder: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    """Run it as on a bare computer: no libraries, no settings, no variables."""
    return subprocess.run(
        [sys.executable, "-I", "-S", "-X", "utf8", lone, *arguments],
        cwd=folder,
        env={},
        check=False,
        capture_output=True,
        encoding="utf-8",
    )


def test_that_it_says_what_the_program_says(lone: Path, report: Sealed, tmp_path: Path) -> None:
    bent = report.content + b"\n"
    (tmp_path / "bent.pdf").write_bytes(bent)
    done = run(lone, tmp_path, "--ca", "authority.pem", "report.pdf", "bent.pdf", "gone.pdf")
    facts = read(report.content)
    assert facts.seals[0].authority is not None
    trusted = [facts.seals[0].authority.fingerprint]
    expected: list[str] = []
    for name, content in (("report.pdf", report.content), ("bent.pdf", bent)):
        verdict = without_store(read(content), trusted)
        expected += [f"{name}: {verdict_sentence(verdict)}"]
        expected += ["  " + held_against([facts.seals[0].authority])]
        expected += [f"  {each.line}" for each in reason_lines(verdict)]
    assert done.stderr == ""
    told = [line for line in done.stdout.splitlines() if line]
    assert told == [*expected, "gone.pdf: There is no such file."]
    assert done.returncode == 1


def test_that_the_same_program_gives_the_same_bytes(lone: Path) -> None:
    assert main.lone_verifier() == lone.read_bytes()


def test_that_it_holds_what_reads_a_report_and_no_more(lone: Path) -> None:
    with zipfile.ZipFile(lone) as archive:
        names = archive.namelist()
        sources = [archive.read(name) for name in names if name.startswith(("reports", "ui"))]
    assert {name.partition("/")[0] for name in names} == PACKED | {"__main__.py", "licences"}
    assert not {"ui/window.py", "reports/press.py", "monitor/signing.py"} & set(names)
    assert {f"licences/{each}.txt" for each in ("asn1crypto", "pypdf", "rfc8785")} <= set(names)
    assert imported(sources) <= PACKED | sys.stdlib_module_names


def imported(sources: list[bytes]) -> set[str]:
    """The top-level names that sources import."""
    found: set[str] = set()
    for node in (node for source in sources for node in ast.walk(ast.parse(source))):
        if isinstance(node, ast.Import):
            found |= {each.name.partition(".")[0] for each in node.names}
        elif isinstance(node, ast.ImportFrom) and node.module:
            found.add(node.module.partition(".")[0])
    return found
