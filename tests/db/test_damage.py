"""A copy of a book that was damaged is refused, opened with a message, or shows what was saved: never another figure."""

from __future__ import annotations

import random
import sqlite3
from contextlib import closing
from pathlib import Path

import pytest
from click.testing import CliRunner

from govtracker.cli import commands
from govtracker.db.book import Book
from govtracker.db.cards import list_cards
from govtracker.db.sections import load_cards
from govtracker.errors import BookDamaged, BookTrouble
from govtracker.importer.assembly.setting import Given
from govtracker.jobs import importing, keeping
from govtracker.model.codec import encode
from tests.support.expected import SAMPLES

Cards = dict[tuple[str, str], object]


@pytest.fixture(scope="module")
def whole(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("book") / "대장.govtracker"
    importing.import_into(path, SAMPLES[0].file, Given())
    return path


@pytest.fixture
def path(whole: Path, tmp_path: Path) -> Path:
    copy = tmp_path / "대장.govtracker"
    copy.write_bytes(whole.read_bytes())
    return copy


def held(book: Book) -> Cards:
    """Every card of a book as plain values, by its pledge's name and its period."""
    entries = list_cards(book)
    return {
        (entry.pledge.title, entry.period.label): encode(card)
        for entry, card in zip(entries, load_cards(book, entries), strict=True)
    }


def saved(path: Path) -> Cards:
    with Book.open(path) as book:
        return held(book)


def change(path: Path, *statements: str) -> None:
    """What a failing disk does to values: behind the program's back."""
    with closing(sqlite3.connect(path)) as conn, conn:
        for statement in statements:
            assert conn.execute(statement).rowcount > 0


VALUES = (
    "update amount set value = replace(value, '1', '7') where value like '%1%'",
    "update amount set measure = 'planned'",
    "update amount set state = 'valuf'",
    "update amount set first = '2O22-01'",
    "delete from event where position = 0",
    "update target set value = '9' where position = 0",
    "update person set phone = cast(x'ff30' as text)",
    "update item set body = '{'",
    "update section set extra = '['",
    "update section set kind = 'budgeu' where kind = 'budget'",
)


@pytest.mark.parametrize("statement", VALUES)
def test_values_that_are_not_what_was_saved_come_from_the_last_version(path: Path, statement: str) -> None:
    before = saved(path)
    change(path, statement)
    with Book.open(path) as book:
        assert held(book) == before
        damaged = len(book.mended)
        assert len(keeping.mend(book)) == damaged > 0
        assert not book.mended
    with Book.open(path) as book:  # the file itself is right again
        assert held(book) == before
        assert not book.mended
        assert keeping.mend(book) == []


def test_a_damaged_history_is_told_and_made_again(path: Path) -> None:
    before = saved(path)
    change(path, "update version set body = x'00' || body where section = 'budget'")
    with Book.open(path) as book:
        assert held(book) == before
        assert all("이력" in sentence for sentence in keeping.mend(book))
    with Book.open(path) as book:
        assert keeping.mend(book) == []


def test_where_neither_can_be_read_the_card_is_refused_with_its_place(path: Path) -> None:
    change(
        path,
        "update section set kind = 'x' where key = 'budget'",
        "update version set body = x'00' where section = 'budget'",
    )
    with Book.open(path) as book, pytest.raises(BookDamaged) as trouble:
        held(book)
    assert list_of_titles(path)[0] in trouble.value.place


def test_a_book_from_before_names_were_kept_at_submission_opens_whole(path: Path) -> None:
    before = saved(path)
    with closing(sqlite3.connect(path)) as conn, conn:
        conn.execute("drop table submitted_pledge")
        conn.execute("delete from _sqlite_migrations where name = 'm010_submitted'")
        conn.execute("pragma user_version = 7")
    assert saved(path) == before


def list_of_titles(path: Path) -> list[str]:
    with Book.open(path) as book:
        return [entry.pledge.title for entry in list_cards(book)]


@pytest.mark.parametrize(
    "statement",
    [
        "update section set key = 'budgeu' where key = 'budget'",
        "update section set card = 'x' where rowid = 5",
        "update section set version = version + 1 where key = 'budget'",
        "update section set saved_at = '2000-01-01' where key = 'budget'",
        "update card set pledge = 'x' where rowid = 5",
        "update card set period = 'x' where rowid = 5",
        "delete from version where section = 'budget'",
    ],
)
def test_rows_that_belong_to_nothing_are_found_at_opening(path: Path, statement: str) -> None:
    change(path, statement)
    with pytest.raises(BookDamaged):
        Book.open(path)


def test_a_command_tells_what_it_mended(path: Path, tmp_path: Path) -> None:
    change(path, VALUES[0])
    out = tmp_path / "서식.xlsx"
    first = CliRunner().invoke(commands, ["export", str(path), str(out)])
    assert first.exit_code == 0, first.output
    assert "되살렸습니다" in first.stderr
    again = CliRunner().invoke(commands, ["export", str(path), str(tmp_path / "다시.xlsx")])
    assert "되살렸습니다" not in again.stderr


def damage(data: bytearray, chance: random.Random) -> str:
    """One of the ways in which a file suffers."""
    at = chance.randrange(100, len(data))
    match chance.randrange(4):
        case 0:
            data[at] ^= 1 << chance.randrange(8)
            return f"a bit at {at}"
        case 1:
            for place in (chance.randrange(100, len(data)) for _ in range(40)):
                data[place] ^= 1 << chance.randrange(8)
            return "forty bits"
        case 2:
            del data[at:]
            return f"cut at {at}"
        case _:
            page = at // 4096 * 4096
            data[page : page + 4096] = bytes(len(data[page : page + 4096]))
            return f"page at {page} zeroed"


def try_damaged(whole: Path, folder: Path, copies: int) -> None:
    before = saved(whole)
    refused = 0
    for seed in range(copies):
        data = bytearray(whole.read_bytes())
        what = damage(data, random.Random(seed))
        path = folder / f"{seed}.govtracker"
        path.write_bytes(data)
        try:
            with Book.open(path) as book:
                after = held(book)
                keeping.mend(book)
        except BookTrouble:
            refused += 1
        else:
            assert sections(after) == sections(before), f"{seed}: {what}"
        path.unlink(missing_ok=True)
    assert 0 < refused < copies


def sections(cards: Cards) -> list[object]:
    return [card["sections"] for card in cards.values()]  # type: ignore[index]


def test_forty_damaged_copies_show_no_wrong_figure(whole: Path, tmp_path: Path) -> None:
    try_damaged(whole, tmp_path, 40)


@pytest.mark.soak
def test_a_thousand_damaged_copies_show_no_wrong_figure(whole: Path, tmp_path: Path) -> None:
    try_damaged(whole, tmp_path, 1000)
