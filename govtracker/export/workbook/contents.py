"""The contents sheet of a workbook with several cards: number, title, a link to each card's sheet."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import NamedTuple

from govtracker.export.document import HEAD, Document, Grid, Para, Style
from govtracker.export.workbook.heights import Heights
from govtracker.export.workbook.sheet_plan import AIR, INDENT, INSET, SheetPlan
from govtracker.export.workbook.values import CellPlan
from govtracker.forms.loader import vocabulary
from govtracker.model.content import Run

PIXELS = (0.13, 0.52, 0.35)
"""Shares of the columns in the text's width."""
MM_PIXEL = 25.4 / 96


class Listed(NamedTuple):
    """A card as the contents list it."""

    number: str
    title: str
    sheet: str


def listed(document: Document, sheet: str) -> Listed:
    """A document's number and title, from its title bar where it has one."""
    cells = [
        cell
        for item in document.items[:3]
        if isinstance(item, Grid) and item.role == "title"
        for cell in item.rows[0].cells
    ]
    texts = {cell.role: "".join(p.text for p in cell.content if isinstance(p, Para)) for cell in cells}
    return Listed(texts.get("number", ""), texts.get("title", document.title), sheet)


def contents(first: Document, cards: Sequence[Listed]) -> SheetPlan:
    """The plan of the sheet; link cells are those of the last column from row 3 on."""
    words = vocabulary("words")
    width = first.width / MM_PIXEL
    plan = SheetPlan([int(width * share) for share in PIXELS])
    plan.cells.append(CellPlan(0, 0, 0, 2, str(words["contents"]), style="title", align="center"))
    plan.heights = {0: 34.0, 1: 8.0, 2: 24.0}
    for column, head in enumerate(words["contents_head"]):
        plan.cells.append(_cell(2, column, head, first.styles, "head"))
    heights = Heights(first.styles)
    for row, card in enumerate(cards, 3):
        needs = []
        for column, text in enumerate(card):
            plan.cells.append(_cell(row, column, text, first.styles, "cell"))
            needs.append(heights.text(text, "cell", plan.widths[column] * 0.75 - INSET - INDENT))
        plan.heights[row] = max(20.0, max(needs) + 2 * AIR)
    return plan


def _cell(row: int, column: int, text: str, styles: Mapping[str, Style], style: str) -> CellPlan:
    head = style == "head"
    return CellPlan(
        row, column, row, column, text, (Run(text),), style=style, borders="lrtb", fill=HEAD if head else "",
        align="center" if head or not column else "left", indent=0 if head or not column else 1,
    )  # fmt: skip
