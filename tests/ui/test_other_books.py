"""A workbook that isn't the open book's is asked about before anything is written, by real clicks."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QMessageBox

from govtracker.jobs import demo, dumping
from govtracker.ui.tasks import importing
from govtracker.ui.wizard.wizard import ImportWizard

from .conftest import Hand, through
from .test_window import when

OWN, *OTHERS = demo.sample_workbooks()


def answered(hand: Hand, file: Path, button: str) -> tuple[list[str], object, object]:
    """(what was asked, the book before, the book after) of an import whose question gets an answer."""
    asked: list[str] = []

    def answer(box: QMessageBox) -> None:
        asked.append(f"{box.text()} {box.informativeText()} [{box.defaultButton().text()}]")
        next(each for each in box.buttons() if each.text() == button).click()

    before = dumping.dump_whole(hand.window.backend.open_book)

    def go(wizard: ImportWizard) -> None:
        when(QMessageBox, answer)
        through(wizard)
        if wizard.isVisible():
            QTest.keyClick(wizard, Qt.Key.Key_Escape)

    when(ImportWizard, go)
    importing.import_file(hand.window, file)
    hand.rest()
    return asked, before, dumping.dump_whole(hand.window.backend.open_book)


@pytest.mark.parametrize("other", OTHERS, ids=lambda sample: sample.form)
def test_another_books_workbook_is_asked_about_and_left(hand: Hand, other: demo.Sample) -> None:
    asked, before, after = answered(hand, other.file, "가져오지 않기")
    assert len(asked) == 1
    assert "서식: 파일은" in asked[0]
    assert asked[0].endswith("[가져오지 않기]"), "Enter must not import it"
    assert before == after


def test_it_is_imported_where_that_is_wanted(hand: Hand) -> None:
    asked, before, after = answered(hand, OTHERS[0].file, "그래도 이 대장에 가져오기")
    assert len(asked) == 1
    assert before != after


def test_the_books_own_workbook_is_not_asked_about(hand: Hand) -> None:
    when(ImportWizard, through)
    importing.import_file(hand.window, OWN.file)
    hand.rest()
    assert QApplication.activeModalWidget() is None


def test_the_command_refuses_it_and_takes_it_anyway(book: Path) -> None:
    run = [sys.executable, "-m", "govtracker", "import", str(book), str(OTHERS[0].file)]
    before = book.read_bytes()
    refused = subprocess.run(run, capture_output=True, text=True)
    assert refused.returncode == 3
    assert "--anyway" in refused.stderr + refused.stdout
    assert book.read_bytes() == before
    assert subprocess.run([*run, "--anyway"], capture_output=True).returncode == 0
