"""Opens a record of practice with this computer's real clocks, and looks at them when asked.

Each line of standard input is answered with a line of JSON.
"""

from __future__ import annotations

import datetime as dt
import json
import sys
import time
from pathlib import Path

import main
from monitor.clinic import Lists
from monitor.clock_keeping import ConfirmClock, WatchClock
from monitor.steady_clock import SteadyClock


def answer(folder: Path) -> None:
    """Answer until nobody asks any more."""
    record = main.open_store(folder, lambda: "")
    world = record.world
    assert isinstance(world.clock, SteadyClock)
    clock = world.clock
    nurse = next(a.author for a in Lists(world).accounts() if a.user == "nk")
    for line in sys.stdin:
        if line.strip() == "keep":
            ConfirmClock(world, clock).keep(nurse)
        seen = WatchClock(world, clock)()
        moment = clock.moment()
        said = {
            "noted": [what.trouble.value for what in seen.noted],
            "asked": seen.question.trouble.value if seen.question else "",
            "apart": (clock.wall() - moment.now) / dt.timedelta(seconds=1),
            "now": moment.now.timestamp(),
            "boot_time": moment.mono / 10**9,
            "real_boot_time": time.clock_gettime(time.CLOCK_BOOTTIME),
        }
        sys.stdout.write(f"{json.dumps(said)}\n")
        sys.stdout.flush()
    record.close()


if __name__ == "__main__":
    answer(Path(sys.argv[1]))
