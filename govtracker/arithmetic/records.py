"""Tables with a row per record: what each record shows in each column, computed columns, closing rows.

Formulas are exact over unrounded values (`forms.formula`), rounded half-up once when shown.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from fractions import Fraction
from typing import Any

from govtracker.forms import formula
from govtracker.forms.columns import Leaf, Setting, chosen_leaves, expand, visible
from govtracker.forms.schema import Block, Footer, Form, SectionDef
from govtracker.model.card import (
    Card,
    Changes,
    Event,
    Events,
    Indicator,
    Indicators,
    Outline,
    Part,
    People,
    Responses,
    Schedule,
    Section,
    Task,
)
from govtracker.model.content import Item
from govtracker.model.dates import quarter_label
from govtracker.model.figure import BLANK, Figure, total, value
from govtracker.model.place import Place

NUMBER = "no"
"""The column that counts a table's records."""
Shown = str | Figure | tuple[Item, ...] | bool
"""What a field shows: text, a figure, items, or whether a quarter is shaded."""


def _attribute(row: Any, field: str, _leaf: Leaf) -> Shown:
    shown: Shown = getattr(row, field)
    return shown


def _indicator(row: Indicator, field: str, leaf: Leaf) -> Shown:
    if field == "target":
        return row.target(leaf.span) if leaf.span else BLANK
    return _attribute(row, field, leaf)


def _task(row: Task, field: str, leaf: Leaf) -> Shown:
    if field == "quarter":
        return leaf.span is not None and quarter_label(leaf.span) in row.quarters
    return _attribute(row, field, leaf)


def _event(row: Event, field: str, leaf: Leaf) -> Shown:
    return row.details if "details" in field else _attribute(row, field, leaf)


Reader = Callable[[Any, str, Leaf], Shown]
RECORDS: dict[str, tuple[Section, str, Reader]] = {
    "indicators": (Indicators(), "rows", _indicator),
    "schedule": (Schedule(), "tasks", _task),
    "events": (Events(), "entries", _event),
    "changes": (Changes(), "entries", _attribute),
    "responses": (Responses(), "entries", _attribute),
    "people": (People(), "persons", _attribute),
}
"""Per kind: the empty section, the attribute that holds its records, what a record shows in a field."""


def parts(form: Form, card: Card, key: str) -> tuple[SectionDef, list[tuple[Part, str]]]:
    """An outline's definition and its parts in printed order, each with the style of its heading.

    Slots that the form names come in the form's order, empty ones too; free parts follow.
    """
    section = form.section_def(key)
    found = card.section(key)
    outline = found if isinstance(found, Outline) else Outline()
    named: list[tuple[Part, str]] = []
    for slot in section.slots:
        part = next((p for p in outline.parts if p.slot == slot.key), Part(slot.key, id=""))
        named.append((Part(part.slot, slot.label, part.items, part.remark, part.id), slot.heading))
    keys = {slot.key for slot in section.slots}
    return section, named + [(p, section.free_slots) for p in outline.parts if p.slot not in keys]


def records(form: Form, card: Card, block: Block) -> tuple[SectionDef, list[Any]]:
    """The section's definition and the records that a block shows (of its row groups, if it names any)."""
    section = form.section_def(block.section)
    if section.kind == "outline":
        return section, [part for part, _ in parts(form, card, block.section)[1]]
    empty, attribute, _ = RECORDS[section.kind]
    rows: Sequence[Any] = getattr(card.section(block.section) or empty, attribute)
    if block.groups:
        rows = [row for row in rows if row.group in block.groups]
    if not section.groups:
        return section, list(rows)
    shares = {group.key for group in section.groups if group.share}
    ordinary = [row for row in rows if row.group not in shares]
    return section, sorted(ordinary, key=lambda row: _rank(section, row))


def share_rows(section: SectionDef, block: Block, card: Card) -> list[Indicator]:
    """The rows of shares that a block shows, by their names; blank ones where the card has none."""
    group = next((group.key for group in section.groups if group.share), "")
    found = card.section(section.key)
    rows = found.rows if isinstance(found, Indicators) else ()
    return [
        next((r for r in rows if r.group == group and r.name == name), Indicator(name, group=group, id=""))
        for name in block.shares
    ]


def record_id(row: Any) -> str:
    """A record's id; one that only the form knows yet is called by its slot, or (a row of shares) by group and name."""
    if row.id:
        return str(row.id)
    if isinstance(row, Part):
        return row.slot
    return f"{row.group}.{row.name}" if isinstance(row, Indicator) and row.group else ""


def record_place(section: str, record: str, leaf: Leaf) -> Place:
    """Where what a record (its id) shows in a column stands."""
    computed = leaf.computed or leaf.column.field == NUMBER
    return Place(section, record, leaf.column.field, leaf.span, "", leaf.key if computed else "")


def footer_place(block: Block, footer: Footer) -> Place:
    """Where a closing row's value stands: it belongs to the groups of rows that its table shows."""
    return Place(block.section, field="+".join(block.groups), column=footer.label)


def _rank(section: SectionDef, row: Indicator) -> int:
    keys = [group.key for group in section.groups]
    return keys.index(row.group) if row.group in keys else len(keys)


class RecordTable:
    """One table block of a card: its columns (`every` with hidden ones), its records, computed figures."""

    def __init__(self, form: Form, block: Block, card: Card, setting: Setting) -> None:
        self.block = block
        self.section, self.rows = records(form, card, block)
        self.every = expand(block, self.section, form, setting)
        self.leaves = visible(block, self.section, form, setting)
        if block.filled:
            self.rows = [row for row in self.rows if self._here(row)]
        self.shares = share_rows(self.section, block, card) if block.shares else []
        self.read = RECORDS[self.section.kind][2] if self.section.kind in RECORDS else _attribute
        self.added: dict[str, list[Leaf]] = {}
        self.labels = {group.key: group.label for group in self.section.groups}

    def _here(self, row: Indicator) -> bool:
        """Whether a record has a figure in one of the table's columns, or has none at all yet."""
        spans = {leaf.span for leaf in self.leaves if leaf.span}
        return not row.targets or any(timed.figure and timed.span in spans for timed in row.targets)

    def shown(self, row: Any, leaf: Leaf) -> Shown:
        """What a record shows in a column; computed columns give a rounded figure."""
        column = leaf.column
        if column.sum:
            return self.summed(row, leaf)
        if column.formula:
            number = self.computed(row, column.formula)
            return BLANK if number is None else value(formula.round_half_up(number, column.decimals))
        if column.field == "group":
            return self.labels.get(row.group, "")
        return self.read(row, column.field, leaf)

    def summed(self, row: Any, leaf: Leaf) -> Figure:
        """Sum of the columns that the column's rule adds."""
        rule = leaf.column.sum
        if rule not in self.added:
            self.added[rule] = [x for s in formula.summands(rule) for x in chosen_leaves(s, self.every)]
        shown = [self.shown(row, other) for other in self.added[rule]]
        return total(figure for figure in shown if isinstance(figure, Figure))

    def computed(self, row: Any, text: str) -> Fraction | None:
        """Exact value of a formula for one record, None where an operand is missing."""
        return formula.evaluate(text, lambda key: self.operand(row, key))

    def operand(self, row: Any, key: str) -> Fraction | None:
        """Exact value that a name stands for in a formula."""
        leaf = next((leaf for leaf in self.every if leaf.key == key), None)
        if leaf is None:
            return None
        if leaf.column.formula:
            return self.computed(row, leaf.column.formula)
        figure = self.shown(row, leaf)
        return Fraction(figure.value) if isinstance(figure, Figure) and figure.value is not None else None

    def footed(self, footer: Footer) -> Figure:
        """Value of a closing row: over the unrounded values of all records, rounded once."""

        def reader(row: Any) -> formula.Row:
            return lambda key: self.operand(row, key)

        number = formula.evaluate(footer.formula, lambda key: None, tuple(reader(row) for row in self.rows))
        return BLANK if number is None else value(formula.round_half_up(number, footer.decimals))

    def place(self, row: Any, leaf: Leaf) -> Place:
        """Where what a record shows in a column stands in the card."""
        return record_place(self.block.section, record_id(row), leaf)

    def footer_place(self, footer: Footer) -> Place:
        """Where a closing row's value stands."""
        return footer_place(self.block, footer)
