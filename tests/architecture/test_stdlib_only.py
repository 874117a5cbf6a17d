"""The domain leans on nothing that must be installed."""

from __future__ import annotations

import subprocess
import sys

import grimp

from tests.architecture.house import ROOT, python_files


def test_that_the_domain_imports_the_standard_library_alone() -> None:
    graph = grimp.build_graph("monitor", include_external_packages=True, cache_dir=None)
    foreign = {module.split(".")[0] for module in graph.modules} - {"monitor"}
    assert foreign <= sys.stdlib_module_names


def test_that_the_domain_runs_where_nothing_is_installed() -> None:
    modules = [name[:-3].replace("/", ".") for name in python_files("monitor")]
    script = f"import sys; sys.path.insert(0, {str(ROOT)!r})\n" + "\n".join(
        f"import {module.removesuffix('.__init__')}" for module in modules
    )
    bare = [sys.executable, "-I", "-S", "-B", "-c", script]  # -S: without site-packages
    done = subprocess.run(bare, check=False, capture_output=True, encoding="utf-8")
    assert done.returncode == 0, done.stderr
