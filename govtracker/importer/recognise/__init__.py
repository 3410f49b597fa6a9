"""Readers of regions: one function per kind of block, one registry."""

from __future__ import annotations

from collections.abc import Callable

from govtracker.forms.schema import Block
from govtracker.importer.recognise import facts, lines, money, outline, records
from govtracker.importer.recognise.draft import Draft
from govtracker.importer.segment import Region

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


def recognise(draft: Draft, found: list[Region]) -> None:
    """Fill the draft from every region; the blocks of a region take their cells in the form's order."""
    for region in found:
        for block in region.blocks:
            READERS[block.kind](draft, block, region)
