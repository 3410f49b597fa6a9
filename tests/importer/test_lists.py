"""Lists with a row per pledge, of every habit: heads in one to three levels, sources in columns or rows, blanks."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from openpyxl import Workbook

from govtracker.db.book import Book
from govtracker.db.cards import list_cards
from govtracker.errors import ImportTrouble
from govtracker.forms import loader
from govtracker.importer.assembly.plan import ImportPlan, plan_workbook
from govtracker.importer.assembly.setting import Given
from govtracker.importer.package.reading import read
from govtracker.jobs import dumping, importing
from govtracker.model.card import Budget, Card, Facts
from govtracker.model.dates import Months, parse_term
from tests.support.expected import CASES, judged, needs_cases

FORMS = [loader.find(key) for key in loader.form_keys()]
GIVEN = Given("달빛시", parse_term("2022-07-01..2026-06-30"), date(2023, 12, 31))


def planned(rows: list[tuple[Any, ...]], folder: Path, *, merges: tuple[str, ...] = ()) -> ImportPlan:
    book = Workbook()
    sheet = book.active
    assert sheet is not None
    sheet.title = "총괄"
    for row in rows:
        sheet.append(row)
    for area in merges:
        sheet.merge_cells(area)
    book.save(folder / "목록.xlsx")
    return plan_workbook(read(folder / "목록.xlsx"), FORMS, GIVEN)


def facts(card: Card) -> dict[str, str]:
    found: dict[str, str] = {}
    for _, section in card.sections:
        if isinstance(section, Facts):
            found |= {fact.key: fact.text or ",".join(fact.chosen) for fact in section.values}
    return found


def money(card: Card) -> dict[tuple[str, str, str], int | str]:
    """(source, first year or "", measure) -> won, or the text that is no figure."""
    made: dict[tuple[str, str, str], int | str] = {}
    for _, section in card.sections:
        for each in section.amounts if isinstance(section, Budget) else ():
            value = each.figure.value
            key = each.source, (each.span.first or "")[:4], each.measure
            made[key] = int(value) if value is not None else each.figure.printed()
    return made


def names(plan: ImportPlan) -> list[tuple[str, str]]:
    return [(card.pledge.number, card.pledge.title) for card in plan.cards]


TWO = [
    (1, "1-1", "청년창업허브 조성", "일자리정책과", "정상추진", 45, "2025. 10.", 300, "-", 200),
    (2, "1-2", "골목상권 활력 회복", "지역경제과", "완료", 100, "2023. 6.", 0, 50, None),
]
HEAD = ("연번", "관리번호", "공약명", "주관부서", "추진상황", "이행률(%)", "완료시기", "국비", "도비", "시비")


def test_a_row_is_a_pledge_with_its_facts_and_its_money(tmp_path: Path) -> None:
    plan = planned([("달빛시 공약 총괄",), ("(단위 : 백만원)",), HEAD, *TWO, ("합계",)], tmp_path)
    assert names(plan) == [("1-1", "청년창업허브 조성"), ("1-2", "골목상권 활력 회복")]
    assert facts(plan.cards[0]) == {
        "serial": "1", "lead_department": "일자리정책과", "status": "정상추진", "fulfilment": "45", "completion": "2025. 10.",
    }  # fmt: skip
    million = 1_000_000
    whole = {
        ("national", "", "planned"): 300 * million,
        ("province", "", "planned"): "-",
        ("city", "", "planned"): 200 * million,
    }
    assert money(plan.cards[0]) == whole
    assert money(plan.cards[1]) == {("national", "", "planned"): 0, ("province", "", "planned"): 50 * million}
    sums = plan.ledger.sums()
    assert sums["unplaced"] == 0
    assert sums["cells"] == sums["imported"] + sums["ignored"]


@pytest.mark.parametrize("order", [(2, 1, 0, 9, 8, 7, 6, 5, 4, 3), (7, 8, 9, 2, 3, 1, 5, 4, 6, 0)])
def test_columns_in_any_order(order: tuple[int, ...], tmp_path: Path) -> None:
    def turned(row: tuple[Any, ...]) -> tuple[Any, ...]:
        return tuple(row[at] for at in order)

    usual = planned([("(단위 : 백만원)",), HEAD, *TWO], tmp_path)
    plan = planned([("(단위 : 백만원)",), turned(HEAD), *map(turned, TWO)], tmp_path)
    assert names(plan) == names(usual)
    assert [facts(card) for card in plan.cards] == [facts(card) for card in usual.cards]
    assert [money(card) for card in plan.cards] == [money(card) for card in usual.cards]


def test_other_words_for_the_same_heads(tmp_path: Path) -> None:
    head = (
        "순번",
        "공약번호",
        "공약사업명",
        "소관 부서",
        "추진현황",
        "공약이행률",
        "완료 시기",
        "국고",
        "도 비",
        "시 비",
    )
    usual = planned([("(단위 : 백만원)",), HEAD, *TWO], tmp_path)
    plan = planned([("[금액단위: 백만 원]",), head, *TWO], tmp_path)
    assert [(facts(card), money(card)) for card in plan.cards] == [(facts(c), money(c)) for c in usual.cards]


@pytest.mark.parametrize(
    ("caption", "factor"),
    [("(단위: 천원)", 1000), ("단위 : 원", 1), ("[단위：억원]", 10**8), ("（단위 : 백만원）", 10**6)],
)
def test_amounts_are_in_the_unit_of_the_caption(caption: str, factor: int, tmp_path: Path) -> None:
    plan = planned([(caption,), HEAD, *TWO], tmp_path)
    assert money(plan.cards[0])["national", "", "planned"] == 300 * factor


def test_amounts_without_any_unit_are_not_taken_and_told(tmp_path: Path) -> None:
    plan = planned([HEAD, *TWO], tmp_path)
    assert [money(card) for card in plan.cards] == [{}, {}]
    assert {e.place for e in plan.ledger.cells if e.status == "unplaced"} == {"H2", "I2", "J2", "H3", "I3"}
    assert sum("단위를 알 수 없어" in note for note in plan.ledger.notes) == 3


def test_money_per_year_and_source_under_three_levels_of_heads(tmp_path: Path) -> None:
    rows = [
        ("관리번호", "공약명", "사업비(백만원)", None, None, None, None, None),
        (None, None, "2022년", None, "2023년", None, None, "2024년"),
        (None, None, "국비", "시비", "국비", "시비", "구비", "국비"),
        ("1-1", "청년창업허브 조성", 1, 2, 3, 4, 5, 6),
        ("1-2", "골목상권 활력 회복", 7, 8, 9, 10, 11, 12),
    ]
    merges = ("A1:A3", "B1:B3", "C1:H1", "C2:D2", "E2:G2")
    plan = planned(rows, tmp_path, merges=merges)
    found = {key: int(value) // 10**6 for key, value in money(plan.cards[1]).items()}
    assert found == {
        ("national", "2022", "planned"): 7, ("metropolitan", "2022", "planned"): 8, ("national", "2023", "planned"): 9,
        ("metropolitan", "2023", "planned"): 10, ("district", "2023", "planned"): 11, ("national", "2024", "planned"): 12,
    }  # fmt: skip


def test_secured_and_executed_money_by_year(tmp_path: Path) -> None:
    rows = [
        ("(단위: 백만원)",),
        ("번호", "공약명", "재원", "2022년", None, "2023년", None),
        (None, None, None, "확보액", "집행액", "확보액", "집행액"),
        ("1-1", "청년창업허브 조성", "국비", 10, 9, 20, 15),
        (None, None, "시비", 1, 1, 2, 0),
        (None, None, "계", 11, 10, 22, 15),
        ("1-2", "골목상권 활력 회복", "구비", 5, "-", 6, 6),
    ]
    plan = planned(rows, tmp_path, merges=("A2:A3", "B2:B3", "C2:C3", "D2:E2", "F2:G2", "A4:A6", "B4:B6"))
    assert names(plan) == [("1-1", "청년창업허브 조성"), ("1-2", "골목상권 활력 회복")]
    first = {key: int(value) // 10**6 for key, value in money(plan.cards[0]).items()}
    assert first["national", "2022", "secured"] == 10
    assert first["national", "2023", "executed"] == 15
    assert len(first) == 8
    assert money(plan.cards[1])["district", "2022", "executed"] == "-"


def test_marks_in_status_columns(tmp_path: Path) -> None:
    rows = [
        ("번호", "공약명", "부서", "추진상황", None, None),
        (None, None, None, "완료", "정상추진", "부진"),
        ("1-1", "청년창업허브 조성", "일자리정책과", None, "○", None),
        ("1-2", "골목상권 활력 회복", "지역경제과", "○", None, None),
        ("1-3", "온종일 돌봄", "복지과", "○", "○", None),
    ]
    plan = planned(rows, tmp_path, merges=("A1:A2", "B1:B2", "C1:C2", "D1:F1"))
    assert [facts(card).get("status") for card in plan.cards[:2]] == ["정상추진", "완료"]
    assert any("E5" in note and "둘 이상" in note for note in plan.ledger.notes)


def test_sums_are_no_pledges_and_blank_fields_go_on_from_above(tmp_path: Path) -> None:
    rows = [
        ("분야", "번호", "공약명", "부서"),
        ("경제", "1-1", "청년창업허브 조성", "일자리정책과"),
        (None, "1-2", "골목상권 활력 회복", None),
        ("소계", None, "2건", None),
        ("복지", "2-1", "온종일 돌봄", "복지과"),
        (None, None, None, None),
        ("분야", "번호", "공약명", "부서"),
        (None, "2-2", "어르신 돌봄", "복지과"),
        ("총 계", None, "4건", None),
    ]
    plan = planned(rows, tmp_path)
    assert [number for number, _ in names(plan)] == ["1-1", "1-2", "2-1", "2-2"]
    assert [facts(card)["area"] for card in plan.cards[:3]] == ["경제", "경제", "복지"]
    assert "lead_department" not in facts(plan.cards[1]), "a blank right of the title is a blank"


def test_a_sum_that_disagrees_with_its_parts_is_told_with_both_figures(tmp_path: Path) -> None:
    rows = [
        ("번호", "공약명", "재원(백만원)", None, None),
        (None, None, "계", "국비", "시비"),
        ("1-1", "청년창업허브 조성", 8700, 2400, 6200),
        ("1-2", "골목상권 활력 회복", 10, 4, 6),
    ]
    plan = planned(rows, tmp_path, merges=("A1:A2", "B1:B2", "C1:E1"))
    told = [note for note in plan.ledger.notes if "더하면" in note]
    assert len(told) == 1
    assert told[0].startswith("총괄!C3")
    assert "8,700" in told[0] or "8700" in told[0]
    assert "8,600" in told[0]


def test_columns_that_nobody_knows_are_told_once_and_listed(tmp_path: Path) -> None:
    rows = [
        ("번호", "공약명", "부서", "시장님 지시"),
        ("1-1", "가 사업", "나과", "서두를 것"),
        ("1-2", "다 사업", "라과", ""),
    ]
    plan = planned(rows, tmp_path)
    assert [note for note in plan.ledger.notes if "시장님 지시" in note and note.startswith("총괄!D1")]
    assert {e.text for e in plan.ledger.cells if e.status == "unplaced"} == {"서두를 것"}


def test_amounts_with_words_and_odd_figures(tmp_path: Path) -> None:
    rows = [
        ("(단위: 백만원)",),
        ("번호", "공약명", "국비", "시비", "구비"),
        ("1-1", "가 사업", "1,185백만원", "△38", "비예산"),
        ("1-2", "나 사업", "768억", "’600", "１，２００"),
    ]
    plan = planned(rows, tmp_path)
    first, second = (money(card) for card in plan.cards)
    assert first["national", "", "planned"] == 1_185_000_000
    assert first["metropolitan", "", "planned"] == -38_000_000
    assert first["district", "", "planned"] == "비예산"
    assert second["national", "", "planned"] == 76_800_000_000
    assert second["metropolitan", "", "planned"] == 600_000_000
    assert second["district", "", "planned"] == Decimal(1_200_000_000)


@pytest.mark.parametrize(
    "rows",
    [
        [
            ("이름", "전화", "주소"),
            ("홍길동", "02-000-0000", "달빛로 1"),
            ("이민정", "02-000-0001", "달빛로 2"),
        ],
        [("품목", "수량", "단가"), ("의자", 3, 5), ("책상", 1, 9)],
        [("공약 추진 보고",), ("표지",), ("2023. 12.",)],
        [("번호", "공약명", "부서")],
    ],
)
def test_other_tables_are_no_pledges(rows: list[tuple[Any, ...]], tmp_path: Path) -> None:
    with pytest.raises(ImportTrouble):
        planned(rows, tmp_path)


def test_into_a_book_of_a_municipalitys_form_its_fields_are_filled(tmp_path: Path) -> None:
    rows = [
        ("(단위 : 백만원)",),
        ("번호", "공약명", "추진상황", "국비", "2023년 구비"),
        ("1-1", "가 사업", "정상추진", 5, 7),
        ("1-2", "나 사업", "완료", 1, 2),
    ]
    planned(rows, tmp_path)
    path = tmp_path / "관.govtracker"
    from govtracker.jobs.books import new_book

    assert GIVEN.term is not None
    new_book(path, "달빛구", GIVEN.term, "gwanak").close()
    done = importing.import_into(path, tmp_path / "목록.xlsx", Given(as_of=date(2023, 12, 31)), anyway=True)
    with Book.open(path) as book:
        assert {entry.form for entry in list_cards(book)} == {"gwanak"}
    assert facts(done.plan.cards[0])["status"] == "on_track"
    assert [a.span for _, s in done.plan.cards[0].sections if isinstance(s, Budget) for a in s.amounts][
        -1
    ] == Months("2023-01", "2023-12")


@needs_cases
def test_the_list_of_the_workshop_equals_its_truth(tmp_path: Path) -> None:
    done = importing.import_into(tmp_path / "a.govtracker", CASES / "pledge-list.xlsx", Given())
    with Book.open(tmp_path / "a.govtracker") as book:
        dump = dumping.dump(book)
    assert judged(CASES / "pledge-list.expected.json", dump, tmp_path) == ""
    sums = done.plan.ledger.sums()
    assert sums["cells"] == sums["imported"] + sums["ignored"] == 395


# ---------------------------------------------------------------- found by a hostile tester


def test_a_pledge_may_begin_with_its_own_sum(tmp_path: Path) -> None:
    rows = [
        ("공약명", "재원", "2022년(백만원)", "2023년(백만원)"),
        ("청년 창업", "국비", 1, 2),
        ("골목 상권", "계", 90, 80),
        (None, "국비", 50, 40),
        (None, "도비", 40, 40),
        ("온종일 돌봄", "국비", 5, 6),
    ]
    plan = planned(rows, tmp_path)
    assert [title for _, title in names(plan)] == ["청년 창업", "골목 상권", "온종일 돌봄"]
    assert [len(money(card)) for card in plan.cards] == [2, 4, 2]
    assert money(plan.cards[1])["province", "2023", "planned"] == 40_000_000
    assert not [note for note in plan.ledger.notes if "더하면" in note]


def test_a_second_head_with_its_columns_in_another_order_counts(tmp_path: Path) -> None:
    rows = [
        ("(단위 : 백만원)",),
        ("번호", "공약명", "부서", "국비", "시비"),
        ("1-1", "가 사업", "가과", 100, 50),
        ("1-2", "나 사업", "나과", 1, 2),
        (None,),
        ("번호", "공약명", "부서", "시비", "국비"),
        ("2-1", "다 사업", "다과", 100, 50),
    ]
    card = planned(rows, tmp_path).cards[2]
    assert money(card)["national", "", "planned"] == 50_000_000


@pytest.mark.parametrize("head", [("국비", "시비"), ("국비(천원)", "시비(천원)")])
@pytest.mark.parametrize("captioned", [True, False])
def test_another_unit_further_down_counts(head: tuple[str, str], captioned: bool, tmp_path: Path) -> None:
    own = "천원" in head[0]
    rows = [
        ("(단위: 백만원)",) if not own else (None,),
        ("번호", "공약명", "부서", *(("국비", "시비") if not own else ("국비(백만원)", "시비(백만원)"))),
        ("1-1", "가 사업", "가과", 100, 50),
        ("1-2", "나 사업", "나과", 1, 2),
        ("(단위: 천원)",) if captioned else (None,),
        ("번호", "공약명", "부서", *head),
        ("2-1", "다 사업", "다과", 100, 50),
    ]
    plan = planned(rows, tmp_path)
    assert [number for number, _ in names(plan)] == ["1-1", "1-2", "2-1"]
    wanted = 100_000 if captioned or own else 100_000_000
    assert money(plan.cards[2])["national", "", "planned"] == wanted


def test_a_unit_without_a_head_ends_the_list(tmp_path: Path) -> None:
    rows = [
        ("(단위: 백만원)",),
        ("번호", "공약명", "부서", "국비"),
        ("1-1", "가 사업", "가과", 100),
        ("1-2", "나 사업", "나과", 1),
        ("(단위: 천원)",),
        ("2-1", "다 사업", "다과", 100),
    ]
    plan = planned(rows, tmp_path)
    assert [number for number, _ in names(plan)] == ["1-1", "1-2"]
    assert {"다 사업", "100"} <= {e.text for e in plan.ledger.cells if e.status == "unplaced"}


@pytest.mark.parametrize(
    "row",
    [
        (None, "전체 공약 합계", None, 101, 52),
        (None, "소계(2건)", None, 101, 52),
        ("※ 2023년 기준", "작성자: 홍길동", None, None, None),
        (None, "※ 국비는 확정 내시 기준임", None, None, None),
        (None, "복지 분야", None, None, None),
    ],
)
def test_rows_that_are_no_pledges(row: tuple[Any, ...], tmp_path: Path) -> None:
    rows = [
        ("(단위 : 백만원)",),
        ("번호", "공약명", "부서", "국비", "시비"),
        ("1-1", "가 사업", "가과", 100, 50),
        row,
        ("1-2", "나 사업", "나과", 1, 2),
    ]
    plan = planned(rows, tmp_path)
    assert [number for number, _ in names(plan)] == ["1-1", "1-2"]
    assert len(money(plan.cards[0])) == 2
    left = {e.status for e in plan.ledger.cells if e.place.endswith("4")}
    assert "imported" not in left


def test_marks_that_nobody_knows_are_told(tmp_path: Path) -> None:
    rows = [
        ("번호", "공약명", "부서", "추진상황", None, None),
        (None, None, None, "완료", "정상추진", "부진"),
        ("1-1", "가 사업", "가과", "✔", "-", "×"),
        ("1-2", "나 사업", "나과", None, "해당", None),
    ]
    plan = planned(rows, tmp_path, merges=("A1:A2", "B1:B2", "C1:C2", "D1:F1"))
    assert facts(plan.cards[0])["status"] == "완료"
    assert "status" not in facts(plan.cards[1])
    assert any("E4" in note for note in plan.ledger.notes)
