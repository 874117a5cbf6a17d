"""What a helper makes of one session that is exported with everything."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from monitor.whole_export import ReadPiece
from reports.papers import ReportPapers
from tests.fakes.clock import WARSAW
from tests.fakes.press import PlainPress
from tests.fakes.visit import Visit
from ui.whole_export.making import Made, Maker, Wanted


def made_of(visit: Visit, folder: Path | None, **wanted: object) -> Made:
    """What is made of a session as it stands."""
    piece = ReadPiece(visit.world)(visit.session_id)
    maker = Maker(PlainPress(), ReportPapers(lambda: None, lambda: "", WARSAW))
    asked = Wanted(
        piece.overview,
        piece.record,
        folder=folder,
        worksheet=piece.worksheet,
        **wanted,  # type: ignore[arg-type] # its own fields
    )
    return maker(asked)


@pytest.fixture(scope="module")
def esketamine() -> Visit:
    return Visit("esketamine").started("10:00")


def test_that_a_treatment_with_a_rems_form_has_its_worksheet(
    esketamine: Visit, tmp_path: Path
) -> None:
    made = made_of(esketamine, tmp_path, draft=True)
    assert [each.path for each in made.files] == [
        *("record.json", "fhir.json", "rems.pdf", "draft.pdf")
    ]
    assert (tmp_path / "rems.pdf").read_bytes().startswith(b"%PDF-")
    assert (tmp_path / "draft.pdf").read_bytes() == made.draft
    assert json.loads((tmp_path / "fhir.json").read_bytes())["resourceType"] == "Bundle"


def test_that_a_treatment_without_one_has_none(tmp_path: Path) -> None:
    made = made_of(Visit().started("10:00"), tmp_path)
    assert [each.path for each in made.files] == ["record.json", "fhir.json"]
    assert made.draft == b""


def test_that_a_session_that_is_whole_gives_its_rows_alone(esketamine: Visit) -> None:
    made = made_of(esketamine, None)
    assert made.files == ()
    assert esketamine.overview.code.encode() in made.rows["sessions.csv"]
