"""Money tables as grids: heads, rows of sources and items, the total row, live formulas."""

from __future__ import annotations

from dataclasses import replace

from govtracker.arithmetic.budget import Line, MoneyTable
from govtracker.export.document import TOTAL, Cell, Flow, Formula, Grid, Lower, Row, added, places, plain
from govtracker.export.layout.context import Context, fill
from govtracker.export.layout.frame import headings, note
from govtracker.export.layout.heads import head_rows
from govtracker.forms.columns import Leaf
from govtracker.forms.measures import measures
from govtracker.forms.schema import Block
from govtracker.model.place import Place

BRACKET = 0.365
"""Width of a closing bracket, em."""


def money(context: Context, block: Block) -> list[Flow]:
    """Heading with the unit, and the table."""
    table = MoneyTable(context.form, block, context.card, context.setting)
    if block.optional and not table.budget.amounts:
        return []
    leaves, rows = table.leaves, table.rows
    body = [_row(table, line) for line in rows]
    if table.section.items:
        body = _merged_items(body, rows, leaves)
    if block.total and not block.item_totals:
        head = _row(table, None)
        body = [head, *body] if block.total_first else [*body, head]
    dense = len(leaves) >= 12
    grid = Grid(
        tuple(leaf.width for leaf in leaves),
        (*head_rows(leaves, block, dense=dense), *body),
        head=max((len(leaf.head) for leaf in leaves), default=0),
        role="money",
    )
    made: list[Flow] = [*headings(context, block, table=True), grid]
    if block.note:
        made.append(note(fill(block.note, context)))
    return made


def _row(table: MoneyTable, row: Line | None) -> Row:
    block, leaves = table.block, table.leaves
    cells = [_cell(table, leaf, row) for leaf in leaves]
    if row is None:
        labels = sum(1 for leaf in leaves if leaf.column.field)
        cells[1:labels] = [Cell(role="label", fill=TOTAL, repeat=True)] * (labels - 1)
    return Row(tuple(cells), max(block.row_height, 10.9) if block.stack else block.row_height)


def _label(text: str, colspan: int = 1, *, total_row: bool = False, place: Place | None = None) -> Cell:
    style = "total" if total_row else "row"
    lines_ = tuple(plain(part, style, role="label") for part in text.split("\n"))
    return Cell(
        lines_,
        colspan,
        1,
        "label",
        "center",
        fill=TOTAL if total_row else "",
        pad=(0.6, 0.8),
        repeat=True,
        place=place,
    )


def _cell(table: MoneyTable, leaf: Leaf, row: Line | None) -> Cell:
    block = table.block
    if leaf.column.field:
        if row is None:
            return _label(block.total, total_row=True)
        if leaf.column.field == "item":
            alone = block.item_totals and len(table.budget.items) < 2
            place = table.item_place(row)
            return _label(row.item_name or (table.title if alone else ""), place=place)
        return _label(row.label, total_row=not row.source)
    shaded = TOTAL if row is None or not row.source else ""
    if block.stack:
        return _stacked(table, leaf, row, shaded)
    measure = leaf.measure
    figure = table.sums.figure(row, leaf, measure)
    return Cell(
        (plain(figure.printed(), "figure", "right", whole=figure.state != "text"),), role="figure", align="right", fill=shaded,
        pad=(1.8 if leaf.width > 12 else 1.2, 0.8), figure=figure, decimals=places(figure),
        formula=_formula(table, leaf, row, measure), place=table.place(row, leaf, measure),
    )  # fmt: skip


def _formula(table: MoneyTable, leaf: Leaf, row: Line | None, measure: str) -> Formula | None:
    if leaf.column.sum:
        parts = table.sums.parts(leaf, measure)
        return added(table.place(row, other, m) for other, m in parts if not other.column.hidden)
    if row is None or not row.source:
        return added(table.place(each, leaf, measure) for each in table.sums.summed(row))
    return None


def _stacked(table: MoneyTable, leaf: Leaf, row: Line | None, fill_: str) -> Cell:
    """A measure's figure over another's: the digits of both stand in one column."""
    upper, *others = leaf.measures or ("",)
    figure = table.sums.figure(row, leaf, upper)
    paired = any(len(other.measures) > 1 for other in table.leaves)
    paras: list[Flow] = [
        plain(figure.printed(), "figure", "right", role="upper", clear=BRACKET if paired else 0)
    ]
    lower = _lower(table, leaf, row, others[0]) if others else None
    if lower and lower.figure:
        text = lower.figure.printed().join(lower.around)
        paras.append(plain(text, "figure", "right", lower.place, role="lower"))
    return Cell(
        tuple(paras), role="pair", align="right", fill=fill_, pad=(1.4, 0.8), figure=figure,
        decimals=places(figure), formula=_formula(table, leaf, row, upper), lower=lower,
        place=table.place(row, leaf, upper),
    )  # fmt: skip


def _lower(table: MoneyTable, leaf: Leaf, row: Line | None, measure: str) -> Lower:
    before, behind = measures()[measure].under
    figure = table.sums.figure(row, leaf, measure)
    return Lower(
        figure, _formula(table, leaf, row, measure), (before, behind), table.place(row, leaf, measure)
    )


def _merged_items(body: list[Row], rows: list[Line], leaves: tuple[Leaf, ...]) -> list[Row]:
    """One label cell over all rows of an item."""
    at = next((i for i, leaf in enumerate(leaves) if leaf.column.field == "item"), None)
    if at is None:
        return body
    made = []
    for number, (row, line) in enumerate(zip(body, rows, strict=True)):
        first = number == 0 or rows[number - 1].item != line.item
        count = sum(1 for other in rows if other.item == line.item)
        cells = list(row.cells)
        if first:
            old = cells[at]
            cells[at] = replace(old, rowspan=count)
        else:
            del cells[at]
        made.append(Row(tuple(cells), row.height))
    return made
