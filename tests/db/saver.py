"""A process of its own that holds a book: it says `open`, then saves numbered changes for as long as it lives.

Run as `python saver.py BOOK CARD KEY START`; after each save it prints the number that was saved. START -1 saves nothing.
"""

from __future__ import annotations

import sys
import time
from pathlib import Path

from govtracker.db.book import Book
from govtracker.db.sections import SectionChange, save_sections
from govtracker.model.card import Outline, Part
from govtracker.model.content import Line, Run


def numbered(number: int) -> Outline:
    """A section of some size that says its number in every line."""
    return Outline(
        (Part("summary", "", tuple(Line(0, "◆", (Run(f"{number}번째 저장"),)) for _ in range(30))),)
    )


def main(path: str, card: str, key: str, start: str) -> None:
    book = Book.open(Path(path))
    print("open", flush=True)
    number = int(start)
    while number < 0:
        time.sleep(60)
    while True:
        number += 1
        save_sections(book, [SectionChange(card, key, numbered(number))])
        print(number, flush=True)


if __name__ == "__main__":
    main(*sys.argv[1:])
