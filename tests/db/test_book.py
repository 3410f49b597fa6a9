from __future__ import annotations

import random
import sqlite3
from collections.abc import Callable
from contextlib import closing
from datetime import date
from pathlib import Path

import pytest
from sqlite_utils import Database

from govtracker.db import schema
from govtracker.db.book import Book
from govtracker.db.merge import add_cards
from govtracker.errors import BookTrouble
from govtracker.model.card import Card, Facts, Outline, Part, Period, Pledge
from govtracker.model.content import line
from tests.db.conftest import Start, new_book


def filled(path: Path) -> None:
    """A book of some hundred pages."""
    with new_book(path) as book:
        items = tuple(line(f"○ {number}번째 줄 {'가나다' * 20}") for number in range(400))
        card = Card(
            Pledge("도서관 확충", "1-1"), Period("2023년", date(2023, 12, 31)), "gwanak",
            (("facts", Facts()), ("plan", Outline((Part("", "계획", items),)))),
        )  # fmt: skip
        add_cards(book, [card], {"0" * 64: b"picture" * 5000})


def pragma(path: Path, name: str) -> object:
    with closing(sqlite3.connect(path)) as connection:
        return connection.execute(f"pragma {name}").fetchone()[0]


def refused(path: Path) -> BookTrouble:
    """The refusal of a file, which stays as it is and gets no files beside it."""
    before, beside = path.read_bytes(), sorted(path.parent.iterdir())
    with pytest.raises(BookTrouble) as caught:
        Book.open(path)
    assert path.read_bytes() == before
    assert sorted(path.parent.iterdir()) == beside
    assert caught.value.place == path.name
    assert caught.value.sentence().endswith("기존 자료는 바뀌지 않았습니다.")
    return caught.value


def test_new_book_holds_its_own_values_and_opens_again(book_path: Path) -> None:
    with new_book(book_path) as made:
        assert made.value("municipality") == "한빛구"
        made.set_value("municipality", "가온군")
    with Book.open(book_path) as book:
        assert [book.value(key) for key in ("municipality", "term", "form", "nothing")] == [
            "가온군", "2022-07-01..2026-06-30", "gwanak", "",
        ]  # fmt: skip
    assert [path.name for path in book_path.parent.iterdir()] == [book_path.name]


def test_file_tells_that_it_is_a_book_and_of_which_version(book_path: Path) -> None:
    new_book(book_path).close()
    assert pragma(book_path, "application_id") == schema.APPLICATION_ID
    assert pragma(book_path, "user_version") == schema.VERSION
    head = book_path.read_bytes()[:100]
    assert int.from_bytes(head[68:72], "big") == schema.APPLICATION_ID


def test_migrations_are_recorded_once(book: Book) -> None:
    rows = [tuple(row) for row in book.conn.execute("select migration_set, name from _sqlite_migrations")]
    assert rows == [
        ("govtracker", name)
        for name in (
            "m001_book",
            "m002_sections",
            "m003_history",
            "m004_originals",
            "m005_imports",
            "m006_mappings",
            "m007_origins",
            "m008_carried",
            "m009_bin",
            "m010_submitted",
        )
    ]
    schema.migrate(Database(book.conn))
    assert book.conn.execute("select count(*) from _sqlite_migrations").fetchone()[0] == len(rows)


def test_every_kinds_tables_are_there(book: Book) -> None:
    from govtracker.db.codecs import CODECS

    names = {row[0] for row in book.conn.execute("select name from sqlite_master where type = 'table'")}
    assert {table for codec in CODECS.values() for table in codec.tables} <= names


def test_existing_file_is_never_written_over(book_path: Path) -> None:
    book_path.write_bytes(b"precious")
    with pytest.raises(BookTrouble):
        new_book(book_path)
    assert book_path.read_bytes() == b"precious"
    assert [path.name for path in book_path.parent.iterdir()] == [book_path.name]


def test_book_in_a_folder_that_is_not_there_is_refused(tmp_path: Path) -> None:
    with pytest.raises(BookTrouble):
        new_book(tmp_path / "없는 폴더" / "대장.govtracker")
    assert list(tmp_path.iterdir()) == []


def test_missing_file_and_folder_are_refused(tmp_path: Path) -> None:
    for path in (tmp_path / "없음.govtracker", tmp_path):
        with pytest.raises(BookTrouble):
            Book.open(path)
    assert list(tmp_path.iterdir()) == []


def _other_sqlite(path: Path) -> None:
    with closing(sqlite3.connect(path)) as connection:
        connection.execute("create table book (key, value)")
        connection.commit()


FOREIGN: dict[str, tuple[Callable[[Path], object], str]] = {
    "zero bytes": (lambda path: path.write_bytes(b""), "0바이트"),
    "another program's database": (_other_sqlite, "다른 프로그램"),
    "a text": (
        lambda path: path.write_text("관리번호,공약명\n" * 100, encoding="utf-8"),
        "대장 파일이 아니거나",
    ),
    "a PDF": (lambda path: path.write_bytes(b"%PDF-1.7\n" + b"x" * 5000), "대장 파일이 아니거나"),
    "a workbook": (lambda path: path.write_bytes(b"PK\x03\x04" + b"\0" * 5000), "대장 파일이 아니거나"),
    "a header and nothing else": (lambda path: path.write_bytes(b"SQLite format 3\0"), "다른 프로그램"),
}


@pytest.mark.parametrize("case", FOREIGN)
def test_file_that_is_no_book_is_refused_and_left_alone(book_path: Path, case: str) -> None:
    make, said = FOREIGN[case]
    make(book_path)
    assert said in refused(book_path).fault


def test_book_of_a_newer_program_is_refused_and_left_alone(book_path: Path) -> None:
    new_book(book_path).close()
    with closing(sqlite3.connect(book_path)) as connection:
        connection.execute(f"pragma user_version = {schema.VERSION + 1}")
    assert "더 새 판" in refused(book_path).fault


@pytest.mark.parametrize("part", [0.25, 0.5, 0.9])
def test_truncated_book_is_refused_and_left_alone(book_path: Path, part: float) -> None:
    filled(book_path)
    whole = book_path.read_bytes()
    book_path.write_bytes(whole[: int(len(whole) * part)])
    refused(book_path)


@pytest.mark.parametrize("first", [1, 5, 10])
def test_book_with_damaged_pages_is_refused_and_left_alone(book_path: Path, first: int) -> None:
    filled(book_path)
    content = bytearray(book_path.read_bytes())
    size = int.from_bytes(content[16:18], "big")
    for at in range(first * size, (first + 20) * size):
        content[at] ^= 0xFF
    book_path.write_bytes(content)
    assert "손상" in refused(book_path).fault


@pytest.mark.parametrize("seed", range(12))
def test_flipped_bytes_end_in_a_refusal_or_an_open_book_never_in_an_error(book_path: Path, seed: int) -> None:
    filled(book_path)
    content, chance = bytearray(book_path.read_bytes()), random.Random(seed)
    for _ in range(200):
        content[chance.randrange(100, len(content))] ^= chance.randrange(1, 256)
    book_path.write_bytes(content)
    try:
        Book.open(book_path).close()
    except BookTrouble:
        assert book_path.read_bytes() == content


def test_second_opener_in_another_process_is_refused_until_the_first_is_gone(
    book_path: Path, start: Start
) -> None:
    new_book(book_path).close()
    holder = start(book_path)
    before = book_path.read_bytes()
    with pytest.raises(BookTrouble, match="이미 열었습니다") as caught:
        Book.open(book_path)
    assert "부터" in caught.value.fault
    assert book_path.read_bytes() == before
    holder.kill()
    holder.wait()
    with Book.open(book_path) as book:
        assert book.value("form") == "gwanak"
    assert [path.name for path in book_path.parent.iterdir()] == [book_path.name]


def test_second_opener_in_the_same_process_is_refused_until_the_first_closes(book_path: Path) -> None:
    first = new_book(book_path)
    with pytest.raises(BookTrouble):
        Book.open(book_path)
    with pytest.raises(BookTrouble):
        new_book(book_path)
    assert first.value("form") == "gwanak"
    first.close()
    Book.open(book_path).close()


def test_refused_opener_does_not_take_the_holders_lock_away(book_path: Path) -> None:
    first = new_book(book_path)
    for _ in range(3):
        with pytest.raises(BookTrouble):
            Book.open(book_path)
    first.close()


def test_closing_twice_does_no_harm(book_path: Path) -> None:
    book = new_book(book_path)
    book.close()
    book.close()
