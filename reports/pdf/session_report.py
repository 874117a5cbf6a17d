"""The session report, in the order an auditor reads it.

Who, state, result, exceptions, order and dose, course, readings: page 1 is for the prescriber.
Then the evidence, the signatures after everything they cover, and the proof.
"""

from __future__ import annotations

import dataclasses
import io
from dataclasses import dataclass

from reportlab.pdfgen.canvas import Canvas
from reportlab.platypus import Flowable
from reportlab.platypus.flowables import _listWrapOn

from monitor.chart_page import ChartPage, chart_page
from monitor.overview import SessionOverview
from reports import summary
from reports.pdf import faces, look, page
from reports.pdf.chart import SessionChart
from reports.pdf.figures import Exceptions, Strip
from reports.pdf.masthead import Head, Identity, Masthead
from reports.pdf.page import Sheet, build
from reports.pdf.parts import Heading, gap, joined
from reports.pdf.pen import Pen
from reports.pdf.sections import (
    account,
    added,
    checked,
    dose,
    evidence,
    leaving,
    proof,
    serious,
    signing,
)
from reports.pdf.sections.readings import readings
from reports.pdf.setting import Setting
from reports.pdf.signature_box import Place
from reports.vouching import is_final
from reports.wording import NOT_RECORDED, family

_DIGITS = 12  # of the session digest, in every footer
_KIND = "Session report"
_WELL_OVER = 200.0  # points


@dataclass(frozen=True, slots=True)
class Drawing:
    """A report as it was drawn.

    Attributes:
        seal: Where the signature that seals the file has its box; None in a draft.
    """

    content: bytes
    seal: Place | None


def render(overview: SessionOverview, paper: str = "a4") -> bytes:
    """Return the report as PDF; the same overview gives the same bytes.

    Args:
        overview: The session as it stands.
        paper: "a4" or "letter".
    """
    return drawing(overview, paper).content


def drawing(overview: SessionOverview, paper: str = "a4") -> Drawing:
    """Return the report as PDF, and where in it the seal belongs.

    Args:
        overview: The session as it stands.
        paper: "a4" or "letter".
    """
    s = Setting.of(overview, Pen())
    content = build(_sheet(overview, paper), s.pen, _story(s, paper))
    return Drawing(content, s.places[-1] if s.places else None)


def story(overview: SessionOverview, pen: Pen | None = None, paper: str = "a4") -> list[Flowable]:
    """Return the report's content, ready to be set on that paper."""
    return _story(Setting.of(overview, pen or Pen()), paper)


def _story(s: Setting, paper: str) -> list[Flowable]:
    before = [
        *_head(s),
        *checked.band(s),
        *serious.band(s),
        *leaving.history(s),
        *leaving.open_gaps(s),
        *dose.dose(s),
        Heading(s.pen, "Course", _course_remark(s)),
        gap(0.5),
    ]
    sheet = readings(s)
    chart = _chart(s, page.room(paper) - _tall([*before, *sheet]))
    after = [
        *checked.second_check(s),
        *checked.overrides(s),
        *account.preparation(s),
        *dose.delivery(s),
        *account.accounting(s),
        *evidence.events(s),
        *serious.serious(s),
        *evidence.alerts(s),
        *evidence.ratings(s),
        *evidence.amendments(s),
        *leaving.gaps(s),
        *leaving.readiness(s),
        *added.addenda(s),
        *signing.signatures(s, proof.proof(s)),
    ]
    return [*before, chart, *sheet, *joined(after)]


def _tall(flowables: list[Flowable]) -> float:
    """Return how tall flowables are together, space between them included."""
    canvas = Canvas(io.BytesIO(), initialFontName=faces.TEXT)
    _, height = _listWrapOn(flowables, look.MEASURE, canvas)
    return float(height)


def _chart(s: Setting, room: float) -> SessionChart:
    """Return the chart with the tallest pressure panel that leaves page 1 whole.

    Where the readings go on over page 1 by far, nothing is gained by a low one.
    """
    data = _page(s.overview)
    low = SessionChart(s.pen, data, s.overview.local)
    spare = room - low.height - 1
    panel = low.panel + max(spare, 0)
    if spare < -_WELL_OVER:
        panel = look.PRESSURE_MOST
    return SessionChart(s.pen, data, s.overview.local, min(panel, look.PRESSURE_MOST))


def _page(overview: SessionOverview) -> ChartPage:
    """Return the chart with the drug's lane that applies."""
    made = chart_page(overview)
    return dataclasses.replace(made, band="none") if summary.was_cancelled(overview) else made


def _course_remark(s: Setting) -> str:
    clocks = _page(s.overview).clocks
    reached = "▼ on a clock = the door’s time reached · " if any(c.reached for c in clocks) else ""
    return f"{reached}tip of each mark = value · dotted lines = baseline · numbers as in the tables"


def _head(s: Setting) -> list[Flowable]:
    overview = s.overview
    return [
        Masthead(
            s.pen,
            Head(
                clinic=overview.clinic.name,
                address=overview.clinic.address,
                kind=_KIND,
                title=summary.title(overview),
                outcome=summary.outcome(overview),
                drug=overview.drug,
                family=family(overview),
                filled=overview.drug == "ketamine",
                status=summary.status(overview),
                notes=summary.status_notes(overview),
                draft=not is_final(overview),
            ),
        ),
        Identity(s.pen, overview.patient.name, _identity(s), _facts(s)),
        gap(1.5),
        Strip(s.pen, summary.dose_figures(overview), summary.course_figures(overview)),
        gap(0.5),
        Exceptions(s.pen, summary.exceptions(overview)),
    ]


def _identity(s: Setting) -> tuple[tuple[str, str], ...]:
    patient = s.overview.patient
    age = patient.age_on(s.times.day)
    return (
        ("Born", f"{patient.born.isoformat()} ({age} y)"),
        ("Sex", patient.sex.value),
        ("Record number", patient.number),
        ("Allergies", ", ".join(patient.allergies) or "no known allergies"),
    )


def _facts(s: Setting) -> tuple[tuple[str, str], ...]:
    overview = s.overview
    order = overview.order
    return (
        ("Date", s.times.date(overview.started_at or overview.opened_at)),
        ("Chair", overview.chair),
        ("Session", overview.code),
        ("Protocol", f"{overview.protocol_title}, v{overview.protocol_version}"),
        ("Ordered by", order.by.name if order else NOT_RECORDED),
    )


def _sheet(overview: SessionOverview, paper: str) -> Sheet:
    patient = overview.patient
    status = overview.status if is_final(overview) else "unsigned draft"
    return Sheet(
        paper=paper,
        kind=f"{_KIND} · {family(overview)}",
        accent=look.drug(overview.drug),
        who=patient.name,
        ids=f"born {patient.born.isoformat()} · record {patient.number}",
        session=f"Session {overview.code} · version {overview.version} · {status}",
        digest=overview.digest[:_DIGITS],
        draft=not is_final(overview),
        notice="rehearsal, not a real patient" if overview.rehearsal else "",
    )
