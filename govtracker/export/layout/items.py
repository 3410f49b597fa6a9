"""Lines, tables and pictures of an outline as flow items, with the indents of their marks and levels."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import replace

from govtracker.export.document import INNER, NESTED_HEAD, Cell, Flow, Grid, Para, Pic, Row, plain
from govtracker.model.content import Item, Line, Picture, Run, Table, merge_runs
from govtracker.model.figure import parse_figure
from govtracker.model.place import Place

_SLOTS = {"○": 1.25, "-": 0.85, "·": 0.55, "※": 1.20, "•": 0.90, "◆": 1.30, "□": 1.15}
DIGIT = 2.1
"""Width of a digit at 9.5 pt, mm."""
_GROUP = re.compile(r"【[^】]*】")
_OUTLINE_X = (0.0, 0.15, 1.20, 2.10, 3.00)
"""Where marks stand, em: levels 0 to 4 of an outline whose outermost mark is □."""


def indents(line: Line, marks: tuple[str, ...]) -> tuple[float, float]:
    """(mark x, text x) in em. Outlines that begin with ○ start at level 1's place; dots in cells at 0."""
    level = line.level
    if marks and marks[0] in ("·", "-", "•", "◆"):
        x = 0.62 * level
    else:
        at = level if marks and marks[0] == "□" else level + 1
        x = _OUTLINE_X[at] if at < len(_OUTLINE_X) else _OUTLINE_X[-1] + 0.9 * (at - len(_OUTLINE_X) + 1)
    slot = _SLOTS.get(line.mark, 1.15 if line.mark else 0)
    return x, x + slot


def flow(items: Iterable[Item], marks: tuple[str, ...], style: str, section: str, width: float) -> list[Flow]:
    """Flow items of the items of a section in an area `width` mm wide."""
    made: list[Flow] = []
    items = tuple(items)
    for at, item in enumerate(items):
        if isinstance(item, Line):
            para = paragraph(item, marks, style, Place(section, item.id))
            made.append(replace(para, keep=True) if _leads(items, at, item) else para)
        elif isinstance(item, Table):
            made.append(nested(item, section, width))
        else:
            made += picture(item, section, width)
    return made


def _leads(items: tuple[Item, ...], at: int, line: Line) -> bool:
    """Whether a line must not be the last on a page: deeper ones follow it, or it is the first under a group."""
    after = items[at + 1] if at + 1 < len(items) else None
    if not isinstance(after, Line):
        return False
    above = items[at - 1] if at else None
    return after.level > line.level or (
        isinstance(above, Line) and not above.mark and bool(_GROUP.match(above.text))
    )


BOLD = ("summary", "subheading")
"""Styles that are bold throughout: a bold run shows no difference there."""


def paragraph(line: Line, marks: tuple[str, ...], style: str, place: Place) -> Para:
    """One line; a □ line of an outline looks like the heading it is."""
    if style == "body" and line.mark == "□" and line.level == 0 and marks and marks[0] == "□":
        return Para(
            _plain(line),
            "subheading",
            mark="□",
            mark_x=0.1,
            text_x=1.3,
            before=2.6,
            after=0.8,
            keep=True,
            place=place,
        )
    group = _GROUP.match(line.text) if not line.mark else None
    if group:
        head, rest = (Run(group[0], True),), line.text[group.end() :]
        return Para(
            (*head, Run(rest)) if rest else head, "group_open", level=line.level, mark_x=0.1, text_x=0.1,
            before=1.2, after=0.3, keep=True, place=place,
        )  # fmt: skip
    mark_x, text_x = indents(line, marks)
    runs = _plain(line) if style in BOLD else tuple(merge_runs(line.runs))
    return Para(runs, style, mark=line.mark, level=line.level, mark_x=mark_x, text_x=text_x, place=place)


def _plain(line: Line) -> tuple[Run, ...]:
    return (Run(line.text),) if line.runs else ()


def picture(item: Picture, section: str, width: float) -> list[Flow]:
    """The picture, shrunk to the area if need be, and its caption."""
    scale = min(1.0, (width - 2) / item.width) if item.width else 1.0
    made: list[Flow] = [Pic(item.sha, item.width * scale, item.height * scale, Place(section, item.id))]
    if item.caption:
        made.append(plain(item.caption, "caption", "left", Place(section, item.id, "caption")))
    return made


def nested(table: Table, section: str, width: float) -> Grid:
    """A table among the lines: its columns as wide as their texts need, within the area."""
    x = 7.0 if width > 100 else 1.0
    widths = _widths(table, width - x - 1)
    insets = _insets(table, widths)
    rows = tuple(_nested_row(table, at, section, insets) for at in range(len(table.rows)))
    return Grid(
        widths,
        rows,
        table.head_rows,
        x=x,
        outer=INNER,
        before=1,
        after=2,
        role="nested",
    )


def _insets(table: Table, widths: tuple[float, ...]) -> list[float]:
    """Space right of each column's figures, mm: the longest one stands in the middle."""
    longest = [0] * len(widths)
    for row in table.rows[table.head_rows :]:
        for at, cell in enumerate(row):
            if cell and cell.colspan == 1 and parse_figure(cell.text).state in ("value", "dash"):
                longest[at] = max(longest[at], len(cell.text))
    return [max(1.6, (width - DIGIT * count) / 2) for width, count in zip(widths, longest, strict=True)]


def _nested_row(table: Table, at: int, section: str, insets: list[float]) -> Row:
    head = at < table.head_rows
    cells = []
    for column, cell in enumerate(table.rows[at]):
        if cell is None:
            continue
        figure = None if head else parse_figure(cell.text)
        number = figure is not None and figure.state in ("value", "dash")
        lines = tuple(
            plain(part, "nested_head" if head else "nested", "right" if number else "center", whole=number)
            for part in cell.text.split("\n")
        )
        if head:
            lines = tuple(replace(p, spread=True) if _two_syllables(p.text) else p for p in lines)
        inset = insets[column] if cell.colspan == 1 else 1.6
        cells.append(
            Cell(
                lines,
                cell.colspan,
                cell.rowspan,
                "head" if head else "nested",
                "right" if number else "center",
                fill=NESTED_HEAD if head else "",
                pad=(inset if number else 0.8, 0.5),
                place=Place(section, table.id, f"{at}.{column}"),
            )
        )
    return Row(tuple(cells), 6.2)


def _two_syllables(text: str) -> bool:
    return len(text) == 2 and all("가" <= char <= "힣" for char in text)


def _widths(table: Table, room: float) -> tuple[float, ...]:
    """Column widths in mm by the longest unspanned text, scaled to at most the room."""
    needs = [10.0] * table.columns
    for row in table.rows:
        for at, cell in enumerate(row):
            if cell and cell.colspan == 1:
                longest = max((_breadth(part) for part in cell.text.split("\n")), default=0)
                needs[at] = max(needs[at], min(60.0, longest + 5))
    total = sum(needs)
    if total > room:
        return tuple(need * room / total for need in needs)
    scale = min(room, max(total, min(room, 18.5 * table.columns))) / total
    return tuple(need * scale for need in needs)


def _breadth(text: str) -> float:
    """Rough width in mm at 9.5 pt: a syllable one em, anything else a good half."""
    return sum(3.35 if ord(char) > 0x2E80 else 1.9 for char in text)
