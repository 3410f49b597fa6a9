"""Items of an outline as a QTextDocument and back: lines are blocks, tables text tables, pictures images.

Level, mark and id are properties of the block's format: they survive typing, and splitting a line copies them.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

from PySide6.QtCore import QUrl
from PySide6.QtGui import (
    QColor,
    QFont,
    QFontMetrics,
    QGuiApplication,
    QImage,
    QTextBlock,
    QTextBlockFormat,
    QTextCharFormat,
    QTextCursor,
    QTextDocument,
    QTextFormat,
    QTextFrame,
    QTextImageFormat,
    QTextLength,
    QTextTable,
    QTextTableFormat,
)

from govtracker.model.content import Item, Line, Picture, Run, Table, TableCell, merge_runs, split_mark
from govtracker.model.ids import new_id
from govtracker.ui.kit import theme

LEVEL = QTextFormat.Property.UserProperty + 1
MARK = QTextFormat.Property.UserProperty + 2
ID = QTextFormat.Property.UserProperty + 3
INFO = QTextFormat.Property.UserProperty + 4
STEP, SLOT = 22, 20
"""Pixels per level, and of the room for a mark."""
NARROWEST, WIDEST, ROOM = 44, 260, 500
"""Pixels of a table's columns, and of what surely fits into the editor."""
PIXELS = 96 / 25.4
Pictures = Callable[[str], bytes]


def block_format(level: int, mark: str, identity: str) -> QTextBlockFormat:
    """Format of a line's block: hanging behind its mark."""
    made = QTextBlockFormat()
    made.setLeftMargin(4 + STEP * level + (SLOT if mark else 0))
    made.setProperty(LEVEL, level)
    made.setProperty(MARK, mark)
    made.setProperty(ID, identity)
    made.setLineHeight(130, QTextBlockFormat.LineHeightTypes.ProportionalHeight.value)
    return made


def fill(document: QTextDocument, items: tuple[Item, ...], pictures: Pictures) -> None:
    """Make the document show the items."""
    document.clear()
    cursor = QTextCursor(document)
    first = True
    for item in items:
        if isinstance(item, Table):
            _insert_table(cursor, item)
            first = False
            continue
        if not first and not _after_table(cursor):
            cursor.insertBlock()
        first = False
        if isinstance(item, Line):
            cursor.setBlockFormat(block_format(item.level, item.mark, item.id))
            _insert_runs(cursor, item.runs)
        else:
            _insert_picture(cursor, item, pictures)


def _after_table(cursor: QTextCursor) -> bool:
    """Whether the cursor stands in the empty block that Qt keeps behind a table."""
    block = cursor.block()
    previous = block.previous()
    return (
        not block.text()
        and previous.isValid()
        and QTextCursor(previous).currentTable() is not None
        and cursor.currentTable() is None
    )


def _insert_runs(cursor: QTextCursor, runs: tuple[Run, ...]) -> None:
    for run in runs:
        look = QTextCharFormat()
        if run.bold:
            look.setFontWeight(QFont.Weight.Bold)
        cursor.insertText(run.text, look)
    cursor.setCharFormat(QTextCharFormat())


def _insert_picture(cursor: QTextCursor, item: Picture, pictures: Pictures) -> None:
    document = cursor.document()
    name = f"picture:{item.sha}"
    image = QImage()
    try:
        image.loadFromData(pictures(item.sha))
    except KeyError:
        image = QImage(80, 60, QImage.Format.Format_RGB32)
        image.fill(0xDDDDDD)
    document.addResource(QTextDocument.ResourceType.ImageResource.value, QUrl(name), image)
    look = QTextImageFormat()
    look.setName(name)
    scale = min(1.0, ROOM / max(1.0, item.width * PIXELS)) * PIXELS
    look.setWidth(item.width * scale)
    look.setHeight(item.height * scale)
    look.setProperty(INFO, f"{item.sha} {item.width} {item.height} {item.id}")
    cursor.setBlockFormat(block_format(0, "", item.id))
    cursor.insertImage(look)
    if item.caption:
        cursor.insertText(f" {item.caption}", QTextCharFormat())


def table_format(table: Table) -> QTextTableFormat:
    made = QTextTableFormat()
    made.setCellPadding(5)
    made.setCellSpacing(0)
    made.setBorderCollapse(True)
    made.setBorder(1)
    made.setLeftMargin(30)
    made.setTopMargin(4)
    made.setBottomMargin(4)
    made.setHeaderRowCount(table.head_rows)
    made.setProperty(ID, table.id)
    made.setBorderStyle(QTextTableFormat.BorderStyle.BorderStyle_Solid)
    made.setBorderBrush(QColor(theme.BORDER))
    widths = _widths(table)
    if sum(widths) <= ROOM:
        made.setColumnWidthConstraints([QTextLength(QTextLength.Type.FixedLength, w) for w in widths])
    else:
        share = 100 / sum(widths)
        made.setWidth(QTextLength(QTextLength.Type.PercentageLength, 100))
        made.setColumnWidthConstraints(
            [QTextLength(QTextLength.Type.PercentageLength, w * share) for w in widths]
        )
    return made


def _widths(table: Table) -> list[int]:
    """Pixels that the longest line of every column wants, within reason."""
    metrics = QFontMetrics(QGuiApplication.font())
    widths = [NARROWEST] * max(1, table.columns)
    for row in table.rows:
        for at, cell in enumerate(row):
            if cell is not None and cell.colspan == 1:
                longest = max(metrics.horizontalAdvance(line) for line in cell.text.split("\n"))
                widths[at] = max(widths[at], min(longest + 18, WIDEST))
    return widths


def table_at(cursor: QTextCursor) -> QTextTable | None:
    """The table that a cursor stands in."""
    return cursor.currentTable()


def dress(table: QTextTable) -> None:
    """Head rows shaded, the others not."""
    heads = table.format().headerRowCount()
    for r in range(table.rows()):
        for c in range(table.columns()):
            cell = table.cellAt(r, c)
            look = cell.format()
            if r < heads:
                look.setBackground(QColor(theme.HEAD))
            else:
                look.clearBackground()
            cell.setFormat(look)


def _insert_table(cursor: QTextCursor, item: Table) -> None:
    made = cursor.insertTable(len(item.rows), max(1, item.columns), table_format(item))
    for r, row in enumerate(item.rows):
        for c, cell in enumerate(row):
            if cell is None:
                continue
            if cell.rowspan > 1 or cell.colspan > 1:
                made.mergeCells(r, c, cell.rowspan, cell.colspan)
            look = QTextCharFormat()
            if r < item.head_rows:
                look.setFontWeight(QFont.Weight.Bold)
            inside = made.cellAt(r, c).firstCursorPosition()
            inside.setBlockFormat(QTextBlockFormat())
            inside.insertText(cell.text.replace("\n", "\u2028"), look)
    dress(made)
    cursor.movePosition(QTextCursor.MoveOperation.End)


# ---------------------------------------------------------------- and back


def items(document: QTextDocument) -> tuple[Item, ...]:
    """What the document holds; an empty block behind a table or alone is nothing."""
    found: list[Item] = []
    seen: set[str] = set()
    for piece in _pieces(document.rootFrame()):
        if isinstance(piece, QTextTable):
            found.append(_table(piece))
        else:
            found += _block(piece, seen)
    return tuple(found)


def _pieces(frame: QTextFrame) -> Iterator[QTextBlock | QTextTable]:
    at: Any = frame.begin()
    while not at.atEnd():
        inner = at.currentFrame()
        if isinstance(inner, QTextTable):
            yield inner
        elif at.currentBlock().isValid():
            yield at.currentBlock()
        at += 1


def _identity(stored: Any, seen: set[str]) -> str:
    """The stored id, a new one where it is missing or was copied by splitting a line."""
    identity = str(stored) if stored else ""
    if not identity or identity in seen:
        identity = new_id()
    seen.add(identity)
    return identity


def _block(block: QTextBlock, seen: set[str]) -> list[Item]:
    """The line of a block, then its pictures (several where lines were joined), each with the text behind it."""
    look = block.blockFormat()
    runs: list[Run] = []
    images: list[tuple[str, list[str]]] = []
    at: Any = block.begin()
    while not at.atEnd():
        fragment = at.fragment()
        if fragment.isValid():
            shape = fragment.charFormat()
            if shape.isImageFormat():
                images += [(str(shape.property(INFO)), []) for _ in fragment.text()]
            else:
                text = (
                    fragment.text()
                    .replace("\u2028", " ")
                    .replace("\u2029", " ")
                    .replace("\u00a0", " ")
                    .replace("\ufffc", "")
                )
                if images:
                    images[-1][1].append(text)
                else:
                    runs.append(Run(text, shape.fontWeight() >= QFont.Weight.Bold))
        at += 1
    text = "".join(run.text for run in runs)
    mark = str(look.property(MARK) or "")
    found: list[Item] = [_picture(info, "".join(caption).strip(), seen) for info, caption in images]
    if text.strip() or (mark and not images):
        level = int(look.property(LEVEL) or 0)
        found.insert(0, _line(runs, text, level, mark, _identity(look.property(ID), seen)))
    return found


def _picture(info: str, caption: str, seen: set[str]) -> Picture:
    sha, width, height, identity = info.split(" ")
    return Picture(sha, float(width), float(height), caption, _identity(identity, seen))


def _line(runs: list[Run], text: str, level: int, mark: str, identity: str) -> Line:
    """A line; a mark that was typed into the text of a line without one becomes its mark."""
    if not mark:
        found, rest = split_mark(text)
        if found:
            drop = len(text.rstrip()) - len(rest)
            runs, mark = _without(runs, drop), found
    merged = [run for run in merge_runs(runs) if run.text]
    if merged:
        merged[0] = Run(merged[0].text.lstrip(), merged[0].bold)
        merged[-1] = Run(merged[-1].text.rstrip(), merged[-1].bold)
    return Line(level, mark, tuple(run for run in merged if run.text), identity)


def _without(runs: list[Run], count: int) -> list[Run]:
    made = []
    for run in runs:
        cut = min(count, len(run.text))
        count -= cut
        made.append(Run(run.text[cut:], run.bold))
    return made


def _table(table: QTextTable) -> Table:
    rows: list[tuple[TableCell | None, ...]] = []
    for r in range(table.rows()):
        row: list[TableCell | None] = []
        for c in range(table.columns()):
            cell = table.cellAt(r, c)
            if cell.row() != r or cell.column() != c:
                row.append(None)
                continue
            start, end = cell.firstCursorPosition(), cell.lastCursorPosition()
            start.setPosition(end.position(), QTextCursor.MoveMode.KeepAnchor)
            text = (
                start.selectedText()
                .replace("\u2029", "\n")
                .replace("\u2028", "\n")
                .replace("\u00a0", " ")
                .strip()
            )
            row.append(TableCell(text, cell.rowSpan(), cell.columnSpan()))
        rows.append(tuple(row))
    look = table.format()
    return Table(tuple(rows), look.headerRowCount(), str(look.property(ID) or "") or new_id())
