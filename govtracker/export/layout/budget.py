"""Money tables: rows of sources (and items), columns by rule, sums by the form's formulas.

Source of the arithmetic: each form's own `sum` (see the official forms); the total row sums the rows under it.
"""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal

from govtracker.export.document import TOTAL, Cell, Flow, Grid, Row, plain
from govtracker.export.layout.context import Context, fill
from govtracker.export.layout.frame import headings
from govtracker.export.layout.heads import head_rows
from govtracker.forms import formula
from govtracker.forms.columns import Leaf, chosen_leaves, expand
from govtracker.forms.schema import Block, SectionDef
from govtracker.model.card import Budget
from govtracker.model.figure import BLANK, Figure, scaled, total
from govtracker.resources import table as resource


@dataclass(frozen=True, slots=True)
class Line:
    """A row of the table: an item (its position) and a source."""

    item: int
    source: str
    label: str
    item_name: str


def budget_of(context: Context, key: str) -> Budget:
    """The card's budget under a section key, empty where it has none; figures in won."""
    found = context.card.section(key)
    return found if isinstance(found, Budget) else Budget(unit=context.form.section_def(key).unit)


def lines(section: SectionDef, block: Block, budget: Budget) -> list[Line]:
    """Rows under the total: per item its sources; a form without items has each source once.

    With items, only the sources that an item has money of are listed (the first, if it has none).
    """
    labels = {key: block.labels.get(key) or entry["label"] for key, entry in resource("fields.toml")["source"].items()}
    if not section.items:
        return [Line(0, source, labels[source], "") for source in section.sources]
    made = []
    for at, item in enumerate(budget.items):
        used = {amount.source for amount in budget.amounts if amount.item == at}
        sources = [s for s in section.sources if s in used] or list(section.sources[:1])
        made += [Line(at, source, labels[source], item.name) for source in sources]
    return made


class Sums:
    """Figures of a money table: entered ones, sums over columns, the total row. All in the printed unit."""

    def __init__(self, leaves: tuple[Leaf, ...], rows: list[Line], budget: Budget) -> None:
        self.leaves = leaves
        self.rows = rows
        factor = Decimal(1) / budget.unit
        self.entered = {(a.item, a.source, a.span, a.measure): scaled(a.figure, factor) for a in budget.amounts}

    def figure(self, row: Line | None, leaf: Leaf, measure: str) -> Figure:
        """Figure of a row (None = the total row) in a column."""
        if leaf.column.sum:
            found = total(self.figure(row, other, m) for other, m in self.parts(leaf, measure))
        elif row is None:
            found = total(self.figure(each, leaf, measure) for each in self.rows)
        else:
            found = self.entered.get((row.item, row.source, leaf.span, measure), BLANK) if leaf.span else BLANK
        if not found and leaf.column.empty and (row is None or leaf.column.sum):
            return Figure("value", Decimal(leaf.column.empty))
        return found

    def parts(self, leaf: Leaf, measure: str) -> list[tuple[Leaf, str]]:
        """(column, measure) pairs that a sum column adds; a selector without a measure keeps the column's own."""
        found = []
        for chosen in formula.summands(leaf.column.sum):
            for other in chosen_leaves(chosen, self.leaves):
                wanted = chosen.measure or (measure if measure in other.measures or other.column.sum else "")
                if wanted:
                    found.append((other, wanted))
        return found


def cell_name(key: str, row: Line | None, leaf: Leaf, measure: str) -> str:
    """Name of a cell in the document: section, measure, row, column."""
    who = f"{row.item}.{row.source}" if row else "*"
    when = f"{leaf.span.first or ''}..{leaf.span.last or ''}" if leaf.span else ""
    return f"{key}|{measure}|{who}|{leaf.key}|{when}"


def money(context: Context, block: Block) -> list[Flow]:
    """Heading with the unit, and the table."""
    section = context.form.section_def(block.section)
    budget = budget_of(context, block.section)
    every = expand(block, section, context.form, context.setting)
    leaves = tuple(leaf for leaf in every if not leaf.column.hidden)
    rows = lines(section, block, budget)
    sums = Sums(every, rows, budget)
    body = [_row(block, sums, leaves, line) for line in rows]
    if section.items:
        body = _merged_items(body, rows, leaves)
    if block.total:
        head = _row(block, sums, leaves, None)
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
        made.append(plain(fill(block.note, context), "caption", "left", role="note"))
    return made


def _row(block: Block, sums: Sums, leaves: tuple[Leaf, ...], row: Line | None) -> Row:
    cells = [_cell(block, sums, leaves, leaf, row) for leaf in leaves]
    if row is None:
        labels = [at for at, leaf in enumerate(leaves) if leaf.column.field]
        if len(labels) > 1:
            cells = [_label(block.total, len(labels), total_row=True), *cells[len(labels) :]]
    return Row(tuple(cells), max(block.row_height, 10.9) if block.stack else block.row_height)


def _label(text: str, colspan: int = 1, *, total_row: bool = False) -> Cell:
    style = "total" if total_row else "row"
    lines_ = tuple(plain(part, style, role="label") for part in text.split("\n"))
    return Cell(lines_, colspan, 1, "label", "center", fill=TOTAL if total_row else "", pad=(0.6, 0.8), repeat=True)


def _cell(block: Block, sums: Sums, leaves: tuple[Leaf, ...], leaf: Leaf, row: Line | None) -> Cell:
    if leaf.column.field:
        if row is None:
            return _label(block.total, total_row=True)
        return _label(row.item_name if leaf.column.field == "item" else row.label)
    key = block.section
    shaded = TOTAL if row is None else ""
    if block.stack:
        return _stacked(block, sums, leaf, row, shaded)
    measure = leaf.measure
    figure = sums.figure(row, leaf, measure)
    return Cell(
        (plain(figure.printed(), "figure", "right"),), role="figure", align="right", fill=shaded,
        pad=(1.8 if leaf.width > 12 else 1.2, 0.8), name=cell_name(key, row, leaf, measure), figure=figure,
        formula=_formula(key, sums, leaf, row, measure), source=f"{key}/{cell_name(key, row, leaf, measure)}",
    )  # fmt: skip


def _formula(key: str, sums: Sums, leaf: Leaf, row: Line | None, measure: str) -> str:
    if leaf.column.sum:
        names = [cell_name(key, row, other, m) for other, m in sums.parts(leaf, measure) if not other.column.hidden]
    elif row is None:
        names = [cell_name(key, each, leaf, measure) for each in sums.rows]
    else:
        return ""
    return f"SUM({','.join('{' + name + '}' for name in names)})" if names else ""


def _stacked(block: Block, sums: Sums, leaf: Leaf, row: Line | None, fill_: str) -> Cell:
    """Secured over (executed): the digits of both stand in one column."""
    measures = leaf.measures or ("",)
    figures = [sums.figure(row, leaf, measure) for measure in measures]
    upper = figures[0].printed()
    paras: list[Flow] = [plain(upper, "figure", "right", role="secured")]
    if len(figures) > 1 and figures[1]:
        paras.append(plain(f"({figures[1].printed()})", "figure", "right", role="executed"))
    name = cell_name(block.section, row, leaf, measures[0])
    return Cell(tuple(paras), role="pair", align="right", fill=fill_, pad=(1.4, 0.8), name=name, figure=figures[0], source=f"{block.section}/{name}")


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
            cells[at] = Cell(old.content, 1, count, "label", "center", pad=old.pad, repeat=True)
        else:
            del cells[at]
        made.append(Row(tuple(cells), row.height))
    return made


def grand_total(context: Context, measure: str, source: str) -> tuple[Figure, str]:
    """(sum of all amounts of a measure, and of one source; name of the cell that shows it in a table, "" if none)."""
    for section in context.form.section:
        if section.kind == "budget" and measure in section.measures:
            budget = budget_of(context, section.key)
            wanted = [a.figure for a in budget.amounts if a.measure == measure and source in ("", a.source)]
            return scaled(total(wanted), Decimal(1) / budget.unit), _shown_total(context, section, measure, source)
    return BLANK, ""


def _shown_total(context: Context, section: SectionDef, measure: str, source: str) -> str:
    for block in context.form.block:
        if block.kind == "money" and block.section == section.key and block.measure == measure and not section.items:
            leaves = expand(block, section, context.form, context.setting)
            leaf = next((x for x in leaves if x.column.sum), None)
            row = Line(0, source, "", "") if source else None
            if leaf and (source or block.total):
                return cell_name(section.key, row, leaf, measure)
    return ""


