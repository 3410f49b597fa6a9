"""Header grids: labels, facts with check boxes, totals of the budget, people by department."""

from __future__ import annotations

from dataclasses import replace
from itertools import groupby

from govtracker.arithmetic.budget import column_total, grand_total, header_total_place, total_place
from govtracker.export.document import (
    HEAD,
    Cell,
    Choice,
    Choices,
    Flow,
    Formula,
    Grid,
    Row,
    Tabbed,
    places,
    plain,
)
from govtracker.export.layout.context import Context, fill, find_fact, label_cell
from govtracker.export.layout.frame import headings
from govtracker.forms import template
from govtracker.forms.schema import Block, GridCell, Option
from govtracker.model.card import People, Person
from govtracker.model.place import Place


def grid(context: Context, block: Block) -> list[Flow]:
    """The header table as the form's rows say; a row with people becomes one row per department."""
    rows: list[Row] = []
    for line in block.rows:
        by_department = any(cell.people and not cell.field for cell in line)
        rows += _people_rows(context, line) if by_department else [_row(context, line)]
    made = headings(context, block, table=True)
    first = context.form.block.index(block) <= 1
    return [*made, Grid(block.widths, tuple(rows), before=0 if first or made else 6.2, role="grid")]


def _row(context: Context, line: tuple[GridCell, ...]) -> Row:
    return Row(tuple(_cell(context, cell) for cell in line), 7.0)


def _cell(context: Context, cell: GridCell) -> Cell:
    if cell.label:
        return label_cell(fill(cell.label, context), cell.span, cell.down, fill(cell.note, context))
    if cell.people:
        return _column(context, cell)
    if cell.total:
        return _total(context, cell)
    if cell.option:
        return _option(context, cell)
    if cell.fact:
        return _fact(context, cell)
    return Cell(colspan=cell.span, rowspan=cell.down)


def _fact(context: Context, cell: GridCell) -> Cell:
    section, fact = find_fact(context, cell.fact)
    place = Place(section, field=cell.fact)
    definition = context.form.fact[cell.fact]
    if definition.type == "choice" and definition.options:
        boxes = tuple(_choice(option, fact.chosen, "") for option in definition.options)
        content: tuple[Flow, ...] = (Choices(boxes, place=place),)
        return Cell(
            content, cell.span, cell.down, "choices", cell.align or "left", pad=(1.6, 0.8), place=place
        )
    if cell.sum and not fact.text:
        return _summed(context, cell, place)
    lines = tuple(plain(part, "cell", cell.align or "left", place) for part in fact.text.split("\n"))
    return Cell(lines, cell.span, cell.down, "fact", cell.align or "left", pad=(1.6, 0.8), place=place)


def _summed(context: Context, cell: GridCell, place: Place) -> Cell:
    """The sum of a money column in the place of a fact that nobody entered."""
    figure, total = column_total(context.form, context.card, context.setting, cell.sum)
    text = figure.printed() + cell.suffix if figure else ""
    align = cell.align or "left"
    return Cell(
        (plain(text, "cell", align, place),), cell.span, cell.down, "fact", align, pad=(1.6, 0.8), place=place,
        figure=figure, decimals=places(figure), around=("", cell.suffix), formula=_same(total),
    )  # fmt: skip


def _column(context: Context, cell: GridCell) -> Cell:
    """One field of every person, a line each; labels of two syllables are spread."""
    found = context.card.section(cell.people)
    persons = found.persons if isinstance(found, People) else ()
    label = cell.field in ("role", "rank")
    style = "person_head" if label else "person"
    lines = [
        plain(getattr(person, cell.field), style, place=Place(cell.people, person.id, cell.field))
        for person in persons
    ]
    if label:
        lines = [replace(line, spread=len(line.text) == 2) for line in lines]
    return Cell(
        tuple(lines), cell.span, cell.down, "people", "center", fill=HEAD if label else "", pad=(1.0, 1.0),
        place=Place(cell.people, field=cell.field),
    )  # fmt: skip


def _choice(option: Option, chosen: tuple[str, ...], prefix: str) -> Choice:
    key = prefix + option.key
    return Choice(
        option.label, key in chosen, tuple(_choice(inner, chosen, f"{key}.") for inner in option.options)
    )


def _option(context: Context, cell: GridCell) -> Cell:
    section, fact = find_fact(context, cell.fact)
    mark = "○" if cell.option in fact.chosen else "-"
    place = Place(section, field=cell.fact, column=cell.option)
    return Cell(
        (plain(mark, "cell", "center", place),), cell.span, cell.down, "option", "center", place=place
    )


def _total(context: Context, cell: GridCell) -> Cell:
    figure = grand_total(context.form, context.card, context.setting, cell.total, cell.source)
    shown = total_place(context.form, context.card, context.setting, cell.total, cell.source)
    return Cell(
        (plain(figure.printed(), "figure", "right"),), cell.span, cell.down, "total", "right", pad=(1.8, 0.8),
        figure=figure, decimals=places(figure), formula=_same(shown),
        place=header_total_place(context.form, cell.total, cell.source),
    )  # fmt: skip


def _same(place: Place | None) -> Formula | None:
    """The formula that repeats another cell."""
    return Formula("{}", (place,)) if place else None


def _people_rows(context: Context, line: tuple[GridCell, ...]) -> list[Row]:
    at = next(i for i, cell in enumerate(line) if cell.people)
    people = line[at]
    section = context.form.section_def(people.people)
    found = context.card.section(people.people)
    persons = found.persons if isinstance(found, People) else ()
    groups = [tuple(group) for _, group in groupby(persons, key=lambda person: person.department)] or [()]
    rows = []
    for number, group in enumerate(groups):
        place = Place(people.people, group[0].id if group else "", "department")
        content = Tabbed(_stops(group, section.line, people.stops or (0.0,)), place=place)
        cell = Cell((content,), people.span, 1, "people", pad=(1.6, 1.0), place=place)
        before = (
            [label_cell(fill(c.label, context), c.span, len(groups)) for c in line[:at]]
            if number == 0
            else []
        )
        rows.append(Row((*before, cell), 7.0))
    return rows


def person_line(person: Person, line: str) -> str:
    """A person as the form writes one; brackets left empty by a missing number go."""
    fields = ("role", "name", "phone", "rank", "department")
    text = template.fill(line, {field: getattr(person, field) for field in fields})
    return text if person.phone else text.replace("(☎)", "").replace("()", "")


def _stops(
    group: tuple[Person, ...], line: str, stops: tuple[float, ...]
) -> tuple[tuple[tuple[float, str], ...], ...]:
    """The first persons at the first stops, the rest under one another at the last."""
    texts = [person_line(person, line) for person in group]
    first = tuple(zip(stops, texts, strict=False))
    rest = [((stops[-1], text),) for text in texts[len(stops) :]]
    return (first, *rest) if first else ((),)
