"""Navigator, preview, files, dialogs and panes of the real window."""

from __future__ import annotations

import time

import pytest
from PySide6.QtCore import Qt, QTimer
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QDialog, QFileDialog, QPushButton

from govtracker.app import Program
from govtracker.db.book import Book
from govtracker.jobs import demo, dumping
from govtracker.ui.help import HelpDialog
from govtracker.ui.kit.waiting import Waiting
from govtracker.ui.tasks import books, exporting, importing
from govtracker.ui.tasks.new_book import NewBook
from govtracker.ui.tasks.new_pledge import NewPledge
from govtracker.ui.tasks.picker import Chosen
from govtracker.ui.wizard.wizard import ImportWizard

from .conftest import CTRL, SHIFT, through

Key = Qt.Key


def when(kind, act) -> None:
    """Does something as soon as a dialog of a kind is up."""

    def look() -> None:
        box = QApplication.activeModalWidget()
        if isinstance(box, kind):
            act(box)
        else:
            QTimer.singleShot(20, look)

    QTimer.singleShot(0, look)


def rows(hand) -> list[str]:
    proxy = hand.window.navigator.proxy
    return [proxy.index(r, 0).data().split(" ")[0] for r in range(proxy.rowCount())]


@pytest.mark.parametrize(
    ("words", "found"),
    [("4-2", ["4-2"]), ("소통", ["6-1", "6-2"]), ("ㅅㅌㄱㅈ", ["6-2"]), ("없는 말", [])],
)
def test_search(hand, words, found):
    card = hand.opened
    hand.press(Key.Key_K, CTRL)
    hand.type(words)
    assert rows(hand) == found
    hand.rest()
    assert hand.opened == card
    hand.press(Key.Key_Escape)
    assert len(rows(hand)) == 8
    assert hand.window.navigator.tree.currentIndex().data().startswith("6-2")


def test_down_enters_what_was_found(hand):
    hand.press(Key.Key_K, CTRL).type("1-")
    hand.press(Key.Key_Down)
    hand.until(lambda: hand.card.pledge.number == "1-1")
    assert QApplication.focusWidget() is hand.window.navigator.tree
    hand.press(Key.Key_PageDown, CTRL)
    hand.until(lambda: hand.card.pledge.number == "1-2")
    hand.press(Key.Key_PageUp, CTRL)
    hand.until(lambda: hand.card.pledge.number == "1-1")


def test_focus_stays_in_the_tree_when_a_card_opens(hands, book):
    hand = hands().open(book)
    assert QApplication.focusWidget() is hand.window.navigator.tree


def test_preview_follows_the_card(hand):
    preview = hand.window.preview
    hand.press(Key.Key_F9)
    hand.until(lambda: bool(preview.images) and preview.rendered is preview.card)
    before = [image.data for image in preview.images]
    hand.into(hand.tab("facts").entries["span"]).type("바뀐 기간 ")
    hand.until(lambda: [image.data for image in preview.images] != before)
    hand.press(Key.Key_F9)
    assert not preview.isVisible()
    assert hand.window.rail.isVisible()
    hand.qtbot.mouseClick(hand.window.rail, Qt.MouseButton.LeftButton)
    assert preview.isVisible()


def test_narrow_window_starts_without_the_preview(hands, book):
    hand = hands(size=(1366, 768)).open(book)
    assert not hand.window.preview.isVisible()
    assert hand.window.rail.isVisible()
    assert hand.window.rail.accessibleName()


def test_f6_goes_through_the_panes_and_out_of_an_outline(hand):
    window = hand.window
    hand.press(Key.Key_F9)
    hand.into(hand.tab("effects").panels[0].edit)
    edit = QApplication.focusWidget()
    panes = [window.preview.area, window.navigator.search, window.navigator.tree, edit]
    for pane in panes:
        hand.press(Key.Key_F6)
        assert QApplication.focusWidget() is pane
    for pane in (*panes[2::-1], edit):
        hand.press(Key.Key_F6, SHIFT)
        assert QApplication.focusWidget() is pane
    before = hand.card
    hand.press(Key.Key_Escape).press(Key.Key_Tab)
    assert QApplication.focusWidget() is not edit
    assert hand.card == before


def test_tab_leaves_a_fixed_table(hand):
    grid = hand.tab("budget").panels[0].grid
    hand.into(grid)
    for _ in range(200):
        hand.press(Key.Key_Tab)
        if QApplication.focusWidget() is not grid:
            break
    assert QApplication.focusWidget() is not grid


def test_start_page_and_recent_books(hands, book):
    hand = hands()
    window = hand.window
    assert window.pages.currentIndex() == 0
    assert QApplication.focusWidget() is window.start_page.buttons["import"]
    hand.open(book)
    window.close_book()
    assert window.pages.currentIndex() == 0
    assert str(book.parent) in window.start_page.recent.item(0).text()
    window.start_page.recent.setCurrentRow(0)
    hand.into(window.start_page.recent).press(Key.Key_Return)
    hand.rest()
    assert window.session.book is not None


def test_wrong_file_is_told_and_the_open_book_stays(hand, tmp_path, message, qapp):
    wrong = tmp_path / "그림.govtracker"
    wrong.write_bytes(b"PNG is no book" * 99)
    seen = message()
    books.open_book(hand.window, wrong)
    assert "그림.govtracker" in seen[0]
    hand.rest()
    assert hand.window.session.book is not None
    hand.go("6-2")
    assert hand.card.pledge.number == "6-2"


def test_a_bug_is_told_with_details_to_copy(hand, message, qapp):
    seen = message("자세히", "복사")
    assert not hand.window.attempt(lambda: 1 / 0)
    assert "ZeroDivisionError" in seen[1]
    assert "ZeroDivisionError" in qapp.clipboard().text()


def test_new_book_and_new_pledge(hands, tmp_path, monkeypatch):
    hand = hands()
    path = tmp_path / "새 대장.govtracker"
    monkeypatch.setattr("govtracker.ui.tasks.books.QFileDialog.getSaveFileName", lambda *a: (str(path), ""))

    def fill(box: NewBook) -> None:
        assert not box.ok.isEnabled()
        hand.into(box.municipality).type("달빛구")
        box.ok.click()

    when(NewBook, fill)
    hand.press(Key.Key_N, CTRL)
    assert hand.window.session.book.municipality == "달빛구"

    def add(box: NewPledge) -> None:
        hand.into(box.number).type("1-1").into(box.title).type("첫 공약").into(box.label).type(
            "2026년 하반기"
        )
        box.ok.click()

    when(NewPledge, add)
    hand.window.menus.actions["add"].trigger()
    hand.rest()
    assert hand.card.pledge.title == "첫 공약"
    assert hand.window.menus.period.currentText() == "2026년 하반기"
    when(NewPledge, lambda box: box.reject())
    hand.window.menus.actions["add"].trigger()
    assert len(hand.items) == 1


def test_help(hand):
    texts = []
    when(HelpDialog, lambda box: (texts.append(box.text.toPlainText()), box.accept()))
    hand.press(Key.Key_F1)
    assert "공약" in texts[0]


def test_enter_on_the_start_page_does_what_its_button_says(hands, monkeypatch, tmp_path):
    """The focused button is the first one that an officer meets."""
    asked = []
    monkeypatch.setattr(QFileDialog, "getOpenFileName", lambda *args: asked.append(args[1]) or ("", ""))
    hand = hands()
    hand.press(Key.Key_Return)
    assert asked == ["가져올 엑셀"]


def test_import_into_a_new_book_from_the_start_page(hands, tmp_path, monkeypatch):
    hand = hands()
    path = tmp_path / "가져온.govtracker"
    monkeypatch.setattr("govtracker.ui.tasks.books.QFileDialog.getSaveFileName", lambda *a: (str(path), ""))
    seen = []
    when(ImportWizard, lambda box: (seen.append(box.review.sums["unplaced"]), through(box)))
    importing.import_file(hand.window, demo.sample_workbooks()[0].file)
    hand.rest()
    assert seen
    assert len(hand.items) == 8
    assert path.exists()


def dumped(program: Program) -> object:
    return dumping.dump_whole(program.open_book)


def test_import_into_the_open_book_keeps_what_it_holds(hand):
    before = dumped(hand.window.backend)
    when(ImportWizard, through)
    importing.import_file(hand.window, demo.sample_workbooks()[0].file)
    hand.rest()
    assert dumped(hand.window.backend) == before
    when(ImportWizard, lambda box: box.reject())
    importing.import_file(hand.window, demo.sample_workbooks()[0].file)
    assert dumped(hand.window.backend) == before


def press_cancel(box: QDialog) -> None:
    next(b for b in box.findChildren(QPushButton) if b.text() == "취소").click()


def test_a_job_of_a_moment_shows_no_window_and_enter_cancels_none(hand):
    seen = []
    QTimer.singleShot(100, lambda: seen.append(QApplication.activeModalWidget()))
    quick = Waiting(hand.window, "잠깐").run(hand.window.worker, lambda go_on: time.sleep(0.15) or "done")
    assert (quick, seen) == ("done", [None])

    def press_enter(box: Waiting) -> None:
        seen.append(box)
        for key in (Key.Key_Return, Key.Key_Enter):
            QTest.keyClick(QApplication.focusWidget() or box, key)

    when(Waiting, press_enter)
    slow = Waiting(hand.window, "오래").run(hand.window.worker, lambda go_on: time.sleep(0.6) or go_on(1.0))
    assert slow is True
    assert isinstance(seen[-1], Waiting)


def test_cancelled_import_and_export_leave_everything(hand, tmp_path, waiting_seen):
    before = dumped(hand.window.backend)
    when(Waiting, press_cancel)
    importing.import_file(hand.window, demo.sample_workbooks()[0].file)
    out = tmp_path / "난.pdf"
    out.write_bytes(b"old")
    when(Waiting, press_cancel)
    export_all(hand, out)
    assert out.read_bytes() == b"old"
    assert dumped(hand.window.backend) == before
    assert sorted(p.name for p in tmp_path.glob("*난*")) == ["난.pdf"]


@pytest.mark.parametrize("name", ["보고.pdf", "보고.xlsx"])
def test_export(hand, tmp_path, name):
    hand.into(hand.tab("facts").entries["span"]).type("바뀐 ")
    export_all(hand, tmp_path / name)
    assert (tmp_path / name).stat().st_size > 10_000
    assert name in hand.window.where.text()


def export_all(hand, out) -> None:
    exporting.export_to(hand.window, out, Chosen(tuple(hand.items)))


def test_a_second_window_on_the_same_book_is_refused(hand, hands, book, message):
    other = hands()
    seen = message()
    books.open_book(other.window, book)
    assert book.name in seen[0]
    assert other.window.session.book is None
    hand.close()
    Book.open(book).close()


def test_no_floating_windows(hand, qapp):
    """Building every tab shows no widget outside of the window."""
    for at in range(hand.window.view.tabs.count()):
        hand.window.view.to_tab(at)
        tops = [w for w in qapp.topLevelWidgets() if w.isVisible() and w is not hand.window]
        assert tops == []
