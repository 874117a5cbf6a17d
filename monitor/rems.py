"""The days that the REMS programme leaves for its monitoring form.

In the United States a monitoring form follows every treatment with esketamine, within seven days
(FDA, Spravato REMS document, REMS 386; facts.md, 2.6). It is a rule of the programme and not of a
protocol: the protocol says for which country it was written, and the days stand here once.
"""

from __future__ import annotations

import datetime as dt

from monitor.overview import SessionOverview

REMS_DRUG = "esketamine"
"""The drug whose treatments the programme wants to hear of."""

REMS_JURISDICTION = "US"
"""Where the programme holds, as protocols name it."""

REMS_DAYS = 7
"""Within so many days of the treatment the form is due (facts.md, 2.6: FDA REMS 386)."""


def has_rems_form(overview: SessionOverview) -> bool:
    """Tell whether a monitoring form follows a session of that drug, under that protocol."""
    where = overview.jurisdiction.replace(",", " ").split()
    return overview.drug == REMS_DRUG and REMS_JURISDICTION in where


def rems_due(overview: SessionOverview) -> dt.date | None:
    """Return the last day for the form, by the clinic's calendar; None where none is asked for.

    Where no device was given there was no treatment, and so there is no form.
    """
    if not has_rems_form(overview) or not overview.devices:
        return None
    treated = overview.local(overview.devices[0].at).date()
    return treated + dt.timedelta(days=REMS_DAYS)


def rems_stream(session_id: str) -> str:
    """Return the name of the stream of a session's form: what is answered and filed."""
    return f"rems/{session_id}"
