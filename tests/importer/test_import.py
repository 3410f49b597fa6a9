"""Last year's workbooks come in whole: against the real case where it is there, against the sample everywhere."""

from __future__ import annotations

import json
from copy import copy
from pathlib import Path

import pytest

from govtracker.db.book import Book
from govtracker.forms import loader
from govtracker.importer.assembly.plan import ImportPlan, plan_import
from govtracker.importer.assembly.setting import Given
from govtracker.jobs import books, dumping, importing
from tests.support.expected import CASES, SAMPLE, compared, judged, needs_cases


@pytest.fixture(scope="module")
def sample_plan() -> ImportPlan:
    return plan_import(SAMPLE, [loader.find("gwanak")], Given())


def dumped(plan: ImportPlan, folder: Path) -> dict:
    with books.new_book(folder / "a.govtracker", plan.municipality, plan.term, plan.form.key) as book:
        importing.commit(book, plan, SAMPLE)
        return dumping.dump(book)


def test_every_card_of_the_sample_is_recovered(sample_plan: ImportPlan, tmp_path: Path) -> None:
    truth = json.loads(SAMPLE.with_suffix(".expected.json").read_text(encoding="utf-8"))
    cards = {card["number"]: card for card in dumped(sample_plan, tmp_path)["cards"]}
    assert {card["number"] for card in truth["cards"]} == set(cards)
    for card in truth["cards"]:
        assert card["title"] == cards[card["number"]]["title"]
        assert compared(card, cards[card["number"]]) == {}


def test_the_judge_notices_damage(sample_plan: ImportPlan, tmp_path: Path) -> None:
    truth = json.loads(SAMPLE.with_suffix(".expected.json").read_text(encoding="utf-8"))["cards"][0]
    for damage in (
        lambda card: card["events"].pop(),
        lambda card: card["budget"].pop(0),
        lambda card: (
            card["narratives"][0]["lines"].reverse()
            if len(card["narratives"][0]["lines"]) > 1
            else card["narratives"].pop(0)
        ),
        lambda card: card["schedule"][0]["quarters"].pop(),
        lambda card: card["facts"].clear(),
    ):
        hurt = json.loads(json.dumps(truth))
        damage(hurt)
        assert compared(truth, hurt)


def test_the_ledger_accounts_for_every_cell(sample_plan: ImportPlan) -> None:
    sums = sample_plan.ledger.sums()
    assert sums["cells"] == sums["imported"] + sums["ignored"] + sums["unplaced"] > 3000
    assert sums["unplaced"] == 0
    assert all(entry.what for entry in sample_plan.ledger.cells if entry.status == "ignored")


def test_what_stands_beside_the_cells_is_in_the_ledger(sample_plan: ImportPlan) -> None:
    beside = {(entry.status, entry.what.split(" ")[-1]) for entry in sample_plan.ledger.beside}
    kinds = {entry.text if entry.status == "unplaced" else entry.what for entry in sample_plan.ledger.beside}
    assert any("그림" in what for status, what in beside if status == "imported")
    assert any("시비는" in kind for kind in kinds), "the comment on the total cost is told"
    assert any(entry.status == "ignored" and "인쇄" in entry.what for entry in sample_plan.ledger.beside)


def test_a_hidden_sheet_is_listed_and_left_out(sample_plan: ImportPlan) -> None:
    hidden = [entry for entry in sample_plan.ledger.cells if "숨긴" in entry.what]
    assert hidden
    assert {entry.status for entry in hidden} == {"ignored"}


def test_municipality_term_and_as_of_date_are_derived_and_said(sample_plan: ImportPlan) -> None:
    assert sample_plan.municipality == "한빛구"
    assert sample_plan.term.label() == "2022-07-01..2026-06-30"
    assert sample_plan.period.as_of.isoformat() == "2023-12-31"
    assert sample_plan.period.label == "2023년 하반기"
    assert (
        sum(word in note for note in sample_plan.ledger.notes for word in ("지자체", "임기", "기준일")) == 3
    )


def test_given_values_win_over_derived_ones() -> None:
    from datetime import date

    plan = plan_import(SAMPLE, [loader.find("gwanak")], Given("다른구", None, date(2023, 9, 30), "3분기"))
    assert (plan.municipality, plan.period.label, plan.period.as_of) == ("다른구", "3분기", date(2023, 9, 30))


def test_importing_the_same_file_twice_changes_nothing(sample_plan: ImportPlan, tmp_path: Path) -> None:
    path = tmp_path / "a.govtracker"
    importing.import_into(path, SAMPLE, Given())
    with Book.open(path) as book:
        before = dumping.dump_whole(book)
    again = importing.import_into(path, SAMPLE, Given())
    assert not again.written
    assert [change.rows for change in again.changes] == [()] * len(again.changes)
    with Book.open(path) as book:
        assert dumping.dump_whole(book) == before


@needs_cases
def test_the_real_report_is_recovered_without_loss(tmp_path: Path) -> None:
    path = tmp_path / "a.govtracker"
    imported = importing.import_into(path, CASES / "gwanak-6-2.xlsx", Given())
    sums = imported.plan.ledger.sums()
    assert sums["cells"] == sums["imported"] + sums["ignored"] + sums["unplaced"]
    assert sums["unplaced"] == 0
    with Book.open(path) as book:
        dump = dumping.dump(book)
    assert judged(CASES / "gwanak-6-2.expected.json", dump, tmp_path) == ""
    assert dump["cards"][0]["facts"]["총 이행률(%)"] == 46.5


@needs_cases
def test_nothing_on_the_real_sheet_disagrees_with_what_the_form_computes(tmp_path: Path) -> None:
    imported = importing.import_into(tmp_path / "a.govtracker", CASES / "gwanak-6-2.xlsx", Given())
    assert not [note for note in imported.plan.ledger.notes if "계산하면" in note]


def test_a_total_that_disagrees_is_told_with_both_numbers(tmp_path: Path) -> None:
    import openpyxl

    book = openpyxl.load_workbook(SAMPLE)
    sheet = book["1-1 청년창업"]
    cell = next(c for row in sheet.iter_rows() for c in row if c.value == 3450)
    cell.value = 3451
    book.save(tmp_path / "off.xlsx")
    plan = plan_import(tmp_path / "off.xlsx", [loader.find("gwanak")], Given())
    assert any("3,451" in note and "3,450" in note and cell.coordinate in note for note in plan.ledger.notes)


def test_rows_above_and_columns_beside_change_nothing(sample_plan: ImportPlan, tmp_path: Path) -> None:
    """Labels and structure, never fixed addresses: everything moved by five rows and three columns."""
    import openpyxl

    book = openpyxl.load_workbook(SAMPLE)
    for name in book.sheetnames[1:]:
        del book[name]
    sheet = book[book.sheetnames[0]]
    moved = openpyxl.Workbook()
    target = moved.active
    target.title = sheet.title
    for row in sheet.iter_rows():
        for cell in row:
            if cell.value is None and not cell.has_style:
                continue
            other = target.cell(cell.row + 5, cell.column + 3)
            if cell.value is not None:
                other.value = cell.value
            other.fill, other.font, other.border = copy(cell.fill), copy(cell.font), copy(cell.border)
            other.number_format = cell.number_format
    for area in sheet.merged_cells.ranges:
        target.merge_cells(
            start_row=area.min_row + 5,
            end_row=area.max_row + 5,
            start_column=area.min_col + 3,
            end_column=area.max_col + 3,
        )
    moved.save(tmp_path / "moved.xlsx")
    plan = plan_import(
        tmp_path / "moved.xlsx",
        [loader.find("gwanak")],
        Given(None, sample_plan.term, sample_plan.period.as_of),
    )
    assert plan.cards[0].sections == sample_plan.cards[0].sections
    assert plan.ledger.sums()["unplaced"] == 0
