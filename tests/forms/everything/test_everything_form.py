"""A made-up form with one of every hard block works everywhere, without a change to the code."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from govtracker.arithmetic.budget import MoneyTable
from govtracker.arithmetic.records import RecordTable
from govtracker.db.book import Book
from govtracker.export.layout import document
from govtracker.export.pdf.writer import pdf_bytes
from govtracker.export.workbook.writer import excel_bytes
from govtracker.forms.columns import Setting, expand
from govtracker.forms.loader import load
from govtracker.importer.assembly.plan import plan_import
from govtracker.importer.assembly.setting import Given
from govtracker.jobs import books
from govtracker.model.card import Budget, Period
from govtracker.model.dates import Term
from tests.forms.everything.card import AS_OF, FORM, SETTING, TERM, hard_card

HARD = load(FORM)


@pytest.fixture(autouse=True)
def forms_folder(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("GOVTRACKER_FORMS", str(FORM.parent))


def block(section: str, at: int = 0):
    return [b for b in HARD.block if b.section == section][at]


def money(section: str, setting: Setting = SETTING) -> MoneyTable:
    return MoneyTable(HARD, block(section), hard_card(), setting)


def printed(table: MoneyTable, source: str | None, measure: str = "") -> list[str]:
    row = next((r for r in table.rows if r.source == source), None)
    return [
        table.sums.figure(row, leaf, measure or leaf.measure).printed()
        for leaf in table.leaves
        if not leaf.column.field
    ]


def heads(section: str, setting: Setting) -> list[str]:
    table = block(section)
    return [
        "|".join(leaf.head).replace("\n", " ")
        for leaf in expand(table, HARD.section_def(section), HARD, setting)
        if leaf.width
    ]


def test_it_comes_back_from_excel_as_an_equal_card(tmp_path: Path) -> None:
    made = document(HARD, hard_card(), SETTING, "가온군")
    (tmp_path / "a.xlsx").write_bytes(excel_bytes([made])[0])
    plan = plan_import(tmp_path / "a.xlsx", [HARD], Given(None, TERM))
    assert plan.ledger.sums()["unplaced"] == 0
    assert (plan.municipality, plan.period.as_of) == ("가온군", AS_OF)
    again = document(HARD, plan.cards[0], SETTING, "가온군")
    for one, two in zip(made.items, again.items, strict=True):
        assert one == two


def test_it_prints() -> None:
    data, count, _ = pdf_bytes([document(HARD, hard_card(), SETTING, "가온군")])
    assert count == 3
    assert data.startswith(b"%PDF")


def test_pairs_stand_one_over_the_other_and_are_summed_apart() -> None:
    table = money("pairs")
    assert printed(table, "city", "secured") == ["607", "", "79", "84", "187", "257", "", ""]
    assert printed(table, "city", "executed") == ["334", "", "74", "82", "178", "", "", ""]
    assert printed(table, None, "secured") == ["612", "5", "79", "84", "187", "257", "", "-"]


def test_a_current_column_has_no_executed_figure_until_it_is_past() -> None:
    def measures(as_of: date) -> dict[str, tuple[str, ...]]:
        leaves = expand(block("pairs"), HARD.section_def("pairs"), HARD, Setting(TERM, as_of))
        return {leaf.head[0]: leaf.measures for leaf in leaves if leaf.key == "years"}

    assert measures(date(2021, 3, 31))["'21"] == ("secured",)
    assert measures(date(2022, 3, 31))["'21"] == ("secured", "executed")
    assert measures(date(2022, 3, 31))["'22.6."] == ("secured",)


def test_a_sum_depends_on_the_as_of_date() -> None:
    """Executed of past years + secured of the current one + plans: 15 + 14 + 29 + 29 + 29, and a year later 0 for 29."""
    assert printed(money("plan"), "city")[0] == "116"
    later = Setting(TERM, date(2022, 3, 31))
    assert printed(money("plan", later), "city")[0] == "58"


def test_columns_and_their_letters_follow_the_as_of_date() -> None:
    assert heads("plan", SETTING) == [
        "갈 래", "드는 돈 (a~g 더함)", "이미 씀 (a)", "2018.7월~12월|마련", "2018.7월~12월|씀 (b)", "2019년|마련", "2019년|씀 (c)",
        "2020년|마련", "2020년|씀 (d)", "2021년|마련 (e)", "2021년|씀", "2022.6월까지|계획 (f)", "그 뒤 (g)",
    ]  # fmt: skip
    assert heads("plan", Setting(TERM, date(2019, 9, 30)))[3:] == [
        "2018.7월~12월|마련", "2018.7월~12월|씀 (b)", "2019년|마련 (c)", "2019년|씀", "2020년|계획 (d)", "2021년|계획 (e)",
        "2022.6월까지|계획 (f)", "그 뒤 (g)",
    ]  # fmt: skip


def test_it_prints_rightly_in_another_term() -> None:
    other = Setting(Term(date(2022, 7, 1), date(2026, 6, 30)), date(2024, 12, 31))
    assert heads("pairs", other) == [
        "재원",
        "모두",
        "먼저 쓴 돈",
        "'22.7.",
        "'23",
        "'24",
        "'25",
        "'26.6.",
        "임기 뒤",
    ]
    assert heads("measures", other)[3:] == [
        "해마다|2022년", "해마다|2023년", "해마다|2024년|1분기", "해마다|2024년|2분기", "해마다|2024년|3분기", "해마다|2024년|4분기",
        "해마다|2025년", "해마다|2026년 6월까지",
    ]  # fmt: skip
    assert document(
        HARD, replace(hard_card(), period=Period("2024년 하반기", other.as_of)), other, "가온군"
    ).items


def test_words_dashes_blanks_and_text_stay_what_they_are() -> None:
    table = RecordTable(HARD, block("measures"), hard_card(), SETTING)
    shown = [
        [table.shown(row, leaf) for leaf in table.leaves if leaf.column.field == "target"]
        for row in table.rows
    ]
    assert [[figure.printed() for figure in row] for row in shown] == [  # type: ignore[union-attr]
        ["-", "1", "-", "", "", "", "", ""],
        ["", "운영", "운영", "운영", "", "", "", ""],
        ["", "", "2", "", "3회 이상", "", "", "4"],
    ]
    plan = money("plan")
    assert "절반쯤" in printed(plan, "national")
    assert printed(plan, None)[3] == "", "text stands outside of the sum"


def test_a_row_without_a_target_has_no_rate_and_does_not_count() -> None:
    table = RecordTable(HARD, block("weights"), hard_card(), SETTING)
    leaf = next(leaf for leaf in table.leaves if leaf.key == "rate")
    assert [table.shown(row, leaf).printed() for row in table.rows] == ["33.33", ""]  # type: ignore[union-attr]
    assert table.footed(block("weights").footer[0]).printed() == "20.0"


def test_it_lives_in_a_book_and_in_the_commands(tmp_path: Path) -> None:
    made = document(HARD, hard_card(), SETTING, "가온군")
    (tmp_path / "a.xlsx").write_bytes(excel_bytes([made])[0])

    def run(*words: str) -> str:
        command = [sys.executable, "-m", "govtracker", *words]
        environment = {**os.environ, "GOVTRACKER_FORMS": str(FORM.parent), "PYTHONUTF8": "1"}
        return subprocess.run(command, capture_output=True, text=True, check=True, env=environment).stdout

    book = str(tmp_path / "b.govtracker")
    run("new", book, "--municipality", "가온군", "--term", TERM.label(), "--form", "everything")
    run("import", book, str(tmp_path / "a.xlsx"))
    card = json.loads(run("dump", book))["cards"][0]
    assert card["number"] is None
    assert card["facts"]["진행"] == "끝내고 이어감"
    assert card["counts"] == {"마을 찾아가기": 78, "신문과 방송": 0}
    assert {(a["source"], a["kind"], a["from"], a["amount"]) for a in card["budget"]} >= {
        ("시비", "executed", "2019-01", 82)
    }
    assert [e["heading"] for e in card["events"] if e.get("heading")] == [True, True]
    assert card["changes"][0]["after"] == "열두 곳"
    assert card["responses"][0]["response"][1]["text"] == "첫째 월요일"
    assert card["people"][1] == {
        "role": "팀장",
        "department": "살림과",
        "rank": "팀장",
        "name": "김철수",
        "phone": "0001",
    }
    run("export", book, str(tmp_path / "c.pdf"), "--pledge", "마을이 함께 정하는 살림")
    run("export", book, str(tmp_path / "c.xlsx"))
    assert (tmp_path / "c.xlsx").read_bytes()[:2] == b"PK"


def test_a_budget_in_another_unit_keeps_won(tmp_path: Path) -> None:
    section = hard_card().section("plan")
    assert isinstance(section, Budget)
    assert {a.figure.value for a in section.amounts if a.source == "national"} == {1500, None}
    with books.new_book(tmp_path / "a.govtracker", "가온군", TERM, "everything") as book:
        from govtracker.db.cards import list_cards
        from govtracker.db.merge import add_cards
        from govtracker.db.sections import load_card

        add_cards(book, [hard_card()], {})
    with Book.open(tmp_path / "a.govtracker") as book:
        assert load_card(book, list_cards(book)[0]) == hard_card()


def test_the_window_shows_every_tab_and_changes_nothing_by_showing(qtbot: object, tmp_path: Path) -> None:
    from PySide6.QtCore import QSettings

    from govtracker.app import Program
    from govtracker.db.merge import add_cards
    from govtracker.ui.tasks.books import open_book
    from govtracker.ui.window import Window

    path = tmp_path / "a.govtracker"
    with books.new_book(path, "가온군", TERM, "everything") as book:
        add_cards(book, [hard_card()], {})
    window = Window(Program(), QSettings(str(tmp_path / "s.ini"), QSettings.Format.IniFormat))
    qtbot.addWidget(window)  # type: ignore[attr-defined]
    open_book(window, path)
    qtbot.waitUntil(lambda: window.session.opened is not None, timeout=10_000)  # type: ignore[attr-defined]
    for at in range(window.view.tabs.count()):
        window.view.tabs.setCurrentIndex(at)
        window.view.commit()
    assert window.view.tabs.count() == len(HARD.tab)
    assert set(window.view.editors) == {section.key for section in HARD.section}
    assert window.session.opened is not None
    assert window.session.opened.draft.card.sections == hard_card().sections
    window.close()
