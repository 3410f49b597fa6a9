"""A section as rows of fields, and the section of some rows: the one shape in which all kinds are compared."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, fields, replace
from typing import Any, TypeVar

from govtracker.model.card import (
    Amount,
    Budget,
    BudgetItem,
    Change,
    Changes,
    Count,
    Counts,
    Event,
    Events,
    Fact,
    Facts,
    Indicator,
    Indicators,
    Outline,
    Part,
    People,
    Person,
    Response,
    Responses,
    Schedule,
    Section,
    Task,
    Timed,
)
from govtracker.model.content import Item, Line, Picture, Table
from govtracker.model.dates import Months
from govtracker.model.place import Place

Field = tuple[str, Months | None, str]
"""Which value of a row: field, interval and measure, as a `Place` says them."""
Value = Any
"""A text, a figure, a fact, a tuple of words, lines and tables, or whether something is so."""
ITEM = "item"
"""The field that holds the name of an item of money."""
TARGET = "target"
IDENTITY: tuple[Field, ...] = tuple(
    (name, None, "")
    for name in ("when", "title", "name", "role", "indicator", "what", "label", "slot", "group", "heading")
)
"""Fields that say which record a row is."""
K = TypeVar("K")


@dataclass(frozen=True, slots=True)
class Row:
    """A record of a section; `name` is what an officer calls it. Blank fields are left out of `fields`."""

    id: str
    name: str
    fields: Mapping[Field, Value]

    def get(self, field: Field) -> Value:
        """The value of a field, None where it is blank."""
        return self.fields.get(field)

    @property
    def token(self) -> frozenset[tuple[Field, Value]]:
        """What two rows have in common that hold the same."""
        return frozenset(self.fields.items())


def is_blank(value: Value) -> bool:
    """Whether a value is nothing that anyone entered."""
    return not (value.text or value.chosen) if isinstance(value, Fact) else not value


def named(field: str) -> Field:
    """The field of an attribute."""
    return field, None, ""


def _row(id_: str, name: str, values: Iterable[tuple[Field, Value]]) -> Row:
    return Row(id_, " ".join(name.split()), {field: v for field, v in values if not is_blank(v)})


# ---------------------------------------------------------------- one row for the whole section


def _facts(section: Facts) -> list[Row]:
    return [_row("", "", ((named(fact.key), fact) for fact in section.values))]


def _facts_of(before: Facts, rows: list[Row]) -> Facts:
    return Facts(tuple(rows[0].fields.values()))


def _counts(section: Counts) -> list[Row]:
    return [_row("", "", ((named(count.key), count.figure) for count in section.values))]


def _counts_of(before: Counts, rows: list[Row]) -> Counts:
    return Counts(tuple(Count(field, figure) for (field, _, _), figure in rows[0].fields.items()))


# ---------------------------------------------------------------- money


def _budget(section: Budget) -> list[Row]:
    count = max((amount.item + 1 for amount in section.amounts), default=0)
    items = [*section.items, *(BudgetItem(id=f"#{at}") for at in range(len(section.items), count))]
    made = []
    for at, item in enumerate(items):
        own = [
            ((amount.source, amount.span, amount.measure), amount.figure)
            for amount in section.amounts
            if amount.item == at
        ]
        made.append(_row(item.id, item.name, [(named(ITEM), item.name), *own]))
    return made


def _budget_of(before: Budget, rows: list[Row]) -> Budget:
    items = tuple(BudgetItem(row.get(named(ITEM)) or "", row.id) for row in rows)
    amounts = tuple(
        Amount(at, source, span, measure, figure)
        for at, row in enumerate(rows)
        for (source, span, measure), figure in row.fields.items()
        if span is not None
    )
    return replace(before, items=items, amounts=amounts)


# ---------------------------------------------------------------- records


def _record(record: Any, name: str) -> Row:
    values = [(named(each.name), getattr(record, each.name)) for each in fields(record) if each.name != "id"]
    return _row(record.id, name, values)


def _record_of(kind: Callable[..., K], row: Row, values: Mapping[str, Any] | None = None) -> K:
    plain = {field: value for (field, _, _), value in row.fields.items()} if values is None else values
    return kind(**plain, id=row.id)


def _indicators(section: Indicators) -> list[Row]:
    made = []
    for each in section.rows:
        plain = [f.name for f in fields(each) if f.name not in ("id", "targets")]
        targets = [((TARGET, timed.span, ""), timed.figure) for timed in each.targets]
        values = [*((named(name), getattr(each, name)) for name in plain), *targets]
        made.append(_row(each.id, f"{each.name} {each.indicator}", values))
    return made


def _indicators_of(before: Indicators, rows: list[Row]) -> Indicators:
    made = []
    for row in rows:
        plain = {field: value for (field, span, _), value in row.fields.items() if span is None}
        spans = ((span, figure) for (_, span, _), figure in row.fields.items() if span is not None)
        targets = tuple(Timed(span, figure) for span, figure in spans)
        made.append(_record_of(Indicator, row, {**plain, "targets": targets}))
    return Indicators(tuple(made))


def _first_line(response: Response) -> str:
    return next((item.text for item in response.proposal if isinstance(item, Line)), "")


_Shape = tuple[Callable[[Any], list[Row]], Callable[[Any, list[Row]], Section]]


def _records(attribute: str, kind: type, section: type[Section], name: Callable[[Any], str]) -> _Shape:
    def taken(value: Any) -> list[Row]:
        return [_record(record, name(record)) for record in getattr(value, attribute)]

    def made(before: Any, rows: list[Row]) -> Section:
        return section(tuple(_record_of(kind, row) for row in rows))  # type: ignore[arg-type]

    return taken, made


SHAPES: dict[str, _Shape] = {
    Facts.kind: (_facts, _facts_of),
    Counts.kind: (_counts, _counts_of),
    Budget.kind: (_budget, _budget_of),
    Indicators.kind: (_indicators, _indicators_of),
    People.kind: _records("persons", Person, People, lambda person: person.role or person.rank),
    Outline.kind: _records("parts", Part, Outline, lambda part: part.slot or part.label),
    Schedule.kind: _records("tasks", Task, Schedule, lambda task: task.name),
    Events.kind: _records("entries", Event, Events, lambda event: event.title),
    Changes.kind: _records("entries", Change, Changes, lambda change: change.what),
    Responses.kind: _records("entries", Response, Responses, _first_line),
}
"""Per kind of section: its rows, and the section (like the one before) of some rows."""


def rows_of(section: Section) -> list[Row]:
    """The rows of a section; those of facts and counts are one, without an id."""
    return SHAPES[section.kind][0](section)


def section_of(before: Section, rows: list[Row]) -> Section:
    """A section of the kind (and unit) of `before` with these rows; blank fields are left out."""
    return SHAPES[before.kind][1](before, rows)


def values(key: str, section: Section) -> Iterator[tuple[Place, Value]]:
    """(place, value) of everything that stands in a section under a key: lines, pictures, cells of tables one by one."""
    for row in rows_of(section):
        for (field, span, measure), value in row.fields.items():
            if isinstance(value, tuple) and isinstance(value[0], Line | Table | Picture):
                yield from ((place, each) for item in value for place, each in _of_item(key, item))
            else:
                yield Place(key, row.id, field, span, measure), value


def _of_item(key: str, item: Item) -> Iterator[tuple[Place, Value]]:
    if isinstance(item, Table):
        for at, row in enumerate(item.rows):
            for column, cell in enumerate(row):
                if cell is not None and cell.text:
                    yield Place(key, item.id, f"{at}.{column}"), cell.text
    else:
        yield Place(key, item.id), item.text if isinstance(item, Line) else item
