"""Tables with a row per record as grids: indicators, tasks, events, changes, responses, people, parts."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import Any

from govtracker.arithmetic.records import NUMBER, RecordTable
from govtracker.export.document import (
    HEAD,
    SHADE,
    TOTAL,
    Cell,
    Flow,
    Formula,
    Grid,
    Para,
    Row,
    added,
    places,
    plain,
)
from govtracker.export.layout.context import Context, fill
from govtracker.export.layout.frame import headings, instead, note
from govtracker.export.layout.heads import divides, head_rows
from govtracker.export.layout.items import flow
from govtracker.forms import formula
from govtracker.forms.columns import Leaf, chosen_leaves, heading_label
from govtracker.forms.schema import Block, Footer
from govtracker.model.card import Change, Event, Indicator, Part, Person, Response, Task
from govtracker.model.content import Item
from govtracker.model.figure import Figure
from govtracker.model.place import Place

DIGIT = 2.2
"""Width of a digit, mm."""
_OPERAND = re.compile(r"[A-Za-z_]\w*(?:\.\w+)*(?!\s*\()")
_BLANK_ROW: dict[str, Any] = {
    "indicators": Indicator(id=""),
    "schedule": Task(id=""),
    "events": Event(id=""),
    "changes": Change(id=""),
    "responses": Response(id=""),
    "people": Person(id=""),
    "outline": Part(id=""),
}


def table(context: Context, block: Block) -> list[Flow]:
    """Heading, head rows, a row per record (an empty one where there is none), closing rows."""
    made = LaidTable(context, block)
    if (block.optional and not made.rows) or (block.filled and not any(leaf.span for leaf in made.leaves)):
        return []
    if block.empty and not made.rows:
        return instead(context, block)
    body = [_record(made, row, number) for number, row in enumerate(made.records)]
    body += [_footer(made, footer) for footer in block.footer]
    head = _head(made, context)
    grid = Grid(
        tuple(leaf.width for leaf in made.leaves),
        (*head, *body),
        head=len(head),
        before=6.2 if block.heading and block.heading.style == "row" else 0,
        role=made.section.kind,
    )
    notes: list[Flow] = [note(fill(block.note, context))] if block.note else []
    return [*headings(context, _named(block, made.leaves), table=True), grid, *notes]


def _head(made: LaidTable, context: Context) -> list[Row]:
    """The head's rows; a heading of style `row` is the first of them."""
    block, leaves = made.block, made.leaves
    rows = list(head_rows(leaves, block, dense=len(leaves) >= 12 and not block.divider))
    if block.heading and block.heading.style == "row":
        label = plain(fill(block.heading.label, context), "total", role="heading")
        rows.insert(0, Row((Cell((label,), len(leaves), 1, "head", "center", fill=HEAD),), 8.0))
    return rows


def _named(block: Block, leaves: tuple[Leaf, ...]) -> Block:
    """The block with the first and last year of its columns in its heading."""
    if not block.heading:
        return block
    return replace(block, heading=replace(block.heading, label=heading_label(block, leaves)))


class LaidTable(RecordTable):
    """A table with what its columns share: where merged cells end, how far figures stand in."""

    def __init__(self, context: Context, block: Block) -> None:
        super().__init__(context.form, block, context.card, context.setting)
        self.records: list[Any] = [*(self.rows or [_BLANK_ROW[self.section.kind]]), *self.shares]
        self.runs = {
            leaf: self._runs(leaf)
            for leaf in self.leaves
            if leaf.column.merge or leaf.column.field == "group"
        }
        self.insets: dict[Leaf, float] = {}

    def _runs(self, leaf: Leaf) -> list[int]:
        """Per record the number of rows that its cell covers: 0 where the one above reaches down; blanks stay apart."""
        shown = [self.shown(row, leaf) for row in self.records]
        spans = [1] * len(shown)
        for at in range(len(shown) - 1, 0, -1):
            if shown[at] and shown[at] == shown[at - 1]:
                spans[at - 1] += spans[at]
                spans[at] = 0
        return spans

    def inset(self, leaf: Leaf) -> float:
        """Space right of a column's figures, mm: the longest one stands in the middle; words don't count."""
        if leaf not in self.insets:
            shown = (self.shown(row, leaf) for row in self.records)
            figures = (found for found in shown if isinstance(found, Figure) and found.state != "text")
            longest = max((len(figure.printed()) for figure in figures), default=0)
            self.insets[leaf] = max(0.8, (leaf.width - DIGIT * longest) / 2)
        return self.insets[leaf]


def _record(made: LaidTable, row: Any, number: int) -> Row:
    cells = []
    wide = any(row is share and not share.name for share in made.shares)
    for at, leaf in enumerate(made.leaves):
        span = made.runs[leaf][number] if leaf in made.runs else 1
        if wide and leaf.column.field == "name":
            continue
        if span:
            cell = _cell(made, row, leaf, at, number, span)
            across = 2 if wide and leaf.column.field == "group" else 1
            cells.append(_share(cell, across) if any(row is share for share in made.shares) else cell)
    splits = made.section.kind in ("outline", "responses")
    return Row(tuple(cells), made.block.row_height, splits=splits)


def _share(cell: Cell, across: int) -> Cell:
    """A cell in a row of shares: shaded, its group's label in bold."""
    paras = [item for item in cell.content if isinstance(item, Para)]
    if cell.role == "label":
        joined = " ".join(para.text for para in paras)
        paras = [plain(joined, "label")] if across > 1 else [replace(p, style="label") for p in paras]
    elif cell.role == "text":
        paras = [replace(p, align="center", spread=len(p.text) == 2) for p in paras]
    align = cell.align if cell.role == "figure" else "center"
    return replace(cell, content=tuple(paras), colspan=across, align=align, fill=TOTAL)


def _cell(made: LaidTable, row: Any, leaf: Leaf, at: int, number: int, rowspan: int = 1) -> Cell:
    column, place = leaf.column, made.place(row, leaf)
    if column.field == NUMBER:
        text = str(number + 1) if row.id or made.rows else ""
        return Cell(
            (plain(text, "cell", "center"),),
            role="no",
            align="center",
            repeat=False,
            pad=(0.6, 0.8),
            place=place,
        )
    shown = made.shown(row, leaf)
    if isinstance(shown, bool):
        return Cell(
            fill=SHADE if shown else "",
            role="shade",
            divider=bool(made.block.divider) and divides(made.leaves, at),
            place=place,
        )
    if isinstance(shown, Figure):
        return _figure(made, row, leaf, shown, place)
    if isinstance(shown, tuple):
        return _items(made, row, leaf, shown, place)
    return _text(made, leaf, at, shown, rowspan, place)


def _text(made: LaidTable, leaf: Leaf, at: int, text: str, rowspan: int, place: Place) -> Cell:
    column = leaf.column
    style = "period" if made.section.kind == "outline" and column.field == "label" else "cell"
    if column.field in ("name", "indicator", "unit"):
        style = "nested"
    text = text or (column.blank if column.merge and made.rows else "")
    lines = tuple(plain(part, style, column.align) for part in text.split("\n"))
    if style == "period":
        lines = tuple(
            replace(p, style="period_note" if p.text.startswith("(") else style, balanced=True) for p in lines
        )
    label = column.merge or column.field in ("group", "label", "department")
    return Cell(
        lines, 1, rowspan, "label" if label else "text", column.align,
        pad=(1.8 if column.align == "left" else 1.0, 1.0), repeat=label, place=place,
        divider=bool(made.block.divider) and divides(made.leaves, at),
    )  # fmt: skip


def _items(made: LaidTable, row: Any, leaf: Leaf, items: tuple[Item, ...], place: Place) -> Cell:
    period = made.section.kind == "outline"
    style = "body" if period else "detail"
    content = flow(items, made.section.marks, style, made.block.section, leaf.width - 3.6)
    if "title" in leaf.column.field and row.title:
        content = [
            Para(plain(row.title).runs, style, keep=True, place=place._replace(field="title")),
            *content,
        ]
    return Cell(
        tuple(content),
        role="items",
        valign="top" if period else "middle",
        pad=(1.5, 1.8 if period else 1.15),
        place=place,
    )


def _figure(made: LaidTable, row: Any, leaf: Leaf, figure: Figure, place: Place) -> Cell:
    column = leaf.column
    align = (
        "center"
        if figure.state == "text" or (column.field == "weight" and column.align == "center")
        else "right"
    )
    inset = made.inset(leaf)
    decimals = column.decimals if column.formula else places(figure)
    shown = figure.printed()
    text = plain(shown, "figure", align, whole=figure.state != "text" or " " not in shown)
    return Cell(
        (text,),
        role="figure",
        align=align,
        pad=(inset if align == "right" else 1, 0.8),
        figure=figure,
        decimals=decimals,
        formula=_excel(made, row, leaf),
        place=place,
    )


def _excel(made: LaidTable, row: Any, leaf: Leaf) -> Formula | None:
    """The cell's formula over other cells, None for an entered figure or a sum of hidden columns."""
    column = leaf.column
    if column.sum:
        chosen = [other for s in formula.summands(column.sum) for other in chosen_leaves(s, made.every)]
        hidden = any(other.column.hidden for other in chosen)
        return None if hidden else added(made.place(row, other) for other in chosen)
    return _rounded(made, row, leaf) if column.formula else None


def _rounded(made: LaidTable, row: Any, leaf: Leaf) -> Formula:
    """A column's arithmetic: its names stand for the record's cells, in the order of the text."""
    text, columns = leaf.column.formula, {other.key: other for other in reversed(made.every)}
    operands = [columns[name.split(".")[0]] for name in _OPERAND.findall(text)]
    template = f"ROUND({_OPERAND.sub('{}', text)},{leaf.column.decimals})"
    return Formula(template, tuple(made.place(row, other) for other in operands))


def _footer(made: LaidTable, footer: Footer) -> Row:
    at = next(i for i, leaf in enumerate(made.leaves) if leaf.key == footer.column)
    figure = made.footed(footer)
    label = Cell((plain(footer.label, "total", role="label"),), at, 1, "label", "center", fill=TOTAL)
    shown = Cell(
        (plain(figure.printed(), "total"),), role="footer", align="center", fill=TOTAL, figure=figure, decimals=footer.decimals,
        place=made.footer_place(footer),
    )  # fmt: skip
    rest = len(made.leaves) - at - 1
    return Row((label, shown, *((Cell(colspan=rest, fill=TOTAL),) if rest else ())), made.block.row_height)
