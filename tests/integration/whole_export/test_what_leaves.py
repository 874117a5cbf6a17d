"""What an export of everything holds, and what it does not."""

from __future__ import annotations

import csv
import dataclasses
import io
import json
from collections.abc import Iterator
from pathlib import Path

import pytest

from db.witness.station import Station
from monitor.clinic import ProgramRuns
from monitor.entries import ExportBegun, Exported, ExportEnded
from monitor.errors import Code, IntegrityError
from monitor.judging import without_store
from monitor.sealed_file import session_code
from monitor.verdict import Standing
from monitor.whole_export import PlanExport
from reports.reading import read
from reports.reading.certificates import authority_facts
from tests.fakes.clock import FakeClock
from tests.integration.whole_export.clinic import (
    AUDITOR,
    COUNT,
    FIRST,
    LAST,
    NOT_THEIRS,
    Copies,
    Exporter,
)
from tests.integration.whole_export.conftest import Made
from tests.integration.whole_export.reading import (
    by_the_readme,
    digest,
    files_in,
    ledger,
    listed,
    modes,
    sums_hold,
)
from ui.console.trusted import trusted_certificate
from ui.whole_export.around import Around
from ui.whole_export.driver import Outcome
from ui.whole_export.missed import Missed
from ui.wording import sentence

CHECKPOINTS = "import json, pathlib, subprocess, tempfile"
"""How the program begins by which the README checks them."""

PEOPLE = ("Nowak", "Lis", "Wilk", "Sowa", "100234", "1984", NOT_THEIRS)


class Given:
    """A finished export, and the record it is of."""

    def __init__(self, exporter: Exporter, to: Path, ids: tuple[str, ...]) -> None:
        self.exporter, self.to, self.ids = exporter, to, ids
        self.outcome: Outcome = exporter(to)
        self.files = files_in(to)
        self.codes = [session_code(each) for each in ids]

    def of(self, place: int) -> dict[str, bytes]:
        """The files of a session, by its place in the order of opening."""
        start = f"sessions/{self.codes[place]}/"
        found = {name: content for name, content in self.files.items() if name.startswith(start)}
        return {name.removeprefix(start): content for name, content in found.items()}


@pytest.fixture(scope="module")
def given(made: Made, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Given]:
    place = tmp_path_factory.mktemp("given")
    copies = Copies(made.folder, place)
    yield Given(copies(quick=False), place / "out", made.ids)
    copies.close()


def test_that_every_session_of_the_days_and_no_other_has_its_folder(given: Given) -> None:
    there = {path.name for path in (given.to / "sessions").iterdir()}
    assert there == set(given.codes[:COUNT])
    assert (given.outcome.how, given.outcome.sessions) == ("finished", COUNT)
    assert [(step.done, step.of) for step in given.exporter.steps] == [
        (done, COUNT) for done in range(COUNT + 1)
    ]


def test_that_the_sealed_reports_are_the_kept_ones_each_with_its_proof(given: Given) -> None:
    for place, versions in ((0, 2), (1, 1)):
        with given.exporter.record.world.looking() as tx:
            kept = [each.content for each in tx.reports_of(given.ids[place])]
        files = given.of(place)
        names = [f"report-v{number}.pdf" for number in range(1, versions + 1)]
        assert [files[name] for name in names] == kept
        for name in names:
            assert json.loads(files[f"{name}.proof.json"])["sha256"] == digest(files[name])
        assert "draft.pdf" not in files


def test_that_a_draft_stands_for_the_report_of_a_session_that_nobody_co_signed(
    given: Given,
) -> None:
    files = given.of(2)
    with given.exporter.record.world.looking() as tx:
        (kept,) = tx.reports_of(given.ids[2])
    assert (kept.status, kept.content) == ("draft", files["draft.pdf"])
    assert json.loads(files["draft.pdf.proof.json"])["sha256"] == digest(files["draft.pdf"])


def test_that_an_open_session_leaves_without_any_report(given: Given) -> None:
    files = given.of(4)
    assert not [name for name in files if ".pdf" in name]
    assert json.loads(files["session.json"])["status"] == "open"
    assert json.loads(files["record.json"])["session"] == given.ids[4]


def test_that_the_lists_name_every_file_and_hold(given: Given) -> None:
    assert sums_hold(given.to)
    assert listed(given.to) | {"SHA256SUMS"} == set(given.files)
    said = json.loads(given.files["manifest.json"])
    by_path = {each["path"]: each for each in said["files"]}
    assert by_path.keys() == given.files.keys() - {"manifest.json", "SHA256SUMS"}
    for path, each in by_path.items():
        assert (each["bytes"], each["sha256"]) == (
            len(given.files[path]),
            digest(given.files[path]),
        )
        assert each.get("session", "") == (path.split("/")[1] if path.count("/") == 2 else "")
    assert (said["from"], said["to"], said["sessions"]) == (str(FIRST), str(LAST), COUNT)


def test_that_each_thing_that_left_is_an_entry_with_who_where_to_and_hash(given: Given) -> None:
    begun, *exported, ended = given.exporter.entries
    to = str(given.to)
    assert begun.what == ExportBegun(FIRST, LAST, COUNT, to)
    sums = [given.of(place)["SHA256SUMS"] for place in range(COUNT)]
    assert [each.what for each in exported] == [
        Exported(session_id, "everything", digest(listing), to)
        for session_id, listing in zip(given.ids, sums, strict=False)
    ]
    files, whole = len(given.files) - 1, digest(given.files["SHA256SUMS"])
    assert ended.what == ExportEnded(begun.uid, "finished", COUNT, files, whole)


def test_that_anyone_can_check_the_ledger_by_the_words_in_the_folder(given: Given) -> None:
    said = by_the_readme(given.to)
    lines = ledger(given.to)
    bodies = sum("body" in line for line in lines)
    assert said.startswith(f"unbroken: {len(lines)} lines, {bodies} with what they say")
    assert len(lines) == given.exporter.record.head().seq - 1  # its end was noted after it


def test_that_a_changed_line_of_the_ledger_is_found_by_these_words(
    given: Given, tmp_path: Path
) -> None:
    text = given.files["ledger.jsonl"].replace(b"130/80", b"131/80").replace(b"130,", b"131,")
    (tmp_path / "ledger.jsonl").write_bytes(text)
    (tmp_path / "README.txt").write_bytes(given.files["README.txt"])
    with pytest.raises(AssertionError):
        by_the_readme(tmp_path)


def test_that_all_that_was_written_of_the_sessions_is_in_the_ledger(given: Given) -> None:
    bodies = [json.loads(line["body"]) for line in ledger(given.to) if "body" in line]
    for session_id in given.ids[:COUNT]:
        own = [body for body in bodies if body["stream"] == f"session/{session_id}"]
        with given.exporter.record.world.looking() as tx:
            assert [body["n"] for body in own] == list(
                range(1, tx.length(f"session/{session_id}") + 1)
            )
    assert {body["kind"] for body in bodies} >= {
        *("protocol approved", "report kept", "exported", "patient registered", "clinic named"),
    }


def test_that_nothing_is_told_of_other_patients_of_passwords_or_of_keys(given: Given) -> None:
    for content in given.files.values():
        assert NOT_THEIRS.encode() not in content
    text = given.files["ledger.jsonl"].decode("utf-8")
    assert given.ids[COUNT] not in text
    for secret in ("password_hash", "wrapped", "logged in", "account created"):
        assert secret not in text


def test_that_no_name_of_a_file_says_anything_of_a_patient(given: Given) -> None:
    for path in given.files:
        assert not [word for word in PEOPLE if word.casefold() in path.casefold()]


def test_that_only_the_owner_may_look_into_it(given: Given) -> None:
    assert modes(given.to) == {(True, 0o700), (False, 0o600)}


def test_that_the_verifier_and_the_certificate_in_the_folder_are_those_that_tell(
    given: Given,
) -> None:
    assert given.files["chairside-verify.pyz"] == given.exporter.record.lone_verifier()
    trusted = [trusted_certificate(given.to / "authority.pem", authority_facts).fingerprint]
    facts = read(given.of(1)["report-v1.pdf"])
    assert without_store(facts, trusted, FakeClock().now()).standing is Standing.GENUINE


def test_that_each_session_has_its_bundle_and_its_row_of_the_tables(given: Given) -> None:
    for place in range(COUNT):
        assert json.loads(given.of(place)["fhir.json"])["resourceType"] == "Bundle"
    tables = {
        name: list(csv.reader(io.StringIO(given.files[f"tables/{name}.csv"].decode("utf-8-sig"))))
        for name in ("sessions", "readings", "events")
    }
    head, *rows = tables["sessions"]
    assert len(rows) == COUNT
    assert [set(given.codes) & set(row) for row in rows] == [{c} for c in given.codes[:COUNT]]
    assert all(len(row) == len(head) for row in rows)
    assert len(tables["readings"]) > 1 + 2 * 8
    assert len(tables["events"]) > 1
    assert given.files["tables/sessions.csv"].count(b"\xef\xbb\xbf") <= 1


def test_that_what_says_how_to_read_it_goes_along(given: Given) -> None:
    formats = given.exporter.record.papers.formats()
    assert formats
    assert {f"formats/{name}": content for name, content in formats.items()} == {
        path: content for path, content in given.files.items() if path.startswith("formats/")
    }


def test_that_the_register_leaves_out_the_sessions_that_stay(given: Given, tmp_path: Path) -> None:
    text = given.files["tables/register.csv"].decode("utf-8-sig")
    assert text.count("23KG104") == 2 * text.count(given.codes[0]) > 0
    assert given.codes[1] in text
    record = given.exporter.record
    plan = PlanExport(record.world)(AUDITOR, FIRST, LAST)
    fewer = dataclasses.replace(plan, sessions=plan.sessions[1:])
    less = Around(record, fewer, tmp_path, lambda: None)._register().decode("utf-8-sig")
    assert given.codes[1] in less
    assert given.codes[0] not in less


def test_that_a_session_that_cannot_be_read_is_named_and_everything_else_leaves(
    copies: Copies, tmp_path: Path, made: Made
) -> None:
    exporter, to = copies(), tmp_path / "out"
    lost = session_code(made.ids[1])
    whole = exporter.damage(made.ids[1])
    outcome = exporter(to)
    assert (outcome.how, outcome.sessions, outcome.of) == ("finished", COUNT - 1, COUNT)
    missed = Missed(lost, sentence(IntegrityError(Code.UNREADABLE, seq=whole[0])))
    assert outcome.missed == (missed,)
    assert sums_hold(to)
    there = {path.name for path in (to / "sessions").iterdir()}
    assert there == {session_code(each) for each in made.ids[:COUNT]} - {lost}
    listed_there = json.loads((to / "manifest.json").read_bytes())["not_exported"]
    assert listed_there == [{"session": lost, "reason": missed.reason}]
    assert f"  {missed}\n" in (to / "README.txt").read_text("utf-8")
    ended = exporter.entries[-1].what
    assert isinstance(ended, ExportEnded)
    assert (ended.sessions, ended.missed) == (COUNT - 1, (str(missed),))
    rows = csv.DictReader(io.StringIO((to / "tables/sessions.csv").read_text("utf-8-sig")))
    assert [row["session"] for row in rows].count(lost) == 0
    assert by_the_readme(to).startswith("unbroken:")
    assert exporter(to).missed == (missed,)
    exporter.mend(whole)
    again = exporter(to)
    assert (again.sessions, again.kept, again.missed) == (COUNT, COUNT - 1, ())
    assert sums_hold(to)
    assert exporter(to).how == "already"


def test_that_the_checkpoints_hold_for_whoever_follows_the_readme(
    copies: Copies, tmp_path: Path
) -> None:
    exporter, to = copies(station=Station.here(tmp_path / "state")), tmp_path / "out"
    ProgramRuns(exporter.record.world).started("1")  # names the computer; the ledger is sealed
    exporter(to)
    kept = json.loads((to / "checkpoints.json").read_bytes())
    said = by_the_readme(to, CHECKPOINTS)
    assert kept["checkpoints"]
    assert said.endswith(f"checkpoints that hold: {len(kept['checkpoints'])}\n")
    kept["checkpoints"][-1]["at"] = "2026-03-01T09:00:00+00:00"
    (to / "checkpoints.json").write_text(json.dumps(kept), "utf-8")
    with pytest.raises(AssertionError, match="returned non-zero"):
        by_the_readme(to, CHECKPOINTS)
