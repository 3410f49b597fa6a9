"""Cards in no known layout: labels with values, tables by their heads, on one sheet or over several."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Any

import pytest
from openpyxl import Workbook
from openpyxl.styles import PatternFill

from govtracker.errors import ImportTrouble
from govtracker.forms import loader
from govtracker.forms.columns import Setting
from govtracker.importer.assembly.plan import ImportPlan, plan_workbook
from govtracker.importer.assembly.setting import Given
from govtracker.importer.package.reading import read
from govtracker.jobs.dump import project
from govtracker.model.dates import parse_term

FORMS = [loader.find(key) for key in loader.form_keys()]
GIVEN = Given("달빛시", parse_term("2022-07-01..2026-06-30"), date(2023, 12, 31))
Rows = list[tuple[Any, ...]]

FACTS: Rows = [
    ("관리번호", "3-2", "공약명", "온종일 돌봄도시 조성"),
    ("주관부서", "아동복지과", "추진상황", "정상추진"),
    ("이행률(%)", 45, "사업기간", "2022.~2026."),
    ("담당자", "홍길동(02-000-0301)", "팀장", "이민정"),
]
MONEY: Rows = [
    ("(단위: 백만원)",),
    ("재원", "2022년", "2023년", "2024년"),
    ("국비", 10, 20, 30),
    ("도비", 1, "-", 3),
    ("시비", 4, 5, 6),
    ("계", 15, 25, 39),
]
RESULTS: Rows = [
    ("일자", "추진내용", "비고"),
    ("2022. 9. 5.", "돌봄센터 부지 확정", None),
    ("2023. 3.", "설계 공모\n· 응모작 9점", None),
    (None, "주민설명회 개최", None),
]
INDICATORS: Rows = [
    ("성과지표", "단위", "2022년", "2023년", "실적"),
    ("돌봄센터 설치", "개소", 2, 4, 6),
    ("이용 아동", "명", 100, 300, 380),
]
SCHEDULE: Rows = [
    ("세부과제", "2022년", None, "2023년", None, None, None),
    (None, "3/4", "4/4", "1/4", "2/4", "3/4", "4/4"),
    ("부지 확보", "○", "○", None, None, None, None),
    ("설계", None, None, "○", "○", None, None),
]


def put(sheet: Any, rows: Rows, down: int = 0) -> int:
    """Rows from a row on; the row behind them and a blank one."""
    for at, row in enumerate(rows, 1):
        for column, value in enumerate(row, 1):
            if value is not None:
                sheet.cell(down + at, column, value)
    return down + len(rows) + 1


def planned(book: Workbook, folder: Path) -> ImportPlan:
    del book["Sheet"]
    book.save(folder / "a.xlsx")
    return plan_workbook(read(folder / "a.xlsx"), FORMS, GIVEN)


def dumps(plan: ImportPlan) -> list[dict[str, Any]]:
    return [project(plan.form, card, Setting(plan.term, plan.period.as_of)) for card in plan.cards]


def whole(card: dict[str, Any]) -> None:
    """Everything of the card stands where it belongs."""
    assert (card["number"], card["title"]) == ("3-2", "온종일 돌봄도시 조성")
    wanted = {"주관부서": "아동복지과", "추진상황": "정상추진", "이행률(%)": "45", "사업기간": "2022.~2026."}
    assert {key: str(card["facts"].get(key)) for key in wanted} == wanted
    assert [(p["role"], p["name"], p["phone"]) for p in card["people"]] == [
        ("담당자", "홍길동", "02-000-0301"), ("팀장", "이민정", ""),
    ]  # fmt: skip
    amounts = {(b["source"], b["from"][:4]): b["amount"] for b in card["budget"] if b.get("printed") != "-"}
    assert amounts == {
        ("국비", "2022"): 10, ("국비", "2023"): 20, ("국비", "2024"): 30, ("도비", "2022"): 1, ("도비", "2024"): 3,
        ("시비", "2022"): 4, ("시비", "2023"): 5, ("시비", "2024"): 6,
    }  # fmt: skip
    assert [(e["date_text"], e["title"]) for e in card["events"]] == [
        ("2022. 9. 5.", "돌봄센터 부지 확정"), ("2023. 3.", "설계 공모"), ("2023. 3.", "주민설명회 개최"),
    ]  # fmt: skip
    assert [line["text"] for line in card["events"][1]["details"]] == ["응모작 9점"]
    assert [(i["name"], i["unit"], i["actual"]) for i in card["indicators"]] == [
        ("돌봄센터 설치", "개소", 6), ("이용 아동", "명", 380),
    ]  # fmt: skip
    assert [[(t["year"], t["value"]) for t in i["targets"]] for i in card["indicators"]] == [
        [(2022, 2), (2023, 4)], [(2022, 100), (2023, 300)],
    ]  # fmt: skip
    assert [(t["task"], t["quarters"]) for t in card["schedule"]] == [
        ("부지 확보", ["2022Q3", "2022Q4"]), ("설계", ["2023Q1", "2023Q2"]),
    ]  # fmt: skip


PARTS = {"현황": FACTS, "일정": SCHEDULE, "예산": MONEY, "지표": INDICATORS, "실적": RESULTS}


def test_one_sheet_with_everything(tmp_path: Path) -> None:
    book = Workbook()
    sheet = book.create_sheet("돌봄")
    down = 0
    for rows in PARTS.values():
        down = put(sheet, rows, down)
    sheet.merge_cells("B6:C6")
    sheet.merge_cells("D6:G6")
    plan = planned(book, tmp_path)
    (card,) = dumps(plan)
    whole(card)
    assert plan.ledger.sums()["unplaced"] == 0, [e for e in plan.ledger.cells if e.status == "unplaced"]


@pytest.mark.parametrize("titled", [False, True], ids=["named once", "named on each"])
@pytest.mark.parametrize("order", [list(PARTS), list(PARTS)[::-1]], ids=["in order", "backwards"])
def test_a_card_over_sheets_of_its_parts(titled: bool, order: list[str], tmp_path: Path) -> None:
    book = Workbook()
    for name in order:
        sheet = book.create_sheet(name)
        down = put(sheet, FACTS[:1]) if titled and name != "현황" else 0
        put(sheet, PARTS[name], down)
        if name == "일정":
            sheet.merge_cells(start_row=down + 1, end_row=down + 1, start_column=2, end_column=3)
            sheet.merge_cells(start_row=down + 1, end_row=down + 1, start_column=4, end_column=7)
    plan = planned(book, tmp_path)
    (card,) = dumps(plan)
    whole(card)


def test_labels_in_a_column_and_shaded_quarters(tmp_path: Path) -> None:
    book = Workbook()
    sheet = book.create_sheet("돌봄")
    pairs = [(label, value) for row in FACTS for label, value in zip(row[::2], row[1::2], strict=True)]
    down = put(sheet, pairs)
    blank = [tuple(None if value == "○" else value for value in row) for row in SCHEDULE]
    put(sheet, blank, down)
    for row, columns in ((down + 3, (2, 3)), (down + 4, (4, 5))):
        for column in columns:
            sheet.cell(row, column).fill = PatternFill("solid", "FF99CCFF")
    for area in ((2, 3), (4, 7)):
        sheet.merge_cells(start_row=down + 1, end_row=down + 1, start_column=area[0], end_column=area[1])
    (card,) = dumps(planned(book, tmp_path))
    assert card["facts"]["주관부서"] == "아동복지과"
    assert [t["quarters"] for t in card["schedule"]] == [["2022Q3", "2022Q4"], ["2023Q1", "2023Q2"]]


def test_two_cards_on_one_sheet(tmp_path: Path) -> None:
    book = Workbook()
    sheet = book.create_sheet("공약")
    down = put(sheet, FACTS)
    down = put(sheet, MONEY, down)
    other = [("관리번호", "3-3", "공약명", "어르신 돌봄"), ("주관부서", "복지과", "추진상황", "완료")]
    down = put(sheet, other, down + 1)
    put(sheet, [("(단위: 천원)",), ("재원", "2023년"), ("시비", 7000)], down)
    cards = dumps(planned(book, tmp_path))
    assert [(card["number"], card["title"]) for card in cards] == [
        ("3-2", "온종일 돌봄도시 조성"),
        ("3-3", "어르신 돌봄"),
    ]
    assert [b["amount"] for b in cards[1]["budget"]] == [7]
    assert len(cards[0]["budget"]) == 9


def test_what_has_no_place_is_listed_and_units_are_never_assumed(tmp_path: Path) -> None:
    book = Workbook()
    sheet = book.create_sheet("공약")
    down = put(sheet, [*FACTS, ("시장 지시사항", "서두를 것")])
    put(sheet, MONEY[1:], down)
    plan = planned(book, tmp_path)
    (card,) = dumps(plan)
    assert card["budget"] == []
    left = {e.text for e in plan.ledger.cells if e.status == "unplaced"}
    assert {"서두를 것", "10", "20", "30"} <= left
    assert any("단위를 알 수 없어" in note for note in plan.ledger.notes)


def test_tables_without_a_pledge_are_no_card(tmp_path: Path) -> None:
    book = Workbook()
    put(book.create_sheet("예산"), MONEY)
    put(book.create_sheet("실적"), RESULTS)
    with pytest.raises(ImportTrouble):
        planned(book, tmp_path)


def test_two_values_under_one_label_are_told(tmp_path: Path) -> None:
    book = Workbook()
    put(book.create_sheet("공약"), [*FACTS, ("주관부서", "다른과")])
    plan = planned(book, tmp_path)
    assert dumps(plan)[0]["facts"]["주관부서"] == "아동복지과"
    assert {e.text for e in plan.ledger.cells if e.status == "unplaced"} == {"다른과"}
    assert any("!B5" in note for note in plan.ledger.notes)


# ---------------------------------------------------------------- found by a hostile tester


def test_a_second_money_table_adds_to_the_first_and_keeps_its_measure(tmp_path: Path) -> None:
    book = Workbook()
    sheet = book.create_sheet("공약")
    down = put(sheet, FACTS[:1])
    down = put(
        sheet, [("(단위: 백만원)",), ("재원", "2022년", "2023년"), ("국비", 10, 20), ("시비", 4, 5)], down
    )
    put(
        sheet,
        [("집행액",), ("(단위: 백만원)",), ("재원", "2022년", "2023년"), ("국비", 9, 18), ("시비", 3, 2)],
        down,
    )
    (card,) = dumps(planned(book, tmp_path))
    found = {(b["source"], b["from"][:4], b["kind"]): b["amount"] for b in card["budget"]}
    assert found["국비", "2022", "planned"] == 10
    assert found["국비", "2022", "executed"] == 9
    assert len(found) == 8


def test_every_column_of_money_has_its_own_unit(tmp_path: Path) -> None:
    book = Workbook()
    sheet = book.create_sheet("공약")
    down = put(sheet, FACTS[:1])
    put(sheet, [("재원", "2022년(백만원)", "2023년(천원)"), ("국비", 10, 20000), ("시비", 4, 5000)], down)
    (card,) = dumps(planned(book, tmp_path))
    assert {(b["source"], b["from"][:4]): b["amount"] for b in card["budget"]} == {
        ("국비", "2022"): 10, ("국비", "2023"): 20, ("시비", "2022"): 4, ("시비", "2023"): 5,
    }  # fmt: skip


def test_a_sheet_goes_to_the_pledge_whose_number_its_name_is(tmp_path: Path) -> None:
    book = Workbook()
    for number in ("1-1", "11-1"):
        put(
            book.create_sheet(number),
            [("관리번호", number, "공약명", f"공약 {number}"), ("주관부서", "가과")],
        )
    for number, amount in (("11-1", 7), ("21-1", 9)):
        put(
            book.create_sheet(f"{number} 예산"),
            [("(단위: 백만원)",), ("재원", "2022년", "2023년"), ("국비", amount, amount)],
        )
    plan = planned(book, tmp_path)
    cards = {card["number"]: card for card in dumps(plan)}
    assert cards["1-1"]["budget"] == []
    assert [b["amount"] for b in cards["11-1"]["budget"]] == [7, 7]
    assert any(note.startswith("21-1 예산") for note in plan.ledger.notes)


def test_dashes_and_crosses_in_a_schedule_are_no_work(tmp_path: Path) -> None:
    book = Workbook()
    sheet = book.create_sheet("공약")
    down = put(sheet, FACTS[:1])
    rows = [
        ("세부과제", "2023년", None, None, None),
        (None, "1/4", "2/4", "3/4", "4/4"),
        ("설계", "-", "○", "×", None),
    ]
    put(sheet, rows, down)
    sheet.merge_cells(start_row=down + 1, end_row=down + 1, start_column=2, end_column=5)
    (card,) = dumps(planned(book, tmp_path))
    assert [task["quarters"] for task in card["schedule"]] == [["2023Q2"]]
