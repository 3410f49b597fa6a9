"""What looks like a value and is another one's, or none: a hostile tester's workbooks, each wrong in silence once."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from openpyxl import Workbook
from openpyxl.styles import PatternFill

from govtracker.errors import ImportTrouble
from govtracker.forms import loader
from govtracker.importer.assembly.plan import ImportPlan, plan_workbook
from govtracker.importer.assembly.setting import Given
from govtracker.importer.package.reading import read
from govtracker.model.card import Budget, Card, Events, Facts, Indicators, Schedule
from govtracker.model.dates import parse_term
from tests.support.expected import SAMPLES

FORMS = [loader.find(key) for key in loader.form_keys()]
GIVEN = Given("달빛시", parse_term("2022-07-01..2026-06-30"), date(2023, 12, 31))
Rows = list[list[Any]]
LIST: Rows = [["연번", "공약명", "담당부서", "이행률"], [1, "시장", "경제과", 50], [2, "창업", "경제과", 70]]
CARD: Rows = [["공약명", "도서관 건립"], ["담당부서", "문화과"]]
UNIT = ["(단위: 백만원)"]


def planned(
    tmp_path: Path, *sheets: Rows, merges: tuple[str, ...] = (), fills: tuple[str, ...] = ()
) -> ImportPlan:
    book = Workbook()
    book.remove(book.active)
    for at, rows in enumerate(sheets, 1):
        sheet = book.create_sheet(f"Sheet{at}")
        for row in rows:
            sheet.append(row)
        for area in merges:
            sheet.merge_cells(area)
        for place in fills:
            sheet[place].fill = PatternFill("solid", fgColor="DDDDDD")
    book.save(tmp_path / "a.xlsx")
    return plan_workbook(read(tmp_path / "a.xlsx"), FORMS, GIVEN)


def titles(plan: ImportPlan) -> list[str]:
    return [card.pledge.title for card in plan.cards]


def facts(card: Card) -> dict[str, str]:
    return {
        f.key: f.text for _, section in card.sections if isinstance(section, Facts) for f in section.values
    }


def money(card: Card) -> dict[tuple[str, str | None, str | None, str], int]:
    amounts = [a for _, section in card.sections if isinstance(section, Budget) for a in section.amounts]
    return {
        (a.source, a.span.first, a.span.last, a.measure): int(a.figure.value or 0) // 1_000_000
        for a in amounts
    }


def events(card: Card) -> dict[str, list[tuple[str, str]]]:
    return {
        key: [(e.when, e.title) for e in section.entries]
        for key, section in card.sections
        if isinstance(section, Events) and section.entries
    }


def told(plan: ImportPlan, text: str) -> bool:
    return any(text in note for note in plan.ledger.notes)


# ---------------------------------------------------------------- lists


@pytest.mark.parametrize("rows", [
    [[None, "경제분야 (2건)", None, 60]],
    [[None, "평균", None, 60]],
    [[None, "총 2개 사업", None, 60]],
    [["", "합계 2건", "", 60]],
    [[], ["구분", "공약수", "완료", "추진중"], ["경제", 2, 0, 2], ["복지", 3, 1, 2]],
    [[], ["담당자", "홍길동", "기획과", "02-000-4567"]],
    [["-", "이행률은 2023년 기준", "", "자체평가"]],
    [["범례", "완료", "추진중", "부진"]],
    [[None, "- 본관 신축", "건축과", 20]],
])  # fmt: skip
def test_what_stands_among_numbered_pledges_is_none(tmp_path: Path, rows: Rows) -> None:
    plan = planned(tmp_path, [*LIST, *rows])
    assert titles(plan) == ["시장", "창업"]
    assert [facts(card)["fulfilment"] for card in plan.cards] == ["50", "70"]


def test_a_subtotal_is_not_the_pledges_above(tmp_path: Path) -> None:
    rows: Rows = [
        UNIT, ["분야", "공약명", "담당부서", "2022년 국비", "2023년 국비", "2023년 시비"],
        ["경제", "시장", "경제과", 100, 50, 30], [None, "창업", "경제과", None, 20, None],
        ["복지(2건)", None, None, 300, 300, 300], [None, "돌봄", "복지과", 5, 6, 7],
    ]  # fmt: skip
    plan = planned(tmp_path, rows)
    assert titles(plan) == ["시장", "창업", "돌봄"]
    assert money(plan.cards[1]) == {("national", "2023-01", "2023-12", "planned"): 20}
    assert facts(plan.cards[2]).get("area") != "복지(2건)"


def test_a_second_equal_amount_of_a_pledge_is_told(tmp_path: Path) -> None:
    rows: Rows = [
        UNIT, ["관리번호", "공약명", "재원", "2022년", "2023년"],
        ["1-1", "시장", "국비", 100, 200], ["1-1", "시장", "국비", 100, 200], ["1-2", "창업", "국비", 1, 2],
    ]  # fmt: skip
    assert told(planned(tmp_path, rows), "금액이 둘입니다")


def test_a_blank_column_inside_a_list_parts_nothing(tmp_path: Path) -> None:
    rows: Rows = [
        ["관리번호", "공약명", None, "담당부서"],
        ["1-1", "시장", None, "경제과"],
        ["1-2", "창업", None, "일자리과"],
    ]
    assert [facts(card) for card in planned(tmp_path, rows).cards] == [
        {"lead_department": "경제과"}, {"lead_department": "일자리과"},
    ]  # fmt: skip


def test_rows_under_a_row_of_labels_are_not_one_card(tmp_path: Path) -> None:
    """A head that is no list's (too few columns are known) names no card by its first row."""
    rows: Rows = [["관리번호", "공약명"], ["1-1", "시장"], ["1-2", "창업"]]
    with pytest.raises(ImportTrouble):
        planned(tmp_path, rows)


# ---------------------------------------------------------------- labels


@pytest.mark.parametrize(("row", "key"), [
    (["담당부서", None, "연락처", "02-000-4567"], "lead_department"),
    (["사업기간", None, "사업위치", "중앙로 1"], "span"),
    (["비고", None, "점검일자", "2023.12.31"], "remark"),
])  # fmt: skip
def test_an_empty_label_has_no_value(tmp_path: Path, row: list[Any], key: str) -> None:
    plan = planned(tmp_path, [["공약명", "도서관 건립", "추진상황", "정상추진"], row])
    assert titles(plan) == ["도서관 건립"]
    assert key not in facts(plan.cards[0])


def test_an_empty_title_is_no_title(tmp_path: Path) -> None:
    rows: Rows = [["관리번호", "1-1", "담당부서", "문화과"], ["공약명", None, "세부과제", "본관 신축"]]
    assert "세부과제" not in titles(planned(tmp_path, rows))


def test_what_stands_before_a_second_title_is_the_second_cards(tmp_path: Path) -> None:
    rows: Rows = [
        ["분야", "문화"], ["공약명", "도서관 건립"], ["추진상황", "정상추진"], [],
        ["담당부서", "녹지과", "사업기간", "2023~2025"], ["공약명", "공원 조성"], ["비고", "없음"],
    ]  # fmt: skip
    plan = planned(tmp_path, rows)
    first, second = (facts(card) for card in plan.cards)
    assert "lead_department" not in first
    assert (second["lead_department"], second["span"]) == ("녹지과", "2023~2025")


# ---------------------------------------------------------------- money


def test_another_time_than_the_years_is_not_the_years(tmp_path: Path) -> None:
    rows: Rows = [
        *CARD,
        [],
        UNIT,
        ["재원", "2022년 이전", "2023년", "2026년(임기 후)", "향후"],
        ["국비", 100, 200, 300, 400],
        ["시비", 10, 20, 30, 40],
    ]
    plan = planned(tmp_path, rows)
    assert money(plan.cards[0]) == {
        ("national", "2023-01", "2023-12", "planned"): 200, ("city", "2023-01", "2023-12", "planned"): 20,
    }  # fmt: skip


@pytest.mark.parametrize("above", ["○ 2023년까지 50% 집행하였음", None])
def test_a_sentence_over_a_table_does_not_say_what_its_money_is(tmp_path: Path, above: str | None) -> None:
    line = [above] if above else ["추진상황", "설계 집행 완료"]
    rows: Rows = [*CARD, [], line, UNIT, ["재원", "2022", "2023"], ["국비", 100, 200], ["시비", 50, 70]]
    assert {key[3] for key in money(planned(tmp_path, rows).cards[0])} == {"planned"}


def test_the_heading_over_a_table_does(tmp_path: Path) -> None:
    rows: Rows = [
        *CARD,
        [],
        ["□ 예산 집행 현황"],
        UNIT,
        ["재원", "2022", "2023"],
        ["국비", 100, 200],
        ["시비", 50, 70],
    ]
    assert {key[3] for key in money(planned(tmp_path, rows).cards[0])} == {"executed"}


def test_a_source_twice_and_a_sum_without_parts_are_told(tmp_path: Path) -> None:
    head = ["세부사업", "재원", "2022", "2023"]
    rows: Rows = [*CARD, [], UNIT, head, ["설계", "국비", 100, 200], ["공사", "국비", 100, 200]]
    assert told(planned(tmp_path, rows), "같은 재원에 금액이 둘입니다")
    rows = [*CARD, [], UNIT, ["구분", "계", "2022", "2023"], ["국비", 400, None, None]]
    plan = planned(tmp_path, rows)
    assert "imported" not in {entry.status for entry in plan.ledger.cells if entry.text == "400"}


def test_a_year_beside_its_halves_is_a_sum(tmp_path: Path) -> None:
    rows: Rows = [
        *CARD,
        [],
        UNIT,
        ["재원", "2023년 상반기", "2023년 하반기", "2023년"],
        ["국비", 10, 20, 30],
        ["시비", 1, 2, 3],
    ]
    found = money(planned(tmp_path, rows).cards[0])
    assert sum(amount for key, amount in found.items() if key[0] == "national") == 30


def test_tables_side_by_side_have_their_own_units(tmp_path: Path) -> None:
    rows: Rows = [
        *CARD, [], ["(단위: 백만원)", None, None, None, "(단위: 천원)"],
        ["재원", "2022년", "2023년", None, "재원", "2024년", "2025년"],
        ["국비", 10, 20, None, "국비", 30000, 40000], ["시비", 1, 2, None, "시비", 3000, 4000],
    ]  # fmt: skip
    found = money(planned(tmp_path, rows).cards[0])
    assert found["national", "2022-01", "2022-12", "planned"] == 10
    assert found["national", "2024-01", "2024-12", "planned"] == 30


def test_a_nameless_sheet_is_not_the_only_card_s_where_a_list_names_others(tmp_path: Path) -> None:
    whole: Rows = [UNIT, ["재원", "2022년", "2023년"], ["국비", 9000, 9000], ["시비", 9000, 9000]]
    plan = planned(tmp_path, LIST, [["공약명", "시장"], ["담당부서", "경제과"], ["비고", "없음"]], whole)
    assert all(money(card) == {} for card in plan.cards)


OTHER_YEARS = [("F23", "기투자"), ("F23", "2021년"), ("N23", "2027년"), ("N23", "2026년 이후")]


@pytest.mark.parametrize(("place", "head"), OTHER_YEARS)
def test_a_forms_column_under_another_year_is_not_the_forms_year(
    tmp_path: Path, place: str, head: str
) -> None:
    sample = next(each for each in SAMPLES if each.form == "geumcheon")
    book = openpyxl.load_workbook(sample.file)
    sheet = book["소통행정-1"]
    sheet[place] = head
    book.save(tmp_path / "a.xlsx")
    plan = plan_workbook(read(tmp_path / "a.xlsx"), FORMS, Given())
    before = plan_workbook(read(sample.file), FORMS, Given())
    assert told(plan, "서식에 없는 칸입니다")
    at = next(i for i, card in enumerate(before.cards) if money(card) != money(plan.cards[i]))
    assert set(money(plan.cards[at])) < set(money(before.cards[at]))


# ---------------------------------------------------------------- indicators, events, schedules


def test_results_are_no_targets(tmp_path: Path) -> None:
    rows: Rows = [
        *CARD,
        [],
        ["지표명", "단위", "구분", "2022", "2023"],
        ["이용자수", "명", "목표", 100, 200],
        [None, None, "실적", 90, 150],
    ]
    plan = planned(tmp_path, rows, merges=("A5:A6", "B5:B6"))
    (indicators,) = (s for _, s in plan.cards[0].sections if isinstance(s, Indicators))
    assert [[t.figure.printed() for t in row.targets] for row in indicators.rows] == [["100", "200"]]
    assert told(plan, "실적 줄입니다")
    rows = [
        *CARD,
        [],
        ["지표명", "단위", "연도별 실적", None],
        [None, None, "2022", "2023"],
        ["이용자수", "명", 90, 150],
    ]
    plan = planned(tmp_path, rows, merges=("A4:A5", "B4:B5", "C4:D4"))
    (indicators,) = (s for _, s in plan.cards[0].sections if isinstance(s, Indicators))
    assert [row.targets for row in indicators.rows] in ([], [()])


@pytest.mark.parametrize(("heading", "dates", "section"), [
    ("향후 추진일정", ("2024.3.", "2025.6."), "next_steps"),
    ("계획 대비 추진실적", ("2023.3.", "2023.6."), "results"),
    ("추진경과", ("2024.3.", "2025.6."), "next_steps"),
])  # fmt: skip
def test_what_lies_ahead_is_told_by_the_heading_and_by_the_dates(
    tmp_path: Path, heading: str, dates: tuple[str, str], section: str
) -> None:
    rows: Rows = [*CARD, [], [heading], ["일자", "추진내용"], [dates[0], "착공"], [dates[1], "준공"]]
    assert list(events(planned(tmp_path, rows).cards[0])) == [section]


def test_notes_and_sums_among_events_are_none(tmp_path: Path) -> None:
    rows: Rows = [
        *CARD, [], ["추진실적"], ["일자", "추진내용"], ["2023.3.", "착공"], ["※ 공정 지연", "사유 있음"],
        [None, "재착공"], ["소계", "3건"],
    ]  # fmt: skip
    assert events(planned(tmp_path, rows).cards[0]) == {
        "results": [("2023.3.", "착공"), ("2023.3.", "재착공")]
    }


def test_months_are_no_quarters_and_bands_no_work(tmp_path: Path) -> None:
    months: Rows = [
        *CARD,
        [],
        ["과제", "2023년", *[None] * 11],
        [None, *range(1, 13)],
        ["설계", None, "○", None, None, "○", *[None] * 7],
    ]
    plan = planned(tmp_path, months, merges=("A4:A5", "B4:M4"))
    assert [s for _, s in plan.cards[0].sections if isinstance(s, Schedule) and s.tasks] == []
    quarters: Rows = [
        *CARD, [], ["과제", "2023년", None, None, None], [None, "1/4", "2/4", "3/4", "4/4"],
        ["설계", "○", "미추진", None, None], ["공사", None, None, None, None],
    ]  # fmt: skip
    plan = planned(tmp_path, quarters, merges=("A4:A5", "B4:E4"), fills=("A7", "B7", "C7", "D7", "E7"))
    (schedule,) = (s for _, s in plan.cards[0].sections if isinstance(s, Schedule))
    assert {task.name: task.quarters for task in schedule.tasks} == {"설계": ("2023Q1",), "공사": ()}
    assert told(plan, "미추진")


def test_a_number_that_a_program_made_a_date_of_is_none(tmp_path: Path) -> None:
    rows: Rows = [
        ["관리번호", "공약명", "담당부서"],
        [date(2024, 1, 1), "시장", "경제과"],
        ["1-2", "창업", "일자리과"],
    ]
    plan = planned(tmp_path, rows)
    assert "날짜" in " ".join(plan.ledger.notes)
    assert all("2024" not in card.pledge.number for card in plan.cards)
    plan = planned(tmp_path, [["관리번호", date(2024, 1, 1)], ["공약명", "시장"], ["담당부서", "경제과"]])
    assert (plan.cards[0].pledge.number, told(plan, "날짜로 바뀌어")) == ("", True)


def test_a_rate_below_one_is_told(tmp_path: Path) -> None:
    rows: Rows = [["관리번호", "공약명", "이행률(%)"], ["1-1", "시장", 0.5], ["1-2", "창업", 70]]
    assert told(planned(tmp_path, rows), "백분율인지 확인하세요: 0.5")


def test_results_after_the_as_of_date_are_told(tmp_path: Path) -> None:
    rows: Rows = [*CARD, [], ["추진실적"], ["일자", "추진내용"], ["2023.3.", "착공"], ["2024.6.", "준공"]]
    assert told(planned(tmp_path, rows), "기준일 뒤의 날짜가 1건 있습니다: 2024.6. 준공")
