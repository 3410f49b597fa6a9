"""Why a save failed, each cause with its remedy: a file that was replaced, one that is in use, one of another computer."""

from __future__ import annotations

import json
import sqlite3
from datetime import date
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFileDialog, QMessageBox

from govtracker.app import Program
from govtracker.db.book import Book
from govtracker.errors import BookTrouble, HeldElsewhere
from govtracker.model.dates import parse_term

from .conftest import Hand
from .test_grids import answer
from .test_saving import typed
from .test_window import when

Key = Qt.Key


def span(path: Path) -> str:
    """What a book file holds in the field that is typed into."""
    program = Program()
    program.open(path)
    try:
        period = program.info().periods[-1].id
        card = next(item for item in program.cards(period) if item.pledge.number == "6-2")
        return program.read(card.id)[1].section("facts").get("span").text
    finally:
        program.close()


def test_a_book_in_use_is_saved_by_itself_as_soon_as_it_is_free(hand: Hand, book: Path):
    """A backup program reads the file: a shared lock, which lets nobody write."""
    other = sqlite3.connect(book)
    other.execute("begin")
    other.execute("select count(*) from section").fetchone()
    typed(hand, "기다린 말")
    window = hand.window
    hand.until(window.banner.isVisible, 8000)
    assert "다른 프로그램" in window.banner.text.text()
    assert "공간" not in window.banner.text.text()
    other.rollback()
    other.close()
    hand.until(lambda: not window.banner.isVisible(), 12000)
    hand.until(lambda: window.session.nothing_unsaved)
    hand.close()
    assert span(book).endswith("기다린 말")


@pytest.mark.parametrize("gone", [False, True])
def test_a_book_that_was_replaced_is_told_and_saved_elsewhere(hand: Hand, book: Path, monkeypatch, gone):
    conflict = book.with_name("대장 충돌본.govtracker")
    theirs = book.read_bytes()
    book.rename(conflict)
    if not gone:
        book.write_bytes(theirs)
    typed(hand, "내 것")
    window = hand.window
    hand.until(window.banner.isVisible, 8000)
    assert "바뀌었습니다" in window.banner.text.text()
    assert "권한" not in window.banner.text.text()
    new = book.with_name("새로.govtracker")
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *args: (str(new), ""))
    hand.into(window.banner.elsewhere).press(Key.Key_Return)
    hand.until(lambda: window.session.nothing_unsaved and not window.banner.isVisible(), 8000)
    assert window.session.book.path == new
    hand.rest()
    hand.close()
    assert span(new).endswith("내 것")
    assert conflict.read_bytes() == theirs
    assert gone or book.read_bytes() == theirs


@pytest.mark.parametrize("opens", [False, True])
def test_a_book_that_another_computer_may_have_open_is_asked_about(hands, book: Path, opens):
    note = book.with_name(f"{book.name}.holder")
    note.write_text(json.dumps({"host": "OFFICE-7", "pid": 1, "since": "2024-01-05 09:00"}), encoding="utf-8")
    before = {path.name: path.read_bytes() for path in book.parent.iterdir()}
    hand = hands()
    seen: list[str] = []

    def act(box: QMessageBox) -> None:
        seen.append(box.text())
        assert {
            path.name: path.read_bytes() for path in book.parent.iterdir() if path.name in before
        } == before
        answer("그래도 열기" if opens else "열지 않기")(box)

    when(QMessageBox, act)
    hand.open(book)
    assert "OFFICE-7" in seen[0]
    assert (hand.window.session.book is not None) is opens
    assert opens or note.exists()


def test_a_note_of_this_computer_or_a_broken_one_keeps_nobody_out(book: Path):
    note = book.with_name(f"{book.name}.holder")
    for text in ("", "[]", "{}", '{"host": 3}'):
        note.write_text(text, encoding="utf-8")
        Book.open(book).close()
    note.write_text(json.dumps({"host": "OFFICE-7", "pid": 1, "since": "x"}), encoding="utf-8")
    with pytest.raises(HeldElsewhere, match="OFFICE-7"):
        Book.open(book)
    Book.open(book, anyway=True).close()
    assert not note.exists()


def test_a_full_disk_and_a_read_only_file_are_told_apart():
    from govtracker.db.book import _told

    def error(code: int) -> sqlite3.OperationalError:
        made = sqlite3.OperationalError("x")
        made.sqlite_errorcode = code
        return made

    words = {
        code: _told("대장", error(code)).fault
        for code in (sqlite3.SQLITE_FULL, sqlite3.SQLITE_READONLY, 5, 10)
    }
    assert len(set(words.values())) == 4
    assert "공간" in words[sqlite3.SQLITE_FULL]
    assert "권한" in words[sqlite3.SQLITE_READONLY]


def test_a_book_is_never_saved_over_one_that_is_open(book: Path, tmp_path: Path):
    other, own = Program(), Program()
    other.create(tmp_path / "남.govtracker", "남구", parse_term("2022-07-01..2026-06-30"), "gwanak")
    other.add_period("남의 기간", date(2023, 12, 31))
    own.open(book)
    try:
        with pytest.raises(BookTrouble, match="이미 열었습니다"):
            own.move_to(tmp_path / "남.govtracker")
        with pytest.raises(BookTrouble, match="같은 파일"):
            own.move_to(book)
        assert [period.label for period in other.info().periods] == ["남의 기간"]
        assert own.info().path == book
        free = tmp_path / "빈 자리.govtracker"
        free.write_bytes(b"an old file")
        assert own.move_to(free).path == free
        assert own.info().municipality == "한빛구"
    finally:
        other.close()
        own.close()
    assert not [path.name for path in tmp_path.iterdir() if path.suffix in (".lock", ".holder", ".copy")]
