"""The money tables that the official forms print, at several as-of dates and in two terms: tables to be checked by eye.

Each card has the same money: of each year so many million won as the year's last two digits, secured in full,
executed a million less, planned a million more; before the term 5, after it 7. So 2019 is 19 secured, 18 executed, 20
planned; a half-year at an end of the term has the same.
"""

from __future__ import annotations

from datetime import date

import pytest

from govtracker.export.document import Cell, Document, Grid, Para
from govtracker.export.layout import document
from govtracker.forms import loader
from govtracker.forms.columns import Setting, expand
from govtracker.forms.schema import Form
from govtracker.model.card import Amount, Budget, BudgetItem, Card, Period, Pledge
from govtracker.model.dates import Months, Term
from govtracker.model.figure import value

SEVENTH, EIGHTH = Term(date(2018, 7, 1), date(2022, 6, 30)), Term(date(2022, 7, 1), date(2026, 6, 30))
MORE = {"secured": 0, "executed": -1, "planned": 1}


def card(form: Form, setting: Setting) -> Card:
    """Money in every entered column of the form, of its own funds."""
    sections = []
    for definition in (section for section in form.section if section.kind == "budget"):
        blocks = [block for block in form.block if block.section == definition.key]
        leaves = [leaf for block in blocks for leaf in expand(block, definition, form, setting) if leaf.span]
        cells = {(leaf.span, measure) for leaf in leaves for measure in leaf.measures if not leaf.column.sum}
        amounts = [
            Amount(0, source(form), span, measure, value((worth(span, setting) + MORE[measure]) * 1_000_000))
            for span, measure in sorted(cells, key=str)
            if span is not None
        ]
        sections.append((definition.key, Budget(definition.unit, (BudgetItem("사업"),), tuple(amounts))))
    return Card(Pledge("공약", "1-1"), Period("기간", setting.as_of), form.key, tuple(sections))


def source(form: Form) -> str:
    definition = next(section for section in form.section if section.kind == "budget")
    return next(key for key in definition.sources if key in ("city", "district", "county", "own"))


def worth(span: Months, setting: Setting) -> int:
    if span.first is None or span.last is None:
        return 5 if span.first is None else 7
    return int(span.first[2:4])


def text(cell: Cell) -> str:
    return " ".join(item.text for item in cell.content if isinstance(item, Para)) or "."


def rows(made: Document, at: int) -> str:
    """The rows of a money table that have a figure, each as `label figures`."""
    grid = [item for item in made.items if isinstance(item, Grid) and item.role == "money"][at]
    shown = [[text(cell) for cell in row.cells if cell.role != "head"] for row in grid.rows[grid.head :]]
    return "\n".join(" | ".join(row) for row in shown if any(part[0].isdigit() for part in row))


GOYANG = {
    (SEVENTH, date(2021, 12, 31)): "계 | 112 (58) | 5 (4) | 18 (17) | 19 (18) | 20 (19) | 21 | 22 | 7",
    (SEVENTH, date(2020, 6, 30)): "계 | 112 (39) | 5 (4) | 18 (17) | 19 (18) | 20 | 21 | 22 | 7",
    (EIGHTH, date(2024, 6, 30)): "계 | 132 (47) | 5 (4) | 22 (21) | 23 (22) | 24 | 25 | 26 | 7",
}
"""All secured; executed what is past: 4 + 17 + 18 + 19 = 58, a year and a half earlier 4 + 17 + 18 = 39."""
GWANAK_PLANNED = {
    (EIGHTH, date(2023, 12, 31)): "총 계 | 133 | 125 | 23 | 24 | 25 | 26 | 27 | 8",
    (SEVENTH, date(2019, 12, 31)): "총 계 | 113 | 105 | 19 | 20 | 21 | 22 | 23 | 8",
}
GWANAK_EXECUTED = {
    (EIGHTH, date(2023, 12, 31)): "총 계 | 121 | 115 | 21 | 22 | 23 | 24 | 25 | 6",
    (SEVENTH, date(2019, 12, 31)): "총 계 | 101 | 95 | 17 | 18 | 19 | 20 | 21 | 6",
}
"""Within the term 105 = 19 + ... + 23, all 113 = 105 + 8."""
SUWON = {
    (SEVENTH, date(2021, 3, 31)): "계 | 110 | 4 | 18 | 17 | 19 | 18 | 20 | 19 | 21 | 20 | 23 | 8",
    (SEVENTH, date(2020, 6, 30)): "계 | 112 | 4 | 18 | 17 | 19 | 18 | 20 | 19 | 22 | 23 | 8",
    (EIGHTH, date(2024, 6, 30)): "계 | 132 | 4 | 22 | 21 | 23 | 22 | 24 | 23 | 26 | 27 | 8",
}
"""Executed of the past, secured of the current year, planned after it: 4 + 17 + 18 + 19 + 21 + 23 + 8 = 110; in 2020
4 + 17 + 18 + 20 + 22 + 23 + 8 = 112."""
GEUMCHEON = {
    (SEVENTH, date(2021, 6, 30)): "계 | . | 101 | 95 | 18 | 17 | 19 | 18 | 20 | 19 | 21 | 20 | 23 | 21",
    (SEVENTH, date(2019, 6, 30)): "계 | . | 103 | 95 | 18 | 17 | 19 | 18 | 21 | 19 | 22 | 20 | 23 | 21",
    (EIGHTH, date(2024, 6, 30)): "계 | . | 122 | 115 | 22 | 21 | 23 | 22 | 24 | 23 | 26 | 24 | 27 | 25",
}
"""Secured up to the current year, planned after it: 18 + 19 + 20 + 21 + 23 = 101; executed 17 + ... + 21 = 95."""
TABLES = [
    (key, at, *setting, printed)
    for key, at, table in (
        ("goyang", 0, GOYANG), ("gwanak", 0, GWANAK_PLANNED), ("gwanak", 1, GWANAK_EXECUTED), ("suwon", 0, SUWON),
        ("geumcheon", 0, GEUMCHEON),
    )
    for setting, printed in table.items()
]  # fmt: skip


@pytest.mark.parametrize(("key", "at", "term", "as_of", "printed"), TABLES)
def test_the_total_row_follows_term_and_date(
    key: str, at: int, term: Term, as_of: date, printed: str
) -> None:
    form, setting = loader.find(key), Setting(term, as_of)
    found = rows(document(form, card(form, setting), setting, "한빛시"), at).splitlines()
    assert found[0].removeprefix("사업 | ") == printed


@pytest.mark.parametrize(("key", "at", "term", "as_of", "printed"), TABLES)
def test_the_only_source_has_the_totals_figures(
    key: str, at: int, term: Term, as_of: date, printed: str
) -> None:
    form, setting = loader.find(key), Setting(term, as_of)
    found = rows(document(form, card(form, setting), setting, "한빛시"), at).splitlines()
    figures = printed.split(" | ", 1)[1].removeprefix(". | ")
    assert any(line.endswith(f"비 | {figures}") for line in found), found
