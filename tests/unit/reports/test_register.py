"""The register as a table and on paper: the same rows, whatever was typed."""

from __future__ import annotations

import csv
import datetime as dt
import io
from collections.abc import Sequence

import pytest

from monitor.entries import StockMove, WasteOf
from monitor.register import Asked, RegisterView, Visit
from reports.pages import page_count
from reports.pdf.register_sheet import render
from reports.register import register_csv
from tests.fakes.cupboard import DEVICE, Cupboard
from tests.unit.reports.hostile import LONG, SHORT
from tests.unit.reports.reading_back import text

HEAD = "ab12cd34ef56" + "0" * 52


def filled() -> Cupboard:
    """A cupboard in which everything happened."""
    cupboard = Cupboard()
    cupboard.counted("5", "2500", inventory="opening")
    cupboard.received("3", "84", DEVICE, lot="E1")
    taken = cupboard.prepared("35", lot="A7")
    cupboard.prepared("35", amends=taken.uid, at=taken.at.isoformat(), reason="lot misread")
    cupboard.wasted("10.5", WasteOf.MIXTURE)
    cupboard.kept("465")
    cupboard.device()
    cupboard.moved(StockMove.DESTROYED, "1", "500", reason="the cap was loose")
    cupboard.counted("2", "1465", "1965", reason="one vial is missing")
    cupboard.prepared("35", lot="C9", session="s2")
    return cupboard


def rows(view: RegisterView) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(register_csv(view).decode("utf-8"), newline="")))


def paper(view: RegisterView, clinic: str = "Riverside Clinic", size: str = "a4") -> bytes:
    return render(view, clinic, "1 River Street", HEAD, size)


def test_that_the_table_has_a_row_for_each_line_of_the_register() -> None:
    table = rows(filled().view())
    assert [row["what"] for row in table] == [
        *("counted, opening inventory", "received", "taken out", "wasted", "put back"),
        *("device given", "destroyed", "counted, spot check", "taken out"),
    ]
    taken = table[2]
    assert taken["when (local time)"] == "2026-03-02T08:02:00+00:00"
    assert (taken["out (mg)"], taken["drawn for the dose (mg)"]) == ("500", "35")
    assert taken["stock of the lot (mg)"] == "2000"
    assert (taken["patient"], taken["record number"], taken["session"]) == (
        *("Nowak, Anna", "100234"),
        "S-S1",
    )
    assert taken["before it was amended"] == "lot A7, 2027-08, 500 mg"
    assert (table[3]["wasted of what was taken out (mg)"], table[3]["out (mg)"]) == ("10.5", "")
    assert table[3]["witness"] == "Marek Bąk, RN"
    assert table[0]["difference (mg)"] == ""


def test_that_amounts_are_numbers_also_below_nothing() -> None:
    table = rows(filled().view())
    assert table[-2]["difference (mg)"] == "-500"
    assert table[-1]["stock of the lot (mg)"] == "-500"
    assert table[-1]["flag"] == "more taken out than the register had"


@pytest.mark.parametrize("typed", ["=1+1", "+1", "-1", "@SUM(A1)", "\t=1", "  =cmd|' /C calc'!A0"])
def test_that_nothing_that_was_typed_is_a_formula(typed: str) -> None:
    cupboard = Cupboard()
    cupboard.received("1", "500", lot=typed, reason=typed)
    (row,) = rows(cupboard.view())
    assert row["lot"] == row["reason"] == f"'{typed}"


def test_that_days_begin_with_what_was_carried_forward() -> None:
    view = filled().view(Asked(first=dt.date(2026, 3, 3)))
    table = rows(view)
    assert [(row["what"], row["lot"], row["stock of the lot (mg)"]) for row in table] == [
        ("carried forward", "E1", "56"),
        ("carried forward", "A1", "1465"),
        ("carried forward", "C9", "-500"),
    ]


def test_that_the_paper_says_what_the_table_says() -> None:
    said = text(paper(filled().view()))
    for words in (
        *("Riverside Clinic", "Controlled-drug register", "Next inventory by 2028-03-02"),
        *("Nowak, Anna, record 100234, S-S1", "35 mg drawn for the dose", "Amended: lot misread"),
        *("It said: lot A7, 2027-08, 500 mg", "10.5 mg of what had been taken out"),
        *("Witness: Marek Bąk, RN", "Found 1,465 mg", "expected 1,965 mg: −500 mg"),
        *("Reason: one vial is missing", "more taken out than the register had"),
        *("record digest ab12cd34ef56", "NK Nina Kowal, RN · MB Marek Bąk, RN"),
        "Times are those of this computer's time zone, here UTC+00:00.",
    ):
        assert words in said


def test_that_an_empty_register_says_so_on_paper() -> None:
    said = text(paper(Cupboard().view()))
    assert "The register has not begun" in said
    assert "Next inventory by no inventory yet" in said


def test_that_an_overdue_inventory_stands_out() -> None:
    view = filled().view(now=dt.datetime(2028, 3, 3, tzinfo=dt.UTC))
    assert "overdue, 2028-03-02" in text(paper(view))


def test_that_the_same_register_gives_the_same_bytes() -> None:
    view = filled().view()
    assert paper(view) == paper(view)
    assert paper(view) != paper(view, size="letter")


def test_that_a_long_register_names_its_product_on_each_page() -> None:
    cupboard = filled()
    for _ in range(40):
        cupboard.prepared("35")
    made = paper(cupboard.view())
    assert page_count(made) == 3
    assert text(made).count("For, and why · ketamine 50 mg/mL, 10 mL vial") == 3


@pytest.mark.parametrize("hostile", [SHORT, LONG])
def test_that_nothing_that_was_typed_breaks_the_page(hostile: Sequence[str]) -> None:
    cupboard = Cupboard()
    for place, typed in enumerate(hostile):
        lot, session = f"{place} {typed[:36]}", f"h{place}"
        cupboard.visits[session] = Visit(session, f"S-{place}", typed, typed[:40], "ketamine")
        cupboard.received("1", "500", lot=lot, reason=typed)
        cupboard.prepared("35", lot=lot, session=session)
    made = paper(cupboard.view(), "\n".join(hostile))
    assert all(f"S-{place}" in text(made) for place in range(len(hostile)))
