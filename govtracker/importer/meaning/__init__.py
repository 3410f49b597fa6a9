"""Readers of regions: one function for each kind of block, in one registry."""

from __future__ import annotations

import re
from collections.abc import Callable

from govtracker.forms.schema import Block
from govtracker.importer.meaning import facts, lines, money, outline, records
from govtracker.importer.meaning.partial_card import PartialCard
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
            facts.put_fact(partial, Fact(name, one_line(text)))
            for cell in region.heading:
                partial.page.claims.take(cell, partial.form.fact[name].label)
    if block and block.inline and region.heading:
        cell = region.heading[-1]
        rest = re.split(r"[:：]", cell.text, maxsplit=1)[1:]
        if rest and fold(rest[0]) and fold(rest[0]) != fold(block.empty):
            partial.page.claims.leave(cell, f"제목 뒤의 글을 담을 자리가 없습니다: {rest[0].strip()}")
            partial.note(cell.place, f"제목 뒤의 글을 담지 못했습니다: {rest[0].strip()}")


def recognise(partial: PartialCard, read: list[Region]) -> None:
    """Fill the card from every region; the blocks of a region take their cells in the form's order."""
    for region in read:
        _heading(partial, region)
        for block in region.blocks:
            READERS[block.kind](partial, block, region)
