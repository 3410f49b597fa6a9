"""Backups: whole, thinned as they grow old, made before what could go wrong, put back with nothing lost."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from datetime import datetime, timedelta
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from govtracker.db import schema
from govtracker.db.backups import (
    LATEST,
    Backup,
    backup_folder,
    is_due,
    is_whole,
    list_backups,
    make_backup,
    newest_whole,
    put_back,
    to_thin,
)
from govtracker.db.book import Book
from govtracker.db.merge import add_cards
from govtracker.db.sections import SectionChange, save_sections
from govtracker.errors import BookDamaged, BookTrouble
from govtracker.jobs import keeping
from govtracker.model.card import Fact, Facts
from tests.db.support import only, small_card

NOW = datetime(2024, 1, 5, 9, 0)


def edit(book: Book, text: str) -> None:
    save_sections(book, [SectionChange(only(book).card, "facts", Facts((Fact("span", text),)))])


def test_a_backup_holds_what_the_book_holds_and_says_what_differs(book: Book) -> None:
    add_cards(book, [small_card()], {})
    path = make_backup(book.conn, book.path, "매일", NOW)
    assert is_whole(path)
    assert keeping.differing(book, path) == []
    edit(book, "2030")
    assert keeping.differing(book, path) == ["6-2 청년창업허브 조성 — 2023년 하반기: 사업 구분"]
    assert [each.why for each in list_backups(book.path)] == ["매일"]
    assert not list(backup_folder(book.path).glob("*.new"))


def test_one_backup_a_day(book: Book) -> None:
    assert keeping.backup_daily(book) is not None
    assert keeping.backup_daily(book) is None
    assert not is_due(book.path, datetime.now())
    assert is_due(book.path, datetime.now() + timedelta(days=1))


def test_a_backup_is_put_back_and_the_book_stays_beside_it(book: Book) -> None:
    add_cards(book, [small_card()], {})
    path = make_backup(book.conn, book.path, "매일", NOW)
    edit(book, "2030")
    book.close()
    aside = keeping.restore(book.path, path)
    assert aside is not None
    for file, span in ((book.path, "2022.~2026."), (aside, "2030")):
        with Book.reading(file) as other:
            facts = keeping.load_cards(other, keeping.list_cards(other))[0].section("facts")
            assert isinstance(facts, Facts)
            assert facts.get("span").text == span
    assert [each.why for each in list_backups(book.path)] == ["되살리기 전", "매일"]


@pytest.mark.parametrize("damage", ["cut", "zeros", "empty", "text"])
def test_a_damaged_book_and_a_damaged_backup_are_told(book: Book, damage: str) -> None:
    add_cards(book, [small_card()], {})
    good = make_backup(book.conn, book.path, "매일", NOW)
    bad = make_backup(book.conn, book.path, "가져오기 전", NOW + timedelta(hours=1))
    book.close()
    for path in (book.path, bad):
        data = path.read_bytes()
        changed = {
            "cut": data[: len(data) // 2],
            "zeros": data[:8192] + bytes(len(data) - 8192),
            "empty": b"",
            "text": b"not a book at all",
        }[damage]
        path.write_bytes(changed)
        assert not is_whole(path)
    with pytest.raises(BookDamaged):
        Book.open(book.path)
    found = newest_whole(book.path)
    assert found is not None
    assert found.path == good
    with pytest.raises(BookTrouble, match="읽을 수 없습니다"):
        put_back(book.path, bad)
    broken = book.path.read_bytes()
    aside = put_back(book.path, good)
    assert aside is not None
    assert aside.read_bytes() == broken
    Book.open(book.path).close()


def test_a_book_of_an_older_form_is_kept_before_it_is_changed(book: Book) -> None:
    path = book.path
    book.conn.execute(f"pragma user_version = {schema.VERSION - 1}")
    book.close()
    Book.open(path).close()
    assert [each.why for each in list_backups(path)] == ["새 판으로 바꾸기 전"]
    Book.open(path).close()
    assert len(list_backups(path)) == 1


def test_a_backup_that_cannot_be_written_is_told(
    book: Book, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    (tmp_path / "file").write_text("x", encoding="utf-8")
    monkeypatch.setenv("GOVTRACKER_DATA", str(tmp_path / "file"))
    with pytest.raises(BookTrouble, match="백업을 만들지 못했습니다"):
        make_backup(book.conn, book.path, "매일", NOW)


@given(st.lists(st.integers(0, 900), min_size=1, max_size=120, unique=True))
def test_thinning_keeps_the_last_ones_and_one_of_every_day_week_and_month(ages: list[int]) -> None:
    backups = [Backup(Path(str(age)), NOW - timedelta(hours=age * 7), "매일") for age in ages]
    gone = {backup.path for backup in to_thin(backups, NOW)}
    kept = [backup for backup in backups if backup.path not in gone]
    ordered = sorted(backups, key=lambda backup: backup.at, reverse=True)
    assert all(backup in kept for backup in ordered[:LATEST])
    young = [backup for backup in backups if backup.at >= NOW - timedelta(days=14)]
    assert {backup.at.date() for backup in young} <= {backup.at.date() for backup in kept}
    recent = [backup for backup in backups if backup.at >= NOW - timedelta(days=700)]
    assert {f"{b.at:%Y-%m}" for b in recent} <= {f"{b.at:%Y-%m}" for b in kept}
    assert to_thin(kept, NOW) == []


def test_reading_a_book_writes_nothing(book: Book) -> None:
    add_cards(book, [small_card()], {})
    book.close()
    before = book.path.read_bytes()
    with Book.reading(book.path) as other, pytest.raises(sqlite3.OperationalError):
        other.conn.execute("delete from pledge")
    assert book.path.read_bytes() == before


def test_the_backup_that_is_put_back_is_never_thinned_away(book: Book) -> None:
    add_cards(book, [small_card()], {})
    now = datetime.now().replace(hour=0, minute=0, second=0, microsecond=0)
    paths = [
        make_backup(book.conn, book.path, "가져오기 전", now + timedelta(minutes=at)) for at in range(LATEST)
    ]
    book.close()
    keeping.restore(book.path, paths[0])
    assert paths[0].exists()
    Book.open(book.path).close()


def test_a_backup_of_an_older_form_is_compared_and_stays_as_it_is(book: Book) -> None:
    add_cards(book, [small_card()], {})
    path = make_backup(book.conn, book.path, "새 판으로 바꾸기 전", NOW)
    with closing(sqlite3.connect(path)) as old:
        old.execute("drop index idx_card_pledge_period")
        old.execute("alter table card drop column deleted")
        old.execute("delete from _sqlite_migrations where name = 'm009_bin'")
        old.execute("create unique index idx_card_pledge_period on card (pledge, period)")
        old.execute(f"pragma user_version = {schema.VERSION - 1}")
        old.commit()
    before = path.read_bytes()
    assert keeping.differing(book, path) == []
    assert path.read_bytes() == before


def test_a_journal_that_was_left_is_not_played_into_the_backup(book: Book) -> None:
    add_cards(book, [small_card()], {})
    good = make_backup(book.conn, book.path, "매일", NOW)
    book.close()
    journal = book.path.with_name(f"{book.path.name}-journal")
    journal.write_bytes(b"\xd9\xd5\x05\xf9 \xa1c\xd7" + bytes(5000))
    book.path.write_bytes(b"broken")
    aside = put_back(book.path, good)
    assert aside is not None
    assert not journal.exists()
    assert aside.with_name(f"{aside.name}-journal").exists()
    Book.open(book.path).close()
