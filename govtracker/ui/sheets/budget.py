"""A money block as a sheet: rows of sources (pairs on two rows where the form stacks them), columns by rule."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from decimal import Decimal
from itertools import groupby

from govtracker.arithmetic.budget import ITEM, Line, MoneyTable, item_id
from govtracker.forms.columns import Leaf, Setting, screen_paths
from govtracker.forms.loader import vocabulary
from govtracker.forms.measures import measure_labels, measures, printed_measures
from govtracker.forms.schema import Block, Form, SectionDef
from govtracker.model.card import Amount, Budget, BudgetItem, Card, Section
from govtracker.model.content import one_line
from govtracker.model.figure import Figure, parse_figure, scaled
from govtracker.model.place import Place
from govtracker.ui.sheets.base import FlatSheet, View, column_labels

PROBLEM = "숫자로 읽을 수 없어 글자로 보관하고 합계에서 뺐습니다."


class MoneySheet:
    """Figures are typed in the form's unit and kept in won; what gives no whole won stays as text."""

    detailed = False

    def __init__(
        self, section: Budget, form: Form, definition: SectionDef, block: Block, card: Card, setting: Setting
    ) -> None:
        self.section, self.definition, self.block = section, definition, block
        self.table = MoneyTable(form, block, card, setting)
        self.labels = measure_labels(definition, block)
        self.leaves = [leaf for leaf in self.table.leaves if not leaf.column.field]
        self.lines = self._lines()
        self.grows = definition.items
        names = column_labels("budget")
        self.first = ["item", "source"] if definition.items else ["source"]
        self.first += ["measure"] if block.stack else []
        self.paths = [(names[key],) for key in self.first] + screen_paths(self.leaves)
        self.heads = ["\n".join(path) for path in self.paths]
        self.widths = [140 if key == "item" else 66 for key in self.first] + [
            56 if len(self.leaves) > 10 else 64
        ] * len(self.leaves)

    def _lines(self) -> list[tuple[Line | None, str]]:
        """(source row or None for the total, measure of the row or "" where the column says)."""
        rows: list[Line | None] = [None, *self._every_row()] if self.block.total else list(self._every_row())
        if not self.block.stack:
            return [(row, "") for row in rows]
        return [(row, measure) for row in rows for measure in printed_measures(self.leaves)]

    def _every_row(self) -> list[Line]:
        """Printed rows; with items every source of every item, so that each can be filled."""
        if not self.definition.items:
            return self.table.rows
        labels = {line.source: line.label for line in self.table.rows}
        words = vocabulary("source")
        return [
            Line(at, source, labels.get(source, words[source]["label"]), item.name)
            for at, item in enumerate(self.section.items or (BudgetItem(),))
            for source in self.definition.sources
        ]

    @property
    def rows(self) -> int:
        return len(self.lines)

    @property
    def new_columns(self) -> list[int]:
        return [at for at, name in enumerate(self.first) if name == "item"]

    @property
    def spans(self) -> list[tuple[int, int, int]]:
        """Names of items beside their sources, of sources beside their measures."""
        found: list[tuple[int, int, int]] = []
        for column, name in enumerate(self.first):
            if name != "measure":
                at = 0
                for _, run in groupby(_beside(line, name) for line, _ in self.lines):
                    count = len(list(run))
                    found += [(at, column, count)] if count > 1 else []
                    at += count
        return found

    def _measure(self, row: int, leaf: Leaf) -> str:
        return self.lines[row][1] or leaf.measure

    def view(self, row: int, column: int) -> View:
        line, _ = self.lines[row]
        if column < len(self.first):
            return self._label(row, self.first[column])
        leaf = self.leaves[column - len(self.first)]
        measure = self._measure(row, leaf)
        figure = self.table.sums.figure(line, leaf, measure)
        computed = line is None or leaf.computed
        shown = computed or measure in leaf.measures
        problem = PROBLEM if figure.state == "text" else ""
        return View(
            figure.printed(),
            editable=not computed and shown,
            computed=computed or not shown,
            align="right",
            problem=problem,
            bold=line is None,
        )

    def _label(self, row: int, key: str) -> View:
        line, measure = self.lines[row]
        if key == "measure":
            return View(self.labels.get(measure, measure), editable=False, align="center")
        if key == "item":
            return View(line.item_name if line else "", editable=line is not None)
        return View(
            line.label if line else self.block.total, editable=False, align="center", bold=line is None
        )

    def place(self, row: int, column: int) -> Place:
        line = self.lines[row][0]
        if column < len(self.first):
            return Place("", self._item_id(line), ITEM if self.first[column] == "item" else "")
        leaf = self.leaves[column - len(self.first)]
        return self.table.place(line, leaf, self._measure(row, leaf))._replace(section="")

    def _item_id(self, line: Line | None) -> str:
        return item_id(self.section, line.item) if line is not None else ""

    def edit(self, row: int, column: int, text: str) -> Section:
        line, _ = self.lines[row]
        if line is None:
            return self.section
        if column < len(self.first):
            return self._rename(line, text) if self.first[column] == "item" else self.section
        leaf = self.leaves[column - len(self.first)]
        if leaf.computed or leaf.span is None:
            return self.section
        return self._with(line, leaf, self._measure(row, leaf), won_of(text, self.section.unit))

    def _with(self, line: Line, leaf: Leaf, measure: str, figure: Figure) -> Section:
        assert leaf.span is not None
        key = (line.item, line.source, leaf.span, measure)
        items = self.section.items or (BudgetItem(),)
        amounts = list(self.section.amounts)
        at = next((i for i, a in enumerate(amounts) if (a.item, a.source, a.span, a.measure) == key), None)
        if at is None:
            amounts += [Amount(*key, figure)] if figure else []
        elif figure:
            amounts[at] = Amount(*key, figure)
        else:
            del amounts[at]
        return replace(self.section, items=items, amounts=tuple(amounts))

    def _rename(self, line: Line, text: str) -> Section:
        items = list(self.section.items or (BudgetItem(),))
        items[line.item] = BudgetItem(one_line(text), items[line.item].id)
        return replace(self.section, items=tuple(items))

    def _item_at(self, row: int) -> int:
        line = self.lines[row][0] if 0 <= row < len(self.lines) else None
        return line.item if line else len(self.section.items)

    def insert(self, row: int) -> Section:
        """A new item before the row's (at the end past the last)."""
        if not self.grows:
            return self.section
        at = self._item_at(row) if row < len(self.lines) else len(self.section.items)
        items = list(self.section.items)
        items.insert(at, BudgetItem())
        return self._renumbered(items, {old: old + (old >= at) for old in range(len(self.section.items))})

    def remove(self, rows: Sequence[int]) -> Section:
        """Without the rows' items and their amounts."""
        gone = {line.item for row in rows if (line := self.lines[row][0]) is not None}
        if not self.grows or not gone or not self.section.items:
            return self.section
        kept = [at for at in range(len(self.section.items)) if at not in gone]
        return self._renumbered(
            [self.section.items[at] for at in kept], {old: at for at, old in enumerate(kept)}
        )

    def move(self, row: int, by: int) -> Section:
        line = self.lines[row][0]
        target = (line.item if line else 0) + by
        if not self.grows or line is None or not 0 <= target < len(self.section.items):
            return self.section
        items = list(self.section.items)
        items[line.item], items[target] = items[target], items[line.item]
        return self._renumbered(
            items, {at: {line.item: target, target: line.item}.get(at, at) for at in range(len(items))}
        )

    def _renumbered(self, items: list[BudgetItem], places: dict[int, int]) -> Section:
        amounts = tuple(replace(a, item=places[a.item]) for a in self.section.amounts if a.item in places)
        return replace(self.section, items=tuple(items), amounts=amounts)


def won_of(text: str, unit: int) -> Figure:
    """Figure in won of what was typed in a unit; what gives no whole won stays as text."""
    won = scaled(parse_figure(text), unit)
    if won.value is not None and won.value != won.value.to_integral():
        return Figure("text", None, text.strip())
    return won


def _beside(line: Line | None, name: str) -> tuple[int, str] | None:
    """What rows have in common that one name stands beside."""
    if line is None:
        return None
    return line.item, "" if name == "item" else line.source


class StraySheet(FlatSheet):
    """Amounts that no table of the form shows, one a row: they are still in the card and can be changed."""

    grows = False
    detailed = False

    def __init__(self, section: Budget, shown: set[tuple[str, object, str]], *, items: bool) -> None:
        self.section = section
        self.at = [
            i
            for i, a in enumerate(section.amounts)
            if (a.source, a.span, a.measure) not in shown or (a.item > 0 and not items)
        ]
        names = column_labels("budget")
        self.columns = ["item", "source", "span", "measure", "amount"]
        if len(section.items) < 2:
            del self.columns[0]
        self.heads = [names[key] for key in self.columns]
        self.widths = [100] * len(self.columns)
        self.words = {
            **{k: e["label"] for k, e in vocabulary("source").items()},
            **{key: measure.label for key, measure in measures().items()},
        }

    @property
    def rows(self) -> int:
        return len(self.at)

    def view(self, row: int, column: int) -> View:
        amount, name = self.section.amounts[self.at[row]], self.columns[column]
        if name == "amount":
            figure = scaled(amount.figure, Decimal(1) / self.section.unit)
            problem = PROBLEM if figure.state == "text" else ""
            return View(figure.printed(), align="right", problem=problem)
        if name == "span":
            return View(f"{amount.span.first or ''} ~ {amount.span.last or ''}", editable=False)
        if name == "item":
            held = self.section.items[amount.item : amount.item + 1]
            return View(held[0].name if held else "", editable=False)
        key = getattr(amount, name)
        return View(self.words.get(key, key), editable=False)

    def place(self, row: int, column: int) -> Place:
        amount = self.section.amounts[self.at[row]]
        return Place("", item_id(self.section, amount.item), amount.source, amount.span, amount.measure)

    def edit(self, row: int, column: int, text: str) -> Section:
        if self.columns[column] != "amount":
            return self.section
        amounts = list(self.section.amounts)
        figure = won_of(text, self.section.unit)
        if figure:
            amounts[self.at[row]] = replace(amounts[self.at[row]], figure=figure)
        else:
            del amounts[self.at[row]]
        return replace(self.section, amounts=tuple(amounts))

    def insert(self, row: int) -> Section:
        return self.section

    def remove(self, rows: Sequence[int]) -> Section:
        return self.section

    def move(self, row: int, by: int) -> Section:
        return self.section
