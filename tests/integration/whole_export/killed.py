"""An export with helpers, for a process of its own that says how far it is and is killed.

After so many sessions it says "whole" and its helpers' numbers, and stands still.
"""

from __future__ import annotations

import multiprocessing
import sys
import threading
from pathlib import Path

from typing_extensions import override

from tests.integration.whole_export.clinic import Exporter
from ui.whole_export import driver
from ui.whole_export.driver import Step

HELPERS = 2


def main(record: str, folder: str, after: str) -> None:
    """Export, as far as it is let."""
    driver.FEW = 0  # or so few sessions would not be worth a helper
    exporter = Exporter(Path(record))

    class Telling(list[Step]):
        @override
        def append(self, step: Step, /) -> None:
            super().append(step)
            if step.done == int(after):
                helpers = [str(each.pid) for each in multiprocessing.active_children()]
                sys.stdout.write(" ".join(["whole", *helpers]) + "\n")
                sys.stdout.flush()
                threading.Event().wait()

    exporter.steps = Telling()
    exporter(Path(folder), processes=HELPERS)
