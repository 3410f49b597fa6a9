"""The taste check: a fifth municipality is one file (`haneul.toml`) and this test; no code knows it."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings

from govtracker.db.book import Book
from govtracker.db.cards import list_cards
from govtracker.db.sections import load_card
from govtracker.export.layout import document
from govtracker.export.pdf.writer import pdf_bytes
from govtracker.export.workbook.writer import excel_bytes
from govtracker.forms.columns import Setting, expand
from govtracker.forms.loader import load
from govtracker.importer.assembly.plan import plan_import
from govtracker.importer.assembly.setting import Given
from govtracker.jobs import books, dumping, importing
from govtracker.model.card import (
    Amount,
    Budget,
    BudgetItem,
    Card,
    Fact,
    Facts,
    Outline,
    Part,
    People,
    Period,
    Person,
    Pledge,
)  # fmt: skip
from govtracker.model.content import line
from govtracker.model.dates import Months, Term
from govtracker.model.figure import Figure
from tests.export.test_round_trip import assert_comes_back
from tests.support.random_cards import cards

FILE = Path(__file__).with_name("haneul.toml")
FORM = load(FILE)
TERM, AS_OF = Term(date(2022, 7, 1), date(2026, 6, 30)), date(2025, 6, 30)
SETTING = Setting(TERM, AS_OF)
MILLION = Decimal(1_000_000)


def money(source: str, first: str, last: str, measure: str, amount: int) -> Amount:
    return Amount(0, source, Months(first, last), measure, Figure("value", amount * MILLION))


CARD = Card(
    Pledge("우리 마을 공동 급식소 확대", "4-2"),
    Period("2025년 상반기", AS_OF),
    FORM.key,
    (
        ("facts", Facts((Fact("status", "추진중"), Fact("fulfilment", "62.5%"), Fact("lead_department", "농촌활력과")))),
        ("people", People((Person("과장", "", "", "홍길동", "02-000-0001"), Person("담당", "", "", "김철수", "02-000-0002")))),
        ("budget", Budget(items=(BudgetItem(),), amounts=(
            money("province", "2022-07", "2022-12", "secured", 120), money("province", "2022-07", "2022-12", "executed", 90),
            money("county", "2023-01", "2023-06", "secured", 80), money("county", "2025-01", "2025-06", "secured", 45),
        ))),
        ("periods", Outline(tuple(
            Part("", f"{at}차 보고", (line(f"{at}번째 반기에 급식소 {at * 2}곳을 더 열었음", 0, "○"), line("주민 만족도 조사", 1, "-")))
            for at in range(1, 7)
        ))),
    ),
)  # fmt: skip


@pytest.fixture(autouse=True)
def forms_folder(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("GOVTRACKER_FORMS", str(FILE.parent))


def test_its_columns_are_the_six_half_years_so_far() -> None:
    block = next(b for b in FORM.block if b.kind == "money")
    heads = [leaf.head for leaf in expand(block, FORM.section_def("budget"), FORM, SETTING)]
    assert list(dict.fromkeys(head[0] for head in heads)) == [
        "재 원", "합 계", "2022. 하반기", "2023. 상반기", "2023. 하반기", "2024. 상반기", "2024. 하반기", "2025. 상반기",
    ]  # fmt: skip


def test_it_prints_and_comes_back_from_excel(tmp_path: Path) -> None:
    made = document(FORM, CARD, SETTING, "하늘군")
    assert pdf_bytes([made])[1] >= 1
    (tmp_path / "a.xlsx").write_bytes(excel_bytes([made])[0])
    plan = plan_import(tmp_path / "a.xlsx", [FORM], Given(None, TERM))
    assert (plan.municipality, plan.period.as_of) == ("하늘군", AS_OF)
    assert plan.ledger.sums()["unplaced"] == 0
    assert document(FORM, plan.cards[0], SETTING, "하늘군") == made


def test_its_header_shows_the_sum_of_the_money_table() -> None:
    texts = [str(item) for item in document(FORM, CARD, SETTING, "하늘군").items]
    assert any("245백만원" in text for text in texts)


def test_a_new_card_begins_with_six_periods(tmp_path: Path) -> None:
    with books.new_book(tmp_path / "a.govtracker", "하늘군", TERM, "haneul") as book:
        books.add_pledge(book, Pledge("새 공약", "1-1"), Period("2025년 상반기", AS_OF))
        card = load_card(book, list_cards(book)[0])
    periods = card.section("periods")
    assert isinstance(periods, Outline)
    assert [part.label for part in periods.parts] == [f"{n}차 보고" for n in range(1, 7)]


def test_it_is_known_to_the_book_and_the_dump(tmp_path: Path) -> None:
    made = document(FORM, CARD, SETTING, "하늘군")
    (tmp_path / "a.xlsx").write_bytes(excel_bytes([made])[0])
    importing.import_into(tmp_path / "a.govtracker", tmp_path / "a.xlsx", Given(None, TERM), "haneul")
    with Book.open(tmp_path / "a.govtracker") as book:
        dumped = dumping.dump(book)["cards"][0]
    assert dumped["facts"]["총사업비"] == "245백만원"
    assert {person["department"] for person in dumped["people"]} == {"농촌활력과"}
    assert {row["source"] for row in dumped["budget"]} == {"도 비(기금)", "군 비"}


@settings(max_examples=8, deadline=None, suppress_health_check=list(HealthCheck))
@given(cards(FORM, SETTING))
def test_a_random_card_of_it_comes_back(card: Card) -> None:
    assert_comes_back(FORM, card, SETTING)
