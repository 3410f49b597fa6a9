"""The mapping of a workbook: what a head is read as can be said, is remembered for the same heads, and never blocks."""

from __future__ import annotations

import json
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner
from hypothesis import given
from hypothesis import strategies as st
from openpyxl import Workbook

from govtracker.cli import commands
from govtracker.db.book import Book
from govtracker.errors import Refused
from govtracker.forms import loader
from govtracker.importer.assembly.plan import ImportPlan, plan_workbook
from govtracker.importer.assembly.setting import Given
from govtracker.importer.mapping import Choices, MappedTable, from_text, to_text
from govtracker.importer.meaning.heads import reading_of, target_of
from govtracker.importer.package.reading import read
from govtracker.jobs.mapping import choices_of, read_mapping
from govtracker.model.card import Budget, Card, Facts
from govtracker.model.dates import parse_term, year_months
from tests.importer.mutants import draw
from tests.importer.mutator import LAYOUTS, save

FORMS = [loader.find(key) for key in loader.form_keys()]
BASIC = next(form for form in FORMS if form.general)
TERM = parse_term("2022-07-01..2026-06-30")
ODD = "돌봄 몫"
HEADS = ["관리번호", "공약명", "담당부서", ODD]
ROWS = [["1-1", "온종일 돌봄", "복지과", 700], ["1-2", "골목 도서관", "문화과", 300]]


def workbook(path: Path, heads: list[str] = HEADS, rows: list[list[Any]] = ROWS) -> Path:
    book = Workbook()
    for row in (heads, *rows):
        book.active.append(row)
    book.save(path)
    return path


def planned(path: Path, choices: Choices | None = None) -> ImportPlan:
    known = Given("달빛시", TERM, date(2023, 12, 31), choices=choices or Choices())
    return plan_workbook(read(path), FORMS, known)


def amounts(card: Card) -> list[Any]:
    return [a for _, section in card.sections if isinstance(section, Budget) for a in section.amounts]


def facts(card: Card) -> dict[str, str]:
    return {
        f.key: f.text for _, section in card.sections if isinstance(section, Facts) for f in section.values
    }


def the_list(plan: ImportPlan) -> MappedTable:
    (table,) = plan.tables
    return table


def test_a_head_that_nobody_knows_is_told_and_read_as_somebody_says(tmp_path: Path) -> None:
    path = workbook(tmp_path / "a.xlsx")
    before = planned(path)
    assert any(ODD in note for note in before.ledger.notes)
    assert amounts(before.cards[0]) == []
    choices = Choices().with_head(the_list(before), (ODD,), "money/city/2023-01..2023-12/secured/1000")
    after = planned(path, choices)
    found = [(a.source, a.span, a.measure, a.figure.value) for a in amounts(after.cards[0])]
    assert found == [("city", year_months(2023), "secured", Decimal(700_000))]
    assert after.ledger.sums()["unplaced"] == 0
    assert not any(ODD in note for note in after.ledger.notes)


def test_a_head_that_is_almost_known_is_offered_and_not_taken(tmp_path: Path) -> None:
    path = workbook(
        tmp_path / "a.xlsx",
        ["관리번호", "공약명", "담당부서", "추진 상항"],
        [["1-1", "돌봄", "과", "완료"], ["1-2", "나", "과", "완료"]],
    )
    plan = planned(path)
    assert "status" not in facts(plan.cards[0])
    left = [entry.what for entry in plan.ledger.cells if entry.status == "unplaced"]
    assert left == ["알 수 없는 머리글: 추진 상항 (비슷한 항목: 추진상황)"] * 2
    assert any("비슷한 항목: 추진상황" in note for note in plan.ledger.notes)


def test_a_column_is_left_out_where_somebody_says_so(tmp_path: Path) -> None:
    path = workbook(tmp_path / "a.xlsx")
    choices = Choices().with_head(the_list(planned(path)), ("담당부서",), "skip")
    after = planned(path, choices)
    assert "lead_department" not in facts(after.cards[0])
    left = [entry for entry in after.ledger.cells if entry.text == "복지과"]
    assert [(entry.status, entry.what) for entry in left] == [("ignored", "가져오지 않기로 정한 칸입니다")]


def test_a_cell_is_left_out_where_somebody_says_so_and_stays_in_the_ledger(tmp_path: Path) -> None:
    path = workbook(tmp_path / "a.xlsx")
    after = planned(path, Choices().with_left("Sheet!C2", left=True))
    assert "lead_department" not in facts(after.cards[0])
    assert facts(after.cards[1])["lead_department"] == "문화과"
    sums = after.ledger.sums()
    assert sums["cells"] == len(HEADS) * 3 == sums["imported"] + sums["ignored"] + sums["unplaced"]


def test_a_label_beside_its_value_is_read_as_somebody_says(tmp_path: Path) -> None:
    rows: list[list[Any]] = [["공약명", "온종일 돌봄"], ["맡은 곳", "복지과"], ["추진상황", "정상추진"]]
    path = workbook(tmp_path / "a.xlsx", ["관리번호", "1-1"], rows)
    assert "lead_department" not in facts(planned(path).cards[0])
    after = planned(path, Choices().with_label("맡은 곳", "fact/lead_department"))
    assert facts(after.cards[0])["lead_department"] == "복지과"


@pytest.mark.parametrize("kind", LAYOUTS)
def test_the_mapping_that_a_plan_says_makes_the_same_plan_again(kind: str, tmp_path: Path) -> None:
    drawn = draw(kind, 3)
    path = save(drawn.mutant, tmp_path / "a.xlsx")
    first = planned(path)
    again = planned(path, from_text(to_text(choices_of(first))))
    assert [(card.pledge, card.sections) for card in again.cards] == [
        (c.pledge, c.sections) for c in first.cards
    ]
    assert again.ledger == first.ledger


def test_a_target_that_the_form_does_not_have_is_unknown() -> None:
    for target in (
        "fact/nothing",
        "money/gold/2023-01..2023-12/secured",
        "money/city/2023",
        "x",
        "",
        "money/city/..x/secured",
    ):
        assert reading_of(target, BASIC).kind == ""


@given(
    st.sampled_from(("fact/status", "fact/status/done", "title", "number", "source", "skip")) | st.builds(
        "money/{}/{}/{}{}".format,
        st.sampled_from(("city", "national", "")),
        st.sampled_from(("2023-01..2023-12", "..2022-06", "..")),
        st.sampled_from(("secured", "executed", "planned")),
        st.sampled_from(("", "/1000", "/1000000")),
    )
)  # fmt: skip
def test_a_target_and_its_reading_are_one(target: str) -> None:
    assert target_of(reading_of(target, BASIC)) == target


TEXTS = st.text(max_size=8)


@given(
    st.dictionaries(TEXTS, st.dictionaries(TEXTS, TEXTS), max_size=3),
    st.dictionaries(TEXTS, TEXTS, max_size=3),
)
def test_a_mappings_file_says_what_was_decided(
    heads: dict[str, dict[str, str]], labels: dict[str, str]
) -> None:
    choices = Choices(heads, labels, names={key: f"이름 {key}" for key in heads})
    assert from_text(to_text(choices)) == choices


@pytest.mark.parametrize("text", ["", "{}", "[]", "[1", '{"govtracker-mapping": 2, "tables": [], "labels": {}}',
                                  '{"govtracker-mapping": 1, "tables": [{"fingerprint": 3}], "labels": {}}',
                                  '{"govtracker-mapping": 1, "tables": [], "labels": {"a": 1}}'])  # fmt: skip
def test_a_damaged_mappings_file_is_refused(text: str, tmp_path: Path) -> None:
    (tmp_path / "a.json").write_text(text, encoding="utf-8")
    with pytest.raises(Refused, match="맞춤 파일이 아니거나"):
        read_mapping(tmp_path / "a.json")


# ---------------------------------------------------------------- remembered


def run(*arguments: object) -> str:
    result = CliRunner().invoke(commands, [str(each) for each in arguments])
    assert result.exit_code == 0, result.output
    return result.output


def mapping_file(path: Path, workbook_: Path) -> Path:
    choices = Choices().with_head(
        the_list(planned(workbook_)), (ODD,), "money/city/2023-01..2023-12/secured/1000"
    )
    path.write_text(to_text(choices), encoding="utf-8")
    return path


def money_of(book: Path) -> list[Any]:
    return [a["amount"] for card in json.loads(run("dump", book))["cards"] for a in card["budget"]]


def test_the_same_heads_are_read_the_same_way_next_time(tmp_path: Path) -> None:
    first, book = workbook(tmp_path / "a.xlsx"), tmp_path / "대장.govtracker"
    run("import", book, first, "--mapping", mapping_file(tmp_path / "m.json", first))
    assert money_of(book) == [0.7, 0.3]
    later = workbook(
        tmp_path / "b.xlsx", rows=[["1-3", "새 공약", "교통과", 50], ["1-4", "또 공약", "교통과", 60]]
    )
    output = run("import", book, later)
    assert ODD not in output
    assert money_of(book) == [0.7, 0.3, 0.05, 0.06]
    other = workbook(
        tmp_path / "c.xlsx",
        [*HEADS, "비고"],
        [["1-5", "다른 표", "복지과", 9, "-"], ["1-6", "다른", "과", 8, "-"]],
    )
    assert ODD in run("import", book, other)


def test_mappings_are_listed_renamed_exchanged_and_forgotten(tmp_path: Path) -> None:
    first, book, other = workbook(tmp_path / "a.xlsx"), tmp_path / "a.govtracker", tmp_path / "b.govtracker"
    run("import", book, first, "--mapping", mapping_file(tmp_path / "m.json", first))
    key = run("mappings", book).split()[0]
    assert "부서별 목록" in run("mappings", book, "--rename", key, "부서별 목록")
    run("mappings", book, "--export", tmp_path / "out.json")
    run("new", other, "--municipality", "달빛시", "--term", "2022-07-01..2026-06-30", "--form", BASIC.key)
    assert "부서별 목록" in run("mappings", other, "--add", tmp_path / "out.json")
    run("import", other, first, "--as-of", "2023-12-31")
    assert money_of(other) == [0.7, 0.3]
    assert run("mappings", other, "--forget", key) == ""


def test_a_damaged_mapping_never_blocks_an_import(tmp_path: Path) -> None:
    first, path = workbook(tmp_path / "a.xlsx"), tmp_path / "대장.govtracker"
    run("import", path, first, "--mapping", mapping_file(tmp_path / "m.json", first))
    with Book.open(path) as book, book.writing() as conn:
        conn.execute("update mapping set body = '{', name = '깨진 것'")
    output = run("import", path, first)
    assert "기억한 맞춤이 손상되어 쓰지 않았습니다: 깨진 것" in output
    assert "손상됨" in run("mappings", path)


def test_what_a_plan_was_made_by_is_written_to_a_file(tmp_path: Path) -> None:
    first, out = workbook(tmp_path / "a.xlsx"), tmp_path / "used.json"
    run("import", tmp_path / "a.govtracker", first, "--write-mapping", out, "--dry-run")
    (heads,) = from_text(out.read_text(encoding="utf-8")).heads.values()
    assert heads == {"관리번호": "number", "공약명": "title", "담당부서": "fact/lead_department"}
