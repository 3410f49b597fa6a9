"""What is pasted into an outline, as items: lines with mark and level, tables; what they looked like is dropped."""

from __future__ import annotations

import re
from html import escape

from govtracker.model.content import Item, Line, Run, Table, TableCell, clean, split_mark
from govtracker.ui.kit.pasted import PastedCell, PastedLine, PastedTable, Rows, blocks_of, tab_rows, tab_text

_WORD_BULLETS = str.maketrans(
    {"\uf0b7": "·", "\uf0a7": "□", "\uf06c": "●", "\uf071": "□", "\uf0d8": "▶", "\uf0fc": "✓"}
)
"""Signs of Word's symbol fonts for the bullets that they show."""


def pasted_items(html: str, text: str, marks: tuple[str, ...]) -> list[Item]:
    """The items of what was copied as a web page, as cells parted by tabs, or as plain lines.

    A plain text's levels are those of its marks in the outline, else of its leading blanks.
    """
    if "<table" in html.lower() or "<li" in html.lower() or "mso-list" in html:
        items = [_item(block, marks) for block in blocks_of(html)]
        if items:
            return items
    if "\t" in text and _is_table(text):
        return [_table(tab_rows(text))]
    return [_line(line, marks, None) for line in text.replace("\r\n", "\n").split("\n") if line.strip()]


def _is_table(text: str) -> bool:
    """Whether text parted by tabs is a table: every line has as many cells, and more than one."""
    rows = tab_rows(text)
    return (
        len(rows) > 1 and len(rows[0]) > 1 and all("\t" in line for line in text.strip("\n").split("\n")[:1])
    )


def _item(block: PastedLine | PastedTable, marks: tuple[str, ...]) -> Item:
    if isinstance(block, PastedLine):
        return _line(block.text, marks, block.depth)
    return _spanned(block)


def _line(text: str, marks: tuple[str, ...], depth: int | None) -> Line:
    """A line; where nothing says how deep it stands its mark does, else its leading blanks."""
    text = text.translate(_WORD_BULLETS)
    mark, rest = split_mark(text.strip())
    if depth is not None:
        level = depth
    elif mark in marks:
        level = marks.index(mark)
    else:
        level = (len(text) - len(text.lstrip())) // 2
    rest = re.sub(r"[ \t]+", " ", clean(rest)).strip()
    return Line(level, mark, (Run(rest),) if rest else ())


def _table(rows: Rows) -> Table:
    return Table(tuple(tuple(TableCell(clean(cell)) for cell in row) for row in rows), 1)


def _spanned(pasted: PastedTable) -> Table:
    """A table with its merged cells; rows that are shorter than the longest are filled up."""
    taken: dict[tuple[int, int], TableCell | None] = {}
    for at, row in enumerate(pasted.rows):
        column = 0
        for cell in row:
            while (at, column) in taken:
                column += 1
            _put(taken, at, column, cell, len(pasted.rows))
            column += cell.colspan
    width = max((column + 1 for _, column in taken), default=1)
    rows = [
        tuple(taken.get((at, column), TableCell()) for column in range(width))
        for at in range(len(pasted.rows))
    ]
    heads = 0
    for row in pasted.rows:
        if not row or not all(cell.head for cell in row):
            break
        heads += 1
    return Table(tuple(rows), max(1, heads))


def _put(
    taken: dict[tuple[int, int], TableCell | None], at: int, column: int, cell: PastedCell, rows: int
) -> None:
    down = min(cell.rowspan, rows - at)
    for r in range(at, at + down):
        for c in range(column, column + cell.colspan):
            taken[r, c] = None
    taken[at, column] = TableCell(clean(cell.text), down, cell.colspan)


# ---------------------------------------------------------------- and out


def text_of(items: list[Item]) -> str:
    """Items as plain text: lines with marks, two blanks a level; tables parted by tabs."""
    made = []
    for item in items:
        if isinstance(item, Line):
            made.append("  " * item.level + f"{item.mark} {item.text}".strip())
        elif isinstance(item, Table):
            made.append(
                tab_text([[cell.text if cell else "" for cell in row] for row in item.rows]).rstrip("\n")
            )
        elif item.caption:
            made.append(item.caption)
    return "\n".join(made)


def page_of_items(items: list[Item]) -> str:
    """Items as a web page: paragraphs set in by their levels, tables with their merged cells."""
    made = []
    for item in items:
        if isinstance(item, Line):
            words = escape(f"{item.mark} {item.text}".strip())
            made.append(f'<p style="margin-left:{item.level * 2}em">{words}</p>')
        elif isinstance(item, Table):
            made.append(_page_table(item))
    return f"<html><body>{''.join(made)}</body></html>"


def _page_table(table: Table) -> str:
    rows = []
    for at, row in enumerate(table.rows):
        tag = "th" if at < table.head_rows else "td"
        cells = (
            f'<{tag} rowspan="{cell.rowspan}" colspan="{cell.colspan}">'
            f"{escape(cell.text).replace(chr(10), '<br>')}</{tag}>"
            for cell in row
            if cell is not None
        )
        rows.append(f"<tr>{''.join(cells)}</tr>")
    return f'<table border="1">{"".join(rows)}</table>'
