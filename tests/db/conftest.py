from __future__ import annotations

import contextlib
import sqlite3
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from govtracker.db.book import Book
from govtracker.db.cards import list_cards
from govtracker.db.damage import is_related
from govtracker.db.sections import load_cards
from tests.db import saver

Start = Callable[..., "subprocess.Popen[str]"]


def new_book(path: Path) -> Book:
    return Book.create(path, "한빛구", "2022-07-01..2026-06-30", "gwanak")


def whole(book: Book) -> None:
    """Nothing that the program did to a book may look like damage."""
    with contextlib.suppress(sqlite3.ProgrammingError):  # closed
        book.conn.execute("select 1")
        assert is_related(book.conn)
        load_cards(book, list_cards(book))
        assert not book.mended


@pytest.fixture
def book(book_path: Path) -> Iterator[Book]:
    with new_book(book_path) as made:
        yield made
        whole(made)


@pytest.fixture
def start() -> Iterator[Start]:
    """Start a process that holds a book; it has opened it when this returns. All are killed at the end."""
    started: list[subprocess.Popen[str]] = []

    def made(path: Path, card: str = "", key: str = "", number: int = -1) -> subprocess.Popen[str]:
        command = [sys.executable, saver.__file__, str(path), card, key, str(number)]
        process = subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True)
        started.append(process)
        assert process.stdout is not None
        assert process.stdout.readline().strip() == "open"
        return process

    yield made
    for process in started:
        process.kill()
        process.wait()
        if process.stdout is not None:
            process.stdout.close()
