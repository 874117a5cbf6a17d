"""No forgery is accepted, each is named rightly, and what is written of it is what happens."""

from __future__ import annotations

from pathlib import Path

import pytest

from monitor.judging import without_store
from monitor.verdict import Seen, Standing
from reports.reading import read
from tests.architecture.house import ROOT
from tests.forgeries.flips import flipped, told
from tests.forgeries.judges import ACCEPTS, JUDGES, Absent
from tests.forgeries.kinds import KINDS, Scene
from tests.forgeries.table import OURS, ours, written

DOCUMENT = ROOT / "docs" / "forgeries.md"

GENUINE = "the genuine file, renamed"
BY_THE_SIGNER = "pages drawn otherwise by the signer, with the own key"
"""What nobody can tell without the record: who holds the key seals what he likes."""

JUNK = "junk appended"
ASKED = [(GENUINE, judge) for judge in JUDGES] + [
    (JUNK, judge) for judge in JUDGES if judge != "pyHanko"
]
"""What the tests ask others anew; the whole table takes minutes."""

SAMPLE = 60


@pytest.mark.parametrize("kind", KINDS)
def test_that_each_kind_is_named_as_it_is_written(kind: str, scene: Scene) -> None:
    assert list(ours(scene, KINDS[kind](scene))) == written(DOCUMENT)[kind][: len(OURS)]


def test_that_none_but_the_genuine_file_is_called_genuine() -> None:
    said = written(DOCUMENT)
    assert list(said) == list(KINDS)
    genuine = {
        (kind, degree)
        for kind, cells in said.items()
        for degree, cell in zip(OURS, cells, strict=False)
        if cell == "**genuine**"
    }
    assert genuine == {
        (GENUINE, "with the record"),
        (GENUINE, "with the certificate"),
        (BY_THE_SIGNER, "with the certificate"),
    }


def test_that_nothing_but_the_genuine_file_is_genuine_whoever_is_trusted(scene: Scene) -> None:
    both = [scene.clinic.fingerprint, scene.other.fingerprint]
    swapped = KINDS["record forged, sealed by another clinic"](scene)
    verdict = without_store(read(swapped), both)
    assert verdict.standing is Standing.CHANGED
    assert {r.seen for r in verdict.reasons if r.held is False} >= {Seen.ENTRY, Seen.SEALER}


def test_that_one_changed_byte_is_found_wherever_it_is(scene: Scene) -> None:
    whole = told(scene.clinic, scene.report)
    assert [each.exit_status for each in whole] == [0, 0, 2]
    for place, content in flipped(scene.report, SAMPLE):
        statuses = [each.exit_status for each in told(scene.clinic, content)]
        assert 0 not in statuses, place
        assert statuses[:2] == [1, 1], place


@pytest.mark.parametrize(("kind", "judge"), ASKED)
def test_that_others_say_what_is_written(
    kind: str, judge: str, scene: Scene, tmp_path: Path
) -> None:
    file, authority = tmp_path / "brought.pdf", tmp_path / "authority.pem"
    file.write_bytes(KINDS[kind](scene))
    authority.write_text(scene.clinic.authority, "ascii")
    try:
        said = JUDGES[judge](file, authority, tmp_path)
    except Absent as absent:
        pytest.skip(str(absent))
    assert said == written(DOCUMENT)[kind][len(OURS) + list(JUDGES).index(judge)]


def test_that_everybody_accepts_the_genuine_file() -> None:
    assert written(DOCUMENT)[GENUINE][len(OURS) :] == [ACCEPTS] * len(JUDGES)
