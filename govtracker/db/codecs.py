"""Sections as rows of tables, and back: one codec per kind, one registry."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

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
from govtracker.model.codec import decode, encode
from govtracker.model.content import Item, Line, Picture, Run, Table
from govtracker.model.dates import Months
from govtracker.model.figure import Figure

Row = dict[str, Any]
Rows = dict[str, list[Row]]
"""Rows by table, in order of position."""


def figure_row(figure: Figure, prefix: str = "") -> Row:
    """state, value, text columns."""
    value = None if figure.value is None else str(figure.value)
    return {f"{prefix}state": figure.state, f"{prefix}value": value, f"{prefix}text": figure.text}


def figure_of(row: Row, prefix: str = "") -> Figure:
    value = row[f"{prefix}value"]
    return Figure(row[f"{prefix}state"], None if value is None else Decimal(value), row[f"{prefix}text"])


def item_rows(items: Iterable[Item], owner: str, field: str) -> list[Row]:
    """Lines with level, mark and text in columns (searchable), runs, tables and pictures in `body`."""
    made = []
    for item in items:
        row: Row = {
            "owner": owner,
            "field": field,
            "id": item.id,
            "kind": "line",
            "level": 0,
            "mark": "",
            "text": "",
            "body": "",
        }
        if isinstance(item, Line):
            plain = item.runs == _plain_runs(item.text)
            body = "" if plain else json.dumps(encode(item.runs), ensure_ascii=False)
            row.update(level=item.level, mark=item.mark, text=item.text, body=body)
        elif isinstance(item, Table):
            text = "\t".join(cell.text for line in item.rows for cell in line if cell)
            row.update(kind="table", text=text, body=json.dumps(encode(item), ensure_ascii=False))
        else:
            row.update(kind="picture", text=item.caption, body=json.dumps(encode(item), ensure_ascii=False))
        made.append(row)
    return made


def items_of(rows: list[Row], owner: str, field: str) -> tuple[Item, ...]:
    """Items of an owner's field, in order."""
    return tuple(_item(row) for row in rows if row["owner"] == owner and row["field"] == field)


def _item(row: Row) -> Item:
    if row["kind"] == "table":
        return decode(Table, json.loads(row["body"]))
    if row["kind"] == "picture":
        return decode(Picture, json.loads(row["body"]))
    if not row["body"]:
        return Line(row["level"], row["mark"], _plain_runs(row["text"]), row["id"])
    runs = tuple(decode(Run, data) for data in json.loads(row["body"]))
    return Line(row["level"], row["mark"], runs, row["id"])


def _plain_runs(text: str) -> tuple[Run, ...]:
    return (Run(text),) if text else ()


def _facts_rows(section: Facts) -> Rows:
    return {"fact": [{"key": f.key, "text": f.text, "chosen": " ".join(f.chosen)} for f in section.values]}


def _facts(rows: Rows, _extra: Row) -> Facts:
    return Facts(tuple(Fact(r["key"], r["text"], tuple(r["chosen"].split())) for r in rows["fact"]))


_PERSON = ("role", "department", "rank", "name", "phone", "id")


def _people_rows(section: People) -> Rows:
    return {"person": [{key: getattr(p, key) for key in _PERSON} for p in section.persons]}


def _people(rows: Rows, _extra: Row) -> People:
    return People(tuple(Person(*(r[key] for key in _PERSON)) for r in rows["person"]))


def _outline_rows(section: Outline) -> Rows:
    parts = [{"id": p.id, "slot": p.slot, "label": p.label, "remark": p.remark} for p in section.parts]
    return {"part": parts, "item": [row for p in section.parts for row in item_rows(p.items, p.id, "items")]}


def _outline(rows: Rows, _extra: Row) -> Outline:
    return Outline(
        tuple(
            Part(r["slot"], r["label"], items_of(rows["item"], r["id"], "items"), r["remark"], r["id"])
            for r in rows["part"]
        )
    )


def _budget_rows(section: Budget) -> Rows:
    items = [{"id": item.id, "name": item.name} for item in section.items]
    amounts = [
        {
            "item": a.item,
            "source": a.source,
            "first": a.span.first,
            "last": a.span.last,
            "measure": a.measure,
            **figure_row(a.figure),
        }
        for a in section.amounts
    ]
    return {"budget_item": items, "amount": amounts}


def _budget(rows: Rows, extra: Row) -> Budget:
    return Budget(
        int(extra["unit"]),
        tuple(BudgetItem(r["name"], r["id"]) for r in rows["budget_item"]),
        tuple(
            Amount(r["item"], r["source"], Months(r["first"], r["last"]), r["measure"], figure_of(r))
            for r in rows["amount"]
        ),
    )


def _indicators_rows(section: Indicators) -> Rows:
    made, targets = [], []
    for row in section.rows:
        made.append(
            {
                "id": row.id,
                "name": row.name,
                "indicator": row.indicator,
                "unit": row.unit,
                "row_group": row.group,
                **figure_row(row.weight, "weight_"),
                **figure_row(row.actual, "actual_"),
                "note": row.note,
            }
        )
        targets += [
            {"indicator": row.id, "first": t.span.first, "last": t.span.last, **figure_row(t.figure)}
            for t in row.targets
        ]
    return {"indicator": made, "target": targets}


def _indicators(rows: Rows, _extra: Row) -> Indicators:
    def targets(owner: str) -> tuple[Timed, ...]:
        return tuple(
            Timed(Months(r["first"], r["last"]), figure_of(r))
            for r in rows["target"]
            if r["indicator"] == owner
        )

    return Indicators(
        tuple(
            Indicator(
                r["name"],
                r["indicator"],
                r["unit"],
                r["row_group"],
                figure_of(r, "weight_"),
                figure_of(r, "actual_"),
                targets(r["id"]),
                r["note"],
                r["id"],
            )
            for r in rows["indicator"]
        )
    )


def _schedule_rows(section: Schedule) -> Rows:
    return {
        "task": [
            {"id": t.id, "name": t.name, "quarters": " ".join(t.quarters), "note": t.note}
            for t in section.tasks
        ]
    }


def _schedule(rows: Rows, _extra: Row) -> Schedule:
    return Schedule(
        tuple(Task(r["name"], tuple(r["quarters"].split()), r["note"], r["id"]) for r in rows["task"])
    )


def _events_rows(section: Events) -> Rows:
    entries = [
        {
            "id": e.id,
            "when_text": e.when,
            "category": e.category,
            "title": e.title,
            "heading": int(e.heading),
            "counts_for": e.counts_for,
        }
        for e in section.entries
    ]
    return {
        "event": entries,
        "item": [row for e in section.entries for row in item_rows(e.details, e.id, "details")],
    }


def _events(rows: Rows, _extra: Row) -> Events:
    own: dict[str, list[Row]] = {}
    for row in rows["item"]:
        own.setdefault(row["owner"], []).append(row)
    return Events(
        tuple(
            Event(
                r["when_text"],
                r["category"],
                r["title"],
                items_of(own.get(r["id"], []), r["id"], "details"),
                bool(r["heading"]),
                r["counts_for"],
                r["id"],
            )
            for r in rows["event"]
        )
    )


def _counts_rows(section: Counts) -> Rows:
    return {"tally": [{"key": c.key, **figure_row(c.figure)} for c in section.values]}


def _counts(rows: Rows, _extra: Row) -> Counts:
    return Counts(tuple(Count(r["key"], figure_of(r)) for r in rows["tally"]))


_CHANGE = (("when", "when_text"), ("what", "what"), ("before", "before"), ("after", "after"), ("reason", "reason"),
           ("procedure", "procedure"), ("id", "id"))  # fmt: skip


def _changes_rows(section: Changes) -> Rows:
    return {"change": [{column: getattr(c, name) for name, column in _CHANGE} for c in section.entries]}


def _changes(rows: Rows, _extra: Row) -> Changes:
    return Changes(tuple(Change(*(r[column] for _, column in _CHANGE)) for r in rows["change"]))


def _responses_rows(section: Responses) -> Rows:
    items: list[Row] = []
    for entry in section.entries:
        items += item_rows(entry.proposal, entry.id, "proposal") + item_rows(
            entry.response, entry.id, "response"
        )
    return {"response": [{"id": entry.id} for entry in section.entries], "item": items}


def _responses(rows: Rows, _extra: Row) -> Responses:
    items = rows["item"]
    return Responses(
        tuple(
            Response(items_of(items, r["id"], "proposal"), items_of(items, r["id"], "response"), r["id"])
            for r in rows["response"]
        )
    )


@dataclass(frozen=True, slots=True)
class Codec:
    """How a kind stands in tables: which ones, section -> rows, (rows, extra) -> section."""

    tables: tuple[str, ...]
    rows: Callable[[Any], Rows]
    section: Callable[[Rows, Row], Section]
    extra: Callable[[Any], Row] = lambda section: {}


CODECS: dict[str, Codec] = {
    "facts": Codec(("fact",), _facts_rows, _facts),
    "people": Codec(("person",), _people_rows, _people),
    "outline": Codec(("part", "item"), _outline_rows, _outline),
    "budget": Codec(("budget_item", "amount"), _budget_rows, _budget, lambda section: {"unit": section.unit}),
    "indicators": Codec(("indicator", "target"), _indicators_rows, _indicators),
    "schedule": Codec(("task",), _schedule_rows, _schedule),
    "events": Codec(("event", "item"), _events_rows, _events),
    "counts": Codec(("tally",), _counts_rows, _counts),
    "changes": Codec(("change",), _changes_rows, _changes),
    "responses": Codec(("response", "item"), _responses_rows, _responses),
}
