"""Records of a table -> the sections of the card; records of one section from several tables are joined."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from govtracker.forms.schema import Block, SectionDef
from govtracker.importer.meaning.outline import add_part
from govtracker.importer.meaning.partial_card import PartialCard
from govtracker.importer.structure.labels import fold, pattern
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
    Task,
    Timed,
)
from govtracker.model.content import Item
from govtracker.model.dates import Months
from govtracker.model.figure import BLANK, Figure
from govtracker.model.ids import new_id


@dataclass(slots=True)
class Record:
    """Values of one row of a table: texts, figures and items by field, figures by (field, interval)."""

    top: int
    bottom: int
    place: str = ""
    text: dict[str, str] = field(default_factory=dict)
    items: dict[str, tuple[Item, ...]] = field(default_factory=dict)
    figures: dict[tuple[str, Months | None], Figure] = field(default_factory=dict)
    quarters: list[str] = field(default_factory=list)
    id: str = field(default_factory=new_id)

    def figure(self, field: str) -> Figure:
        return self.figures.get((field, None), BLANK)


def _indicators(partial: PartialCard, block: Block, section: SectionDef, records: list[Record]) -> None:
    rows: list[Indicator] = list((partial.sections.get(section.key) or Indicators()).rows)
    before = len(rows)
    for number, record in enumerate(records):
        group = _group(section, block, record)
        at = _same(rows, record, group, number if before and not block.filled else None)
        old = rows[at] if at is not None else Indicator(group=group, id=record.id)
        new = _joined(partial, old, record)
        if at is None:
            rows.insert(_place(rows, records[number + 1 :], section, block) if before else len(rows), new)
        else:
            rows[at] = new
            partial.moved(record.id, old.id)
    partial.put(section.key, Indicators(tuple(rows)))


def _place(rows: list[Indicator], later: list[Record], section: SectionDef, block: Block) -> int:
    """Where a new indicator goes: before the next one of its table that is there already, else to the end."""
    found = (_same(rows, record, _group(section, block, record), None) for record in later)
    return next((at for at in found if at is not None), len(rows))


def _group(section: SectionDef, block: Block, record: Record) -> str:
    label = fold(record.text.get("group", ""))
    found = next((named.key for named in section.groups if fold(named.label) == label), "")
    return found or (block.groups[0] if len(block.groups) == 1 else "")


def _same(rows: list[Indicator], record: Record, group: str, number: int | None) -> int | None:
    """Position of the indicator that a record goes on with: by name (and indicator), else by its number."""
    name, indicator = fold(record.text.get("name", "")), fold(record.text.get("indicator", ""))
    fits = [at for at, row in enumerate(rows) if row.group == group and fold(row.name) == name]
    if len(fits) > 1:
        fits = [at for at in fits if fold(rows[at].indicator) == indicator] or fits
    if fits:
        return fits[0] if number is None or number not in fits else number
    return number if number is not None and number < len(rows) and rows[number].group == group else None


def _joined(partial: PartialCard, old: Indicator, record: Record) -> Indicator:
    for key, label in (("name", "이름"), ("indicator", "지표"), ("unit", "단위")):
        was, now = getattr(old, key), record.text.get(key, "")
        if was and now and fold(was) != fold(now):
            partial.note(record.place, f"같은 지표의 {label}이(가) 표마다 다릅니다: {was} / {now}")
    targets = {timed.span: timed.figure for timed in old.targets}
    for (name, span), figure in record.figures.items():
        if name == "target" and span is not None and figure:
            if targets.get(span) and targets[span] != figure:
                partial.note(
                    record.place,
                    f"같은 목표가 표마다 다릅니다: {targets[span].printed()} / {figure.printed()}",
                )
            else:
                targets[span] = figure
    return Indicator(
        old.name or record.text.get("name", ""), old.indicator or record.text.get("indicator", ""),
        old.unit or record.text.get("unit", ""), old.group, record.figure("weight") or old.weight,
        record.figure("actual") or old.actual, tuple(Timed(span, figure) for span, figure in targets.items()),
        old.note or record.text.get("note", ""), old.id,
    )  # fmt: skip


def _schedule(partial: PartialCard, block: Block, section: SectionDef, records: list[Record]) -> None:
    tasks = tuple(
        Task(r.text.get("name", ""), tuple(r.quarters), r.text.get("note", ""), r.id) for r in records
    )
    partial.put(section.key, Schedule(tasks))


def _events(partial: PartialCard, block: Block, section: SectionDef, records: list[Record]) -> None:
    old = partial.sections.get(section.key) or Events()
    found = tuple(
        Event(
            r.text.get("when", ""),
            r.text.get("category", ""),
            r.text.get("title", ""),
            r.items.get("details", ()),
            id=r.id,
        )
        for r in records
    )
    partial.put(section.key, Events(old.entries + found))


def _changes(partial: PartialCard, block: Block, section: SectionDef, records: list[Record]) -> None:
    keys = ("when", "what", "before", "after", "reason", "procedure")
    found = tuple(Change(**{key: r.text.get(key, "") for key in keys}, id=r.id) for r in records)
    partial.put(section.key, Changes(found))


def _responses(partial: PartialCard, block: Block, section: SectionDef, records: list[Record]) -> None:
    found = (Response(r.items.get("proposal", ()), r.items.get("response", ()), r.id) for r in records)
    partial.put(section.key, Responses(tuple(found)))


def _people(partial: PartialCard, block: Block, section: SectionDef, records: list[Record]) -> None:
    keys = ("role", "department", "rank", "name", "phone")
    found = tuple(Person(**{key: r.text.get(key, "") for key in keys}, id=r.id) for r in records)
    partial.put(section.key, People(found))


def _outline(partial: PartialCard, block: Block, section: SectionDef, records: list[Record]) -> None:
    for record in records:
        label = record.text.get("label", "")
        slot = next((s.key for s in section.slots if pattern(s.label).fullmatch(fold(label))), "")
        part = Part(slot, label, record.items.get("items", ()), record.text.get("remark", ""), record.id)
        add_part(partial, section.key, part)


BUILDERS: dict[str, Callable[[PartialCard, Block, SectionDef, list[Record]], Any]] = {
    "indicators": _indicators,
    "schedule": _schedule,
    "events": _events,
    "changes": _changes,
    "responses": _responses,
    "people": _people,
    "outline": _outline,
}
