"""Backups in the window: looked at and put back; a damaged book opens from its newest good one."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QMessageBox

from govtracker.jobs import demo
from govtracker.ui import window
from govtracker.ui.tasks import backups, importing
from govtracker.ui.tasks.backups import Backups
from govtracker.ui.wizard.wizard import ImportWizard

from .conftest import Hand, through
from .test_grids import answer
from .test_saving import typed
from .test_window import when


def test_a_backup_is_put_back_with_its_differences_shown(hand: Hand, book: Path):
    hand.window.backend.look_after()
    before = hand.card
    typed(hand, "나중 말")
    hand.window.flush()
    seen: list[str] = []

    def go(dialog: Backups) -> None:
        seen.extend(dialog.differences.item(row).text() for row in range(dialog.differences.count()))
        QTest.mouseClick(dialog.go, Qt.MouseButton.LeftButton)

    when(Backups, go)
    backups.restore(hand.window)
    hand.rest()
    assert len(seen) == 1
    assert seen[0].startswith("6-2 ")
    assert hand.go("6-2").card.section("facts") == before.section("facts")
    assert any("바꾸기 전" in path.name for path in book.parent.iterdir())


def test_an_import_is_preceded_by_a_backup(hand: Hand):
    when(ImportWizard, through)
    importing.import_file(hand.window, demo.sample_workbooks()[0].file)
    hand.rest()
    book = hand.window.session.book
    assert any("가져오기 전" in text for _, text in hand.window.backend.backups(book.path))


@pytest.mark.parametrize("wanted", [True, False])
def test_a_damaged_book_offers_its_newest_good_backup(hand: Hand, hands, book: Path, message, wanted):
    hand.window.backend.look_after()
    before = hand.card
    hand.close()
    broken = book.read_bytes()[:9000] + bytes(20000)
    book.write_bytes(broken)
    other = hands()
    seen = [] if wanted else message()
    when(QMessageBox, answer("백업으로 열기" if wanted else "열지 않기"))
    other.open(book)
    if wanted:
        assert other.go("6-2").card == before
        assert any(path.read_bytes() == broken for path in book.parent.iterdir() if "바꾸기 전" in path.name)
    else:
        assert "손상된" in seen[0]
        assert book.read_bytes() == broken


def test_a_changed_digit_is_put_right_and_told(hand: Hand, hands, book: Path, message, monkeypatch):
    before = hand.go("6-2").card
    hand.close()
    with closing(sqlite3.connect(book)) as conn, conn:
        changed = conn.execute("update amount set value = value || '0' where state = 'value'").rowcount
    assert changed > 0
    monkeypatch.setattr(window, "BACKUP_AFTER", 0)
    seen = message()
    other = hands()
    other.open(book)
    other.until(lambda: bool(seen))
    assert other.go("6-2").card == before
    assert any("6-2" in text and "되살렸습니다" in text for text in seen)
    other.close()
    with closing(sqlite3.connect(book)) as conn:
        values = [value for (value,) in conn.execute("select value from amount where state = 'value'")]
    held = [amount.figure.value for amount in before.section("budget").amounts]
    assert {str(value) for value in held if value is not None} <= set(values)
