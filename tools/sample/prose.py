"""Outlines of the contents, as text of the TOML files: lines, nested tables, pictures, ends of pages.

`@table 2` .. `@end` holds a table with two head rows: cells parted by `|`; `<` and `^` are covered by a merge to the
left or above; `=` is a sum of the figures right of it (`=2` of two),
in a row `계` of those of its column. `@photo` is a picture,
`@page` the officer's page break, `@cell` the start of a new cell.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Any

from openpyxl.worksheet.pagebreak import Break
from sample.paper import BODY, HEAD, MONEY, Figure, Look, Paper, Span, covered, is_figure
from sample.photo import PHOTO_PIXELS, photo

MARKS = "□○-·•※☞①②③④⑤⑥⑦⑧⑨"


@dataclass(frozen=True)
class Line:
    """A line of an outline; its level is the number of blanks before its mark."""

    level: int
    marker: str
    text: str

    @property
    def printed(self) -> str:
        return f"{' ' * self.level}{self.marker}{' ' if self.marker else ''}{self.text}"


@dataclass(frozen=True)
class Grid:
    rows: tuple[tuple[Figure, ...], ...]
    heads: int


@dataclass(frozen=True)
class Sign:
    """`photo`, `page` or `cell`."""

    name: str


Piece = Line | Grid | Sign


@dataclass(frozen=True)
class Place:
    """Where an outline stands on a sheet: columns of its text and of its tables, and how it is written.

    `lines` is the most lines that the officer puts into one cell before the next ○.
    """

    body: Span
    inner: Span
    lines: int = 22
    framed: bool = False
    repeat: Callable[[], None] = lambda: None


def parse(text: str) -> tuple[Piece, ...]:
    """The pieces of a content's text; blank lines are dropped."""
    found: list[Piece] = []
    raws = iter(raw for raw in text.splitlines() if raw.strip())
    for raw in raws:
        if raw.startswith("@table"):
            found.append(_grid(raws, int(raw.removeprefix("@table") or 1)))
        elif raw.startswith("@"):
            found.append(Sign(raw[1:].strip()))
        else:
            found.append(_line(raw))
    return tuple(found)


def _line(raw: str) -> Line:
    text, level = raw.strip(), len(raw) - len(raw.lstrip())
    if text[0] in MARKS and text[1:2] == " ":
        return Line(level, text[0], text[2:])
    return Line(level, "", text)


def _grid(raws: Iterator[str], heads: int) -> Grid:
    rows: list[list[Figure]] = []
    for raw in raws:
        if raw.startswith("@end"):
            break
        rows.append([_figure(cell.strip()) for cell in raw.split("|")])
    assert len({len(row) for row in rows}) == 1, rows
    _sum(rows)
    return Grid(tuple(tuple(row) for row in rows), heads)


def _sum(rows: list[list[Figure]]) -> None:
    """Put the sums in: of a row first, then of the columns."""
    plain = [row for row in rows if row[0] not in ("계", "합계")]
    for row in plain:
        for x, cell in enumerate(row):
            if isinstance(cell, str) and cell.startswith("="):
                reach = int(cell[1:] or len(row))
                row[x] = sum(other for other in row[x + 1 : x + 1 + reach] if isinstance(other, int))
    for row in rows:
        for x, cell in enumerate(row):
            if cell == "=":
                column = [other[x] for other in plain]
                row[x] = sum(each for each in column if isinstance(each, int))


def _figure(text: str) -> Figure:
    return int(text.replace(",", "")) if text.replace(",", "").isdigit() else text.replace("/", "\n")


def lines_of(pieces: Sequence[Piece]) -> list[Line]:
    return [piece for piece in pieces if isinstance(piece, Line)]


# ---------------------------------------------------------------------------------------------- drawing


def draw(paper: Paper, pieces: Sequence[Piece], place: Place) -> list[tuple[int, int]]:
    """Write the pieces from the current row on; first and last row of each run between two ends of pages."""
    runs: list[tuple[int, int]] = []
    start = paper.row
    for kind in _cells(pieces, place.lines):
        if isinstance(kind, list):
            text = "\n".join(line.printed for line in kind)
            paper.put(place.body, text, Look(align="left", border=place.framed, sides="lr"))
            paper.next()
        elif isinstance(kind, Grid):
            draw_grid(paper, kind, place.inner)
            paper.gap(6)
        elif kind.name == "photo":
            paper.put(place.body, None, Look(border=place.framed, sides="lr"))
            paper.hang(photo(), place.inner, PHOTO_PIXELS)
            paper.next()
        elif kind.name == "page":
            runs.append((start, paper.row - 1))
            paper.sheet.row_breaks.append(Break(id=paper.row - 1))
            place.repeat()
            start = paper.row
    return [*runs, (start, paper.row - 1)]


def _cells(pieces: Sequence[Piece], most: int) -> Iterator[list[Line] | Grid | Sign]:
    """Lines gathered into cells; a group heading begins a new one."""
    lines: list[Line] = []
    for piece in pieces:
        full = isinstance(piece, Line) and (
            piece.text.startswith("【") or (len(lines) >= most and (piece.marker == "○" or most == 1))
        )
        if lines and (full or not isinstance(piece, Line)):
            yield lines
            lines = []
        if isinstance(piece, Line):
            lines.append(piece)
        elif piece != Sign("cell"):
            yield piece
    if lines:
        yield lines


def draw_grid(paper: Paper, grid: Grid, inner: Span) -> None:
    """A table among the lines; its first column is wider than the others where the raster allows it."""
    spans = _spans(inner, len(grid.rows[0]))
    for y, row in enumerate(grid.rows):
        for x, value in enumerate(row):
            if value not in ("<", "^"):
                right = x + sum(1 for _ in covered(row[x + 1 :], "<"))
                rows = 1 + sum(1 for _ in covered([below[x] for below in grid.rows[y + 1 :]], "^"))
                look = HEAD if y < grid.heads else MONEY if is_figure(value) else BODY
                paper.put((spans[x][0], spans[right][1]), None if value == "" else value, look, rows)
        paper.need(18)
        paper.next()


def _spans(inner: Span, count: int) -> list[Span]:
    left, right = inner
    room = right - left + 1
    assert room >= count, f"{count} columns in {room}"
    each, extra = divmod(room, count)
    edges = [left]
    for at in range(count):
        edges.append(edges[-1] + each + (1 if at < extra else 0))
    return [(a, b - 1) for a, b in pairwise(edges)]


# ---------------------------------------------------------------------------------------------- truth


def told(section: str, slot: str | None, pieces: Sequence[Piece]) -> dict[str, Any]:
    """The outline of some pieces."""
    return {"section": section, "slot": slot, "lines": [vars(line) for line in lines_of(pieces)]}


def told_tables(section: str, slot: str | None, pieces: Sequence[Piece]) -> list[dict[str, Any]]:
    """The tables among some pieces; a table's title is the line before it."""
    found, seen = [], 0
    title = ""
    for piece in pieces:
        if isinstance(piece, Line):
            seen, title = seen + 1, piece.text
        elif isinstance(piece, Grid):
            rows = [[None if cell in ("<", "^", "") else cell for cell in row] for row in piece.rows]
            found.append(
                {"section": section, "slot": slot, "title": title, "rows": rows, "header_rows": piece.heads,
                 "after_line": seen - 1}
            )  # fmt: skip
    return found


def photos(pieces: Sequence[Piece]) -> int:
    return list(pieces).count(Sign("photo"))
