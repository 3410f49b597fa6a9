"""Every figure of the summaries, added up in two ways: from the cards by an adder of its own, and from the printed pages.

The books are mixed: random cards of all bundled forms and of the county's. Nothing here asks the product what a sum
is: which amounts are a form's total cost stands below, as the forms' descriptions say it.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from datetime import date
from decimal import ROUND_HALF_UP, Decimal
from pathlib import Path

import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from govtracker.arithmetic.summary import entry, summarise
from govtracker.db.book import Book
from govtracker.export.document import Cell, Document, Grid, Para, Row
from govtracker.export.layout import document
from govtracker.export.summary import documents
from govtracker.forms import loader
from govtracker.forms.columns import Setting
from govtracker.forms.loader import load
from govtracker.forms.schema import Form
from govtracker.forms.summary import summary_form
from govtracker.importer.assembly.setting import Given
from govtracker.jobs import demo, importing, summarising
from govtracker.model.card import Amount, Budget, Card, Facts
from govtracker.model.dates import Months, Term
from govtracker.model.figure import parse_figure
from tests.forms.county.test_county_form import FILE
from tests.support.expected import CASES, needs_cases
from tests.support.random_cards import cards

AS_OF = "2025-06"
SETTING = Setting(Term(date(2022, 7, 1), date(2026, 6, 30)), date(2025, 6, 30))
FORMS = (*(loader.find(key) for key in ("gwanak", "goyang", "suwon", "geumcheon")), load(FILE))
SOURCES = ("national", "regional", "local", "private", "other")
GROUP = {
    "national": 0, "province": 1, "metropolitan": 1, "city": 2, "district": 2, "county": 2, "private": 3, "other": 4,
}  # fmt: skip
PRINTED = {
    "국 비": 0, "국비": 0, "도 비": 1, "도 비(기금)": 1, "시 비": 2, "구 비": 2, "군 비": 2, "민간자본": 3, "민 간": 3, "기 타": 4,
}  # fmt: skip
"""Columns by the source's label; a district's 시비 is its city's money, so it counts as regional."""
DISTRICTS = ("gwanak", "geumcheon")
WORDS = {
    "완료": "완료", "완료종료": "완료", "이행 후 지속추진": "이행 후 계속추진", "완료지속추진": "이행 후 계속추진",
    "완료(계속)": "이행 후 계속추진", "정상추진": "정상추진", "추진중": "정상추진", "부진": "일부추진", "보류": "보류", "폐기": "폐기",
}  # fmt: skip
Sums = list[Decimal]


def when(span: Months) -> str:
    if span.last and span.last < AS_OF:
        return "past"
    return "future" if span.first and span.first > AS_OF else "current"


def costs(form: str, amount: Amount) -> bool:
    """Whether an amount belongs to the total cost: Suwon's 소요예산 = 기투자 + executed + secured now + planned."""
    at, measure = when(amount.span), amount.measure
    if form == "suwon":
        return {"past": "executed", "current": "secured", "future": "planned"}[at] == measure
    if form == "geumcheon":
        return measure == ("planned" if at == "future" else "secured")
    return measure == ("planned" if form == "gwanak" else "secured")


def divides(form: str, span: Months) -> bool:
    """Whether a form prints both money secured and money executed of some months."""
    if form == "suwon":
        return span.first is not None and when(span) != "future"
    if form == "haneul":
        return True
    return when(span) == "past" if form == "goyang" else form == "geumcheon" and when(span) != "future"


@dataclass
class Added:
    """Sums in millions by column, from the cards alone."""

    cost: Sums
    secured: Sums
    executed: Sums
    divisor: Sums
    dividend: Sums
    matched: int = 0
    left_out: int = 0
    spent: set[int] = field(default_factory=set)


def add_up(drawn: list[Card]) -> Added:
    added = Added(*([Decimal(0)] * 5 for _ in range(5)))
    for card in drawn:
        amounts = [a for _, s in card.sections if isinstance(s, Budget) for a in s.amounts]
        for amount in amounts:
            at, million = GROUP[amount.source], (amount.figure.value or Decimal(0)) / 1_000_000
            added.cost[at] += million if costs(card.form, amount) else 0
            added.secured[at] += million if amount.measure == "secured" else 0
            added.executed[at] += million if amount.measure == "executed" else 0
        both = [a for a in amounts if divides(card.form, a.span) and a.figure.value is not None]
        flows = {a.measure for a in amounts if a.figure.value is not None} & {"secured", "executed"}
        if {a.measure for a in both} >= {"secured", "executed"}:
            added.matched += 1
            for a in both:
                held = {"secured": added.divisor, "executed": added.dividend}.get(a.measure)
                if held is not None and a.figure.value is not None:
                    held[GROUP[a.source]] += a.figure.value / 1_000_000
                    added.spent |= {GROUP[a.source]} if a.measure == "executed" else set()
        elif flows:
            added.left_out += 1
    return added


# ------------------------------------------------------------------------ what stands on the pages


def text(cell: Cell) -> str:
    return "\n".join(item.text for item in cell.content if isinstance(item, Para))


def number(shown: str) -> Decimal:
    return parse_figure(shown.strip("()")).value or Decimal(0)


def grids(made: Document, role: str) -> list[Grid]:
    return [item for item in made.items if isinstance(item, Grid) and item.role == role]


def by_column(grid: Grid) -> Iterator[list[Cell | None]]:
    """Rows as a cell per column: a cell stands in each column and row that it covers."""
    hanging: dict[int, tuple[int, Cell]] = {}
    for row in grid.rows:
        cells: list[Cell | None] = [None] * len(grid.widths)
        for at, (left, cell) in list(hanging.items()):
            cells[at] = cell
            hanging[at] = (left - 1, cell)
        hanging = {at: held for at, held in hanging.items() if held[0]}
        for cell in row.cells:
            start = cells.index(None)
            for at in range(start, start + cell.colspan):
                cells[at] = cell
                if cell.rowspan > 1:
                    hanging[at] = (cell.rowspan - 1, cell)
        yield cells


@dataclass
class Pages:
    """The money that a card's pages show by source, in millions."""

    cost: Sums
    secured: Sums
    executed: Sums


def printed(form: str, made: Document) -> Pages:
    pages = Pages(*([Decimal(0)] * 5 for _ in range(3)))
    for at, grid in enumerate(grids(made, "money")):
        rows = [[text(cell) if cell else "" for cell in cells] for cells in by_column(grid)]
        heads = ["|".join(dict.fromkeys(level)) for level in zip(*rows[: grid.head], strict=True)]
        for row in rows[grid.head :]:
            label = row[1 if form in ("goyang", "geumcheon") else 0]
            if label in PRINTED:
                group = 1 if label == "시 비" and form in DISTRICTS else PRINTED[label]
                for head, shown in zip(heads, row, strict=True):
                    _take(form, at, head, shown, group, pages)
    return pages


def _take(form: str, at: int, head: str, shown: str, group: int, pages: Pages) -> None:
    """A figure as it counts by the head that it stands under."""
    if form == "gwanak":
        held = [pages.cost, pages.executed][at] if head == "계" else None
    elif form == "goyang":
        first, _, second = shown.partition("\n")
        if head == "계":
            pages.cost[group] += number(first)
            pages.secured[group] += number(first)
            pages.executed[group] += number(second)
        return
    elif head.startswith("소요예산") or "합 계" in head:
        held = None if head.endswith("|집행액") else pages.cost
    elif "집행" in head.split("|", 1)[-1].rsplit("|", 1)[-1] or head.startswith("기투자"):
        held = pages.executed
    else:
        held = pages.secured if re.search("확보|예산", head.rsplit("|", 1)[-1]) else None
    if held is not None:
        held[group] += number(shown)


def summary_rows(made: Document, at: int) -> list[list[str]]:
    table = [item for item in made.items if isinstance(item, Grid)][at]
    return [[text(cell) for cell in row.cells] for row in table.rows]


def figures(row: list[str]) -> Sums:
    return [number(shown) for shown in row[1:]]


def rate(dividend: Decimal, divisor: Decimal) -> str:
    if not divisor:
        return "-"
    return f"{(dividend * 100 / divisor).quantize(Decimal('0.1'), ROUND_HALF_UP):,}"


def notes(made: Document) -> str:
    return "\n".join(item.text for item in made.items if isinstance(item, Para) and item.role == "note")


# ------------------------------------------------------------------------ the two ways


def books() -> st.SearchStrategy[list[Card]]:
    """A card of every form and a few more, in any order, some in fields."""
    fields = st.sampled_from(("", "복지", "교통 안전"))

    def one(form: Form) -> st.SearchStrategy[Card]:
        return st.builds(
            lambda card, name: replace(card, pledge=replace(card.pledge, field=name)),
            cards(form, SETTING),
            fields,
        )

    return st.tuples(*(one(form) for form in FORMS)).map(list).flatmap(st.permutations)


def form_of(card: Card) -> Form:
    return next(form for form in FORMS if form.key == card.form)


@settings(
    max_examples=10,
    deadline=None,
    phases=(Phase.explicit, Phase.reuse, Phase.generate),
    suppress_health_check=list(HealthCheck),
)
@given(books())
def test_every_figure_of_the_summaries_adds_up_from_the_cards_and_from_their_pages(drawn: list[Card]) -> None:
    pages = [document(form_of(card), card, SETTING, "한빛구") for card in drawn]
    found = summarise([entry(form_of(card), card, SETTING) for card in drawn])
    overall, details, _ = documents(summary_form(), found, SETTING, "한빛구")
    added = add_up(drawn)
    _money(
        summary_rows(overall, 2), added, [printed(c.form, page) for c, page in zip(drawn, pages, strict=True)]
    )
    assert f"있는 {added.matched}건 : " in notes(overall)
    assert (f"다른 {added.left_out}건은" in notes(overall)) == bool(added.left_out)
    _statuses(drawn, overall, details)
    _fulfilment(drawn, pages, details)


def _money(rows: list[list[str]], added: Added, pages: list[Pages]) -> None:
    shown = {row[0]: row for row in rows}
    for label, name in (("총사업비", "cost"), ("확보액", "secured"), ("집행액", "executed")):
        row = figures(shown[label])
        sums: Sums = getattr(added, name)
        assert row == [sum(sums), *sums], label
        assert row[1:] == [
            sum(column) for column in zip(*(getattr(page, name) for page in pages), strict=True)
        ], label
    assert shown["집행률(%)"][1:] == [
        rate(sum(added.dividend, Decimal(0)), sum(added.divisor, Decimal(0))),
        *(
            rate(*pair) if at in added.spent else "-"
            for at, pair in enumerate(zip(added.dividend, added.divisor, strict=True))
        ),
    ]


def _status(card: Card) -> str:
    """The form's own word for a card's status, off its facts."""
    facts = [f for _, s in card.sections if isinstance(s, Facts) for f in s.values if f.key == "status"]
    options = form_of(card).fact["status"].options if facts else ()
    return next((option.label for option in options if facts and option.key in facts[0].chosen), "")


def _statuses(drawn: list[Card], overall: Document, details: Document) -> None:
    """Counts of the first table, from the cards and from the words that the second form lists."""
    heads = [head.replace("\n", " ") for head in summary_rows(overall, 0)[0][1:]]
    total = summary_rows(overall, 0)[2]
    counts = {head: int(number(shown)) for head, shown in zip(heads, total[1::2], strict=True)}
    assert counts.pop("계") == len(drawn)
    own = [_status(card) for card in drawn]
    counted = Counter(WORDS.get(word, "미분류") for word in own)
    assert {head: count for head, count in counts.items() if count} == counted
    listed = [row[2] for row in summary_rows(details, 0) if len(row) == 5][1:]
    said = notes(details).rpartition(" : ")[2]
    noted = dict(pair.split(" → ") for pair in said.split(", ") if pair)
    assert Counter("미분류" if word == "-" else noted.get(word, word) for word in listed) == counted
    assert noted == {word: WORDS[word] for word in own if word and WORDS[word] != word}


def _fulfilment(drawn: list[Card], pages: list[Document], details: Document) -> None:
    """The rate of each pledge as its own page prints it."""
    rows = Counter((row[0], row[1], row[3]) for row in summary_rows(details, 0) if len(row) == 5)
    for card, page in zip(drawn, pages, strict=True):
        assert rows[card.pledge.number, card.pledge.title, _rate(card, page) or "-"], card.pledge


def _rate(card: Card, page: Document) -> str:
    if card.form == "gwanak":
        return _closing(page)
    return _fact(card, "fulfilment" if card.form == "geumcheon" else "progress")


def _closing(page: Document) -> str:
    rows: list[Row] = [row for item in page.items if isinstance(item, Grid) for row in item.rows]
    return next(text(cell) for row in rows for cell in row.cells if cell.role == "footer")


def _fact(card: Card, key: str) -> str:
    facts = [f for _, s in card.sections if isinstance(s, Facts) for f in s.values if f.key == key]
    return facts[0].text if facts else ""


# ------------------------------------------------------------------------ figures that are known


def known(path: Path) -> dict[str, str]:
    """The money table's rows of a book's summary: the figure of all sources."""
    with Book.open(path) as book:
        return {row[0]: row[1] for row in summary_rows(summarising.summaries(book)[0], 2)}


@needs_cases
def test_a_cards_total_cost_is_the_one_that_it_prints(tmp_path: Path) -> None:
    importing.import_into(tmp_path / "a.govtracker", CASES / "suwon.xlsx", Given())
    assert known(tmp_path / "a.govtracker") == {
        "구 분": "계", "총사업비": "116", "확보액": "92", "집행액": "29", "집행률(%)": "31.5",
    }  # fmt: skip


def test_the_samples_sums_are_those_of_its_cards(tmp_path: Path) -> None:
    demo.import_samples(tmp_path / "a.govtracker")
    assert known(tmp_path / "a.govtracker") == {
        "구 분": "계", "총사업비": "74,421", "확보액": "45,062", "집행액": "15,770", "집행률(%)": "94.3",
    }  # fmt: skip


@pytest.mark.parametrize("form", FORMS, ids=lambda form: form.key)
def test_every_form_says_which_column_is_its_total_cost(form: Form) -> None:
    assert [column.role for b in form.block for column in b.column if column.role] == ["cost"]
