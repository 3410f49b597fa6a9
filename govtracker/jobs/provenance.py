"""Where a value came from, in words."""

from __future__ import annotations

from govtracker.db.book import Book
from govtracker.db.origins import origin_of
from govtracker.model.place import Place

LONGEST = 120
"""Characters of a cell that are shown."""
CELLS = 4
"""Cells of one value that are named."""


def provenance(book: Book, card: str, place: Place) -> str:
    """The file, cells and texts that a value was read from, a line each; "" where it was not imported."""
    found = origin_of(book, card, place)
    if found is None:
        return ""
    lines = [f'{found.file}, {cell}: "{_shown(text)}"' for cell, text in found.cells[:CELLS]]
    if len(found.cells) > CELLS:
        lines.append(f"그 밖에 칸 {len(found.cells) - CELLS}개")
    if found.edited:
        lines.append("가져온 뒤 고친 값입니다.")
    return "\n".join(lines)


def _shown(text: str) -> str:
    """A cell's text in one line, its line breaks visible."""
    line = " ↵ ".join(part.strip() for part in text.strip().split("\n"))
    return line if len(line) <= LONGEST else f"{line[: LONGEST - 1]}…"
