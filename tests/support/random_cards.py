"""Hypothesis strategies for the card's parts.

Two families. `sections(kind)` and `any_cards()` draw whatever the model can hold, in no form: for what must
keep everything (book, codec, undo). `cards(form, setting)` draws cards whose every value prints in the form: for
round trips through what is printed.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from typing import Any

from hypothesis import strategies as st

from govtracker.forms.columns import Leaf, Setting, expand
from govtracker.forms.schema import Block, FactDef, Form, Option, SectionDef
from govtracker.model.card import (
    KINDS,
    Amount,
    Budget,
    BudgetItem,
    Card,
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
    Period,
    Person,
    Pledge,
    Response,
    Responses,
    Schedule,
    Section,
    Task,
    Timed,
)
from govtracker.model.dates import Months, quarter_label, quarter_months, year_months
from govtracker.model.figure import BLANK
from tests.support.random_text import (
    figures,
    names,
    numbers,
    phones,
    printable_items,
    texts,
    whens,
    wild_items,
    won,
    words,
)

# ---------------------------------------------------------------- whatever the model can hold

_FREE = st.text(st.characters(exclude_categories=("Cs", "Cc")), max_size=12) | texts(20)


def spans() -> st.SearchStrategy[Months]:
    year, quarter = st.integers(2018, 2026), st.integers(1, 4)
    return st.one_of(
        year.map(year_months), st.builds(quarter_months, year, quarter),
        st.sampled_from((Months(None, "2022-06"), Months("2026-07", None), Months("2022-07", "2022-12"))),
    )  # fmt: skip


def _many(each: st.SearchStrategy[Any], most: int = 4) -> st.SearchStrategy[tuple[Any, ...]]:
    return st.lists(each, max_size=most).map(tuple)


_QUARTERS = _many(st.builds(lambda y, q: f"{y}Q{q}", st.integers(2022, 2026), st.integers(1, 4)))
_KEYS = st.sampled_from(("nature", "status", "span", "owner", "remark"))
_CHOSEN = _many(st.sampled_from(("new", "done", "needed", "needed.system", "needed.finance")), 3)


def _budgets() -> st.SearchStrategy[Budget]:
    unit = st.sampled_from((1, 1_000, 1_000_000, 100_000_000))
    amounts = unit.flatmap(
        lambda scale: _many(
            st.builds(
                Amount,
                st.integers(0, 3),
                st.sampled_from(("national", "district", "other")),
                spans(),
                st.sampled_from(("planned", "secured", "executed")),
                won(scale),
            )
        )
    )
    return st.builds(Budget, unit, _many(st.builds(BudgetItem, _FREE), 3), amounts)


def _indicators() -> st.SearchStrategy[Indicators]:
    targets = _many(st.builds(Timed, spans(), figures()))
    row = st.builds(
        Indicator, _FREE, _FREE, _FREE, st.sampled_from(("", "original", "changed")), figures(), figures(), targets, _FREE
    )  # fmt: skip
    return st.builds(Indicators, _many(row))


_ANY: dict[str, Callable[[], st.SearchStrategy[Any]]] = {
    "facts": lambda: st.builds(Facts, _many(st.builds(Fact, _KEYS, _FREE, _CHOSEN))),
    "people": lambda: st.builds(People, _many(st.builds(Person, _FREE, _FREE, _FREE, _FREE, _FREE))),
    "outline": lambda: st.builds(
        Outline, _many(st.builds(Part, words() | st.just(""), _FREE, wild_items(), _FREE), 3)
    ),
    "budget": _budgets,
    "indicators": _indicators,
    "schedule": lambda: st.builds(Schedule, _many(st.builds(Task, _FREE, _QUARTERS, _FREE))),
    "events": lambda: st.builds(
        Events, _many(st.builds(Event, whens() | _FREE, _FREE, _FREE, wild_items(), st.booleans(), _FREE))
    ),
    "counts": lambda: st.builds(Counts, _many(st.builds(Count, words(), figures()))),
    "changes": lambda: st.builds(
        Changes, _many(st.builds(Change, whens(), _FREE, _FREE, _FREE, _FREE, _FREE))
    ),
    "responses": lambda: st.builds(Responses, _many(st.builds(Response, wild_items(), wild_items()))),
}


def sections(kind: str) -> st.SearchStrategy[Section]:
    """Any section of a kind."""
    return _ANY[kind]()


def any_sections() -> st.SearchStrategy[Section]:
    """Any section of any kind."""
    return st.one_of([sections(kind) for kind in KINDS])


@st.composite
def any_cards(draw: st.DrawFn) -> Card:
    """A card of up to eight sections of any kinds, in no real form."""
    pledge = Pledge(draw(texts()), draw(st.just("") | st.integers(1, 9).map(lambda n: f"{n}-1")), draw(_FREE))
    period = Period(draw(texts(12)), draw(st.dates(date(2018, 7, 1), date(2030, 6, 30))))
    found = draw(st.lists(any_sections(), max_size=8))
    return Card(
        pledge, period, "gwanak", tuple((f"section{at}", section) for at, section in enumerate(found))
    )


# ---------------------------------------------------------------- what a form prints


@dataclass(frozen=True, repr=False)
class _Place:
    """A form in its setting; prints short, for hypothesis prints the arguments of strategies."""

    form: Form
    setting: Setting

    def __repr__(self) -> str:
        return self.form.key


def cards(form: Form, setting: Setting) -> st.SearchStrategy[Card]:
    """A card that the form prints whole: what is read back from the print can equal it.

    The contract:
    - every section of the form is there, in the form's order; any of them may be empty;
    - only values that a block prints are drawn: facts and options in a grid, fields that have a column, figures in
      intervals (and measures) of entered columns that are not hidden; nothing is blank that could be left out
      (no blank amount, target, count or fact);
    - texts are single lines as `texts()` draws them, names are not empty, names of indicators and items are distinct;
    - money is whole won; a value may need decimals in the printed unit; amounts come block by block, then by item,
      source, column, measure; a form without items has one nameless item; each item of the others has an amount;
    - outline levels begin at the outermost level of their place and go at most one deeper from line to line; the
      mark of a level is the form's; a table stands between two lines of an outline;
    - parts of named slots come in the form's order, labelled as the form labels them, never without items; free
      parts have a label;
    - indicators come in the order of the form's groups; events may lack a date only where a blank one shows
      (not in a merged column without a text for it);
    - a department's persons stand together under its head where the form reads the department off the head;
    - no pictures.
    """
    return _cards(_Place(form, setting))


@st.composite
def _cards(draw: st.DrawFn, place: _Place) -> Card:
    form, setting = place.form, place.setting
    number = (
        draw(st.builds(lambda a, b: f"{a}-{b}", st.integers(1, 9), st.integers(1, 30)))
        if form.numbered
        else ""
    )
    half = "상반기" if setting.as_of.month < 7 else "하반기"
    period = Period(f"{setting.as_of.year}년 {half}", setting.as_of)
    made = []
    for definition in form.section:
        empty = definition.kind != "facts" and draw(st.integers(0, 5)) == 0
        section = _emptied(definition) if empty else draw(_PRINTED[definition.kind](place, definition.key))
        made.append((definition.key, section))
    return Card(Pledge(draw(texts(40)), number), period, form.key, tuple(made))


def printed(form: Form, key: str, setting: Setting) -> st.SearchStrategy[Any]:
    """A section of a form, filled, under the contract of `cards`."""
    return _PRINTED[form.section_def(key).kind](_Place(form, setting), key)


def _emptied(definition: SectionDef) -> Section:
    if definition.kind == "budget":
        return Budget(definition.unit, () if definition.items else (BudgetItem(),))
    return KINDS[definition.kind]()


def _blocks(place: _Place, key: str) -> list[Block]:
    return [block for block in place.form.block if block.section == key]


def _leaves(place: _Place, key: str) -> list[Leaf]:
    """Every printed column of a section's tables."""
    return [
        leaf
        for block in _blocks(place, key)
        for leaf in expand(block, place.form.section_def(key), place.form, place.setting)
        if not leaf.column.hidden
    ]


def _fields(place: _Place, key: str) -> set[str]:
    return {leaf.column.field for leaf in _leaves(place, key) if not leaf.computed}


@st.composite
def _facts(draw: st.DrawFn, place: _Place, key: str) -> Facts:
    definition = place.form.section_def(key)
    made = []
    cells = [cell for block in place.form.block for row in block.rows for cell in row]
    for name in definition.fields:
        own = [cell for cell in cells if cell.fact == name]
        if not own or draw(st.integers(0, 4)) == 0:
            continue
        fact = place.form.fact[name]
        allowed = {cell.option for cell in own if cell.option}
        options = tuple(o for o in fact.options if not allowed or o.key in allowed)
        made.append(Fact(name, "", draw(_choice(options))) if options else Fact(name, draw(_plain(fact))))
    return Facts(tuple(made))


@st.composite
def _choice(draw: st.DrawFn, options: tuple[Option, ...]) -> tuple[str, ...]:
    option = draw(st.sampled_from(options))
    inner = [f"{option.key}.{each.key}" for each in option.options]
    return (option.key, *(key for key in inner if draw(st.booleans())))


def _plain(fact: FactDef) -> st.SearchStrategy[str]:
    if fact.type == "month":
        return st.dates(date(2018, 7, 1), date(2026, 6, 30)).map(lambda day: f"{day.year}. {day.month}.")
    if fact.type in ("percent", "money"):
        return st.integers(0, 1000).map(lambda n: f"{n / 10:.1f}" if fact.type == "percent" else f"{n:,}")
    return texts(20)


@st.composite
def _people(draw: st.DrawFn, place: _Place, key: str) -> People:
    definition = place.form.section_def(key)
    fields = _fields(place, key)
    in_grid = any(cell.people == key for block in place.form.block for row in block.rows for cell in row)
    if in_grid:
        fields |= {
            f for f in ("role", "name", "phone", "rank", "department") if "{" + f + "}" in definition.line
        }
    made = []
    departments = draw(st.lists(words(5).map(lambda w: f"{w}과"), min_size=1, max_size=2, unique=True))
    roles = st.sampled_from(("과장", "팀장", "주무관", "담당"))
    for department in departments:
        for at in range(draw(st.integers(1, 4))):
            head = definition.department_head
            role = f"{department[: -len(head[:-1])]}{head}" if head and at == 0 else draw(roles)
            wanted = {
                "role": role, "name": draw(names()), "phone": draw(phones() | st.just("")), "rank": draw(st.sampled_from(("5급", "6급"))),
                "department": department,
            }  # fmt: skip
            kept = fields | ({"department"} if head else set())
            made.append(Person(**{field: text for field, text in wanted.items() if field in kept}))
    return People(tuple(made))


@st.composite
def _outline(draw: st.DrawFn, place: _Place, key: str) -> Outline:
    definition = place.form.section_def(key)
    marks = definition.marks or ("",)
    tabular = any(block.kind == "table" for block in _blocks(place, key))
    headings = {slot.heading for slot in definition.slots} | {definition.free_slots}
    base = 1 if marks[0] in headings and len(marks) > 1 else 0
    made = [
        Part(slot.key, slot.label, draw(printable_items(marks, base)))
        for slot in definition.slots
        if draw(st.booleans())
    ]
    if tabular or definition.free_slots:
        remarks = "remark" in _fields(place, key)
        for label in draw(st.lists(texts(16), min_size=1, max_size=3, unique=True)):
            remark = draw(st.just("") | texts(6)) if remarks else ""
            made.append(Part("", label, draw(printable_items(marks, base)), remark))
    elif not definition.slots:
        made.append(Part("", "", draw(printable_items(marks, base))))
    return Outline(tuple(made))


@st.composite
def _budget(draw: st.DrawFn, place: _Place, key: str) -> Budget:
    definition = place.form.section_def(key)
    items: tuple[BudgetItem, ...] = (BudgetItem(),)
    if definition.items:
        items = tuple(
            BudgetItem(name) for name in draw(st.lists(texts(12), min_size=1, max_size=3, unique=True))
        )
    cells = [
        (leaf.span, measure)
        for leaf in _leaves(place, key)
        if leaf.span and not leaf.column.field and not leaf.computed
        for measure in leaf.measures
    ]
    made: dict[tuple[Any, ...], Amount] = {}
    for at in range(len(items)):
        for source in definition.sources:
            for span, measure in cells:
                figure = draw(won(definition.unit))
                if figure:
                    made.setdefault((at, source, span, measure), Amount(at, source, span, measure, figure))
        if definition.items and not any(cell[0] == at for cell in made):
            cell = (at, definition.sources[0], *cells[0])
            made[cell] = Amount(*cell, draw(won(definition.unit, blank=False)))
    return Budget(definition.unit, items, tuple(made.values()))


@st.composite
def _indicator_rows(draw: st.DrawFn, place: _Place, key: str) -> Indicators:
    definition = place.form.section_def(key)
    fields = _fields(place, key)
    spans_ = list(
        dict.fromkeys(
            leaf.span
            for leaf in _leaves(place, key)
            if leaf.column.field == "target" and leaf.span and not leaf.computed
        )
    )
    groups = [group.key for group in definition.groups] or [""]
    rows = []
    for name in draw(
        st.lists(texts(16), min_size=1, max_size=4, unique_by=lambda text: text.replace(" ", ""))
    ):
        targets = [Timed(span, figure) for span in spans_ if (figure := draw(figures()))]
        row = Indicator(
            name=name,
            indicator=draw(texts(8)) if "indicator" in fields else "",
            unit=draw(st.sampled_from(("%", "건", "개소", "명"))) if "unit" in fields else "",
            group=draw(st.sampled_from(groups)),
            weight=draw(numbers(1, 100)) if "weight" in fields else BLANK,
            actual=draw(figures()) if "actual" in fields else BLANK,
            targets=tuple(targets),
            note=draw(st.just("") | texts(5)) if "note" in fields else "",
        )
        rows.append(row)
    return Indicators(tuple(sorted(rows, key=lambda row: groups.index(row.group))))


@st.composite
def _tasks(draw: st.DrawFn, place: _Place, key: str) -> Schedule:
    leaves = _leaves(place, key)
    labels = [quarter_label(leaf.span) for leaf in leaves if leaf.column.field == "quarter" and leaf.span]
    notes = "note" in _fields(place, key)
    tasks = []
    for name in draw(st.lists(texts(16), min_size=1, max_size=4)):
        quarters = tuple(label for label in labels if draw(st.booleans()))
        tasks.append(Task(name, quarters, draw(st.just("") | texts(5)) if notes else ""))
    return Schedule(tuple(tasks))


@st.composite
def _events(draw: st.DrawFn, place: _Place, key: str) -> Events:
    definition = place.form.section_def(key)
    blocks = _blocks(place, key)
    marks = definition.marks or ("-",)
    listed = next((block.kind for block in blocks if block.kind in ("leaders", "lines")), "")
    columns = [leaf.column for leaf in _leaves(place, key)]
    fields = {column.field for column in columns}
    dateless = bool(listed) or any(
        column.field == "when" and (column.blank or not column.merge) for column in columns
    )
    base = 1 if listed and len(marks) > 1 else 0
    made = []
    for _ in range(draw(st.integers(1, 5))):
        if listed == "lines" and draw(st.integers(0, 4)) == 0:
            year, quarter = draw(st.integers(19, 25)), draw(st.integers(1, 4))
            made.append(Event(f"{year}년 {quarter}분기", "", draw(st.just("") | texts(12)), heading=True))
        detailed = any("details" in field for field in fields) or (listed and len(marks) > 1)
        details = draw(st.just(()) | printable_items(marks, base, table=False)) if detailed else ()
        when = draw(whens() | st.just("") if dateless else whens()) if listed or "when" in fields else ""
        made.append(Event(when, draw(words()) if "category" in fields else "", draw(texts()), details))
    return Events(tuple(made))


@st.composite
def _counts(draw: st.DrawFn, place: _Place, key: str) -> Counts:
    definition = place.form.section_def(key)
    found = [Count(named.key, draw(figures(places=0))) for named in definition.categories]
    return Counts(tuple(count for count in found if count.figure))


@st.composite
def _changes(draw: st.DrawFn, place: _Place, key: str) -> Changes:
    fields = _fields(place, key) - {"no"}
    made = []
    for _ in range(draw(st.integers(1, 3))):
        made.append(
            Change(**{field: draw(whens() if field == "when" else texts()) for field in sorted(fields)})
        )
    return Changes(tuple(made))


@st.composite
def _responses(draw: st.DrawFn, place: _Place, key: str) -> Responses:
    definition = place.form.section_def(key)
    items = printable_items(definition.marks or ("",), table=False)
    return Responses(tuple(Response(draw(items), draw(items)) for _ in range(draw(st.integers(1, 3)))))


_PRINTED: dict[str, Callable[[_Place, str], st.SearchStrategy[Any]]] = {
    "facts": _facts,
    "people": _people,
    "outline": _outline,
    "budget": _budget,
    "indicators": _indicator_rows,
    "schedule": _tasks,
    "events": _events,
    "counts": _counts,
    "changes": _changes,
    "responses": _responses,
}
