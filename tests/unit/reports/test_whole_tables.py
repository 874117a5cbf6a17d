"""The record as tables: one row a session, a reading, a slot, an event, a rating."""

from __future__ import annotations

import csv
import dataclasses
import datetime as dt
import io
from decimal import Decimal
from pathlib import Path

import pytest

from monitor.overview import SessionOverview
from monitor.vitals import Reading
from reports.register import HEAD
from reports.whole_tables import access_csv, dictionary, tables
from reports.whole_tables.page import page
from reports.whole_tables.writing import DESCRIBED, MARK
from tests.fakes.esketamine_overview import esketamine
from tests.fakes.extreme_overview import extreme
from tests.fakes.ketamine_overview import ketamine
from tests.unit.reports.looked import LISTED

Rows = list[dict[str, str]]


def rows(seen: SessionOverview, file: str) -> Rows:
    text = tables([seen])[file].decode("utf-8").removeprefix(MARK)
    return list(csv.DictReader(io.StringIO(text, newline="")))


def test_that_there_is_one_row_a_session_reading_slot_and_rating() -> None:
    seen = ketamine()
    counts = {file: len(rows(seen, file)) for file in tables([seen])}
    assert counts["sessions.csv"] == 1
    assert counts["readings.csv"] == len(seen.readings)
    assert counts["slots.csv"] == len(seen.slots)
    assert counts["events.csv"] == len(seen.events) + len(seen.alerts)
    assert counts["ratings.csv"] == len(seen.scores)


def test_that_a_session_says_whose_what_and_how_much() -> None:
    (row,) = rows(ketamine(), "sessions.csv")
    assert (row["session"], row["family_name"], row["drug"]) == ("S-7F3A90C2", "Nowak", "ketamine")
    assert row["weight_kg"] == "70"
    assert row["given_mg"] == str(ketamine().dose.given_mg)
    assert row["opened"] == "2026-03-02T09:36:00+01:00"
    highest = max(r.reading.bp.systolic for r in ketamine().readings if r.reading.bp)
    assert row["highest_systolic"] == str(highest)
    assert row["rehearsal"] == "yes"


def test_that_what_was_not_taken_is_empty_and_zero_is_zero() -> None:
    first, *others = ketamine().readings
    view = dataclasses.replace(first, reading=Reading(dissociation=0, temperature=Decimal("36.8")))
    (row, *_) = rows(dataclasses.replace(ketamine(), readings=(view, *others)), "readings.csv")
    assert (row["systolic_mmhg"], row["heart_rate_per_min"]) == ("", "")
    assert (row["dissociation"], row["temperature_c"]) == ("0", "36.8")


def test_that_a_session_without_weight_dose_or_reading_is_a_row_all_the_same() -> None:
    bare = dataclasses.replace(
        ketamine(), weight=None, readings=(), events=(), alerts=(), scores=(), started_at=None
    )
    (row,) = rows(bare, "sessions.csv")
    assert (row["weight_kg"], row["weighed"], row["started"], row["lowest_spo2"]) == ("",) * 4
    assert row["readings"] == "0"
    assert rows(bare, "readings.csv") == []


@pytest.mark.parametrize(
    "typed",
    ["=1+1", "@SUM(A1)", "+48 600", "-3", "\tx", 'a "quoted", text\nand a line', "\u202eabc"],
)
def test_that_text_is_kept_and_no_formula(typed: str) -> None:
    first, *others = ketamine().readings
    noted = dataclasses.replace(ketamine(), readings=(dataclasses.replace(first, note=typed),))
    cell = rows(noted, "readings.csv")[0]["note"]
    assert cell.removeprefix("'") == typed
    assert cell[0] not in "=+-@\t"
    assert others


def test_that_a_slot_is_named_without_a_guard() -> None:
    named = [row["slot"] for row in rows(ketamine(), "slots.csv")]
    assert named == ["baseline", "10", "20", "30", "40", "end+15", "end+30", "end+45", "end+60"]
    closed = {row["slot"] for row in rows(ketamine(), "readings.csv")}
    assert closed <= {*named, ""}
    assert "end+15" in closed


def test_that_rows_of_several_calls_can_be_put_together() -> None:
    both = tables([ketamine(), esketamine()])
    for file, content in tables([ketamine()]).items():
        assert content + tables([esketamine()], head=False)[file] == both[file]


def test_that_times_carry_their_offset_and_amendments_what_they_replaced() -> None:
    found = rows(ketamine(), "readings.csv")
    assert all(dt.datetime.fromisoformat(row["measured"]).utcoffset() for row in found)
    assert [row["replaced"] for row in found if row["replaced"]] == ["BP 165/95"]


def test_that_an_alert_is_told_with_who_acknowledged_it() -> None:
    alert = next(row for row in rows(ketamine(), "events.csv") if row["kind"] == "alert")
    assert alert["text"] == "A1 bp-high 184/108"
    assert (alert["state"], alert["reason"]) == ("acknowledged", "repeat in 3 min")


def test_that_the_dictionary_says_every_column_of_every_table() -> None:
    text = dictionary().decode("utf-8").removeprefix(MARK)
    said = {(row["file"], row["column"]) for row in csv.DictReader(io.StringIO(text))}
    heads = {
        (file, name)
        for file, content in (tables([extreme()]) | {"access.csv": access_csv(LISTED)}).items()
        for name in next(csv.reader(io.StringIO(content.decode().removeprefix(MARK))))
    } | {("register.csv", name) for name in HEAD}
    assert said == heads


@pytest.mark.parametrize("table", DESCRIBED, ids=lambda table: table.file)
def test_that_each_column_has_a_name_of_its_own_a_meaning_and_its_unit(table: object) -> None:
    columns = table.columns  # type: ignore[attr-defined] # one of TABLES
    names = [column.name for column in columns]
    assert len(set(names)) == len(names)
    assert all(column.meaning.endswith((".", ")")) for column in columns)
    assert all(column.empty for column in columns)


def test_that_the_page_of_the_documentation_is_current() -> None:
    written = (Path(__file__).parents[3] / "docs" / "formats" / "csv.md").read_text("utf-8")
    assert written == page(), "make schemas writes it anew"
