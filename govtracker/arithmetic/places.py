"""What stands at a place of a card: what was entered there, or what the form's tables compute."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from decimal import Decimal
from functools import cached_property
from typing import Any

from govtracker.arithmetic.budget import ITEM, Line, MoneyTable, budget_of, column_total, grand_total, item_id
from govtracker.arithmetic.records import NUMBER, RECORDS, RecordTable, Shown, parts, record_id
from govtracker.forms.columns import Leaf, Setting
from govtracker.forms.schema import Form, Option, SectionDef
from govtracker.model.card import Card, Counts, Facts
from govtracker.model.content import Item, Picture, Table
from govtracker.model.content import Line as TextLine
from govtracker.model.figure import Figure, scaled
from govtracker.model.place import PLEDGE, Place

Value = str | Figure | bool
"""A text, a figure in the printed unit, or whether something is ticked or shaded."""


def value_at(form: Form, card: Card, setting: Setting, place: Place) -> Value | None:
    """What stands at a place as the form prints it, None where the card has no such place."""
    return CardPlaces(form, card, setting).value(place)


class CardPlaces:
    """The places of one card. Its tables are computed once, so that many can be asked for."""

    def __init__(self, form: Form, card: Card, setting: Setting) -> None:
        self.form, self.card, self.setting = form, card, setting

    @cached_property
    def figures(self) -> dict[Place, tuple[MoneyTable, Line | None, Leaf, str]]:
        """Table, row, column and measure of every place of the form's money tables; the first that has it."""
        found: dict[Place, tuple[MoneyTable, Line | None, Leaf, str]] = {}
        for block in self.form.block:
            if block.kind == "money":
                table = MoneyTable(self.form, block, self.card, self.setting)
                for row, leaf, measure in _money_cells(table):
                    found.setdefault(table.place(row, leaf, measure), (table, row, leaf, measure))
        return found

    @cached_property
    def tables(self) -> list[RecordTable]:
        blocks = (block for block in self.form.block if block.kind == "table")
        return [RecordTable(self.form, block, self.card, self.setting) for block in blocks]

    @cached_property
    def shown(self) -> dict[Place, tuple[RecordTable, Any, Leaf]]:
        """Table, record and column of every place of the form's tables of records; the first that has it."""
        found: dict[Place, tuple[RecordTable, Any, Leaf]] = {}
        for table in self.tables:
            for row in (*table.rows, *table.shares):
                for leaf in table.every:
                    found.setdefault(table.place(row, leaf), (table, row, leaf))
        return found

    def value(self, place: Place) -> Value | None:
        """What stands at a place, see `value_at`."""
        if place.section == PLEDGE:
            return getattr(self.card.pledge, place.field, None)
        definition = next((each for each in self.form.section if each.key == place.section), None)
        if definition is None:
            return None
        read = _READERS.get(definition.kind, CardPlaces._record)
        return read(self, definition, place)

    # ------------------------------------------------------------ facts and counts

    def _fact(self, definition: SectionDef, place: Place) -> Value | None:
        section = self.card.section(definition.key)
        if place.field not in definition.fields:
            return None
        fact = (section if isinstance(section, Facts) else Facts()).get(place.field)
        if place.column:
            return place.column in fact.chosen
        printed = self.form.fact[place.field]
        if printed.type == "choice" and printed.options:
            return _chosen(printed.options, fact.chosen)
        return fact.text or self._fallen_back(place.field)

    def _fallen_back(self, key: str) -> Value:
        """The sum that a grid shows in the place of a fact that nobody entered."""
        cells = (cell for block in self.form.block for row in block.rows for cell in row)
        rule = next((cell.sum for cell in cells if cell.fact == key and cell.sum), "")
        return column_total(self.form, self.card, self.setting, rule)[0] if rule else ""

    def _count(self, definition: SectionDef, place: Place) -> Value | None:
        section = self.card.section(definition.key)
        known = {category.key for category in definition.categories}
        if place.field not in known:
            return None
        return (section if isinstance(section, Counts) else Counts()).get(place.field)

    # ------------------------------------------------------------ money

    def _money(self, definition: SectionDef, place: Place) -> Value | None:
        if place.field == ITEM:
            items = budget_of(self.form, self.card, definition.key).items
            return next((item.name for item in items if item.id == place.id), None)
        if place.span is None and not place.column and not place.id:
            return grand_total(self.form, self.card, self.setting, place.measure, place.field)
        if place in self.figures:
            table, row, leaf, measure = self.figures[place]
            return table.sums.figure(row, leaf, measure)
        return self._stray(definition, place)

    def _stray(self, definition: SectionDef, place: Place) -> Figure | None:
        """An amount that no table of the form shows."""
        budget = budget_of(self.form, self.card, definition.key)
        wanted = (place.field, place.span, place.measure)
        for amount in budget.amounts:
            same = (amount.source, amount.span, amount.measure) == wanted
            if same and item_id(budget, amount.item) == place.id:
                return scaled(amount.figure, Decimal(1) / budget.unit)
        return None

    # ------------------------------------------------------------ records and their lines

    def _record(self, definition: SectionDef, place: Place) -> Value | None:
        if place in self.shown:
            return _value(_shown(*self.shown[place]))
        for table in self.tables:
            for footer in table.block.footer:
                if table.section is definition and table.footer_place(footer) == place:
                    return table.footed(footer)
        held = list(_records(self.form, self.card, definition))
        record = next((each for each in held if place.field and record_id(each) == place.id), None)
        if record is not None:
            return _value(getattr(record, place.field, None))
        lines = (item for each in held for item in _items(each) if item.id == place.id)
        return next((_text(item, place.field) for item in lines), None)


_READERS: dict[str, Callable[[CardPlaces, SectionDef, Place], Value | None]] = {
    "facts": CardPlaces._fact,
    "counts": CardPlaces._count,
    "budget": CardPlaces._money,
}
"""Kinds of section whose places are read otherwise than those of records."""


def _money_cells(table: MoneyTable) -> Iterator[tuple[Line | None, Leaf, str]]:
    """Row (None = the total row), column and measure of every figure of a table."""
    for row in (None, *table.rows):
        for leaf in table.every:
            if not leaf.column.field:
                yield from ((row, leaf, measure) for measure in leaf.measures or ("",))


def _shown(table: RecordTable, row: Any, leaf: Leaf) -> Shown:
    if leaf.column.field != NUMBER:
        return table.shown(row, leaf)
    return str(next(number for number, each in enumerate(table.rows, 1) if each is row))


def _records(form: Form, card: Card, definition: SectionDef) -> Iterator[Any]:
    if definition.kind not in RECORDS:
        yield from (part for part, _ in parts(form, card, definition.key)[1])
        return
    empty, attribute, _ = RECORDS[definition.kind]
    yield from getattr(card.section(definition.key) or empty, attribute)


def _items(record: Any) -> Iterator[Item]:
    for name in ("items", "details", "proposal", "response"):
        yield from getattr(record, name, ())


def _value(shown: Shown | None) -> Value | None:
    if isinstance(shown, tuple):
        return "\n".join(item.text for item in shown if isinstance(item, TextLine))
    return shown


def _text(item: Item, field: str) -> str | None:
    """A line's text, a picture's caption, the text of a table's cell (`row.column`)."""
    if isinstance(item, TextLine):
        return item.text
    if isinstance(item, Picture):
        return item.caption
    return _cell_text(item, field)


def _cell_text(table: Table, field: str) -> str | None:
    cells = {f"{at}.{column}": cell for at, row in enumerate(table.rows) for column, cell in enumerate(row)}
    cell = cells.get(field)
    return cell.text if cell else None


def _chosen(options: tuple[Option, ...], chosen: tuple[str, ...], prefix: str = "") -> str:
    """Labels of the chosen options, those inside one in brackets behind it."""
    labels = []
    for option in options:
        if prefix + option.key in chosen:
            inner = _chosen(option.options, chosen, f"{prefix}{option.key}.")
            labels.append(f"{option.label}({inner})" if inner else option.label)
    return ", ".join(labels)
