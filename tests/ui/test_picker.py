"""What is written and printed: one card, chosen ones, all; printed pages come one by one and can be stopped."""

from __future__ import annotations

import pypdfium2
import pytest
from PySide6.QtCore import QMarginsF, Qt
from PySide6.QtGui import QPageLayout, QPageSize
from PySide6.QtPrintSupport import QPrinter
from PySide6.QtWidgets import QPushButton

from govtracker.ui.kit.remarks import Remarks
from govtracker.ui.kit.waiting import Waiting
from govtracker.ui.tasks.exporting import export_to, file_name
from govtracker.ui.tasks.picker import Chosen, Picker
from govtracker.ui.tasks.printing import asked_for, print_on
from tests.ui.test_window import when


def scope(hand, **more):
    window = hand.window
    found = {"front": True, "whole": True, **more}
    return Picker(window, "PDF로 내보내기", "파일 고르기…", tuple(hand.items.values()), hand.opened, **found)


def number_of(hand, card: str) -> str:
    return hand.items[card].pledge.number


def pages_of(path) -> int:
    with pypdfium2.PdfDocument(path) as document:
        return len(document)


def test_all_cards_come_with_cover_and_contents_unless_they_shall_not(hand):
    dialog = scope(hand)
    assert dialog.chosen() == Chosen(tuple(hand.items))
    dialog.front.click()
    assert dialog.chosen().plain


def test_this_card_is_chosen_by_the_keyboard(hand, qtbot):
    dialog = scope(hand)
    qtbot.addWidget(dialog)
    dialog.show()
    qtbot.keyClick(dialog.this, Qt.Key.Key_Space)
    assert dialog.this.isChecked()
    assert [number_of(hand, card) for card in dialog.chosen().cards] == ["6-2"]
    assert not dialog.front.isEnabled(), "one card has no cover"


def test_cards_are_ticked_in_a_list(hand, qtbot):
    dialog = scope(hand)
    qtbot.addWidget(dialog)
    dialog.show()
    dialog.some.click()
    dialog.marks[1].click()
    assert not dialog.ok.isEnabled(), "nothing is chosen"
    for at in (2, 0):
        dialog.list.setCurrentRow(at)
        qtbot.keyClick(dialog.list, Qt.Key.Key_Space)
    assert [number_of(hand, card) for card in dialog.chosen().cards] == ["1-1", "2-1"]
    assert dialog.count.text() == "2건"


@pytest.mark.parametrize(
    ("numbers", "plain", "front"),
    [(["6-2"], False, 0), (["1-1", "6-2"], False, 2), (["1-1", "6-2"], True, 0)],
)
def test_what_is_chosen_is_written(hand, tmp_path, numbers, plain, front):
    cards = tuple(card for card, item in hand.items.items() if item.pledge.number in numbers)
    export_to(hand.window, tmp_path / "a.pdf", Chosen(cards, plain))
    with pypdfium2.PdfDocument(tmp_path / "a.pdf") as document:
        titles = [mark.get_title().split()[0] for mark in document.get_toc() if mark.level == 0]
        assert titles == (["목차"] if front else []) + numbers
        assert (document[0].get_textpage().get_text_bounded().strip().startswith("민선")) == bool(front)


def test_a_file_is_named_after_its_card():
    assert file_name('6-2 "협치" 1/2: 구정*') == "6-2 협치 1 2 구정"


def printer_to(path) -> QPrinter:
    printer = QPrinter(QPrinter.PrinterMode.HighResolution)
    printer.setOutputFormat(QPrinter.OutputFormat.PdfFormat)
    printer.setOutputFileName(str(path))
    printer.setPageLayout(
        QPageLayout(
            QPageSize(QPageSize.PageSizeId.A4), QPageLayout.Orientation.Portrait, QMarginsF(0, 0, 0, 0)
        )
    )
    printer.setFullPage(True)
    printer.setResolution(100)
    return printer


def test_the_chosen_card_is_printed_page_by_page(hand, tmp_path):
    chosen = Chosen((hand.opened,))
    export_to(hand.window, tmp_path / "a.pdf", chosen)
    print_on(hand.window, printer_to(tmp_path / "printed.pdf"), chosen)
    assert pages_of(tmp_path / "printed.pdf") == pages_of(tmp_path / "a.pdf")
    assert "인쇄했습니다" in hand.window.where.text()
    with pypdfium2.PdfDocument(tmp_path / "printed.pdf") as document:
        ink = document[0].render(scale=0.5, grayscale=True).to_pil().getextrema()
    assert ink[0] < 100, "the page isn't empty"


def test_printing_that_is_cancelled_says_nothing(hand, tmp_path, waiting_seen: None):
    before = hand.window.where.text()
    when(Waiting, lambda box: next(b for b in box.findChildren(QPushButton) if b.text() == "취소").click())
    print_on(hand.window, printer_to(tmp_path / "printed.pdf"), Chosen(tuple(hand.items)))
    assert hand.window.where.text() == before


def test_what_the_reader_should_know_of_the_pages_is_listed(hand, tmp_path):
    hand.into(hand.tab("facts").entries["span"]).type("\U000f1234")
    export_to(hand.window, tmp_path / "a.pdf", Chosen((hand.opened,)))
    (remarks,) = hand.window.findChildren(Remarks)
    assert "글꼴에 없어" in remarks.list.item(0).text()
    assert "1군데" in hand.window.where.text()
    remarks.reject()


@pytest.mark.parametrize(
    ("first", "last", "wanted"), [(0, 0, [0, 1, 2, 3]), (2, 3, [1, 2]), (3, 0, [2, 3]), (1, 9, [0, 1, 2, 3])]
)
def test_the_print_dialogs_pages_are_the_ones_printed(first, last, wanted):
    assert list(asked_for(4, first, last)) == wanted


def test_only_the_pages_asked_for_are_printed(hand, tmp_path):
    printer = printer_to(tmp_path / "printed.pdf")
    printer.setFromTo(2, 3)
    print_on(hand.window, printer, Chosen((hand.opened,)))
    assert pages_of(tmp_path / "printed.pdf") == 2
    assert "2쪽을 인쇄했습니다" in hand.window.where.text()


def test_a_printer_that_takes_nothing_is_told(hand, tmp_path, message, qtlog):
    seen = message()
    with qtlog.disabled():
        print_on(hand.window, printer_to(tmp_path / "없는 폴더" / "a.pdf"), Chosen((hand.opened,)))
    assert "프린터가 쪽을 받지 않습니다" in seen[0]
    assert "인쇄했습니다" not in hand.window.where.text()
