"""A card's money as its own form's tables print it: total cost, funding and spending by source.

Nothing is added up here but what `budget.MoneyTable` shows: a form's column with the role of the cost is its total
cost, by the form's own formula; the catalogue says which measures are funding and which are spending.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from decimal import Decimal

from govtracker.arithmetic.budget import Line, MoneyTable
from govtracker.forms import loader
from govtracker.forms.columns import Leaf, Setting
from govtracker.forms.measures import EXECUTED, SECURED, measures
from govtracker.forms.schema import COST, Form
from govtracker.model.card import Card
from govtracker.model.dates import Months
from govtracker.model.figure import Figure, scaled


@dataclass(frozen=True, slots=True)
class Money:
    """One figure of a card in won: `row` is COST, SECURED or EXECUTED, `group` the source's column of the summary.

    `paired`: the table shows funding and spending of the figure's months, so an execution rate may count it.
    """

    row: str
    group: str
    figure: Figure
    paired: bool = True


@dataclass(frozen=True, slots=True)
class Entered:
    """An entered figure in won, with the place that makes it one and the same in all tables that print it."""

    section: str
    item: int
    source: str
    span: Months
    measure: str
    figure: Figure

    @property
    def role(self) -> str:
        return measures()[self.measure].role


def tables(form: Form, card: Card, setting: Setting) -> tuple[MoneyTable, ...]:
    """The card's money tables, in printed order."""
    return tuple(MoneyTable(form, block, card, setting) for block in form.block if block.kind == "money")


def money(form: Form, card: Card, setting: Setting) -> tuple[Money, ...]:
    """The card's figures by row and column of the summary, blank ones left out."""
    shown = tables(form, card, setting)
    return (*costs(shown), *_flows(entered(shown), _paired(shown)))


def costs(shown: Iterable[MoneyTable]) -> Iterator[Money]:
    """Total cost by source; nothing where no column of the form has the role."""
    for table in shown:
        for leaf in table.every:
            if leaf.column.role == COST:
                yield from _column(table, leaf)


def _column(table: MoneyTable, leaf: Leaf) -> Iterator[Money]:
    for row in table.rows:
        figure = table.sums.figure(row, leaf, leaf.measure)
        if row.source and figure:
            yield Money(COST, _group(row.source), scaled(figure, table.budget.unit))


def entered(shown: Iterable[MoneyTable]) -> tuple[Entered, ...]:
    """The entered figures that the tables print, each once."""
    return tuple(
        dict.fromkeys(
            each
            for table in shown
            for row in table.rows
            for leaf in table.leaves
            if row.source
            for each in _entered(table, row, leaf)
        )
    )


def _entered(table: MoneyTable, row: Line, leaf: Leaf) -> Iterator[Entered]:
    if leaf.span is None or leaf.computed:
        return
    for measure in leaf.measures:
        figure = table.sums.figure(row, leaf, measure)
        if figure:
            won = scaled(figure, table.budget.unit)
            yield Entered(table.section.key, row.item, row.source, leaf.span, measure, won)


def _paired(shown: Iterable[MoneyTable]) -> set[tuple[str, Months]]:
    """(section, months) of which the tables print both funding and spending."""
    printed = {
        (table.section.key, leaf.span, measures()[measure].role)
        for table in shown
        for leaf in table.leaves
        if leaf.span and not leaf.computed
        for measure in leaf.measures
    }
    return {
        (key, span) for key, span, role in printed if role == SECURED and (key, span, EXECUTED) in printed
    }


def _flows(figures: Iterable[Entered], paired: set[tuple[str, Months]]) -> Iterator[Money]:
    """Funding and spending."""
    for each in figures:
        if each.role in (SECURED, EXECUTED):
            yield Money(each.role, _group(each.source), each.figure, (each.section, each.span) in paired)


def _group(source: str) -> str:
    """The summary's column of a source; "" where the catalogue names none."""
    return str(loader.vocabulary("source")[source].get("group", ""))


def has_money(form: Form, card: Card, setting: Setting) -> bool:
    """Whether any printed amount of the card is other than zero (재정수반)."""
    return any(each.figure.value not in (None, Decimal(0)) for each in entered(tables(form, card, setting)))
