"""The judged projection of a card: plain JSON with printed labels (shape: docs in CONTRIBUTING, `dump`).

`--full` is `model.codec`'s lossless form instead.
"""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal
from typing import Any

from govtracker.arithmetic.budget import column_total, source_labels
from govtracker.arithmetic.quantity import unit_of_words
from govtracker.arithmetic.records import RecordTable, parts
from govtracker.forms.columns import Setting
from govtracker.forms.schema import Form, Option, SectionDef
from govtracker.model.card import (
    Budget,
    Card,
    Changes,
    Counts,
    Events,
    Facts,
    Indicators,
    People,
    Responses,
    Schedule,
)
from govtracker.model.content import Item, Line, Table
from govtracker.model.dates import Months, parse_when, quarter_label
from govtracker.model.figure import Figure, scaled


def project(form: Form, card: Card, setting: Setting) -> dict[str, Any]:
    """A card as `dump` prints it."""
    made: dict[str, Any] = {
        "number": card.pledge.number or None,
        "title": card.pledge.title,
        "form": card.form,
        "period": card.period.label,
        "as_of": card.period.as_of.isoformat(),
        "facts": {},
        "people": [],
        "budget": [],
        "indicators": [],
        "schedule": [],
        "events": [],
        "narratives": [],
        "tables": [],
        "counts": {},
        "changes": [],
        "responses": [],
    }
    for definition in form.section:
        _section(form, card, definition, setting, made)
    _computed(form, card, setting, made)
    made["facts"] = {**_printed_facts(form, card, setting), **made["facts"]}
    return made


def _section(form: Form, card: Card, definition: SectionDef, setting: Setting, made: dict[str, Any]) -> None:
    section = card.section(definition.key)
    if isinstance(section, Facts):
        made["facts"].update(_facts(form, section))
    elif isinstance(section, People):
        made["people"] += [
            {
                "role": p.role or p.rank,
                "department": p.department or _department(card, definition),
                "rank": p.rank or None,
                "name": p.name,
                "phone": p.phone,
            }
            for p in section.persons
        ]
    elif isinstance(section, Budget):
        made["budget"] += list(_budget(form, definition, section))
    elif isinstance(section, Indicators):
        made["indicators"] += list(_indicators(form, card, definition, setting))
        made["tables"] += _shares(definition, section)
    elif isinstance(section, Schedule):
        made["schedule"] += [
            {"task": t.name, "quarters": list(t.quarters), "note": t.note} for t in section.tasks
        ]
    elif isinstance(section, Events):
        made["events"] += list(_events(definition, section))
    elif isinstance(section, Counts):
        labels = {named.key: named.label for named in definition.categories}
        made["counts"].update({labels.get(c.key, c.key): _number(c.figure) for c in section.values})
    elif isinstance(section, Changes):
        made["changes"] += [
            {
                "date": c.when,
                "what": c.what,
                "before": c.before,
                "after": c.after,
                "reason": c.reason,
                "procedure": c.procedure,
            }
            for c in section.entries
        ]
    elif isinstance(section, Responses):
        made["responses"] += [
            {"proposal": lines(r.proposal), "response": lines(r.response)} for r in section.entries
        ]
    elif section is not None:
        _outline(form, card, definition, made)


def _department(card: Card, definition: SectionDef) -> str:
    """The department that a fact names for all people of the section."""
    found = (s.get(definition.department_fact) for _, s in card.sections if isinstance(s, Facts))
    return next((fact.text for fact in found if fact.text), "")


def _facts(form: Form, section: Facts) -> dict[str, str]:
    made = {}
    for fact in section.values:
        definition = form.fact.get(fact.key)
        if definition is None or definition.type == "heading":
            continue
        text = _chosen(definition.options, fact.chosen) if fact.chosen else fact.text
        if text:
            made[definition.label.split("\n")[0]] = text
    return made


def _printed_facts(form: Form, card: Card, setting: Setting) -> dict[str, str]:
    """Facts that the form prints without anyone entering them: sums in a header, the word for an empty table."""
    made = {}
    for block in form.block:
        for cell in (cell for row in block.rows for cell in row if cell.sum):
            figure, _ = column_total(form, card, setting, cell.sum)
            made[form.fact[cell.fact].label.split("\n")[0]] = figure.printed() + cell.suffix if figure else ""
        if block.inline and block.empty and not RecordTable(form, block, card, setting).rows:
            made[form.section_def(block.section).label] = block.empty
    return {label: text for label, text in made.items() if text}


def _chosen(options: tuple[Option, ...], chosen: tuple[str, ...], prefix: str = "") -> str:
    """Labels of the chosen options: `도움필요(재정)`."""
    made = []
    for option in options:
        if prefix + option.key in chosen:
            inner = _chosen(option.options, chosen, f"{prefix}{option.key}.")
            made.append(f"{option.label}({inner})" if inner else option.label)
    return ", ".join(made)


def _number(figure: Figure) -> Any:
    """JSON number of a value, 0 for a dash (its `printed` says so), None for blank, the text otherwise."""
    if figure.value is not None:
        return int(figure.value) if figure.value == figure.value.to_integral() else float(figure.value)
    return {"dash": 0, "blank": None}.get(figure.state, figure.text)


def _printed(figure: Figure) -> dict[str, Any]:
    return {"printed": "-"} if figure.state == "dash" else {}


def _span(span: Months) -> dict[str, Any]:
    return {"from": span.first, "to": span.last}


def _budget(form: Form, definition: SectionDef, section: Budget) -> Iterator[dict[str, Any]]:
    labels = source_labels(
        next((b for b in form.block if b.section == definition.key and b.kind == "money" and b.labels), None)
    )
    for amount in section.amounts:
        figure = scaled(amount.figure, Decimal(1) / section.unit)
        item = section.items[amount.item].name if amount.item < len(section.items) else ""
        yield {
            "item": item, "source": labels.get(amount.source, amount.source), **_span(amount.span), "kind": amount.measure,
            "amount": _number(figure), "unit": definition.unit_label, **_printed(figure),
        }  # fmt: skip


def _indicators(form: Form, card: Card, definition: SectionDef, setting: Setting) -> Iterator[dict[str, Any]]:
    tables = [
        RecordTable(form, b, card, setting)
        for b in form.block
        if b.kind == "table" and b.section == definition.key
    ]
    section = card.section(definition.key)
    assert isinstance(section, Indicators)
    shares = {group.key for group in definition.groups if group.share}
    for row in section.rows:
        if row.group in shares:
            continue
        computed: dict[str, Any] = {}
        for table in tables:
            for leaf in table.leaves:
                if leaf.computed and any(row is other for other in table.rows):
                    shown = table.shown(row, leaf)
                    if isinstance(shown, Figure):
                        computed["target_total" if leaf.column.field == "target" else leaf.column.field] = (
                            _number(shown)
                        )
        targets = []
        for timed in row.targets:
            quarter = _is_quarter(timed.span)
            label = quarter_label(timed.span) if quarter else ""
            year = int((timed.span.first or timed.span.last or "0")[:4])
            targets.append(
                {
                    "year": year,
                    "quarter": int(label[-1]) if label else None,
                    "value": _number(timed.figure),
                    **_printed(timed.figure),
                }
            )
        unit = row.unit or unit_of_words(timed.figure for timed in row.targets)
        yield {
            "name": row.name, "indicator": row.indicator or None, "unit": unit or None, "group": row.group or None,
            "weight": _number(row.weight), "actual": _number(row.actual), **computed, "targets": targets, "note": row.note or None,
        }  # fmt: skip


def _shares(definition: SectionDef, section: Indicators) -> list[dict[str, Any]]:
    """Rows of shares as tables of one row."""
    groups = {group.key: " ".join(group.label.split()) for group in definition.groups if group.share}
    return [
        {
            "section": definition.label,
            "slot": None,
            "title": f"{groups[row.group]} {row.name}".strip(),
            "rows": [[row.unit or None, *(timed.figure.printed() or None for timed in row.targets)]],
        }
        for row in section.rows
        if row.group in groups and any(timed.figure for timed in row.targets)
    ]


def _is_quarter(span: Months) -> bool:
    if not span.first or not span.last:
        return False
    return span.first[:4] == span.last[:4] and int(span.last[5:7]) - int(span.first[5:7]) == 2


def _events(definition: SectionDef, section: Events) -> Iterator[dict[str, Any]]:
    for number, event in enumerate(section.entries, 1):
        span = parse_when(event.when)
        yield {
            "category": definition.label, "no": number, "date_text": event.when or None,
            **(_span(span) if span else {"from": None, "to": None}), "kind": event.category or None,
            "title": event.title, "details": lines(event.details), **({"heading": True} if event.heading else {}),
        }  # fmt: skip


def lines(items: tuple[Item, ...]) -> list[dict[str, Any]]:
    """The lines among some items."""
    return [{"level": i.level, "marker": i.mark, "text": i.text} for i in items if isinstance(i, Line)]


def _outline(form: Form, card: Card, definition: SectionDef, made: dict[str, Any]) -> None:
    for part, style in parts(form, card, definition.key)[1]:
        slot = part.label or None
        found = lines(part.items)
        if found and style == "○":
            found.insert(
                0, {"level": -1 if found[0]["level"] == 0 else 0, "marker": style, "text": part.label}
            )
        if found:
            made["narratives"].append(
                {"section": definition.label, "slot": slot, "lines": found, "remark": part.remark or None}
            )
        title = ""
        for item in part.items:
            if isinstance(item, Line):
                title = item.text
            elif isinstance(item, Table):
                rows = [[None if cell is None else cell.text or None for cell in row] for row in item.rows]
                made["tables"].append(
                    {"section": definition.label, "slot": slot, "title": title, "rows": rows}
                )


def _computed(form: Form, card: Card, setting: Setting, made: dict[str, Any]) -> None:
    """Closing rows are facts of their own: 총 이행률."""
    for block in form.block:
        for footer in block.footer:
            figure = RecordTable(form, block, card, setting).footed(footer)
            if figure:
                made["facts"][footer.label] = _number(figure)
