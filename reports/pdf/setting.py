"""What every section is set with: the pen, the overview, the clinic's time, people's initials."""

from __future__ import annotations

from dataclasses import dataclass

from monitor.overview import SessionOverview
from reports.pdf.pen import Pen
from reports.wording import Initials, Times


@dataclass(frozen=True, slots=True)
class Setting:
    """One report's overview and the means to set it."""

    pen: Pen
    overview: SessionOverview
    times: Times
    initials: Initials

    @classmethod
    def of(cls, overview: SessionOverview, pen: Pen) -> Setting:
        """Return the setting of a report."""
        return cls(pen, overview, Times.of(overview), Initials(overview.staff, pen.prints))
