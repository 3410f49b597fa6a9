"""Reading outlines: lines with marks and levels, tables between them, pictures that lie on them."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import replace

from govtracker.forms.schema import Block, SectionDef, Slot
from govtracker.importer.meaning.levels import RawLine, from_cells, levels, raw_lines
from govtracker.importer.meaning.partial_card import PartialCard
from govtracker.importer.package.workbook import SheetCell
from govtracker.importer.structure.claims import KINDS, TABLE
from govtracker.importer.structure.labels import fold
from govtracker.importer.structure.segment import Region
from govtracker.importer.structure.sheet_view import SheetView
from govtracker.importer.structure.units import caption
from govtracker.model.card import Outline, Part
from govtracker.model.content import Item, Line, Run, Table, TableCell, is_mark, one_line
from govtracker.model.ids import new_id
from govtracker.model.origin import Origin
from govtracker.model.place import Place

Raw = RawLine | Table | Item


def box(partial: PartialCard, block: Block, region: Region) -> None:
    """The box of marked lines among the blocks before the first heading: what has its mark, or is left."""
    section = partial.form.section_def(block.section)
    rows = [r for r in range(region.top, region.bottom + 1) if _marked(partial.page, r, section)]
    if not rows:
        rows = [r for r in range(region.top, region.bottom + 1) if len(partial.page.free_texts(r)) == 1]
    if rows:
        last = region.bottom if region.blocks[-1] is block else rows[-1]
        items = read_items(partial, section, rows[0], last, what=section.label)
        slot = section.slots[0] if section.slots else None
        put_part(partial, block.section, slot.key if slot else "", slot.label if slot else "", items)


def _marked(view: SheetView, row: int, section: SectionDef) -> bool:
    cells = view.free_texts(row)
    return bool(cells) and cells[0].text.lstrip().startswith(section.marks)


def outline(partial: PartialCard, block: Block, region: Region) -> None:
    """The lines under a heading; free parts begin at each line of their mark."""
    section = partial.form.section_def(block.section)
    if section.free_slots and not region.slot:
        _free_parts(partial, section, region)
        return
    slot = next((s for s in section.slots if s.key == region.slot), None) or _only_slot(section)
    items = read_items(
        partial,
        section,
        region.top,
        region.bottom,
        what=slot.label or section.label if slot else section.label,
    )
    for own, found in _slotted(section, slot, items):
        put_part(partial, section.key, own.key if own else "", own.label if own else "", found)


def _slotted(
    section: SectionDef, slot: Slot | None, items: tuple[Item, ...]
) -> list[tuple[Slot | None, tuple[Item, ...]]]:
    """The items by slots: a line that is nothing but another slot's heading begins that slot."""
    headed = {(s.heading.strip("【 】"), fold(s.label)): s for s in section.slots if s.heading and s.label}
    groups: list[tuple[Slot | None, list[Item]]] = [(slot, [])]
    for item in items:
        found = None
        if isinstance(item, Line):
            label = re.fullmatch(r"【\s*(.*?)\s*】", item.text)
            found = headed.get((item.mark, fold(label[1] if label else item.text)))
        if found:
            groups.append((found, []))
        else:
            groups[-1][1].append(item)
    return [(own, tuple(lines)) for own, lines in groups if lines]


def _only_slot(section: SectionDef) -> Slot | None:
    return section.slots[0] if section.slots else None


def put_part(
    partial: PartialCard, key: str, slot: str, label: str, items: tuple[Item, ...], remark: str = ""
) -> None:
    """Add a part to an outline section of the partial."""
    add_part(partial, key, Part(slot, label, items, remark))


def add_part(partial: PartialCard, key: str, new: Part) -> None:
    """More lines of a named slot that the outline has go to its end, any other part behind the others."""
    outline_ = partial.sections.get(key) or Outline()
    parts = list(outline_.parts)
    for at, part in enumerate(parts):
        if new.slot and part.slot == new.slot:
            parts[at] = replace(part, items=part.items + new.items, remark=part.remark or new.remark)
            partial.moved(new.id, part.id)
            break
    else:
        parts.append(new)
    partial.put(key, Outline(tuple(parts)))


def _free_parts(partial: PartialCard, section: SectionDef, region: Region) -> None:
    starts = []
    for row in range(region.top, region.bottom + 1):
        cells = partial.page.free_texts(row)
        if cells and "\n" not in cells[-1].text and _slot_label(cells, section.free_slots) is not None:
            starts.append(row)
    if starts:
        before = read_items(partial, section, region.top, starts[0] - 1, what=section.label)
        if before:
            put_part(partial, section.key, "", "", before)
        for at, row in enumerate(starts):
            end = starts[at + 1] - 1 if at + 1 < len(starts) else region.bottom
            cells = partial.page.free_texts(row)
            label = _slot_label(cells, section.free_slots) or ""
            for cell in cells:
                partial.page.claims.take(cell, f"{section.label} · {label}")
            items = read_items(partial, section, row + 1, end, what=f"{section.label} · {label}")
            put_part(partial, section.key, "", label, items)
        return
    items = read_items(partial, section, region.top, region.bottom, what=section.label)
    for label, own in _grouped(items, section.free_slots):
        put_part(partial, section.key, "", label, own)


def _slot_label(cells: list[SheetCell], mark: str) -> str | None:
    """Label of a row that begins a free part: its text behind the mark."""
    texts = [cell.text.strip() for cell in cells]
    if len(texts) == 2 and texts[0] == mark:
        return one_line(texts[1])
    if len(texts) == 1 and texts[0].startswith(mark) and len(texts[0]) > len(mark):
        return one_line(texts[0][len(mark) :])
    return None


def _grouped(items: tuple[Item, ...], mark: str) -> list[tuple[str, tuple[Item, ...]]]:
    groups: list[tuple[str, list[Item]]] = []
    for item in items:
        if isinstance(item, Line) and item.mark == mark:
            groups.append((item.text, []))
        else:
            if not groups:
                groups.append(("", []))
            groups[-1][1].append(item)
    return [(label, tuple(own)) for label, own in groups]


def read_items(
    partial: PartialCard,
    section: SectionDef,
    top: int,
    bottom: int,
    left: int = 0,
    right: int = 10**6,
    what: str = "",
    as_line: Callable[[list[SheetCell]], str] = lambda cells: "",
    *,
    tabs: bool = False,
) -> tuple[Item, ...]:
    """Lines, tables and pictures of an area in order; its cells are claimed.

    `as_line` gives the one line that a row of several cells is, "" where it is none: such a row is no table's.
    `tabs` = tab characters mean something and stay; else they are blanks.
    """
    view = partial.page
    found: list[Raw] = []
    edge = _text_edge(view, top, bottom, left, right)
    row = top
    while row <= bottom:
        cells = view.free_texts(row, left, right)
        one = as_line(cells) if len(cells) > 1 else ""
        end = 0
        if not one and view.row(row, left, right):
            end = _table_end(view, row, bottom, left, right, edge)
        if one:
            for cell in cells:
                view.claims.take(cell, what)
            found += from_cells(raw_lines(one, (), 0), *cells)
        elif end:
            found.append(_table(partial, section, row, end, left, right, what))
        elif cells:
            for cell in cells:
                view.claims.take(cell, what)
            found += _lines(cells)
        found += _pictures(partial, section, row, max(row, end), left, right, what)
        row = max(row, end) + 1
    if not tabs:
        for raw in found:
            if isinstance(raw, RawLine):
                raw.runs = tuple(Run(re.sub(r"[ \t]*\t[ \t]*", " ", run.text), run.bold) for run in raw.runs)
    return _levelled(partial, section, found)


def _text_edge(view: SheetView, top: int, bottom: int, left: int, right: int) -> int:
    """The column where text begins: the area's own left edge, or the leftmost text of the sheet."""
    if left:
        return left
    return min((cell.column for cells in view.rows.values() for cell in cells if cell.text), default=1)


def _lines(cells: list[SheetCell]) -> list[RawLine]:
    """Lines of the text cells of one row; a cell that is nothing but a mark belongs to the next."""
    made: list[RawLine] = []
    mark = ""
    for cell in cells:
        if is_mark(cell.text) and cell is not cells[-1]:
            mark = cell.text.strip()
            continue
        lines = raw_lines(cell.text, cell.runs, cell.indent, bold=cell.bold)
        if mark and lines and not lines[0].mark:
            lines[0].mark = mark
        mark = ""
        made += from_cells(lines, cell)
    return made


def _pictures(
    partial: PartialCard, section: SectionDef, top: int, bottom: int, left: int, right: int, what: str
) -> list[Raw]:
    made: list[Raw] = []
    for item in partial.page.pictures(top, bottom, left, right):
        picture = partial.picture(item)
        if picture:
            partial.page.claims.take_beside(item, f"{what}의 그림")
            cell = f"{partial.page.sheet.name}!{item.place}"
            partial.origins.append(Origin(Place(section.key, picture.id), cell, KINDS[item.what]))
            made.append(picture)
    return made


def _levelled(partial: PartialCard, section: SectionDef, found: list[Raw]) -> tuple[Item, ...]:
    raws = [raw for raw in found if isinstance(raw, RawLine)]
    ranks = iter(levels(raws, section.marks) if raws else [])
    made: list[Item] = []
    for raw in found:
        if isinstance(raw, RawLine):
            line = Line(next(ranks), raw.mark, raw.runs)
            partial.came(Place(section.key, line.id), *raw.cells)
            made.append(line)
        else:
            made.append(raw)
    return tuple(made)


# ---------------------------------------------------------------- tables between the lines


def _table_end(view: SheetView, row: int, bottom: int, left: int, right: int, edge: int) -> int:
    """Last row of a table that begins in a row, 0 where none does.

    A table is two or more cells side by side, or a framed cell that stands in from the text's own edge.
    """
    first = view.row(row, left, right)
    texts = [cell for cell in first if cell.text]
    if not texts or any(caption(cell.text) is not None for cell in texts):
        return 0
    alone = len(texts) == 1 and len(_inside(first)) == 1
    if (alone and not _set_in(texts[0], edge)) or (
        len(texts) > 1 and is_mark(texts[0].text) and not _framed(texts[0])
    ):
        return 0
    first = _inside(first)
    edge_left, edge_right = min(c.column for c in first), max(c.right for c in first)
    end, reach = row, max(cell.bottom for cell in first)
    for at in range(row + 1, bottom + 1):
        cells = view.row(at, edge_left, edge_right)
        if at > reach and not _goes_on(cells, edge):
            break
        outside = (c.column < edge_left or c.right > edge_right for c in view.row(at, left, right) if c.text)
        if any(outside):
            break
        reach = max([reach, *(cell.bottom for cell in cells)])
        end = at
    while end > row and _ruled_only(view.row(end, edge_left, edge_right)) and reach <= end:
        end -= 1
    return min(end, bottom)


def _ruled_only(cells: list[SheetCell]) -> bool:
    """Whether a row holds nothing but rules above or below: the edge of what stands around a table."""
    return bool(cells) and not any(cell.text or cell.fill or set("lr") & set(cell.border) for cell in cells)


def _framed(cell: SheetCell) -> bool:
    return "l" in cell.border and "r" in cell.border and ("t" in cell.border or "b" in cell.border)


def _set_in(cell: SheetCell, edge: int) -> bool:
    """Whether a lone cell is a table: framed, and begun right of where the text begins."""
    return _framed(cell) and cell.column > edge


def _goes_on(cells: list[SheetCell], edge: int) -> bool:
    """Whether a row under a table's row is one of its own."""
    texts = [cell for cell in cells if cell.text]
    if len(cells) == 1:
        return _set_in(cells[0], edge)
    return len(texts) > 1 or (len(cells) > 1 and any(cell.border or cell.fill for cell in cells[1:]))


def _table(
    partial: PartialCard, section: SectionDef, top: int, bottom: int, left: int, right: int, what: str
) -> Table:
    view, identity = partial.page, new_id()
    cells = _inside([cell for row in range(top, bottom + 1) for cell in view.row(row, left, right)])
    starts = sorted({cell.column for cell in cells} | {cell.right + 1 for cell in cells})[:-1]
    columns = [start for start in starts if any(cell.column <= start <= cell.right for cell in cells)]
    index = {column: at for at, column in enumerate(columns)}
    rows: list[list[TableCell | None]] = [[TableCell() for _ in columns] for _ in range(bottom - top + 1)]
    for cell in cells:
        if cell.text:
            view.claims.take(cell, f"{what}{TABLE}")
            partial.came(Place(section.key, identity, f"{cell.row - top}.{index[cell.column]}"), cell)
        across = sum(1 for column in columns if cell.column <= column <= cell.right)
        down = min(cell.bottom, bottom) - cell.row + 1
        for r in range(cell.row - top, cell.row - top + down):
            for column in columns:
                if cell.column <= column <= cell.right:
                    rows[r][index[column]] = None
        rows[cell.row - top][index[cell.column]] = TableCell(cell.text.strip(), down, across)
    heads = _head_rows(view, top, bottom, left, right)
    return Table(tuple(tuple(row) for row in rows), heads, identity)


def _inside(cells: list[SheetCell]) -> list[SheetCell]:
    """The table's own cells: not the empty ones beside it that only carry an outer frame."""
    own = [cell for cell in cells if cell.text or cell.fill or ("l" in cell.border and "r" in cell.border)]
    left, right = min(cell.column for cell in own), max(cell.right for cell in own)
    return [cell for cell in cells if left <= cell.column and cell.right <= right]


def _head_rows(view: SheetView, top: int, bottom: int, left: int, right: int) -> int:
    """Rows at the top whose cells are all bold or shaded; at least one."""
    count = 0
    for row in range(top, bottom + 1):
        texts = view.texts(row, left, right)
        if not texts or not all(cell.bold or cell.fill for cell in texts):
            break
        count += 1
    reach = max((cell.bottom for cell in view.row(top, left, right)), default=top) - top + 1
    return min(max(1, count and max(count, min(reach, count))), bottom - top + 1)
