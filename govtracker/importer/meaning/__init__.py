"""Readers of regions: one function per kind of block, one registry."""

from __future__ import annotations

import re
from collections.abc import Callable

from govtracker.forms.schema import Block
from govtracker.importer.meaning import facts, lines, money, outline, records
from govtracker.importer.meaning.partial_card import Draft
from govtracker.importer.structure.labels import fold
from govtracker.importer.structure.segment import Region
from govtracker.model.card import Fact
from govtracker.model.content import one_line

READERS: dict[str, Callable[[Draft, Block, Region], None]] = {
    "title": facts.title,
    "heading": lambda draft, block, region: None,
    "grid": facts.grid,
    "box": outline.box,
    "outline": outline.outline,
    "leaders": lines.leaders,
    "lines": lines.dated,
    "counts": lines.counts,
    "money": money.money,
    "table": records.table,
}


def _heading(draft: Draft, region: Region) -> None:
    """Facts that a heading holds; a word behind an inline heading's colon that isn't the form's is told."""
    block = region.blocks[0] if region.blocks else None
    template = block.heading.label if block and block.heading else ""
    for name, text in region.found.items():
        if name in draft.form.fact and "|" + text + "}" not in template:
            facts.put_fact(draft, Fact(name, one_line(text)))
            for cell in region.heading:
                draft.page.claims.take(cell, draft.form.fact[name].label)
    if block and block.inline and region.heading:
        cell = region.heading[-1]
        rest = re.split(r"[:：]", cell.text, maxsplit=1)[1:]
        if rest and fold(rest[0]) and fold(rest[0]) != fold(block.empty):
            draft.page.claims.leave(cell, f"제목 뒤의 글을 담을 자리가 없습니다: {rest[0].strip()}")
            draft.note(cell.place, f"제목 뒤의 글을 담지 못했습니다: {rest[0].strip()}")


def recognise(draft: Draft, found: list[Region]) -> None:
    """Fill the draft from every region; the blocks of a region take their cells in the form's order."""
    for region in found:
        _heading(draft, region)
        for block in region.blocks:
            READERS[block.kind](draft, block, region)
