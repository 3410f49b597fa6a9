"""The import's wizard by keys and clicks: looked at, changed, cancelled at every step, committed, taken back."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from PySide6.QtCore import QEvent, QPoint, Qt, QTimer
from PySide6.QtGui import QKeyEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QPushButton

from govtracker.db.book import Book
from govtracker.db.cards import list_cards
from govtracker.db.sections import SectionChange, load_cards, save_sections
from govtracker.jobs import demo, dumping
from govtracker.model.card import Budget, Fact, Facts
from govtracker.ui.kit.waiting import Waiting
from govtracker.ui.tasks import importing
from govtracker.ui.tasks.import_folder import FolderResult, import_folder
from govtracker.ui.tasks.undo_import import UndoImport
from govtracker.ui.wizard.mapping_page import UNKNOWN
from govtracker.ui.wizard.wizard import CHANGES, FILES, MAPPING, ImportWizard
from tests.importer.test_mapping import HEADS, ODD, workbook

from .conftest import NO, Hand, through, tick, to_changes
from .test_window import when

OWN = demo.sample_workbooks()[0].file
Key = Qt.Key
LEFT = Qt.MouseButton.LeftButton


def click(wizard: ImportWizard, button: QPushButton) -> None:
    QTest.mouseClick(button, LEFT)
    QApplication.processEvents()


def cancel(wizard: ImportWizard) -> None:
    click(wizard, next(each for each in wizard.findChildren(QPushButton) if each.text() == "취소"))


def files_beside(book: Path) -> dict[str, bytes]:
    """Every file in the book's folder, but for the lock that an open book has."""
    return {p.name: p.read_bytes() for p in book.parent.iterdir() if p.suffix not in (".lock", ".holder")}


def run(hand: Hand, file: Path, act: Callable[[ImportWizard], None]) -> None:
    """Imports a file, doing something with the wizard; what fails in it fails the test."""
    failed: list[BaseException] = []

    def safely(wizard: ImportWizard) -> None:
        try:
            act(wizard)
        except BaseException as error:
            failed.append(error)
        finally:
            if wizard.isVisible():
                wizard.reject()

    when(ImportWizard, safely)
    importing.import_file(hand.window, file)
    hand.rest()
    if failed:
        raise failed[0]


def dumped(hand: Hand) -> Any:
    return dumping.dump_whole(hand.window.backend.open_book)


def edit_span(book: Path, number: str, text: str) -> None:
    """Types the years of a pledge's work, as an officer would have weeks ago."""
    with Book.open(book) as opened:
        entry = next(each for each in list_cards(opened) if each.pledge.number == number)
        (card,) = load_cards(opened, [entry])
        facts = card.section("facts")
        assert isinstance(facts, Facts)
        values = tuple(Fact(f.key, text) if f.key == "span" else f for f in facts.values)
        save_sections(opened, [SectionChange(entry.card, "facts", Facts(values))])


def span_of(hand: Hand, number: str) -> str:
    book = hand.window.backend.open_book
    entry = next(each for each in list_cards(book) if each.pledge.number == number)
    (card,) = load_cards(book, [entry])
    facts = card.section("facts")
    assert isinstance(facts, Facts)
    return facts.get("span").text


# ---------------------------------------------------------------- steps


@pytest.fixture
def basic(hands: Any, tmp_path: Path) -> Hand:
    """A window on an empty book of the general form."""
    hand = hands()
    path = tmp_path / "대장.govtracker"
    hand.window.change_book(lambda: hand.window.backend.create(path, "달빛시", _term(), "basic"))
    hand.rest()
    return hand


@pytest.fixture
def small(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A list of two pledges with a head that nobody knows."""
    return workbook(tmp_path_factory.mktemp("file") / "부서.xlsx")


@pytest.mark.parametrize("step", [FILES, MAPPING, CHANGES])
@pytest.mark.parametrize("how", ["button", "escape", "back"])
def test_cancelling_at_any_step_leaves_the_book_byte_for_byte(
    basic: Hand, small: Path, tmp_path: Path, step: int, how: str
) -> None:
    before = files_beside(tmp_path / "대장.govtracker")

    def act(wizard: ImportWizard) -> None:
        while wizard.pages.currentIndex() < step:
            click(wizard, wizard.forward)
        assert wizard.pages.currentIndex() == step
        while how == "back" and wizard.back.isEnabled():
            click(wizard, wizard.back)
        if how == "escape":
            QTest.keyClick(wizard, Key.Key_Escape)
        else:
            cancel(wizard)
        assert not wizard.isVisible()

    run(basic, small, act)
    assert files_beside(tmp_path / "대장.govtracker") == before


def test_enter_alone_leads_from_the_file_to_the_committed_cards(hands: Any, tmp_path: Path) -> None:
    path = tmp_path / "새 대장.govtracker"
    hand = hands()
    hand.window.change_book(lambda: hand.window.backend.create(path, "한빛구", _term(), "gwanak"))
    hand.rest()

    def act(wizard: ImportWizard) -> None:
        for _ in range(3):
            QTest.keyClick(wizard.focusWidget() or wizard, Key.Key_Return)
            QApplication.processEvents()
        assert not wizard.isVisible()

    run(hand, OWN, act)
    assert len(hand.items) == 8


def _term() -> Any:
    from govtracker.model.dates import parse_term

    return parse_term("2022-07-01..2026-06-30")


def test_the_same_file_again_says_that_nothing_changes_and_writes_nothing(hand: Hand, book: Path) -> None:
    before = book.read_bytes()
    seen: list[str] = []

    def act(wizard: ImportWizard) -> None:
        to_changes(wizard)
        seen.extend((wizard.forward.text(), wizard.changes.card_title.text()))
        click(wizard, wizard.forward)

    run(hand, OWN, act)
    assert seen == ["0건 가져오기", "바뀌는 것이 없습니다"]
    assert book.read_bytes() == before


# ---------------------------------------------------------------- files


def test_only_the_ticked_sheets_come_in(hand: Hand) -> None:
    def act(wizard: ImportWizard) -> None:
        click(wizard, next(b for b in wizard.files.findChildren(QPushButton) if b.text() == "모두 해제"))
        tick(wizard.files.table, 1, 0)
        wizard.files.period.setFocus()
        wizard.files.period.lineEdit().selectAll()
        QTest.keyClicks(wizard.files.period.lineEdit(), "2024")
        through(wizard)

    run(hand, OWN, act)
    book = hand.window.backend.open_book
    later = [entry.pledge.number for entry in list_cards(book) if entry.period.label == "2024"]
    assert later == ["1-2"]


def test_without_a_sheet_it_does_not_go_on(basic: Hand, small: Path) -> None:
    from PySide6.QtWidgets import QMessageBox

    def act(wizard: ImportWizard) -> None:
        click(wizard, next(b for b in wizard.files.findChildren(QPushButton) if b.text() == "모두 해제"))
        told: list[str] = []
        when(QMessageBox, lambda box: (told.append(box.text()), box.accept()))
        click(wizard, wizard.forward)
        assert told == ["가져올 시트를 하나 이상 고르세요."]
        assert wizard.pages.currentIndex() == FILES

    run(basic, small, act)


def test_another_date_of_a_period_that_is_there_is_told_and_can_be_mended(hand: Hand) -> None:
    def act(wizard: ImportWizard) -> None:
        day = wizard.files.as_of.date()
        wizard.files.as_of.setFocus()
        wizard.files.as_of.setDate(day.addDays(-1))
        click(wizard, wizard.forward)
        assert wizard.pages.currentIndex() == FILES
        assert "기준일" in wizard.files.trouble.text()
        wizard.files.as_of.setDate(day)
        click(wizard, wizard.forward)
        assert wizard.pages.currentIndex() == MAPPING

    run(hand, OWN, act)


# ---------------------------------------------------------------- heads


def settle(wizard: ImportWizard) -> None:
    """Until the sheets were read anew as it was decided just now."""
    QTest.qWait(50)
    while wizard.host.worker.busy:
        QTest.qWait(20)
    QApplication.processEvents()


def choose_by_typing(wizard: ImportWizard, row: int, text: str) -> None:
    """Goes to the choice of a head, types a part of its name and takes it."""
    combo = wizard.mapping.head_table.cellWidget(row, 2)
    QTest.mouseClick(combo, LEFT, NO, QPoint(8, combo.height() // 2))
    edit = combo.lineEdit()
    edit.setFocus()
    edit.selectAll()
    for letter in text:
        QApplication.sendEvent(edit, QKeyEvent(QEvent.Type.KeyPress, 0, NO, letter))
    QApplication.processEvents()
    popup = combo.completer().popup()
    assert popup.isVisible()
    QTest.keyClick(popup, Key.Key_Down)
    QTest.keyClick(popup, Key.Key_Return)
    settle(wizard)


def test_a_head_is_given_a_field_and_its_values_come_in(basic: Hand, tmp_path: Path) -> None:
    file = workbook(tmp_path / "부서.xlsx", [*HEADS[:3], f"{ODD}(천원)"])
    row = len(HEADS) - 1

    def act(wizard: ImportWizard) -> None:
        click(wizard, wizard.forward)
        assert wizard.mapping.heads[row].target == ""
        assert wizard.mapping.head_table.cellWidget(row, 2).currentText() == UNKNOWN
        assert wizard.review.sums["unplaced"] == 2
        choose_by_typing(wizard, row, "시비 · 2023년 · 확보")
        assert wizard.mapping.heads[row].target == "money/city/2023-01..2023-12/secured/1000"
        assert wizard.review.sums["unplaced"] == 0
        through(wizard)

    run(basic, file, act)
    book = basic.window.backend.open_book
    cards = load_cards(book, list_cards(book))
    amounts = [a for card in cards for _, s in card.sections if isinstance(s, Budget) for a in s.amounts]
    assert [(a.source, a.measure, int(a.figure.value)) for a in amounts] == [
        ("city", "secured", 700_000), ("city", "secured", 300_000),
    ]  # fmt: skip
    rows = [["2-1", "다른 공약", "과", 5], ["2-2", "또", "과", 6]]
    with_same_heads = workbook(tmp_path / "다음.xlsx", [*HEADS[:3], f"{ODD}(천원)"], rows)
    unplaced: list[int] = []
    run(basic, with_same_heads, lambda wizard: unplaced.append(wizard.review.sums["unplaced"]))
    assert unplaced == [0], "the book remembers what the head is"


def test_amounts_without_a_unit_come_in_when_the_unit_is_chosen(basic: Hand, tmp_path: Path) -> None:
    heads, rows = (
        ["관리번호", "공약명", "국비 2023년", "시비 2023년"],
        [["1-1", "돌봄", 700, 30], ["1-2", "도서관", 300, 20]],
    )
    file = workbook(tmp_path / "단위 없음.xlsx", heads, rows)

    def act(wizard: ImportWizard) -> None:
        click(wizard, wizard.forward)
        assert wizard.review.sums["unplaced"] == 4
        unit = wizard.mapping.unit
        assert unit.isVisible()
        unit.setFocus()
        for _ in range(2):
            QTest.keyClick(unit, Key.Key_Down)
        settle(wizard)
        assert unit.currentText() == "천원"
        assert wizard.review.sums["unplaced"] == 0
        through(wizard)

    run(basic, file, act)
    book = basic.window.backend.open_book
    cards = load_cards(book, list_cards(book))
    amounts = [a for card in cards for _, s in card.sections if isinstance(s, Budget) for a in s.amounts]
    assert sorted(int(a.figure.value) for a in amounts) == [20_000, 30_000, 300_000, 700_000]


def test_a_chosen_cell_chooses_its_head_and_a_chosen_head_its_cells(basic: Hand, tmp_path: Path) -> None:
    def act(wizard: ImportWizard) -> None:
        click(wizard, wizard.forward)
        page = wizard.mapping
        place = page.table.visualRect(page.table.cells.index(1, 2)).center()
        QTest.mouseClick(page.table.viewport(), LEFT, NO, place)
        assert page.head_table.currentRow() == 2 or page.head_table.selectionModel().isRowSelected(2)
        head = page.head_table.visualItemRect(page.head_table.item(1, 1)).center()
        QTest.mouseClick(page.head_table.viewport(), LEFT, NO, head)
        assert page.table.currentIndex().column() == 1

    run(basic, workbook(tmp_path / "부서.xlsx"), act)


def test_a_left_cell_is_left_out_on_purpose_and_comes_back(basic: Hand, tmp_path: Path) -> None:
    file = workbook(tmp_path / "부서.xlsx")

    def act(wizard: ImportWizard) -> None:
        click(wizard, wizard.forward)
        page = wizard.mapping
        assert len(page.unplaced) == 2
        combo = page.left_table.cellWidget(0, 2)
        combo.setFocus()
        QTest.keyClick(combo, Key.Key_Down)
        settle(wizard)
        assert (wizard.review.sums["ignored"], wizard.review.sums["unplaced"]) == (5, 1)
        combo = page.left_table.cellWidget(0, 2)
        combo.setFocus()
        QTest.keyClick(combo, Key.Key_Up)
        settle(wizard)
        assert (wizard.review.sums["ignored"], wizard.review.sums["unplaced"]) == (4, 2)

    run(basic, file, act)


# ---------------------------------------------------------------- differences


def test_an_edited_value_is_a_conflict_that_stays_unless_it_is_ticked(hands: Any, book: Path) -> None:
    edit_span(book, "1-1", "직접 고침")
    hand = hands().open(book)
    seen: list[Any] = []

    def keep(wizard: ImportWizard) -> None:
        to_changes(wizard)
        seen.append([(row.kind, row.mine) for card in wizard.review.cards for row in card.rows])
        click(wizard, wizard.forward)

    run(hand, OWN, keep)
    assert seen == [[("conflict", "직접 고침")]]
    assert span_of(hand, "1-1") == "직접 고침"

    def take(wizard: ImportWizard) -> None:
        to_changes(wizard)
        page = wizard.changes
        assert wizard.forward.text() == "0건 가져오기"
        tick(page.table, 1, page.table.columnCount() - 1)
        assert wizard.forward.text() == "1건 가져오기"
        click(wizard, wizard.forward)

    run(hand, OWN, take)
    assert span_of(hand, "1-1") != "직접 고침"


def test_what_is_taken_back_in_the_window_stands_as_before(hand: Hand, tmp_path: Path) -> None:
    before = dumped(hand)
    changed = tmp_path / "고친 것.xlsx"
    source = openpyxl.load_workbook(OWN, rich_text=True)
    cell = next(c for row in source.worksheets[0] for c in row if "02-000-" in str(c.value))
    cell.value = str(cell.value).replace("02-000-", "02-999-")
    source.save(changed)
    run(hand, changed, through)
    assert dumped(hand) != before
    files: list[str] = []

    def act(dialog: UndoImport) -> None:
        files.append(dialog.list.item(0).text())
        QTest.mouseClick(dialog.go, LEFT)

    when(UndoImport, act)
    importing.undo_import(hand.window)
    hand.rest()
    assert "고친 것.xlsx" in files[0]
    assert dumped(hand) == before


def test_undoing_is_cancelled_by_enter_and_escape(hand: Hand) -> None:
    before = dumped(hand)
    for key in (Key.Key_Return, Key.Key_Escape):
        when(UndoImport, lambda dialog, key=key: QTest.keyClick(dialog, key))
        importing.undo_import(hand.window)
    assert dumped(hand) == before


def test_a_copy_of_the_book_is_made_where_it_is_wanted(hands: Any, book: Path) -> None:
    edit_span(book, "1-1", "직접 고침")
    hand = hands().open(book)

    def act(wizard: ImportWizard) -> None:
        to_changes(wizard)
        QTest.mouseClick(wizard.backup, LEFT, NO, QPoint(10, wizard.backup.height() // 2))
        click(wizard, wizard.forward)

    run(hand, OWN, act)
    (copy,) = book.parent.glob("대장 백업 *.govtracker")
    with Book.open(copy) as opened:
        assert len(list_cards(opened)) == 8


def test_the_report_is_a_workbook_with_every_cell(
    basic: Hand, small: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    out = tmp_path / "결과.xlsx"
    monkeypatch.setattr("govtracker.ui.wizard.wizard.QFileDialog.getSaveFileName", lambda *a: (str(out), ""))
    sums: dict[str, int] = {}

    def act(wizard: ImportWizard) -> None:
        to_changes(wizard)
        sums.update(wizard.review.sums)
        click(wizard, next(b for b in wizard.findChildren(QPushButton) if b.text() == "칸 목록 저장…"))

    run(basic, small, act)
    book = openpyxl.load_workbook(out)
    assert book.sheetnames == ["요약", "공약", "바뀐 값", "칸", "알릴 것"]
    fates = [row[2] for row in book["칸"].iter_rows(min_row=2, values_only=True)]
    assert fates.count("가져옴") >= sums["imported"]
    assert len(fates) >= sums["cells"]


def test_every_field_of_the_wizard_has_a_name(basic: Hand, small: Path) -> None:
    from PySide6.QtWidgets import QComboBox, QDateEdit, QLineEdit, QListWidget, QTableView

    nameless: list[str] = []

    def act(wizard: ImportWizard) -> None:
        for kind in (QComboBox, QDateEdit, QListWidget, QTableView, QLineEdit):
            for each in wizard.findChildren(kind):
                inside = isinstance(each.parentWidget(), QComboBox | QDateEdit)
                if not each.accessibleName() and not inside:
                    nameless.append(f"{kind.__name__} {each.objectName()}")

    run(basic, small, act)
    assert nameless == []


# ---------------------------------------------------------------- a folder


def test_a_folder_comes_in_file_by_file_and_what_fails_is_told(
    basic: Hand, small: Path, tmp_path: Path
) -> None:
    folder = tmp_path / "받은 파일"
    folder.mkdir()
    workbook(folder / "가.xlsx")
    workbook(folder / "나.xlsx", rows=[["2-1", "다른 공약", "교통과", 5], ["2-2", "또 다른", "교통과", 6]])
    (folder / "다.xlsx").write_bytes(b"")
    shown: list[list[str]] = []

    def look(dialog: FolderResult) -> None:
        rows = range(dialog.table.rowCount())
        shown.append(
            [f"{dialog.table.item(row, 0).text()}: {dialog.table.item(row, 1).text()}" for row in rows]
        )
        QTest.keyClick(dialog, Key.Key_Return)

    for _ in range(2):
        when(FolderResult, look)
        import_folder(basic.window, folder)
        basic.rest()
    assert len(basic.items) == 4
    first, second = shown
    assert first[:2] == ["가.xlsx: 새 공약 2, 바뀐 값 0", "나.xlsx: 새 공약 2, 바뀐 값 0"]
    assert first[2].startswith("다.xlsx: 가져오지 못함: 빈 파일")
    assert second[:2] == ["가.xlsx: 바뀐 것 없음", "나.xlsx: 바뀐 것 없음"]


def test_a_folder_is_cancelled_between_two_files_and_keeps_what_is_in(
    basic: Hand, tmp_path: Path, waiting_seen: None
) -> None:
    folder = tmp_path / "받은 파일"
    folder.mkdir()
    for at in range(4):
        rows = [[f"{at}-1", f"공약 {at}", "과", 1], [f"{at}-2", f"둘째 {at}", "과", 2]]
        workbook(folder / f"{at}.xlsx", rows=rows)
    shown: list[int] = []

    def stop(box: Waiting) -> None:
        def look() -> None:
            if box.share > 0.3:
                QTest.keyClick(box, Key.Key_Escape)
            else:
                QTimer.singleShot(10, look)

        look()

    def look(dialog: FolderResult) -> None:
        shown.append(sum(bool(each.trouble) for each in dialog.outcomes))
        dialog.accept()

    when(Waiting, stop)
    QTimer.singleShot(200, lambda: when(FolderResult, look))
    import_folder(basic.window, folder)
    basic.rest()
    assert 0 < shown[0] < 4
    assert len(basic.items) == (4 - shown[0]) * 2
