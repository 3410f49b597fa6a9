"""Habits of officers' sheets that a careful reader gets right, each on a sheet of its own."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Any

import pytest
from openpyxl import Workbook
from openpyxl.styles import Border, Side
from openpyxl.worksheet.worksheet import Worksheet

from govtracker.arithmetic.quantity import unit_of_words
from govtracker.forms import loader
from govtracker.importer.assembly.plan import ImportPlan, plan_import
from govtracker.importer.assembly.setting import Given
from govtracker.model.card import Indicators, Outline
from govtracker.model.content import Line, Table
from govtracker.model.dates import parse_term
from govtracker.model.figure import parse_figure

GIVEN = Given(None, parse_term("2022-07-01..2026-06-30"), date(2023, 12, 31))
THIN = Side(style="thin")
PERIOD = "그동안 추진실적\n(2022. 7. ~ 2023. 6.)"
LATER = "하반기 추진실적\n(2023. 7.~12. 실적)"
HEAD = ("구 분", "추진실적 및 추진계획", "비 고")


def framed(sheet: Worksheet, area: str) -> None:
    for row in sheet[area]:
        for cell in row:
            cell.border = Border(THIN, THIN, THIN, THIN)


def sheet_of(rows: list[tuple[Any, ...]]) -> tuple[Workbook, Worksheet]:
    book = Workbook()
    sheet = book.active
    assert isinstance(sheet, Worksheet)
    for row in rows:
        sheet.append(row)
    return book, sheet


def planned(book: Workbook, folder: Path, form: str) -> ImportPlan:
    book.save(folder / "a.xlsx")
    return plan_import(folder / "a.xlsx", [loader.find(form)], GIVEN)


def periods(*rows: tuple[Any, ...]) -> tuple[Workbook, Worksheet]:
    made = [("1-1-1", "공약"), ("□ 추진실적 및 향후 추진계획",), HEAD, *rows]
    end = [("□ 시민참여(소통) 실적",), ("□ 문제점 및 개선대책",), (" ○ 문제점\n  - 없음",)]
    book, sheet = sheet_of([*made, *end])
    framed(sheet, f"A3:C{len(made)}")
    return book, sheet


def parts(plan: ImportPlan) -> list[tuple[str, list[str]]]:
    section = plan.cards[0].section("periods")
    assert isinstance(section, Outline)
    return [
        (part.label, [item.text for item in part.items if isinstance(item, Line)]) for part in section.parts
    ]


@pytest.mark.parametrize("again", [None, PERIOD])
def test_a_period_goes_on_under_a_repeated_head(tmp_path: Path, again: str | None) -> None:
    book, _ = periods((PERIOD, "【 하나 】\n ○ 가"), HEAD, (again, " ○ 나"), (LATER, " ○ 다"))
    plan = planned(book, tmp_path, "goyang")
    assert parts(plan) == [(PERIOD, ["【 하나 】", "가", "나"]), (LATER, ["다"])]
    assert plan.ledger.sums()["unplaced"] == 0


def test_another_period_under_a_repeated_head_is_its_own(tmp_path: Path) -> None:
    book, _ = periods((PERIOD, " ○ 가"), HEAD, (LATER, " ○ 나"))
    assert parts(planned(book, tmp_path, "goyang")) == [(PERIOD, ["가"]), (LATER, ["나"])]


@pytest.mark.parametrize("heading", ["○ 2022년", "○ 2022년 ~ 2022년"])
def test_a_range_of_one_year_may_be_written_once(tmp_path: Path, heading: str) -> None:
    rows: list[tuple[Any, ...]] = [
        ("공약",),
        ("1. 사업개요",),
        ("3. 연도별 성과지표",),
        (heading,),
        ("성 과 지 표", None, "단위", "성과지표"),
        (None, None, None, "2022년"),
        ("당초", "센터 설치", "개소", 2),
        ("7. 문제점 및 대책",),
        ("8. 향후추진계획",),
    ]
    book, sheet = sheet_of(rows)
    framed(sheet, "A5:D7")
    for area in ("A5:B6", "C5:C6"):
        sheet.merge_cells(area)
    section = planned(book, tmp_path, "suwon").cards[0].section("indicators")
    assert isinstance(section, Indicators)
    assert [(row.name, row.targets[0].figure.printed()) for row in section.rows] == [("센터 설치", "2")]


def test_a_rule_under_a_table_is_no_row_of_it(tmp_path: Path) -> None:
    book = Workbook()
    sheet = book.active
    assert isinstance(sheet, Worksheet)
    rows: list[tuple[Any, ...]] = [
        ("돌봄-1", "공약"),
        ("□ 정책목표",),
        (" ○ 가",),
        (None, "구분", None, "값"),
        (None, "나", None, 3),
        (),
        ("□ 사업개요",),
        (" ○ 다",),
        ("□ 향후계획",),
    ]
    for number, row in enumerate(rows, 1):
        for column, value in enumerate(row, 1):
            sheet.cell(number, column, value)
    framed(sheet, "B4:D5")
    sheet.merge_cells("B4:C4")
    sheet.merge_cells("B5:C5")
    for column in range(1, 5):
        sheet.cell(6, column).border = Border(bottom=THIN)
    goal = planned(book, tmp_path, "geumcheon").cards[0].section("goal")
    assert isinstance(goal, Outline)
    table = next(item for item in goal.parts[0].items if isinstance(item, Table))
    assert [[cell and cell.text for cell in row] for row in table.rows] == [["구분", "값"], ["나", "3"]]


def test_a_dash_has_no_unit_of_its_own() -> None:
    assert unit_of_words(parse_figure(text) for text in ("-", "400회 이상", "600회 이상")) == "회"
    assert unit_of_words(parse_figure(text) for text in ("설계", "1개소")) == ""
