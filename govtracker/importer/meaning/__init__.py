"""Readers of regions: one function for each kind of block, in one registry."""

from __future__ import annotations

import re
from collections.abc import Callable

from govtracker.forms.schema import Block
from govtracker.importer.meaning import facts, lines, money, outline, records
from govtracker.importer.meaning.free_tables import read_tables
from govtracker.importer.meaning.partial_card import PartialCard
from govtracker.importer.package.workbook import SheetCell
from govtracker.importer.structure.labels import fold
from govtracker.importer.structure.segment import Region
from govtracker.model.card import Fact
from govtracker.model.content import one_line

READERS: dict[str, Callable[[PartialCard, Block, Region], None]] = {
    "title": facts.title,
    "heading": lambda partial, block, region: None,
    "grid": facts.grid,
    "box": outline.box,
    "outline": outline.outline,
    "leaders": lines.leaders,
    "lines": lines.dated,
    "counts": lines.counts,
    "money": money.money,
    "table": records.table,
}


def _heading(partial: PartialCard, region: Region) -> None:
    """Facts that a heading holds; a word after an inline heading's colon that isn't the form's is reported."""
    block = region.blocks[0] if region.blocks else None
    template = block.heading.label if block and block.heading else ""
    for name, text in region.found.items():
        if name in partial.form.fact and "|" + text + "}" not in template:
            facts.put_fact(partial, Fact(name, one_line(text)), *region.heading)
            for cell in region.heading:
                partial.page.claims.take(cell, partial.form.fact[name].label)
    if block and block.inline and region.heading:
        cell = region.heading[-1]
        rest = re.split(r"[:：]", cell.text, maxsplit=1)[1:]
        if rest and fold(rest[0]) and fold(rest[0]) != fold(block.empty):
            partial.page.claims.leave(cell, f"제목 뒤의 글을 담을 자리가 없습니다: {rest[0].strip()}")
            partial.note(cell.place, f"제목 뒤의 글을 담지 못했습니다: {rest[0].strip()}")


def recognise(partial: PartialCard, read: list[Region]) -> None:
    """Fill the card from every region; the blocks of a region take their cells in the form's order.

    Where the form's columns leave a cell of a region's tables, the tables are read by their heads alone if that
    finds a place for more.
    """
    for region in read:
        before = partial.kept() if _has_tables(region) else None
        _by_form(partial, region)
        if before is None or not _leaves_any(partial, region):
            continue
        by_form, placed = partial.kept(), _placed(partial, region)
        partial.take_back(before)
        read_tables(partial, region)
        _by_form(partial, region)
        if _placed(partial, region) <= placed:
            partial.take_back(by_form)


def _by_form(partial: PartialCard, region: Region) -> None:
    _heading(partial, region)
    for block in region.blocks:
        READERS[block.kind](partial, block, region)


_TABLES = ("table", "money", "lines")


def _has_tables(region: Region) -> bool:
    return any(block.kind in _TABLES for block in region.blocks)


def _cells(partial: PartialCard, region: Region) -> list[SheetCell]:
    rows = range(region.top, region.bottom + 1)
    return [cell for row in rows for cell in partial.page.texts(row)]


def _placed(partial: PartialCard, region: Region) -> int:
    """Number of a region's cells that have a place of their own, not one in a table among lines."""
    claims = partial.page.claims
    return sum(claims.is_placed(cell) for cell in _cells(partial, region))


def _leaves_any(partial: PartialCard, region: Region) -> bool:
    """Whether there is a cell of a region that nobody took, or that stands in a table among lines."""
    claims = partial.page.claims
    return any(not claims.is_placed(cell) and not claims.is_ignored(cell) for cell in _cells(partial, region))
