"""People, changes, counts, schedule, events and responses as sheets."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from datetime import date

from govtracker.forms.columns import Setting, expand
from govtracker.forms.schema import Form, SectionDef
from govtracker.model.card import (
    Change,
    Changes,
    Count,
    Counts,
    Event,
    Events,
    People,
    Person,
    Response,
    Responses,
    Schedule,
    Section,
    Task,
)
from govtracker.model.content import Item, Line
from govtracker.model.dates import parse_when, quarter_from_label, quarter_label, quarter_of, written_when
from govtracker.model.figure import BLANK, parse_figure
from govtracker.model.place import Place
from govtracker.ui.sheets.base import FlatSheet, RecordSheet, View, column_labels


class PeopleSheet(RecordSheet):
    def __init__(self, section: People, *, ranks: bool) -> None:
        labels = column_labels("people")
        widths = {"department": 120, "role": 110, "rank": 80, "name": 90, "phone": 120}
        keys = [key for key in labels if key != "rank" or ranks or any(p.rank for p in section.persons)]
        super().__init__(section, "persons", Person, [(key, labels[key], widths[key]) for key in keys])


class ChangesSheet(RecordSheet):
    def __init__(self, section: Changes) -> None:
        labels = column_labels("changes")
        super().__init__(section, "entries", Change, [(key, label, 100) for key, label in labels.items()])


class EventsSheet(RecordSheet):
    """Events without their details, which an outline beside the sheet shows; the last column tells how many lines."""

    detailed = True

    def __init__(
        self,
        section: Events,
        *,
        headings: bool,
        categories: bool,
        heads: dict[str, str],
        as_of: date,
        ahead: bool = False,
    ) -> None:
        self.as_of, self.ahead = as_of, ahead
        labels = {**column_labels("events"), **{key: head for key, head in heads.items() if head}}
        columns = [("when", labels["when"], 100)]
        columns += [("category", labels["category"], 110)] if categories else []
        columns += [("title", labels["title"], 200), ("details", labels["details"], 170)]
        columns += [("heading", labels["heading"], 90)] if headings else []
        super().__init__(section, "entries", Event, columns)

    @property
    def new_columns(self) -> list[int]:
        return [at for at, name in enumerate(self.columns) if name not in ("details", "heading")]

    def view(self, row: int, column: int) -> View:
        event, name = self.records[row], self.columns[column]
        if name == "details":
            return View(summary(event.details), editable=False, computed=True)
        if name == "heading":
            return View(shade=event.heading, align="center")
        if name == "when" and event.when and parse_when(event.when) is None and not event.heading:
            return View(event.when, problem=f"날짜로 읽을 수 없습니다: {event.when}")
        return super().view(row, column)

    def edit(self, row: int, column: int, text: str) -> Section:
        if self.columns[column] == "heading":
            return self.with_record(row, replace(self.records[row], heading=bool(text.strip())))
        if self.columns[column] == "when":
            text = written_when(text, self.as_of, ahead=self.ahead, short=self._short())
        return super().edit(row, column, text)

    def _short(self) -> bool:
        """Whether the card writes its years short (`'24`)."""
        years = [event.when.strip()[:1] for event in self.records if event.when.strip()]
        return sum(first in "'‘’`" for first in years) * 2 > len(years)

    def sorted(self) -> Section:
        """The events by date; under each heading for themselves, those without one behind the one they followed."""
        groups: list[list[Event]] = [[]]
        for event in self.records:
            groups += [[event], []] if event.heading else []
            if not event.heading:
                groups[-1].append(event)
        return self.with_records([event for group in groups for event in _by_date(group)])


def _by_date(events: list[Event]) -> list[Event]:
    """The events in the order of their dates; equal ones, and those without a date, stay where they were."""
    keys: list[str] = []
    for event in events:
        span = parse_when(event.when)
        keys.append(span.first if span is not None and span.first else keys[-1] if keys else "")
    days = [_day_of(event.when) for event in events]
    order = sorted(range(len(events)), key=lambda at: (keys[at], days[at], at))
    return [events[at] for at in order]


def _day_of(when: str) -> int:
    """The day of the month that a date names, 0 for none."""
    numbers = re.findall(r"\d+", when.split("~")[0])
    return int(numbers[2]) if len(numbers) > 2 else 0


class ResponsesSheet(RecordSheet):
    detailed = True

    def __init__(self, section: Responses) -> None:
        labels = column_labels("responses")
        super().__init__(section, "entries", Response, [(key, label, 200) for key, label in labels.items()])

    @property
    def new_columns(self) -> list[int]:
        return []

    def view(self, row: int, column: int) -> View:
        return View(summary(getattr(self.records[row], self.columns[column])), editable=False)


def summary(items: tuple[Item, ...]) -> str:
    """The first line of some items and how many more there are."""
    lines = [item.text for item in items if isinstance(item, Line)]
    rest = len(items) - 1
    return (lines[0] if lines else "") + (f"  (+{rest})" if rest > 0 else "")


class CountsSheet(FlatSheet):
    """One row of figures, a column per category of the form (and of any the card holds besides)."""

    grows = False
    detailed = False

    def __init__(self, section: Counts, definition: SectionDef) -> None:
        self.section = section
        known = {named.key: named.label for named in definition.categories}
        extra = {count.key: count.key for count in section.values if count.key not in known}
        self.keys = [*known, *extra]
        self.heads = [*known.values(), *extra.values()]
        self.widths = [70] * len(self.keys)
        self.rows = 1

    def view(self, row: int, column: int) -> View:
        figure = self.section.get(self.keys[column])
        return View(
            figure.printed(),
            align="right",
            problem="숫자가 아니라 글자로 보관했습니다." if figure.state == "text" else "",
        )

    def place(self, row: int, column: int) -> Place:
        return Place("", field=self.keys[column])

    def edit(self, row: int, column: int, text: str) -> Section:
        key, figure = self.keys[column], parse_figure(text)
        others = {count.key: count for count in self.section.values if count.key != key}
        if figure != BLANK:
            others[key] = Count(key, figure)
        return Counts(tuple(others[k] for k in self.keys if k in others))

    def insert(self, row: int) -> Section:
        return self.section

    def remove(self, rows: Sequence[int]) -> Section:
        return self.section

    def move(self, row: int, by: int) -> Section:
        return self.section


class ScheduleSheet(RecordSheet):
    """Tasks and their quarters: the form's, and any other that the card holds. `marker` = the column of the as-of date."""

    def __init__(self, section: Schedule, form: Form, definition: SectionDef, setting: Setting) -> None:
        quarters: list[str] = []
        for block in form.block:
            if block.section == definition.key and block.kind == "table":
                leaves = expand(block, definition, form, setting)
                quarters += [
                    quarter_label(leaf.span)
                    for leaf in leaves
                    if leaf.column.field == "quarter" and leaf.span
                ]
        held = {quarter for task in section.tasks for quarter in task.quarters}
        self.quarters = sorted({*quarters, *held})
        labels = column_labels("schedule")
        columns = [("name", labels["name"], 130)]
        columns += [(quarter, f"{quarter[:4]} {quarter[5:]}/4", 25) for quarter in self.quarters]
        columns.append(("note", labels["note"], 52))
        super().__init__(section, "tasks", Task, columns)
        now = quarter_of(setting.as_of)
        self.marker = self.columns.index(now) if now in self.columns else -1

    @property
    def paths(self) -> list[tuple[str, ...]]:
        """Quarters under their years."""
        return [
            (name[:4], name[5:]) if name in self.quarters else (head,)
            for name, head in zip(self.columns, self.heads, strict=True)
        ]

    @property
    def new_columns(self) -> list[int]:
        return [at for at, name in enumerate(self.columns) if name not in self.quarters]

    def view(self, row: int, column: int) -> View:
        name = self.columns[column]
        if name in self.quarters:
            return View(shade=name in self.records[row].quarters, align="center")
        return super().view(row, column)

    def place(self, row: int, column: int) -> Place:
        name = self.columns[column]
        if name in self.quarters:
            return Place("", self.records[row].id, "quarter", quarter_from_label(name))
        return super().place(row, column)

    def edit(self, row: int, column: int, text: str) -> Section:
        """A quarter is on for any text, off for none."""
        name, task = self.columns[column], self.records[row]
        if name not in self.quarters:
            return super().edit(row, column, text)
        quarters = set(task.quarters) - {name} | ({name} if text.strip() else set())
        ordered = tuple(sorted(quarters, key=lambda q: quarter_from_label(q).first or ""))
        return self.with_record(row, replace(task, quarters=ordered))
