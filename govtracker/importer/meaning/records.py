"""Reading tables with a row per record: where records begin and end, what stands in their columns."""

from __future__ import annotations

import re

from govtracker.arithmetic.records import footer_place, record_place
from govtracker.forms.columns import Leaf, expand
from govtracker.forms.schema import Block, SectionDef
from govtracker.importer.meaning.builders import BUILDERS, Record
from govtracker.importer.meaning.money import claim_head, claim_repeated, notes
from govtracker.importer.meaning.outline import read_items
from govtracker.importer.meaning.partial_card import PartialCard
from govtracker.importer.meaning.tables import Head, SheetColumn, find_head, is_repeated, repeated_rows
from govtracker.importer.package.characters import figure_text
from govtracker.importer.package.workbook import SheetCell
from govtracker.importer.structure.labels import fold, pattern
from govtracker.importer.structure.segment import Region
from govtracker.model.content import Line, one_line
from govtracker.model.dates import quarter_label
from govtracker.model.figure import parse_figure
from govtracker.model.place import Place


def table(partial: PartialCard, block: Block, region: Region) -> None:
    """Records of a table block; the block's text for an empty section stands for no records."""
    section = partial.form.section_def(block.section)
    leaves = tuple(
        leaf for leaf in expand(block, section, partial.form, partial.setting) if not leaf.column.hidden
    )
    head = find_head(partial.page, region.top, region.bottom, leaves)
    if head is None:
        _emptiness(partial, block, region)
        return
    claim_head(partial, head)
    records = [record for record in _records(partial, block, section, head, region) if _filled(record)]
    BUILDERS[section.kind](partial, block, section, records)
    notes(partial, block, region)


def _emptiness(partial: PartialCard, block: Block, region: Region) -> None:
    if not block.empty:
        return
    for row in range(region.top, region.bottom + 1):
        for cell in partial.page.free_texts(row):
            if pattern(block.empty).fullmatch(fold(cell.text)):
                partial.page.claims.ignore(cell, "내용 없음")


def _filled(record: Record) -> bool:
    texts = {key: text for key, text in record.text.items() if key != "no"}
    return bool(
        any(texts.values()) or any(record.items.values()) or any(record.figures.values()) or record.quarters
    )


def _records(
    partial: PartialCard, block: Block, section: SectionDef, head: Head, region: Region
) -> list[Record]:
    made_: list[Record] = []
    row = head.bottom + 1
    key = _key_column(head)
    fresh = False
    while row <= region.bottom and key:
        cells = partial.page.row(row, head.left, head.right)
        if is_repeated(partial.page, row, head):
            row, fresh = claim_repeated(partial, row, head), True
            continue
        if not cells or not any(c.text or c.fault or c.border or c.fill or c.rowspan > 1 for c in cells):
            row += 1
            continue
        if _footer(partial, block, head, row):
            row += 1
            continue
        if _outside(partial, row, head):
            break
        bottom = _going_on(partial, head, row, _record_end(partial, row, key, region.bottom), region.bottom)
        record = Record(row, bottom, cells[0].place)
        for column, leaves in head.columns:
            _read(partial, section, record, column, leaves, made_, after_head=fresh)
        made_.append(record)
        fresh = False
        row = bottom + 1
    return made_


def _key_column(head: Head) -> int:
    """The sheet column whose cells part the records: the first that is not merged over several of them."""
    for column, leaves in head.columns:
        own = [leaf for leaf in leaves if not leaf.column.merge and leaf.column.field != "group"]
        if own:
            return column.left if own == leaves else column.right
    return 0


def _record_end(partial: PartialCard, row: int, key: int, last: int) -> int:
    """Last row of a record: as far as its key cell is merged, or as no rule is drawn under it."""
    view = partial.page
    while row < last:
        cell, below = view.covering(row, key), view.covering(row + 1, key)
        if cell is not None and cell.bottom > row:
            row = min(cell.bottom, last)
            continue
        open_ = cell is not None and cell.border and "b" not in cell.border
        if not open_ or below is None or not below.border or "t" in below.border:
            break
        row += 1
    return row


def _going_on(partial: PartialCard, head: Head, top: int, bottom: int, last: int) -> int:
    """Last row of a record whose label stands in a column: repeated heads may part it, if no other label follows."""
    column = next((c for c, leaves in head.columns if leaves and leaves[0].column.field == "label"), None)
    if column is None:
        return bottom
    view = partial.page
    own = view.covering(top, column.left)
    while bottom < last and is_repeated(view, bottom + 1, head):
        row = bottom + 1 + repeated_rows(view, bottom + 1, head)
        label = view.covering(row, column.left)
        again = label is not None and own is not None and fold(label.text) == fold(own.text)
        if row > last or is_repeated(view, row, head) or (label is not None and label.text and not again):
            break
        claim_repeated(partial, bottom + 1, head)
        if again and label is not None:
            view.claims.ignore(label, "되풀이된 이름")
        bottom = _record_end(partial, row, column.left, last)
    return bottom


def _outside(partial: PartialCard, row: int, head: Head) -> bool:
    """Whether a row no longer belongs to the table: one text across most of its width."""
    cells = partial.page.texts(row, head.left, head.right)
    return (
        len(cells) == 1
        and cells[0].right - cells[0].column + 1 >= (head.right - head.left + 1) * 0.9
        and len(head.columns) > 1
    )


def _footer(partial: PartialCard, block: Block, head: Head, row: int) -> bool:
    """A closing row: its label and its figures, which the form computes."""
    cells = partial.page.texts(row, head.left, head.right)
    for footer in block.footer:
        if cells and fold(cells[0].text) == fold(footer.label):
            partial.page.claims.ignore(cells[0], "합계 이름")
            for cell in cells[1:]:
                partial.page.claims.take(cell, f"계산하는 값({footer.label})")
                partial.compute(cell, cell.text, footer_place(block, footer))
            return True
    return False


def _read(
    partial: PartialCard,
    section: SectionDef,
    record: Record,
    column: SheetColumn,
    leaves: list[Leaf],
    earlier: list[Record],
    *,
    after_head: bool,
) -> None:
    """The cells of one record under one sheet column, into its fields."""
    cells = _cells(partial, record, column)
    if not leaves:
        return
    if len(leaves) > 1:
        _shared_column(partial, section, record, column, leaves)
        return
    place = Place(section.key, record.id, leaves[0].column.field, leaves[0].span)
    leaf = leaves[0]
    field = leaf.column.field
    if field == "quarter":
        _shade(partial, section, record, column, leaf)
    elif field in ("details", "title+details", "items", "proposal", "response"):
        _items(partial, section, record, column, field)
    elif leaf.column.merge or field == "group":
        record.text[field] = _carried(partial, record, column, leaf, cells, earlier, after_head=after_head)
        above = partial.page.covering(record.top, column.left)
        partial.came(place, *(cells or (above,)))
        if record.text[field] and not cells and earlier and not (above and above.text.strip()):
            partial.repeated(place._replace(id=earlier[-1].id), place)
    elif leaf.computed:
        for cell in cells:
            partial.page.claims.take(cell, f"{section.label}: 계산하는 값")
            partial.compute(cell, cell.text, record_place(section.key, record.id, leaf))
    elif leaf.span is not None or field in ("weight", "actual"):
        for cell in cells:
            record.figures[field, leaf.span] = parse_figure(figure_text(cell.figure))
            partial.came(place, cell)
            partial.page.claims.take(cell, f"{section.label}: {' '.join(leaf.head)}")
    else:
        _text(partial, section, record, leaf, cells)


def _cells(partial: PartialCard, record: Record, column: SheetColumn) -> list[SheetCell]:
    return [
        cell
        for row in range(record.top, record.bottom + 1)
        for cell in partial.page.texts(row, column.left, column.right)
        if partial.page.claims.free(cell)
    ]


def _text(
    partial: PartialCard, section: SectionDef, record: Record, leaf: Leaf, cells: list[SheetCell]
) -> None:
    joined = "\n".join(cell.text.strip() for cell in cells)
    keep = leaf.column.field in (
        "name",
        "label",
        "remark",
        "note",
        "before",
        "after",
        "reason",
        "what",
        "procedure",
    )
    record.text[leaf.column.field] = joined if keep else one_line(joined)
    for cell in cells:
        if leaf.column.field == "no":
            partial.page.claims.ignore(cell, "연번")
        else:
            partial.page.claims.take(cell, f"{section.label}: {' '.join(leaf.head)}")
            partial.came(Place(section.key, record.id, leaf.column.field), cell)


def _shared_column(
    partial: PartialCard, section: SectionDef, record: Record, column: SheetColumn, leaves: list[Leaf]
) -> None:
    """Cells under one label that stands for several columns: from the right, the name, and what stands before it.

    A group's cell may reach over several records; a number may stand before the name in one cell.
    """
    cells: list[SheetCell] = []
    for at in range(column.left, column.right + 1):
        cell = partial.page.covering(record.top, at)
        if cell and cell.text and cell not in cells:
            cells.append(cell)
    fields = [leaf.column.field for leaf in leaves][-len(cells) :] if cells else []
    if len(cells) == 1 and fold(cells[0].text) in {fold(group.label) for group in section.groups}:
        fields = ["group"]
    for field, cell in zip(fields, cells, strict=False):
        text = cell.text.strip() if field == "name" else one_line(cell.text)
        if len(cells) == 1 and "no" in (leaf.column.field for leaf in leaves):
            text = re.sub(r"^(?:\d{1,2}[.)\s]+|[①-⑮]\s*)", "", text)
        record.text[field] = text
        if field == "no":
            partial.page.claims.ignore(cell, "연번")
        else:
            partial.page.claims.take(cell, leaves[0].head[-1])
            partial.came(Place(section.key, record.id, field), cell)


def _shade(
    partial: PartialCard, section: SectionDef, record: Record, column: SheetColumn, leaf: Leaf
) -> None:
    """A quarter counts as worked in where its cell is shaded, or holds any mark."""
    cell = partial.page.covering(record.top, column.left)
    if cell and leaf.span and (cell.fill or cell.text.strip()):
        record.quarters.append(quarter_label(leaf.span))
        if cell.text:
            partial.page.claims.take(cell, " ".join(leaf.head))
            partial.came(Place(section.key, record.id, leaf.column.field, leaf.span), cell)


def _items(
    partial: PartialCard, section: SectionDef, record: Record, column: SheetColumn, field: str
) -> None:
    items = read_items(partial, section, record.top, record.bottom, column.left, column.right, section.label)
    if field == "title+details" and items and isinstance(items[0], Line) and not items[0].mark:
        record.text["title"] = items[0].text
        partial.moved(items[0].id, record.id)
        items = items[1:]
    record.items["details" if "details" in field else field] = items


def _carried(
    partial: PartialCard,
    record: Record,
    column: SheetColumn,
    leaf: Leaf,
    cells: list[SheetCell],
    earlier: list[Record],
    *,
    after_head: bool,
) -> str:
    """A text that may go on from the record above: by a merged cell, or by a cell left empty."""
    if cells:
        for cell in cells:
            partial.page.claims.take(cell, leaf.head[-1])
        text = one_line(" ".join(cell.text for cell in cells))
        return "" if leaf.column.blank and text == leaf.column.blank else text
    above = partial.page.covering(record.top, column.left)
    if above and above.text and above.row < record.top:
        return one_line(above.text) if above.text.strip() != leaf.column.blank else ""
    return earlier[-1].text.get(leaf.column.field, "") if earlier else ""
