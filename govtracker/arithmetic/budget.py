"""Money tables: rows of sources (and items), columns by rule, sums by the form's formulas.

Source of the arithmetic: each form's own `sum`; the total row sums the rows under it. Figures are in the
printed unit here, in won in the card.
"""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal

from govtracker import resources
from govtracker.forms import formula
from govtracker.forms.columns import Leaf, Setting, chosen_leaves, expand, visible
from govtracker.forms.schema import Block, Form, SectionDef
from govtracker.model.card import Budget, BudgetItem, Card
from govtracker.model.figure import BLANK, Figure, scaled, total
from govtracker.model.place import Place


@dataclass(frozen=True, slots=True)
class Line:
    """A row of the table: an item (its position) and a source ("" for the item's total), with their labels."""

    item: int
    source: str
    label: str
    item_name: str


def budget_of(form: Form, card: Card, key: str) -> Budget:
    """The card's budget under a section key, empty where it has none; figures in won."""
    found = card.section(key)
    return found if isinstance(found, Budget) else Budget(unit=form.section_def(key).unit)


def source_labels(block: Block | None) -> dict[str, str]:
    """Printed label of every source, as the block spells it."""
    own = block.labels if block else {}
    return {
        key: own.get(key) or entry["label"] for key, entry in resources.table("fields.toml")["source"].items()
    }


def lines(section: SectionDef, block: Block, budget: Budget) -> list[Line]:
    """Rows under the total: per item its sources; a form without items has each source once.

    With items, only the sources that an item has money of are listed (the first, if it has none). Where every
    item has a total row of its own (source ""), all sources follow it.
    """
    labels = source_labels(block)
    if not section.items:
        return [Line(0, source, labels[source], "") for source in section.sources]
    made = []
    for at, item in enumerate(budget.items or ((BudgetItem(),) if block.item_totals else ())):
        if block.item_totals:
            made.append(Line(at, "", block.total, item.name))
            made += [Line(at, source, labels[source], item.name) for source in section.sources]
            continue
        used = {amount.source for amount in budget.amounts if amount.item == at}
        sources = [s for s in section.sources if s in used] or list(section.sources[:1])
        made += [Line(at, source, labels[source], item.name) for source in sources]
    return made


class Sums:
    """Figures of a money table: entered ones, sums over columns, the total row (row None)."""

    def __init__(self, leaves: tuple[Leaf, ...], rows: list[Line], budget: Budget) -> None:
        self.leaves = leaves
        self.rows = rows
        factor = Decimal(1) / budget.unit
        self.entered = {
            (a.item, a.source, a.span, a.measure): scaled(a.figure, factor) for a in budget.amounts
        }
        self.added: dict[tuple[Leaf, str], list[tuple[Leaf, str]]] = {}

    def figure(self, row: Line | None, leaf: Leaf, measure: str) -> Figure:
        """Figure of a row (None = the total row) in a column."""
        if leaf.column.sum:
            found = total(self.figure(row, other, m) for other, m in self.parts(leaf, measure))
        elif row is None or not row.source:
            found = total(self.figure(each, leaf, measure) for each in self.summed(row))
        else:
            found = (
                self.entered.get((row.item, row.source, leaf.span, measure), BLANK) if leaf.span else BLANK
            )
        if not found and leaf.column.empty and (row is None or not row.source or leaf.column.sum):
            return Figure("value", Decimal(leaf.column.empty))
        return found

    def summed(self, row: Line | None) -> list[Line]:
        """Rows that a total row adds: all of them, or those of its item."""
        return [each for each in self.rows if each.source and (row is None or each.item == row.item)]

    def parts(self, leaf: Leaf, measure: str) -> list[tuple[Leaf, str]]:
        """(column, measure) pairs that a sum column adds; a selector without a measure keeps the column's own."""
        found = self.added.get((leaf, measure))
        if found is None:
            found = self.added[leaf, measure] = self._parts(leaf, measure)
        return found

    def _parts(self, leaf: Leaf, measure: str) -> list[tuple[Leaf, str]]:
        found = []
        for chosen in formula.summands(leaf.column.sum):
            for other in chosen_leaves(chosen, self.leaves):
                wanted = chosen.measure or (measure if measure in other.measures or other.column.sum else "")
                if wanted:
                    found.append((other, wanted))
        return found


class MoneyTable:
    """One money block of a card: columns (`every` with hidden ones), rows, sums."""

    def __init__(self, form: Form, block: Block, card: Card, setting: Setting) -> None:
        self.block = block
        self.title = card.pledge.title
        self.section = form.section_def(block.section)
        self.budget = budget_of(form, card, block.section)
        self.every = expand(block, self.section, form, setting)
        self.leaves = visible(block, self.section, form, setting)
        self.rows = lines(self.section, block, self.budget)
        self.sums = Sums(self.every, self.rows, self.budget)

    def item_place(self, row: Line) -> Place:
        """Where the name of a row's item stands."""
        return Place(self.block.section, item_id(self.budget, row.item), ITEM)

    def place(self, row: Line | None, leaf: Leaf, measure: str) -> Place:
        """Where a row's figure of a column stands; the total row (None) belongs to no item and no source."""
        item = item_id(self.budget, row.item) if row else ""
        source = row.source if row else ""
        return money_place(self.block.section, item, source, leaf, measure)


ITEM = "item"
"""The column of the items' names."""


def money_place(section: str, item: str, source: str, leaf: Leaf, measure: str) -> Place:
    """Where the figure of an item (its id) and source stands in a column of a money table."""
    return Place(section, item, source, leaf.span, measure, leaf.key if leaf.column.sum else "")


def item_id(budget: Budget, at: int) -> str:
    """Id of the item at a position, "" where the budget has none there."""
    return budget.items[at].id if 0 <= at < len(budget.items) else ""


def header_total_place(form: Form, measure: str, source: str = "") -> Place:
    """Where the sum of all amounts of a measure (and of one source) stands: in the first section that has it."""
    budgets = (section for section in form.section if section.kind == "budget")
    section = next(section for section in budgets if measure in section.measures)
    return Place(section.key, field=source, measure=measure)


def grand_total(form: Form, card: Card, setting: Setting, measure: str, source: str = "") -> Figure:
    """What the card's table of a measure adds up to (of one source), in the printed unit; BLANK where none prints it."""
    for block in form.block:
        if block.kind == "money" and measure in form.section_def(block.section).measures:
            table = MoneyTable(form, block, card, setting)
            columns = _adding(table, measure)
            if columns:
                rows = [row for row in table.rows if row.source and source in ("", row.source)]
                return total(table.sums.figure(row, leaf, measure) for row in rows for leaf in columns)
    return BLANK


def _adding(table: MoneyTable, measure: str) -> list[Leaf]:
    """The column that sums a measure, else the printed columns that have it."""
    sums = [leaf for leaf in table.every if leaf.column.sum and table.block.measure == measure]
    return sums[:1] or [leaf for leaf in table.leaves if leaf.span and measure in leaf.measures]


def column_total(form: Form, card: Card, setting: Setting, key: str) -> tuple[Figure, Place | None]:
    """Total row's figure of the money column of a key, in the printed unit, and its place where a table prints it."""
    for block in form.block:
        if block.kind == "money" and any(column.key == key for column in block.column):
            table = MoneyTable(form, block, card, setting)
            leaf = next(leaf for leaf in table.every if leaf.key == key)
            shown = bool(block.total) and not leaf.column.hidden
            place = table.place(None, leaf, leaf.measure) if shown else None
            return table.sums.figure(None, leaf, leaf.measure), place
    return BLANK, None


def total_place(form: Form, card: Card, setting: Setting, measure: str, source: str) -> Place | None:
    """The place in a money table that shows a grand total, None where none does."""
    for block in form.block:
        if block.kind != "money" or block.measure != measure:
            continue
        table = MoneyTable(form, block, card, setting)
        leaf = next((leaf for leaf in table.every if leaf.column.sum), None)
        if leaf and not table.section.items and (source or block.total):
            return table.place(Line(0, source, "", "") if source else None, leaf, measure)
    return None
