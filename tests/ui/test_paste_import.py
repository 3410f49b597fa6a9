"""A table that was copied in Excel comes in by the import's own steps: into the open card, or the cards that it names."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtCore import QMimeData, Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QMessageBox, QPushButton

from govtracker.db.book import Book
from govtracker.db.imports import list_imports
from govtracker.model.card import Budget, Events
from govtracker.ui.wizard.wizard import ImportWizard

from .conftest import CTRL, SHIFT, Hand, through
from .test_window import when

EXCEL = (
    '<html xmlns:x="urn:schemas-microsoft-com:office:excel"><head><meta http-equiv=Content-Type '
    'content="text/html; charset=utf-8"><style>td {mso-number-format:General}</style></head><body>'
    "<table border=0><!--StartFragment-->%s<!--EndFragment--></table></body></html>"
)


def copied(rows: list[list[str]], *, page: bool = True) -> None:
    """What Excel puts into the clipboard: the cells as a web page and as text."""
    data = QMimeData()
    data.setText("\n".join("\t".join(row) for row in rows) + "\n")
    if page:
        cells = "".join("<tr>" + "".join(f"<td>{cell}</td>" for cell in row) + "</tr>" for row in rows)
        data.setHtml(EXCEL % cells)
    QGuiApplication.clipboard().setMimeData(data)


def paste(hand: Hand) -> None:
    hand.press(Qt.Key.Key_V, CTRL | SHIFT)
    hand.rest()


def executed(hand: Hand) -> dict[tuple[str, str], str]:
    """Money spent by source and first month, in 백만원."""
    budget = hand.card.section("budget")
    assert isinstance(budget, Budget)
    return {
        (each.source, each.span.first or ""): str((each.figure.value or 0) // 1_000_000)
        for each in budget.amounts
        if each.measure == "executed" and each.figure.value is not None
    }


MONEY = [["예산 집행액(단위: 백만원)", "", ""], ["재원", "2023년", "2024년"], ["구비", "9", "1,240"]]


@pytest.mark.parametrize("page", [True, False])
def test_a_table_without_a_name_is_the_open_cards(hand: Hand, book: Path, *, page: bool) -> None:
    before = executed(hand)
    copied(MONEY, page=page)
    when(ImportWizard, through)
    paste(hand)
    after = executed(hand)
    assert (after["district", "2023-01"], after["district", "2024-01"]) == ("9", "1240")
    changed = {key for key in after if after[key] != before.get(key)}
    assert changed == {("district", "2023-01"), ("district", "2024-01")}
    hand.close()
    with Book.open(book) as opened:
        assert list_imports(opened)[0].cards == 1


def test_a_table_that_names_its_pledges_goes_to_them(hand: Hand) -> None:
    copied([["관리번호", "공약명", "구비 2023년 집행(백만원)"], ["1-1", "청년창업허브 조성", "333"]])
    before = executed(hand)
    when(ImportWizard, through)
    paste(hand)
    assert executed(hand) == before
    assert executed(hand.go("1-1"))["district", "2023-01"] == "333"


def test_a_table_under_another_pledges_name_is_asked_and_left(hand: Hand) -> None:
    copied([["청년창업허브 조성", ""], ["일자", "추진내용"], ["2023. 11. 3.", "상인회 간담회 개최"]])

    def refuse(box: QMessageBox) -> None:
        assert "청년창업허브 조성" in box.informativeText()
        button = next(each for each in box.findChildren(QPushButton) if each.text() == "가져오지 않기")
        QTest.mouseClick(button, Qt.MouseButton.LeftButton)

    def act(wizard: ImportWizard) -> None:
        when(QMessageBox, refuse)
        through(wizard)
        wizard.reject()

    before = hand.card
    when(ImportWizard, act)
    paste(hand)
    assert hand.card == before


def test_a_table_with_nothing_to_take_is_refused_in_words(hand: Hand, message) -> None:
    seen = message()
    copied([["가", "나"], ["다", "라"]])
    paste(hand)
    assert "표의 머리까지 함께 복사하세요" in seen[0]


def test_events_join_the_open_cards_events(hand: Hand) -> None:
    copied([["일자", "추진내용"], ["2023. 11. 3.", "상인회 간담회 개최"]])
    events = hand.card.section("timeline")
    assert isinstance(events, Events)
    when(ImportWizard, through)
    paste(hand)
    after = hand.card.section("timeline")
    assert isinstance(after, Events)
    assert [each.title for each in after.entries if each not in events.entries] == ["상인회 간담회 개최"]
    assert len(after.entries) == len(events.entries) + 1
