"""The summary forms (총괄·세부·변경 현황) of one period's cards, as counts and sums. Pure: entries -> frozen results.

Source: the summary tables that municipalities publish. Every table has the same N: what has no value is counted
under "" (미분류), which is there only when there is any. Ratios are percent, exact fractions rounded half-up once.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction

from govtracker.arithmetic import finances, overview
from govtracker.arithmetic.finances import Money
from govtracker.forms import loader
from govtracker.forms.columns import Setting
from govtracker.forms.formula import round_half_up
from govtracker.forms.measures import EXECUTED, SECURED
from govtracker.forms.options import folded, spelled
from govtracker.forms.schema import COST, Form
from govtracker.forms.summary import GROUPS
from govtracker.model.card import Card, Change
from govtracker.model.content import one_line
from govtracker.model.figure import BLANK, Figure, total

UNSORTED = ""
PAID, UNPAID = "money", "no_money"
PLACES = 1
FLOWS = (SECURED, EXECUTED)
"""Rows that the execution rate divides, the second by the first."""


@dataclass(frozen=True, slots=True)
class Entry:
    """What the summaries need of one card; "" where it doesn't say. `status` is the catalogue's key."""

    number: str = ""
    title: str = ""
    field: str = ""
    department: str = ""
    status: str = ""
    status_label: str = ""
    fulfilment: Figure = BLANK
    nature: str = ""
    completion: str = ""
    paid: bool = False
    money: tuple[Money, ...] = ()
    changes: tuple[Change, ...] = ()

    def flow(self, row: str) -> Figure:
        """Funding or spending of the months of which the card shows both."""
        return total(piece.figure for piece in self.money if piece.row == row and piece.paired)

    @property
    def flows(self) -> bool:
        """Whether the card has any funding or spending."""
        return any(p.row in FLOWS and p.figure.value is not None for p in self.money)

    @property
    def matched(self) -> bool:
        """Whether the card has both funding and spending of the same months: only then does it execute a budget."""
        return all(self.flow(row).value is not None for row in FLOWS)


def entry(form: Form, card: Card, setting: Setting) -> Entry:
    """A card of any form as the summaries see it."""
    status, label = overview.status(form, card)
    return Entry(
        card.pledge.number,
        card.pledge.title,
        one_line(card.pledge.field),
        overview.department(card),
        status,
        label,
        overview.fulfilment(form, card, setting),
        overview.nature(form, card),
        overview.completion(form, card, setting),
        finances.has_money(form, card, setting),
        finances.money(form, card, setting),
        tuple(change for section in overview.changes(card) for change in section.entries),
    )


def ratio(part: int, whole: int) -> Decimal | None:
    """part / whole x 100 with one decimal, half-up; None where there is nothing to divide by."""
    return round_half_up(Fraction(100 * part, whole), PLACES) if whole else None


def option_keys(fact: str) -> tuple[str, ...]:
    """Keys of a catalogue field's options, in order."""
    return tuple(option.key for option in loader.catalogue()[fact].options)


# ------------------------------------------------------------------------ counts by status


@dataclass(frozen=True, slots=True)
class Tally:
    """A row of counts, one per column of its table; the row's count is their sum."""

    label: str
    counts: tuple[int, ...]

    @property
    def count(self) -> int:
        return sum(self.counts)


@dataclass(frozen=True, slots=True)
class StatusTable:
    """Counts by a label and by status: `columns` are statuses ("" last, if any), the total row sums the rows."""

    columns: tuple[str, ...]
    rows: tuple[Tally, ...]

    @property
    def total(self) -> Tally:
        """Column sums: total(column) = sum of the rows' counts of the column."""
        return Tally("", tuple(sum(row.counts[at] for row in self.rows) for at in range(len(self.columns))))

    def share(self, row: Tally) -> Decimal | None:
        """The row's share of all cards: count(row) / N x 100."""
        return ratio(row.count, self.total.count)


def columns_of(entries: Iterable[Entry]) -> tuple[str, ...]:
    """The statuses in the catalogue's order; "" behind them where a card has none."""
    unsorted = any(not each.status for each in entries)
    return (*option_keys(overview.STATUS), *((UNSORTED,) if unsorted else ()))


def parted(entries: Iterable[Entry], label: Callable[[Entry], str]) -> list[tuple[str, list[Entry]]]:
    """Entries by label in order of first appearance (spacing variants are one); those without one last."""
    found: dict[str, tuple[str, list[Entry]]] = {}
    for each in entries:
        found.setdefault(folded(label(each)), (label(each), []))[1].append(each)
    without = found.pop("", None)
    return [*found.values(), *([(UNSORTED, without[1])] if without else [])]


def tally(label: str, entries: Iterable[Entry], columns: tuple[str, ...]) -> Tally:
    """Counts of the entries by status."""
    held = [each.status for each in entries]
    return Tally(label, tuple(held.count(column) for column in columns))


def by_status(entries: tuple[Entry, ...], label: Callable[[Entry], str]) -> StatusTable:
    """Counts by a label (field, department) and status."""
    columns = columns_of(entries)
    return StatusTable(columns, tuple(tally(name, held, columns) for name, held in parted(entries, label)))


# ------------------------------------------------------------------------ kinds


@dataclass(frozen=True, slots=True)
class Kind:
    """One way to part the cards: (option, count), "" last where cards say none. The counts sum to N."""

    key: str
    counts: tuple[tuple[str, int], ...]


def kinds(entries: tuple[Entry, ...]) -> tuple[Kind, ...]:
    """New or continuing, within or after the term, with or without money."""
    return (
        _kind(overview.NATURE, option_keys(overview.NATURE), [each.nature for each in entries]),
        _kind(overview.COMPLETION, option_keys(overview.COMPLETION), [each.completion for each in entries]),
        _kind("finance", (PAID, UNPAID), [PAID if each.paid else UNPAID for each in entries]),
    )


def _kind(key: str, options: tuple[str, ...], held: list[str]) -> Kind:
    shown = (*options, *((UNSORTED,) if UNSORTED in held else ()))
    return Kind(key, tuple((option, held.count(option)) for option in shown))


# ------------------------------------------------------------------------ money


@dataclass(frozen=True, slots=True)
class Finance:
    """Sums in won by row (cost, secured, executed) and column of sources ("" last, if any).

    `flows` are secured and executed of the `matched` cards alone, of the months of which each shows both; cards with
    other money secured or executed are `left_out`.
    """

    columns: tuple[str, ...]
    rows: tuple[tuple[str, tuple[Figure, ...]], ...]
    flows: tuple[tuple[str, tuple[Figure, ...]], ...] = ()
    matched: int = 0
    left_out: int = 0

    def figures(self, key: str) -> tuple[Figure, ...]:
        """A row's figures, one per column."""
        return dict(self.rows)[key]

    def all(self, key: str) -> Figure:
        """A row's sum over the sources."""
        return total(self.figures(key))

    def flow(self, key: str, column: int | None = None) -> Figure:
        """What the execution rate divides: a row of the matched cards in a column (None: of all)."""
        figures = dict(self.flows)[key]
        return total(figures) if column is None else figures[column]

    def execution_rate(self, column: int | None = None) -> Decimal | None:
        """집행률 = executed / secured x 100 of a column (None: of all); None where nothing is secured."""
        secured, executed = (self.flow(key, column).value for key in FLOWS)
        if executed is None or not secured:
            return None
        return round_half_up(Fraction(executed) / Fraction(secured) * 100, PLACES)


def finance(entries: tuple[Entry, ...]) -> Finance:
    """Exact sums of the cards' money."""
    pieces = [piece for each in entries for piece in each.money]
    unknown = any(piece.group not in GROUPS for piece in pieces)
    columns = (*GROUPS, *((UNSORTED,) if unknown else ()))
    matched = [each for each in entries if each.matched]
    paired = [piece for each in matched for piece in each.money if piece.paired]
    return Finance(
        columns,
        _rows((COST, *FLOWS), columns, pieces),
        _rows(FLOWS, columns, paired),
        len(matched),
        sum(each.flows and not each.matched for each in entries),
    )


def _rows(
    rows: tuple[str, ...], columns: tuple[str, ...], pieces: Iterable[Money]
) -> tuple[tuple[str, tuple[Figure, ...]], ...]:
    """Sums by row and column; a source without a column counts under UNSORTED."""
    held: dict[tuple[str, str], list[Figure]] = {}
    for piece in pieces:
        group = piece.group if piece.group in GROUPS else UNSORTED
        held.setdefault((piece.row, group), []).append(piece.figure)
    return tuple((row, tuple(total(held.get((row, column), ())) for column in columns)) for row in rows)


# ------------------------------------------------------------------------ words of the forms


@dataclass(frozen=True, slots=True)
class Word:
    """A form's own word for a status, and the status that it counts as (UNSORTED: none)."""

    own: str
    status: str


def own_words(entries: Iterable[Entry]) -> tuple[Word, ...]:
    """The words that differ from the common ones, each once, in the catalogue's order."""
    common = {option.key: option.label for option in loader.catalogue()[overview.STATUS].options}
    differing: dict[tuple[str, str], Word] = {}
    for each in entries:
        if each.status_label and not spelled(each.status_label, common.get(each.status, "")):
            word = Word(each.status_label, each.status)
            differing.setdefault((folded(word.own), word.status), word)
    order = [*common, UNSORTED]
    return tuple(sorted(differing.values(), key=lambda word: order.index(word.status)))


# ------------------------------------------------------------------------ all of it


@dataclass(frozen=True, slots=True)
class Group:
    """The cards of a field and their counts by status."""

    entries: tuple[Entry, ...]
    tally: Tally


@dataclass(frozen=True, slots=True)
class Changed:
    """A change of a pledge."""

    number: str
    title: str
    change: Change


@dataclass(frozen=True, slots=True)
class Summary:
    """All that the summary forms show of the cards of one period."""

    count: int
    fields: StatusTable
    departments: StatusTable
    kinds: tuple[Kind, ...]
    finance: Finance
    groups: tuple[Group, ...]
    changes: tuple[Changed, ...]
    words: tuple[Word, ...]


def summarise(entries: Iterable[Entry]) -> Summary:
    """The summary of some cards' entries, in their order."""
    held = tuple(entries)
    columns = columns_of(held)
    return Summary(
        len(held),
        by_status(held, lambda each: each.field),
        by_status(held, lambda each: each.department),
        kinds(held),
        finance(held),
        tuple(
            Group(tuple(members), tally(name, members, columns))
            for name, members in parted(held, lambda each: each.field)
        ),
        tuple(Changed(each.number, each.title, change) for each in held for change in each.changes),
        own_words(held),
    )
