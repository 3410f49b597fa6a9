from __future__ import annotations

import pytest

from govtracker.db.book import Book
from govtracker.db.pictures import put_picture, read_picture


def test_pictures_are_kept_once_under_their_sha(book: Book) -> None:
    put_picture(book, "a" * 64, b"1")
    put_picture(book, "a" * 64, b"2")
    assert read_picture(book, "a" * 64) == b"1"
    with pytest.raises(KeyError):
        read_picture(book, "b" * 64)
