"""What every section is set with: the pen, the overview, the clinic's time, people's initials."""

from __future__ import annotations

from dataclasses import dataclass, field

from monitor.overview import SessionOverview
from reports.pdf.pen import Pen
from reports.pdf.signature_box import Place
from reports.wording import Initials, Times


@dataclass(frozen=True, slots=True)
class Setting:
    """One report's overview and the means to set it.

    Attributes:
        places: Where the box of the signature that seals the file was drawn, once it is.
    """

    pen: Pen
    overview: SessionOverview
    times: Times
    initials: Initials
    places: list[Place] = field(default_factory=list)

    @classmethod
    def of(cls, overview: SessionOverview, pen: Pen) -> Setting:
        """Return the setting of a report."""
        return cls(pen, overview, Times.of(overview), Initials(overview.staff, pen.prints))
