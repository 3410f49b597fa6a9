"""Other workbooks of the same pledges: layouts, heads, units and dates as officers vary them, with what must arrive.

`mutants(seed)` draws one: the pledges of a sample or a real case, a layout, and how its heads, rows, units and dates
are spelled. `leaves` are the values of a card that both sides are compared by.
"""

from __future__ import annotations

import random
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import date, datetime
from decimal import Decimal
from pathlib import Path
from typing import Any

from openpyxl import Workbook
from openpyxl.styles import PatternFill
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.worksheet import Worksheet

from govtracker.forms.loader import vocabulary
from govtracker.forms.measures import measures
from govtracker.forms.schema import Form, Option
from govtracker.importer.meaning.heads import planned_measure
from govtracker.model.card import Budget, Card, Events, Facts, Indicators, Schedule
from govtracker.model.content import Line
from govtracker.model.dates import Months, parse_when, quarter_from_label, year_months
from govtracker.model.figure import Figure

Leaves = dict[tuple[str, ...], str]
Key = tuple[str, Months, str]
"""Source, interval and measure of an amount."""
UNITS = {
    1: ("원",),
    1_000: ("천원", "천 원"),
    1_000_000: ("백만원", "백만 원", "백만"),
    100_000_000: ("억원", "억"),
}


@dataclass
class Told:
    """One pledge as the layouts can hold it. Money in won by (source, interval, measure)."""

    number: str
    title: str
    facts: dict[str, str] = field(default_factory=dict)
    money: dict[tuple[str, Months, str], Decimal | None] = field(default_factory=dict)
    events: list[tuple[str, str, tuple[str, ...]]] = field(default_factory=list)
    indicators: list[tuple[str, str, dict[int, Figure], Figure]] = field(default_factory=list)
    tasks: list[tuple[str, tuple[str, ...]]] = field(default_factory=list)


@dataclass
class Mutant:
    """A workbook, what must arrive of each pledge, and the class that its layout counts in."""

    kind: str
    book: Workbook
    wanted: list[Told]
    form: str | None
    says: str


def is_planned(measure: str) -> bool:
    """Whether a measure is what a head means that names none."""
    return measure == planned_measure()


def plain(text: str) -> str:
    return re.sub(r"\s+", "", text)


def _option(options: tuple[Option, ...], chosen: tuple[str, ...]) -> str:
    return next((option.label for option in options if option.key in chosen), "")


def told(form: Form, card: Card) -> Told:
    """What of a card the layouts hold: plain facts, whole years of money, dated events, indicators by year."""
    made = Told(card.pledge.number, card.pledge.title)
    for _, section in card.sections:
        if isinstance(section, Facts):
            for fact in section.values:
                definition = form.fact.get(fact.key)
                text = _option(definition.options, fact.chosen) if definition and fact.chosen else fact.text
                if text and definition and definition.type == "percent":
                    text = text.removesuffix("%")
                if text and definition and definition.type not in ("heading", "money"):
                    made.facts[fact.key] = text
        elif isinstance(section, Budget):
            for amount in section.amounts:
                if amount.figure.state in ("value", "dash") and amount.item == 0:
                    made.money[amount.source, amount.span, amount.measure] = amount.figure.value
        elif isinstance(section, Events):
            for event in section.entries:
                if event.title and not event.heading and parse_when(event.when):
                    details = tuple(item.text for item in event.details if isinstance(item, Line))
                    made.events.append((event.when, event.title, details))
        elif isinstance(section, Indicators):
            for row in section.rows:
                years = {
                    int(t.span.first[:4]): t.figure
                    for t in row.targets
                    if t.span.first
                    and t.span == year_months(int(t.span.first[:4]))
                    and t.figure.value is not None
                }
                if years and row.name:
                    made.indicators.append((row.name, row.unit, years, row.actual))
        elif isinstance(section, Schedule):
            made.tasks += [(task.name, task.quarters) for task in section.tasks if task.name]
    return made


def leaves(pledge: Told) -> Leaves:
    """Every value under what it is: facts, money, events, indicators, tasks."""
    made: Leaves = {("title",): plain(pledge.title)}
    made |= {("fact", key): plain(text) for key, text in pledge.facts.items()}
    made |= {
        ("money", source, str(span.first), str(span.last), measure): str(won.normalize())
        if won is not None
        else "-"
        for (source, span, measure), won in pledge.money.items()
    }
    for when, title, details in pledge.events:
        span = parse_when(when)
        made["event", plain(title), str(span)] = "/".join(plain(each) for each in details)
    for name, unit, years, actual in pledge.indicators:
        made["indicator", plain(name), "unit"] = plain(unit)
        made |= {("indicator", plain(name), str(year)): figure.printed() for year, figure in years.items()}
        made["indicator", plain(name), "actual"] = actual.printed()
    made |= {("task", plain(name)): ",".join(sorted(quarters)) for name, quarters in pledge.tasks}
    return {key: value for key, value in made.items() if value}


# ---------------------------------------------------------------- one mutant


class Maker:
    """Draws everything about one workbook from one generator of random numbers."""

    def __init__(self, seed: int, pledges: list[Told], form: Form, own: bool) -> None:
        self.random = random.Random(seed)
        self.form, self.own = form, own
        self.pledges = pledges
        self.won = self.random.choice([unit for unit in UNITS if self._fits(unit)] or [1])
        self.style = self.random.choice(("flat", "merged", "repeated"))
        self.spaced = self.random.random() < 0.3
        self.dates = self.random.choice(("typed", "cells"))
        self.right = self.random.choice((0, 0, 1, 2))
        self.column = 0

    def _fits(self, unit: int) -> bool:
        """Whether every amount is a number of at most three decimals in a unit."""
        amounts = (won for pledge in self.pledges for won in pledge.money.values() if won is not None)
        return all((won / unit * 1000) % 1 == 0 for won in amounts)

    def pick(self, *words: str) -> str:
        """One of several words, perhaps spelled with blanks between its letters."""
        word = self.random.choice(words)
        if self.spaced and word.isalpha() and len(word) < 5:
            return self.random.choice((word, " ".join(word), f" {word} "))
        return word

    def fact_word(self, key: str) -> str:
        definition = self.form.fact[key]
        return self.pick(definition.label.split("\n")[0], *definition.names)

    def head_word(self, kind: str) -> str:
        return self.pick(*vocabulary("head")[kind])

    def source_word(self, key: str) -> str:
        """A word for a source that no other source of the form goes by."""
        known = vocabulary("source")
        words = [known[key]["label"], *known[key].get("aliases", ())]
        others = {
            word
            for other in self.sources()
            if other != key
            for word in (known[other]["label"], *known[other].get("aliases", ()))
        }
        return self.pick(*([word for word in words if word not in others] or words[:1]))

    def sources(self) -> list[str]:
        return [key for section in self.form.section if section.kind == "budget" for key in section.sources]

    def measure_word(self, key: str) -> str:
        each = measures()[key]
        return self.pick(each.label, *(name for name in each.names if len(name) < 6))

    def year_word(self, year: int) -> str:
        return self.random.choice(
            (f"{year}년", f"{year}", f"'{year % 100}년", f"{year}년도", f"’{year % 100}")
        )

    def unit_word(self) -> str:
        return self.random.choice(UNITS[self.won])

    def caption(self) -> str:
        unit = self.unit_word()
        return self.random.choice(
            (f"(단위: {unit})", f"(단위 : {unit})", f"[단위：{unit}]", f"※ 단위: {unit}", f"<단위 {unit}>", f"(금액단위 : {unit})")
        )  # fmt: skip

    def figure(self, won: Decimal | None) -> Any:
        """An amount as a cell: a number, or typed with separators."""
        if won is None:
            return "-"
        number = won / self.won
        value: Any = int(number) if number == number.to_integral() else float(number)
        return f"{value:,}" if self.random.random() < 0.15 else value

    def when(self, text: str) -> Any:
        """A date as typed, or as a cell's real date where it names a day."""
        span = parse_when(text)
        found = re.fullmatch(r"\s*'?(\d{2,4})\s*[.년]\s*(\d{1,2})\s*[.월]\s*(\d{1,2})\s*[.일]?\s*", text)
        if self.dates == "cells" and found and span:
            year = int(found[1]) if len(found[1]) == 4 else 2000 + int(found[1])
            return datetime(year, int(found[2]), int(found[3]))
        return text

    # ------------------------------------------------------------ parts that layouts share

    def put(self, sheet: Worksheet, row: int, column: int, value: Any) -> None:
        cell = sheet.cell(row, column + self.right + self.column, value)
        if isinstance(value, datetime | date):
            cell.number_format = self.random.choice(
                ("yyyy-mm-dd", 'yyyy"."\\ m"."\\ d"."', 'yyyy"년"\\ m"월"\\ d"일"')
            )

    def merge(self, sheet: Worksheet, top: int, left: int, bottom: int, right: int) -> None:
        more = self.right + self.column
        sheet.merge_cells(start_row=top, end_row=bottom, start_column=left + more, end_column=right + more)

    def table(
        self, sheet: Worksheet, row: int, heads: list[tuple[str, ...]], rows: list[list[Any]], left: int = 1
    ) -> int:
        """A table with its head of one or two levels; the row behind it."""
        deep = max(len(head) for head in heads)
        at = left
        while at < left + len(heads):
            head = heads[at - left]
            if len(head) < deep:
                self.put(sheet, row, at, head[0])
                if self.style != "flat":
                    self.merge(sheet, row, at, row + deep - 1, at)
                at += 1
                continue
            wide = 1
            while (
                at - left + wide < len(heads)
                and len(heads[at - left + wide]) == deep
                and heads[at - left + wide][0] == head[0]
            ):
                wide += 1
            for step in range(wide):
                if step == 0 or self.style == "repeated":
                    self.put(sheet, row, at + step, head[0])
                if deep == 2:
                    self.put(sheet, row + 1, at + step, heads[at - left + step][1])
            if self.style != "repeated" and wide > 1 and deep == 2:
                self.merge(sheet, row, at, row, at + wide - 1)
            at += wide
        for down, values in enumerate(rows):
            for right, value in enumerate(values):
                if value is not None and value != "":
                    self.put(sheet, row + deep + down, left + right, value)
        return row + deep + len(rows)

    def money_columns(self, keys: list[Key]) -> list[tuple[str, ...]]:
        """Heads of columns of money: source, year and measure in one or two levels."""
        flat = self.style == "flat"
        by_year = self.random.random() < 0.5
        several = len({measure for *_, measure in keys}) > 1
        words = {key: self.source_word(key) for key in {key for key, *_ in keys}}
        years = {span: self.span_word(span) for span in {span for _, span, _ in keys}}
        kinds = {key: self.measure_word(key) for key in {key for *_, key in keys}}
        made: list[tuple[str, ...]] = []
        for source, span, measure in keys:
            tail = f" {kinds[measure]}" if several or not is_planned(measure) else ""
            if flat:
                made.append((f"{years[span]} {words[source]}{tail}",))
            elif by_year:
                made.append((years[span], f"{words[source]}{tail}"))
            else:
                made.append((f"{words[source]}{tail}", years[span]))
        if not flat:
            order = {head[0]: at for at, head in reversed(list(enumerate(made)))}
            pairs = sorted(zip(made, keys, strict=True), key=lambda pair: order[pair[0][0]])
            made[:], keys[:] = [head for head, _ in pairs], [key for _, key in pairs]
        return made

    def span_word(self, span: Months) -> str:
        if span.first is None:
            return self.pick(*vocabulary("head")["before_term"])
        if span.last is None:
            return self.pick(*vocabulary("head")["after_term"])
        return self.year_word(int(span.first[:4]))

    # ------------------------------------------------------------ a row per pledge

    def listed(self, sheet: Worksheet) -> list[Told]:
        """A list with a row per pledge: facts in columns, money in columns by year."""
        facts = [k for k in self.facts() if any(k in pledge.facts for pledge in self.pledges)]
        self.random.shuffle(facts)
        keys = self.money_keys()
        heads: list[tuple[str, ...]] = [(self.head_word("number"),), (self.head_word("title"),)]
        ticked = next(
            (k for k in facts if self.form.fact[k].type == "choice" and self.random.random() < 0.5), ""
        )
        options = [o.label for o in self.form.fact[ticked].options] if ticked else []
        facts = [k for k in facts if k != ticked]
        heads += [(self.fact_word(key),) for key in facts]
        heads += [(self.form.fact[ticked].label.split("\n")[0], label) for label in options]
        heads += self.money_columns(keys)
        order = list(range(len(heads) - len(keys)))
        if self.random.random() < 0.5:
            self.random.shuffle(order)
        order += range(len(heads) - len(keys), len(heads))
        rows = []
        for pledge in self.pledges:
            own = [self.figure(pledge.money[key]) if key in pledge.money else None for key in keys]
            marks = [
                ("○" if pledge.facts.get(ticked) == label else self.random.choice((None, "-")))
                for label in options
            ]
            values = [
                pledge.number,
                pledge.title,
                *(self.fact(key, pledge.facts.get(key, "")) for key in facts),
                *marks,
                *own,
            ]
            rows.append([values[at] for at in order])
        row = self.random.randint(1, 2)
        if row == 2:
            self.put(sheet, 1, 1, "공약사업 추진현황")
        if keys:
            self.put(sheet, row + 1, self.random.choice((1, len(heads))), self.caption())
            row += 2
        end = self.table(sheet, row, [heads[at] for at in order], rows)
        if keys and self.random.random() < 0.5:
            self.put(sheet, end, 1, self.pick("합계", "총계", "계"))
            for right, at in enumerate(order, 1):
                if at >= len(heads) - len(keys):
                    key = keys[at - (len(heads) - len(keys))]
                    amounts = [p.money[key] for p in self.pledges if p.money.get(key) is not None]
                    self.put(sheet, end, right, self.figure(sum(amounts, Decimal(0))))  # type: ignore[arg-type]
        facts += [ticked] if ticked else []
        return [self.part_of(p, facts, keys, ticked, options) for p in self.pledges]

    def part_of(
        self,
        pledge: Told,
        facts: list[str],
        keys: list[Key],
        ticked: str = "",
        options: list[str] | None = None,
    ) -> Told:
        """What of a pledge stands in a list with these columns; a choice that has no column isn't ticked."""
        own = {
            k: pledge.facts[k]
            for k in facts
            if k in pledge.facts and (k != ticked or pledge.facts[k] in (options or ()))
        }
        return Told(pledge.number, pledge.title, own, {k: pledge.money[k] for k in keys if k in pledge.money})

    def listed_by_source(self, sheet: Worksheet) -> list[Told]:
        """A list with a row per pledge and source: number and title merged down, blank, or said again."""
        facts = [k for k in self.facts() if any(k in pledge.facts for pledge in self.pledges)][:2]
        keys = self.money_keys()
        if not keys:
            return self.listed(sheet)
        measure = keys[0][2]
        keys = [key for key in keys if key[2] == measure]
        spans = list(dict.fromkeys(span for _, span, _ in keys))
        sources = list(dict.fromkeys(source for source, *_ in keys))
        words = {source: self.source_word(source) for source in sources}
        tail = f" {self.measure_word(measure)}" if not is_planned(measure) else ""
        years = [f"{self.span_word(span)}{tail}" for span in spans]
        heads = [
            (self.head_word("number"),),
            (self.head_word("title"),),
            *((self.fact_word(k),) for k in facts),
            (self.pick(*vocabulary("head")["source"]),),
        ]
        heads += [(year,) for year in years]
        self.put(sheet, 1, len(heads), self.caption())
        rows: list[list[Any]] = []
        how = self.random.choice(("merged", "blank", "again"))
        merged: list[tuple[int, int]] = []
        for pledge in self.pledges:
            first = len(rows)
            for step, source in enumerate(sources):
                opening = [
                    pledge.number,
                    pledge.title,
                    *(self.fact(k, pledge.facts.get(k, "")) for k in facts),
                ]
                if step and how != "again":
                    opening = [None] * len(opening)
                own = [
                    self.figure(pledge.money[source, span, measure])
                    if (source, span, measure) in pledge.money
                    else None
                    for span in spans
                ]
                rows.append([*opening, words[source], *own])
            merged.append((first, len(rows)))
        top = 2
        self.table(sheet, top, heads, rows)
        if how == "merged":
            for first, end in merged:
                for column in range(1, 3 + len(facts)):
                    self.merge(sheet, top + 1 + first, column, top + end, column)
        return [self.part_of(p, facts, keys) for p in self.pledges]

    def facts(self) -> list[str]:
        return [
            key
            for section in self.form.section
            if section.kind == "facts"
            for key in section.fields
            if self.form.fact[key].type != "heading"
        ]

    def fact(self, key: str, text: str) -> Any:
        if self.form.fact[key].type == "percent" and re.fullmatch(r"\d+(\.\d+)?", text):
            return self.random.choice((text, float(text) if "." in text else int(text), f"{text}%"))
        return text

    def money_keys(self) -> list[Key]:
        """The amounts that all the pledges have, in order of source and year; at most two measures."""
        known = self.sources()
        found = {
            key: None
            for pledge in self.pledges
            for key in pledge.money
            if key[0] in known and self.sayable(key[1])
        }
        kinds = list(dict.fromkeys(measure for *_, measure in found))[: self.random.choice((1, 2))]
        return [key for key in found if key[2] in kinds]

    def sayable(self, span: Months) -> bool:
        """Whether a head can say an interval: a whole year, before the term, after it."""
        if span.first is None or span.last is None:
            return False
        return span == year_months(int(span.first[:4]))

    # ------------------------------------------------------------ a card of labels and tables

    def part_facts(self, sheet: Worksheet, row: int, pledge: Told) -> tuple[int, Told]:
        facts = [key for key in self.facts() if key in pledge.facts]
        pairs = [(self.head_word("number"), pledge.number), (self.head_word("title"), pledge.title)]
        pairs += [(self.fact_word(key), self.fact(key, pledge.facts[key])) for key in facts]
        across = self.random.choice((1, 2))
        for at, (label, value) in enumerate(pair for pair in pairs if pair[1] != ""):
            self.put(sheet, row + at // across, 1 + 2 * (at % across), label)
            self.put(sheet, row + at // across, 2 + 2 * (at % across), value)
        count = sum(pair[1] != "" for pair in pairs)
        return row + -(-count // across), Told(
            pledge.number, pledge.title, {key: pledge.facts[key] for key in facts}
        )

    def part_money(self, sheet: Worksheet, row: int, pledge: Told) -> tuple[int, Told]:
        keys = [key for key in pledge.money if key[0] in self.sources() and self.sayable(key[1])]
        kinds = list(dict.fromkeys(measure for *_, measure in keys))
        keys = [key for key in keys if key[2] in kinds[:1]]
        if not keys:
            return row, Told("", "")
        word = self.measure_word(keys[0][2])
        self.put(sheet, row, 1, f"{self.random.choice(('□ ', '○ ', '', '2. '))}{word} 현황")
        self.put(sheet, row + 1, 1, self.caption())
        spans = list(dict.fromkeys(span for _, span, _ in keys))
        heads = [(self.pick(*vocabulary("head")["source"]),), *((self.span_word(span),) for span in spans)]
        rows = []
        for source in dict.fromkeys(source for source, *_ in keys):
            own = [pledge.money.get((source, span, keys[0][2]), "") for span in spans]
            rows.append([self.source_word(source), *(self.figure(x) if x != "" else None for x in own)])
        if self.random.random() < 0.5:
            sums = [
                sum(
                    (
                        pledge.money.get((s, span, keys[0][2])) or Decimal(0)
                        for s in dict.fromkeys(k[0] for k in keys)
                    ),
                    Decimal(0),
                )
                for span in spans
            ]
            rows.insert(
                self.random.choice((0, len(rows))),
                [self.pick("계", "합계", "소계"), *(self.figure(x) for x in sums)],
            )
        end = self.table(sheet, row + 2, heads, rows)
        return end, Told("", "", money={key: pledge.money[key] for key in keys})

    def part_events(self, sheet: Worksheet, row: int, pledge: Told) -> tuple[int, Told]:
        if not pledge.events:
            return row, Told("", "")
        self.put(sheet, row, 1, self.random.choice(("□ 추진실적", "추진실적", "3. 추진실적", "○ 추진 실적")))
        rows = [
            [self.when(when), "\n".join((title, *(f"- {each}" for each in details)))]
            for when, title, details in pledge.events
        ]
        heads = [(self.head_word("when"),), (self.head_word("what"),)]
        if self.random.random() < 0.4:
            heads.insert(0, (self.head_word("no"),))
            rows = [[number, *each] for number, each in enumerate(rows, 1)]
        end = self.table(sheet, row + 1, heads, rows)
        return end, Told("", "", events=list(pledge.events))

    def part_indicators(self, sheet: Worksheet, row: int, pledge: Told) -> tuple[int, Told]:
        if not pledge.indicators:
            return row, Told("", "")
        years = sorted({year for _, _, own, _ in pledge.indicators for year in own})
        self.put(sheet, row, 1, self.random.choice(("□ 성과지표", "성과지표", "4. 확인지표")))
        heads = [
            (self.head_word("indicator"),),
            (self.head_word("unit"),),
            *((self.year_word(y),) for y in years),
            (self.head_word("actual"),),
        ]
        rows = [
            [name, unit, *(_cell(own.get(year)) for year in years), _cell(actual)]
            for name, unit, own, actual in pledge.indicators
        ]
        return self.table(sheet, row + 1, heads, rows), Told("", "", indicators=list(pledge.indicators))

    def part_schedule(self, sheet: Worksheet, row: int, pledge: Told) -> tuple[int, Told]:
        tasks = [task for task in pledge.tasks if task[1]]
        if not tasks:
            return row, Told("", "")
        labels = sorted({quarter for _, own in tasks for quarter in own})
        first, last = quarter_from_label(labels[0]).first, quarter_from_label(labels[-1]).first
        assert first and last
        every = [f"{y}Q{q}" for y in range(int(first[:4]), int(last[:4]) + 1) for q in range(1, 5)]
        self.put(sheet, row, 1, self.random.choice(("□ 추진일정", "추진일정", "5. 추진일정")))
        style, self.style = self.style, self.random.choice(("merged", "repeated"))
        heads = [(self.head_word("task"),), *((f"{each[:4]}년", f"{each[-1]}/4") for each in every)]
        mark = self.random.choice(("○", "●", "fill"))
        rows = [
            [name, *((mark if mark != "fill" else None) if each in own else None for each in every)]
            for name, own in tasks
        ]
        end = self.table(sheet, row + 1, heads, rows)
        if mark == "fill":
            for down, (_, own) in enumerate(tasks):
                for right, each in enumerate(every):
                    if each in own:
                        sheet.cell(row + 3 + down, 2 + right + self.right + self.column).fill = PatternFill(
                            "solid", fgColor="4F81BD"
                        )
        self.style = style
        return end, Told("", "", tasks=tasks)

    PARTS: tuple[tuple[str, str], ...] = (
        ("예산", "part_money"),
        ("실적", "part_events"),
        ("지표", "part_indicators"),
        ("일정", "part_schedule"),
    )

    def card(self, sheet: Worksheet, row: int, pledge: Told) -> tuple[int, Told]:
        """A whole card from a row on: labels, then tables in any order."""
        row, made = self.part_facts(sheet, row, pledge)
        parts = [name for _, name in self.PARTS]
        self.random.shuffle(parts)
        for name in parts:
            end, part = getattr(self, name)(sheet, row + 1, pledge)
            row = end if end > row + 1 else row
            _add(made, part)
        return row, made

    def cards(self, book: Workbook) -> list[Told]:
        """A sheet a card."""
        made = []
        for at, pledge in enumerate(self.pledges, 1):
            _, part = self.card(book.create_sheet(f"공약 {at}"), 1, pledge)
            made.append(part)
        return made

    def stacked(self, book: Workbook) -> list[Told]:
        """All cards on one sheet, under one another."""
        sheet, row, made = book.create_sheet("관리카드"), 1, []
        for pledge in self.pledges:
            row, part = self.card(sheet, row, pledge)
            row += self.random.choice((2, 3))
            made.append(part)
        return made

    def beside(self, book: Workbook) -> list[Told]:
        """Two cards on a sheet side by side, as far apart as the wider one needs."""
        made = []
        for at in range(0, len(self.pledges), 2):
            sheet = book.create_sheet(f"카드 {at}")
            for pledge in self.pledges[at : at + 2]:
                _, part = self.card(sheet, 1, pledge)
                made.append(part)
                self.column = sheet.max_column + 1 - self.right
            self.column = 0
        return made

    def lists(self, book: Workbook) -> list[Told]:
        """The pledges in lists on several sheets, a part of them on each."""
        everyone, made = self.pledges, []
        half = -(-len(everyone) // 2)
        for at, own in enumerate((everyone[:half], everyone[half:]), 1):
            self.pledges = own
            made += self.listed(book.create_sheet(f"분야 {at}")) if own else []
        self.pledges = everyone
        return made

    def list_and_cards(self, book: Workbook) -> list[Told]:
        """A list with the facts of all the pledges, and a sheet each with everything else."""
        listing = book.create_sheet("총괄")
        money = [pledge.money for pledge in self.pledges]
        for pledge in self.pledges:
            pledge.money = {}
        made = self.listed(listing)
        for at, (pledge, own) in enumerate(zip(self.pledges, money, strict=True)):
            pledge.money = own
            sheet = book.create_sheet(f"카드 {at}")
            row, _ = self.part_facts(sheet, 1, Told(pledge.number, pledge.title))
            for _, name in self.PARTS:
                end, part = getattr(self, name)(sheet, row + 1, pledge)
                row = end if end > row + 1 else row
                _add(made[at], part)
        return made

    def sheets(self, book: Workbook) -> list[Told]:
        """One card, a part a sheet."""
        pledge = self.pledges[0]
        _, made = self.part_facts(
            book.create_sheet(self.random.choice(("현황", "개요", "기본사항"))), 1, pledge
        )
        for label, name in self.PARTS:
            sheet = book.create_sheet(label)
            _, part = getattr(self, name)(sheet, 1, pledge)
            if not any(leaves(part).keys() - {("title",)}):
                del book[label]
            _add(made, part)
        return [made]


def _cell(figure: Figure | None) -> Any:
    if figure is None or not figure:
        return None
    if figure.value is not None:
        return int(figure.value) if figure.value == figure.value.to_integral() else float(figure.value)
    return figure.printed()


def _add(made: Told, part: Told) -> None:
    made.money |= part.money
    made.events += part.events
    made.indicators += part.indicators
    made.tasks += part.tasks


def _one_sheet(make: Callable[[Maker, Worksheet], list[Told]]) -> Callable[[Maker, Workbook], list[Told]]:
    return lambda maker, book: make(maker, book.create_sheet("목록"))


LAYOUTS: dict[str, Callable[[Maker, Workbook], list[Told]]] = {
    "공약마다 한 줄": _one_sheet(Maker.listed),
    "재원마다 한 줄": _one_sheet(Maker.listed_by_source),
    "시트마다 카드 하나": Maker.cards,
    "한 시트에 카드 여럿": Maker.stacked,
    "한 시트에 카드 나란히": Maker.beside,
    "카드 하나가 여러 시트": Maker.sheets,
    "여러 시트에 나뉜 목록": Maker.lists,
    "목록과 카드": Maker.list_and_cards,
}


def mutant(kind: str, seed: int, pledges: list[Told], form: Form, *, own: bool) -> Mutant:
    """The workbook of a layout and a seed; `own` = it comes into a book of the pledges' form, else into a new one."""
    maker = Maker(seed, pledges, form, own)
    book = Workbook()
    wanted = LAYOUTS[kind](maker, book)
    del book["Sheet"]
    if maker.random.random() < 0.3:
        cover = book.create_sheet("표지", 0)
        cover["B3"] = "공약사업 관리대장"
        cover["B5"] = "기획예산과"
    for sheet in book.worksheets:
        for column in range(1, 30):
            sheet.column_dimensions[get_column_letter(column)].width = 14
    says = f"{kind} seed={seed} unit={maker.won} head={maker.style} dates={maker.dates} own={own}"
    return Mutant(kind, book, wanted, form.key if own else None, says)


def save(made: Mutant, path: Path) -> Path:
    made.book.save(path)
    return path


def compared(wanted: list[Told], found: list[Told]) -> Iterator[tuple[str, str, tuple[str, ...], str, str]]:
    """(pledge, `right`, `missing` or `wrong`, what, wanted, found) of every value; a card too many is wrong."""
    by_name = {plain(each.number) or plain(each.title): each for each in found}
    for each in wanted:
        other = by_name.pop(plain(each.number) or plain(each.title), None)
        ours, theirs = leaves(each), leaves(other) if other else {}
        for key, value in ours.items():
            verdict = "missing" if key not in theirs else "right" if theirs[key] == value else "wrong"
            yield verdict, each.title, key, value, theirs.get(key, "")
        for key, value in theirs.items():
            if key not in ours:
                yield "wrong", each.title, key, "", value
    for name in by_name:
        yield "wrong", name, ("card too many",), "", name
