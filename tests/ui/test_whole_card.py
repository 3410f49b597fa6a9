"""A whole card by keys alone: from an empty book to the printed page."""

from __future__ import annotations

import shutil
import subprocess
from pathlib import Path

import pytest
from PySide6.QtCore import QDate, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QFileDialog, QWidget

from govtracker.model.card import Budget, Events, Indicators, Outline, People, Schedule
from govtracker.ui.editors.outline.edit import OutlineEdit
from govtracker.ui.tasks.new_book import NewBook
from govtracker.ui.tasks.new_pledge import NewPledge
from govtracker.ui.tasks.picker import Picker

from .conftest import ALT, CTRL, SHIFT, Hand
from .test_window import when

Key = Qt.Key


def tab_to(hand: Hand, field: QWidget) -> Hand:
    """Tab until a field has the focus; Esc first in a text, where Tab is a level."""
    for _ in range(120):
        focus = QApplication.focusWidget()
        if focus is field:
            return hand
        if isinstance(focus, OutlineEdit):
            hand.press(Key.Key_Escape)
        hand.press(Key.Key_Tab)
    raise AssertionError(f"Tab never comes to {field.accessibleName()}")


def awake(hand: Hand) -> Hand:
    """The window has the keyboard again, which offscreen nobody gives back after a dialog."""
    return hand.into(hand.window.navigator.tree)


def open_tab(hand: Hand, key: str) -> QWidget:
    """The tab of a section by Alt and its number; its editor."""
    tabs = hand.window.view.context.form.tab
    at = next(at for at, tab in enumerate(tabs) if key in tab.sections)
    hand.press(getattr(Key, f"Key_{at + 1}"), ALT)
    assert hand.window.view.tabs.currentIndex() == at
    return hand.window.view.editors[key]


@pytest.mark.skipif(shutil.which("pdftotext") is None, reason="pdftotext is not installed")
def test_a_card_is_entered_and_printed_without_the_mouse(hands, tmp_path: Path, monkeypatch):
    path, out = tmp_path / "달빛시.govtracker", tmp_path / "카드.pdf"
    answers = iter([str(path), str(out)])
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *args: (next(answers), ""))
    hand = hands()

    def new_book(dialog: NewBook) -> None:
        form = dialog.form
        form.setFocus()
        while form.currentData() != "basic":
            before = form.currentIndex()
            QTest.keyClick(form, Key.Key_Down)
            if form.currentIndex() == before:
                QTest.keyClick(form, Key.Key_Home)
        dialog.term.setFocus()
        while dialog.term.currentData().start.year != 2022:
            QTest.keyClick(dialog.term, Key.Key_Down)
        dialog.municipality.setFocus()
        dialog.municipality.selectAll()
        dialog.municipality.insert("달빛시")
        QTest.keyClick(dialog, Key.Key_Return)

    when(NewBook, new_book)
    hand.press(Key.Key_N, CTRL)
    hand.until(lambda: hand.window.session.book is not None)
    hand.rest()

    def new_pledge(dialog: NewPledge) -> None:
        QTest.keyClicks(dialog.number, "1-1")
        QTest.keyClick(dialog.number, Key.Key_Tab)
        dialog.title.insert("달빛도서관 건립")
        dialog.label.insert("2024년 상반기")
        dialog.as_of.setDate(QDate(2024, 6, 30))
        QTest.keyClick(dialog, Key.Key_Return)

    when(NewPledge, new_pledge)
    awake(hand)
    hand.press(Key.Key_N, CTRL | SHIFT)
    hand.until(lambda: hand.window.session.opened is not None)
    hand.rest()
    awake(hand).press(Key.Key_F6)

    facts = open_tab(hand, "facts")
    first = next(field for field in facts.entries.values() if not field.focusProxy())
    tab_to(hand, first).compose("ㅎ", "하", "한글 값")
    people = open_tab(hand, "people")
    tab_to(hand, people.panel.grid)
    hand.type("도서관과").press(Key.Key_Tab).type("과장").press(Key.Key_Tab)
    overview = open_tab(hand, "overview")
    tab_to(hand, overview.panels[0].edit)
    hand.press(Key.Key_1, CTRL).type("지상 3층").press(Key.Key_Return).press(Key.Key_Tab).type("열람실 200석")
    budget = open_tab(hand, "budget")
    grid = budget.panels[0].grid
    tab_to(hand, grid)
    sheet = grid.sheet_model.sheet
    row, column = next(
        (r, c) for r in range(sheet.rows) for c in range(len(sheet.heads)) if sheet.view(r, c).editable
    )
    hand.cell(grid, row, column).type("1,250").press(Key.Key_Return)
    indicators = open_tab(hand, "indicators")
    tab_to(hand, indicators.panels[0].grid)
    hand.type("장서 수").press(Key.Key_Return)
    schedule = open_tab(hand, "schedule")
    tab_to(hand, schedule.panel.grid)
    hand.type("설계").press(Key.Key_Return)
    hand.cell(schedule.panel.grid, 0, 2).press(Key.Key_Right, SHIFT, times=2).press(Key.Key_Space)
    results = open_tab(hand, "results")
    tab_to(hand, results.panel.grid)
    hand.type("24.1.5").press(Key.Key_Tab).type("착공").press(Key.Key_Tab).type("시공사 선정")
    hand.press(Key.Key_Return, CTRL)

    card = hand.card
    sections = {key: card.section(key) for key, _ in card.sections}
    people_, outline, money = sections["people"], sections["overview"], sections["budget"]
    rows, tasks, events = sections["indicators"], sections["schedule"], sections["results"]
    assert isinstance(people_, People)
    assert (people_.persons[0].department, people_.persons[0].role) == ("도서관과", "과장")
    assert isinstance(outline, Outline)
    assert [(item.level, item.text) for item in outline.parts[0].items] == [
        (0, "지상 3층"),
        (1, "열람실 200석"),
    ]
    assert isinstance(money, Budget)
    assert money.amounts[0].figure.printed().startswith("1,250")
    assert isinstance(rows, Indicators)
    assert rows.rows[0].name == "장서 수"
    assert isinstance(tasks, Schedule)
    assert len(tasks.tasks[0].quarters) == 3
    assert isinstance(events, Events)
    assert (events.entries[0].when, events.entries[0].title) == ("2024. 1. 5.", "착공")

    awake(hand)
    when(Picker, lambda dialog: QTest.keyClick(dialog, Key.Key_Return))
    hand.press(Key.Key_E, CTRL)
    hand.until(out.exists, 20000)
    hand.rest()
    text = subprocess.run(
        ["pdftotext", "-layout", str(out), "-"], capture_output=True, text=True, check=True
    ).stdout
    for words in (
        "달빛도서관 건립",
        "한글 값",
        "지상 3층",
        "열람실 200석",
        "1,250",
        "장서 수",
        "설계",
        "2024. 1. 5.",
        "착공",
        "시공사 선정",
    ):
        assert words in text, words
    hand.close()
