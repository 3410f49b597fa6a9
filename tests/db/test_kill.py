"""A process that is killed at any moment loses nothing that it had acknowledged, and leaves a sound book."""

from __future__ import annotations

import random
import threading
from datetime import date
from pathlib import Path

import pytest

from govtracker.db.book import Book
from govtracker.db.cards import list_cards
from govtracker.db.merge import add_cards
from govtracker.db.sections import load_card
from govtracker.model.card import Card, Outline, Period, Pledge
from tests.db.conftest import Start, new_book
from tests.db.saver import numbered

KEY = "summary"


def saved_number(path: Path) -> int:
    """The number in the book, which must be whole: every line says the same one."""
    with Book.open(path) as book:
        assert book.conn.execute("pragma integrity_check").fetchone()[0] == "ok"
        (entry,) = list_cards(book)
        section = load_card(book, entry).section(KEY)
        assert isinstance(section, Outline)
        number = int(section.parts[0].items[0].text.split("번째")[0]) if section.parts else 0  # type: ignore[union-attr]
        assert section == (numbered(number) if number else Outline())
        return number


def kill_again_and_again(path: Path, start: Start, kills: int) -> int:
    """Number of changes that were acknowledged over all processes."""
    with new_book(path) as book:
        card = Card(Pledge("공약"), Period("2023년", date(2023, 12, 31)), "gwanak", ((KEY, Outline()),))
        name = add_cards(book, [card], {}).cards[0]
    chance = random.Random(20260101)
    acknowledged = 0
    for _ in range(kills):
        process = start(path, name, KEY, acknowledged)
        threading.Timer(chance.uniform(0.0, 0.25), process.kill).start()
        told = process.communicate()[0].split("\n")[:-1]
        last = int(told[-1]) if told else acknowledged
        found = saved_number(path)
        assert last <= found <= last + 1, "an acknowledged change is gone"
        acknowledged = found
    return acknowledged


def test_twenty_kills_lose_no_acknowledged_change(book_path: Path, start: Start) -> None:
    assert kill_again_and_again(book_path, start, 20) > 20


@pytest.mark.soak
def test_three_hundred_kills_lose_no_acknowledged_change(book_path: Path, start: Start) -> None:
    assert kill_again_and_again(book_path, start, 300) > 300
