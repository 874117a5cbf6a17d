"""Papers that left the record and are no reports: known by their hash, or a list's beside them."""

from __future__ import annotations

import hashlib
import io
from pathlib import Path

import pytest
from reportlab.pdfgen.canvas import Canvas

from monitor.handed_out import NoteHandedOut
from monitor.sealed_file import session_code
from monitor.verdict import Seen, Standing, Verdict
from monitor.verifying import VerifyReport
from tests.fakes.visit import Visit
from ui.brought_files import list_beside
from ui.wording.verdicts import verdict_sentence


def digest(content: bytes) -> str:
    return hashlib.sha256(content).hexdigest()


def paper(words: str) -> bytes:
    """A PDF that says nothing of being a report."""
    kept = io.BytesIO()
    canvas = Canvas(kept, invariant=1)
    canvas.drawString(72, 720, words)
    canvas.save()
    return kept.getvalue()


@pytest.fixture
def visit() -> Visit:
    return Visit()


@pytest.fixture
def handed_out(visit: Visit, tmp_path: Path) -> Path:
    """The folder of a session, its list on record as that of an export of everything."""
    folder = tmp_path / "S-1"
    folder.mkdir()
    (folder / "rems.pdf").write_bytes(paper("worksheet"))
    sums = f"{digest(paper('worksheet'))}  rems.pdf\n".encode("ascii")
    (folder / "SHA256SUMS").write_bytes(sums)
    note = NoteHandedOut(visit.world)
    note(visit.nurse, "everything", sums, str(tmp_path), session=visit.session_id)
    return folder


def verified(visit: Visit, path: Path) -> Verdict:
    facts = visit.world.press.read(path.read_bytes())
    return VerifyReport(visit.world).of(facts, listed=list_beside(path, facts.sha256))


def test_that_a_paper_is_known_by_the_list_beside_it(visit: Visit, handed_out: Path) -> None:
    verdict = verified(visit, handed_out / "rems.pdf")
    assert (verdict.standing, verdict.exit_status) == (Standing.HANDED_OUT, 0)
    assert verdict.session_code == session_code(visit.session_id)
    assert [reason.seen for reason in verdict.reasons] == [Seen.LISTED, Seen.LEFT]
    said = verdict_sentence(verdict)
    assert said.startswith("No report, but unchanged: one of the files (session S-")
    assert "that left this record on 2026-03-02 at 09:" in said
    assert said.endswith(f"handed out by {visit.nurse.name}.")


def test_that_nothing_vouches_for_a_paper_without_its_list_or_with_another(
    visit: Visit, handed_out: Path
) -> None:
    path, sums = handed_out / "rems.pdf", handed_out / "SHA256SUMS"
    whole = path.read_bytes()
    path.write_bytes(whole + b"?")
    assert verified(visit, path).exit_status == 1, "changed"
    sums.write_text(f"{digest(whole + b'?')}  rems.pdf\n", "ascii")
    assert verified(visit, path).exit_status == 1, "a list that anybody can write"
    sums.unlink()
    path.write_bytes(whole)
    assert verified(visit, path).exit_status == 1, "no list"


def test_that_a_paper_is_known_by_its_own_hash_wherever_it_lies(
    visit: Visit, tmp_path: Path
) -> None:
    path = tmp_path / "list.pdf"
    path.write_bytes(paper("looks"))
    assert verified(visit, path).exit_status == 1
    NoteHandedOut(visit.world)(visit.nurse, "access pdf", paper("looks"), "elsewhere.pdf")
    verdict = verified(visit, path)
    assert (verdict.standing, verdict.session_code) == (Standing.HANDED_OUT, "")
    assert [reason.seen for reason in verdict.reasons] == [Seen.LEFT]
    assert "the list of looks and exports that left" in verdict_sentence(verdict)


def test_that_somebody_elses_file_is_not_ours_for_having_been_printed(
    visit: Visit, tmp_path: Path
) -> None:
    path = tmp_path / "theirs.pdf"
    path.write_bytes(paper("theirs"))
    NoteHandedOut(visit.world)(visit.nurse, "verified print", paper("theirs"), "Laser 1")
    assert verified(visit, path).exit_status == 1
