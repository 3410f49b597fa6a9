"""The Gwanak form printed at two as-of dates and in two terms: a table that a reader can check by eye."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from govtracker.export.document import Document, Grid, Para
from govtracker.export.layout import document
from govtracker.forms.columns import Setting
from govtracker.model.card import Period
from govtracker.model.dates import Term
from tests.export.conftest import Sample

EIGHTH, SEVENTH = Term(date(2022, 7, 1), date(2026, 6, 30)), Term(date(2018, 7, 1), date(2022, 6, 30))


def printed(sample: Sample, term: Term, as_of: date) -> Document:
    card = replace(sample.card("6-2"), period=Period("기간", as_of))
    return document(sample.plan.form, card, Setting(term, as_of), "한빛구")


def headings(made: Document) -> list[str]:
    return [item.text for item in made.items if isinstance(item, Para) and item.role == "heading"]


def head_texts(made: Document, role: str, at: int = 0) -> list[list[str]]:
    grid = [item for item in made.items if isinstance(item, Grid) and item.role == role][at]
    return [
        ["/".join(p.text for p in cell.content if isinstance(p, Para)) for cell in row.cells]
        for row in grid.rows[: grid.head]
    ]


@pytest.mark.parametrize(
    ("term", "as_of", "running", "quarters", "years"),
    [
        (EIGHTH, date(2023, 12, 31), "민선8기", "2023년 분기별 목표", ["2022", "2023", "2024", "2025", "2026"]),
        (EIGHTH, date(2025, 6, 30), "민선8기", "2025년 분기별 목표", ["2022", "2023", "2024", "2025", "2026"]),
        (SEVENTH, date(2019, 12, 31), "민선7기", "2019년 분기별 목표", ["2018", "2019", "2020", "2021", "2022"]),
        (SEVENTH, date(2022, 6, 30), "민선7기", "2022년 분기별 목표", ["2018", "2019", "2020", "2021", "2022"]),
    ],
)  # fmt: skip
def test_heads_follow_term_and_as_of_date(
    sample: Sample, term: Term, as_of: date, running: str, quarters: str, years: list[str]
) -> None:
    made = printed(sample, term, as_of)
    assert made.running_head == f"한빛구 {running} 공약 실천계획 및 추진실적"
    assert made.running_date == f"기준일 : {as_of.year}. {as_of.month}. {as_of.day}."
    assert quarters in headings(made)
    assert head_texts(made, "money")[0] == ["구 분", "계", "임기 내", "임기 후"]
    assert head_texts(made, "money")[1] == ["소 계", *years]
    assert head_texts(made, "indicators")[0] == ["구 분", "확인지표", "단위", "목표", *years]
    assert head_texts(made, "schedule")[0] == ["구 분", *years, "비 고"]


def test_the_schedule_runs_from_the_terms_first_quarter_to_the_last_years_end(sample: Sample) -> None:
    second = head_texts(printed(sample, EIGHTH, date(2023, 12, 31)), "schedule")[1]
    assert second == ["3/4", "4/4", *(f"{q}/4" for _ in range(4) for q in (1, 2, 3, 4))]


def test_a_quarter_table_of_a_half_year_has_two_quarters(sample: Sample) -> None:
    made = printed(sample, EIGHTH, date(2026, 6, 30))
    assert head_texts(made, "indicators", 1)[1] == ["계", "1/4", "2/4"]


def test_figures_of_other_years_stay_in_the_card_and_come_back_with_their_as_of_date(sample: Sample) -> None:
    card = sample.card("6-2")
    away = printed(sample, EIGHTH, date(2025, 6, 30))
    assert away != sample.documents["6-2"]
    back = document(sample.plan.form, card, Setting(EIGHTH, date(2023, 12, 31)), "한빛구")
    assert back == sample.documents["6-2"]
