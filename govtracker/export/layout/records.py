"""Tables with a row per record: indicators, tasks, events, changes, responses, people, parts of an outline.

What a record shows in a field is its kind's function in `FIELDS`; heads, merging, footers and sums are shared.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from fractions import Fraction
from typing import Any

from govtracker.export.document import SHADE, TOTAL, Cell, Flow, Grid, Para, Row, plain
from govtracker.export.layout.context import Context, fill
from govtracker.export.layout.frame import headings
from govtracker.export.layout.heads import divides, head_rows
from govtracker.export.layout.items import flow
from govtracker.export.layout.outline import parts
from govtracker.forms import formula
from govtracker.forms.columns import Leaf, chosen_leaves, expand
from govtracker.forms.schema import Block, Footer, SectionDef
from govtracker.model.card import (
    Change,
    Changes,
    Event,
    Events,
    Indicator,
    Indicators,
    Part,
    People,
    Person,
    Response,
    Responses,
    Schedule,
    Section,
    Task,
)
from govtracker.model.content import Item
from govtracker.model.dates import quarter_label
from govtracker.model.figure import BLANK, Figure, total, value

Shown = str | Figure | tuple[Item, ...] | bool
"""What a field holds: text, a figure, items, or whether a quarter is shaded."""


def _indicator(row: Indicator, field: str, leaf: Leaf) -> Shown:
    if field == "target":
        return row.target(leaf.span) if leaf.span else BLANK
    shown: Shown = getattr(row, field)
    return shown


def _task(row: Task, field: str, leaf: Leaf) -> Shown:
    if field == "quarter":
        return bool(leaf.span) and quarter_label(leaf.span) in row.quarters  # type: ignore[arg-type]
    return str(getattr(row, field))


def _attribute(row: Any, field: str, _leaf: Leaf) -> Shown:
    shown: Shown = getattr(row, field)
    return shown


def _event(row: Event, field: str, _leaf: Leaf) -> Shown:
    return row.details if "details" in field else str(getattr(row, field))


RECORDS: dict[str, tuple[Callable[[Any], Sequence[Any]], Callable[[Any, str, Leaf], Shown]]] = {
    "indicators": (lambda section: section.rows, _indicator),
    "schedule": (lambda section: section.tasks, _task),
    "events": (lambda section: section.entries, _event),
    "changes": (lambda section: section.entries, _attribute),
    "responses": (lambda section: section.entries, _attribute),
    "people": (lambda section: section.persons, _attribute),
}
_EMPTY: dict[str, Section] = {
    "indicators": Indicators(),
    "schedule": Schedule(),
    "events": Events(),
    "changes": Changes(),
    "responses": Responses(),
    "people": People(),
}
_BLANK_ROW: dict[str, Any] = {
    "indicators": Indicator(id=""),
    "schedule": Task(id=""),
    "events": Event(id=""),
    "changes": Change(id=""),
    "responses": Response(id=""),
    "people": Person(id=""),
    "outline": Part(id=""),
}


def rows_of(context: Context, block: Block) -> tuple[SectionDef, list[Any]]:
    """The section's definition and the records that a table block prints (of its row groups, if it names any)."""
    section = context.form.section_def(block.section)
    if section.kind == "outline":
        return section, [part for part, _ in parts(context, block.section)[1]]
    found = context.card.section(block.section) or _EMPTY[section.kind]
    rows = list(RECORDS[section.kind][0](found))
    if block.groups:
        rows = [row for row in rows if row.group in block.groups]
    return section, sorted(rows, key=lambda row: _rank(section, row)) if section.groups else rows


def _rank(section: SectionDef, row: Indicator) -> int:
    keys = [group.key for group in section.groups]
    return keys.index(row.group) if row.group in keys else len(keys)


class Table:
    """One table block: its columns, its records, and the figures that are computed."""

    def __init__(self, context: Context, block: Block) -> None:
        self.context = context
        self.block = block
        self.section, self.rows = rows_of(context, block)
        self.every = expand(block, self.section, context.form, context.setting)
        self.leaves = tuple(leaf for leaf in self.every if not leaf.column.hidden)
        self.read = RECORDS[self.section.kind][1] if self.section.kind != "outline" else _attribute

    def shown(self, row: Any, leaf: Leaf) -> Shown:
        """What a record shows in a column; computed columns give a rounded figure."""
        column = leaf.column
        if column.sum:
            return self.summed(row, leaf)
        if column.formula:
            number = self.computed(row, column.formula)
            return BLANK if number is None else value(formula.round_half_up(number, column.decimals))
        if column.field == "group":
            return next((g.label for g in self.section.groups if g.key == row.group), "")
        return self.read(row, column.field, leaf)

    def summed(self, row: Any, leaf: Leaf) -> Figure:
        found: list[Figure] = []
        for chosen in formula.summands(leaf.column.sum):
            for other in chosen_leaves(chosen, self.every):
                figure = self.shown(row, other)
                found.append(figure if isinstance(figure, Figure) else BLANK)
        return total(found)

    def computed(self, row: Any, text: str) -> Fraction | None:
        """Exact value of a formula for one record, None where an operand is missing."""
        return formula.evaluate(text, lambda key: self.operand(row, key))

    def operand(self, row: Any, key: str) -> Fraction | None:
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

    def name(self, row: Any, leaf: Leaf) -> str:
        """Name of a figure's cell in the document."""
        at = next((i for i, other in enumerate(self.rows) if other is row), 0)
        when = f"{leaf.span.first or ''}..{leaf.span.last or ''}" if leaf.span else ""
        return f"{self.context.form.block.index(self.block)}|{self.block.section}|{at}|{leaf.key}|{when}"


def table(context: Context, block: Block) -> list[Flow]:
    """Heading, head rows, a row per record (an empty one where there is none), closing rows."""
    made = Table(context, block)
    if block.optional and not made.rows:
        return []
    if block.empty and not made.rows:
        return [*headings(context, block, table=False), plain(fill(block.empty, context), "body", "left", block.section)]
    records = made.rows or [_BLANK_ROW[made.section.kind]]
    body = [_record(made, row, number, records) for number, row in enumerate(records)]
    body += [_footer(made, footer) for footer in block.footer]
    grid = Grid(
        tuple(leaf.width for leaf in made.leaves),
        (*head_rows(made.leaves, block, dense=len(made.leaves) >= 12 and not block.divider), *body),
        head=max((len(leaf.head) for leaf in made.leaves), default=0),
        role=made.section.kind,
    )
    notes: list[Flow] = [plain(fill(block.note, context), "caption", "left", role="note")] if block.note else []
    return [*headings(context, block, table=True), grid, *notes]


def _record(made: Table, row: Any, number: int, records: Sequence[Any]) -> Row:
    cells = []
    for at, leaf in enumerate(made.leaves):
        column = leaf.column
        if column.merge or column.field == "group":
            same = [made.shown(other, leaf) == made.shown(row, leaf) for other in records]
            if number and same[number - 1] and _shared(made, row, leaf):
                continue
            count = _run(same, number) if _shared(made, row, leaf) else 1
            cells.append(_cell(made, row, leaf, at, number, rowspan=count))
        else:
            cells.append(_cell(made, row, leaf, at, number))
    splits = made.section.kind in ("outline", "responses")
    return Row(tuple(cells), made.block.row_height, splits=splits)


def _shared(made: Table, row: Any, leaf: Leaf) -> bool:
    return bool(made.shown(row, leaf))


def _run(same: list[bool], start: int) -> int:
    end = start
    while end < len(same) and same[end]:
        end += 1
    return end - start


def _cell(made: Table, row: Any, leaf: Leaf, at: int, number: int, rowspan: int = 1) -> Cell:
    column, source = leaf.column, f"{made.block.section}/{row.id}/{leaf.column.field}"
    if column.field == "no":
        text = str(number + 1) if row.id or made.rows else ""
        return Cell((plain(text, "cell", "center"),), role="no", align="center", repeat=False, pad=(0.6, 0.8), source=source)
    shown = made.shown(row, leaf)
    if isinstance(shown, bool):
        return Cell(fill=SHADE if shown else "", role="shade", divider=bool(made.block.divider) and divides(made.leaves, at), source=source)
    if isinstance(shown, Figure):
        return _figure(made, row, leaf, shown, source)
    if isinstance(shown, tuple):
        return _items(made, row, leaf, shown, source)
    return _text(made, leaf, at, shown, rowspan, source)


def _text(made: Table, leaf: Leaf, at: int, text: str, rowspan: int, source: str) -> Cell:
    column = leaf.column
    style = "period" if made.section.kind == "outline" and column.field == "label" else "cell"
    text = text or (column.blank if column.merge and made.rows else "")
    lines = tuple(plain(part, style, column.align, source) for part in text.split("\n"))
    label = column.merge or column.field in ("group", "label", "department")
    return Cell(
        lines, 1, rowspan, "label" if label else "text", column.align,
        pad=(1.8 if column.align == "left" else 1.0, 1.0), repeat=label, source=source,
        divider=bool(made.block.divider) and divides(made.leaves, at),
    )  # fmt: skip


def _items(made: Table, row: Any, leaf: Leaf, items: tuple[Item, ...], source: str) -> Cell:
    period = made.section.kind == "outline"
    style = "body" if period else "detail"
    content = flow(items, made.section.marks, style, source, leaf.width - 3.6)
    if "title" in leaf.column.field and row.title:
        content = [Para(plain(row.title).runs, style, keep=True, source=f"{made.block.section}/{row.id}/title"), *content]
    return Cell(tuple(content), role="items", valign="top" if period else "middle", pad=(1.5, 1.8 if period else 1.15), source=source)


def _figure(made: Table, row: Any, leaf: Leaf, figure: Figure, source: str) -> Cell:
    column = leaf.column
    align = "center" if figure.state == "text" or (column.field == "weight" and column.align == "center") else "right"
    inset = 1.8 if leaf.width > 16 else max(1.2, leaf.width * 0.32)
    if column.decimals:
        inset = max(1.8, leaf.width * 0.28)
    places = column.decimals if column.formula else _places(figure)
    return Cell(
        (plain(figure.printed(), "figure", align, source),), role="figure", align=align, pad=(inset if align == "right" else 1, 0.8),
        name=made.name(row, leaf), figure=figure, decimals=places, formula=_excel(made, row, leaf), source=source,
    )  # fmt: skip


def _places(figure: Figure) -> int:
    exponent = figure.value.as_tuple().exponent if figure.value is not None else 0
    return -exponent if isinstance(exponent, int) and exponent < 0 else 0


def _excel(made: Table, row: Any, leaf: Leaf) -> str:
    """The cell's formula over the names of other cells, "" for an entered figure or hidden operands."""
    column = leaf.column
    if column.sum:
        chosen = [other for s in formula.summands(column.sum) for other in chosen_leaves(s, made.every)]
        if not chosen or any(other.column.hidden for other in chosen):
            return ""
        return f"SUM({','.join('{' + made.name(row, other) + '}' for other in chosen)})"
    if column.formula:
        return f"ROUND({_spelled(made, row, column.formula)},{column.decimals})"
    return ""


def _spelled(made: Table, row: Any, text: str) -> str:
    for key in sorted({s.key for s in formula.names(text)}, key=len, reverse=True):
        leaf = next(leaf for leaf in made.every if leaf.key == key)
        text = text.replace(key, "{" + made.name(row, leaf) + "}")
    return text


def _footer(made: Table, footer: Footer) -> Row:
    at = next(i for i, leaf in enumerate(made.leaves) if leaf.key == footer.column)
    figure = made.footed(footer)
    label = Cell((plain(footer.label, "total", role="label"),), at, 1, "label", "center", fill=TOTAL)
    shown = Cell(
        (plain(figure.printed(), "total"),), role="footer", align="center", fill=TOTAL, figure=figure, decimals=footer.decimals,
        name=f"{made.context.form.block.index(made.block)}|{footer.label}", source=f"{made.block.section}/{footer.label}",
    )  # fmt: skip
    rest = len(made.leaves) - at - 1
    return Row((label, shown, *((Cell(colspan=rest, fill=TOTAL),) if rest else ())), made.block.row_height)

