"""Columns are rules over (term of office, as-of date), never lists of years: here they become columns."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import date
from functools import lru_cache

from govtracker.forms import formula
from govtracker.forms.schema import Block, Column, Form, SectionDef
from govtracker.forms.template import fill, names_of
from govtracker.model.dates import (
    Months,
    Term,
    after,
    before,
    clip,
    month,
    month_of,
    quarter_months,
    year_months,
)

RANGES = ("term", "term_years", "calendar_years", "as_of_year", "before_term", "after_term", "always")
EACH = ("year", "half", "quarter")
HALVES = ("상반기", "하반기")


@dataclass(frozen=True, slots=True)
class Setting:
    """What the rules depend on."""

    term: Term
    as_of: date


@dataclass(frozen=True, eq=False, slots=True)
class Leaf:
    """One printed column: the interval and measures of its cells, its head labels from top to bottom.

    `width` is in millimetres after the families were fitted to the table's width.
    """

    column: Column
    key: str
    head: tuple[str, ...]
    width: float
    span: Months | None = None
    measures: tuple[str, ...] = ()
    relation: str = ""

    @property
    def measure(self) -> str:
        return self.measures[0] if self.measures else ""

    @property
    def computed(self) -> bool:
        return bool(self.column.sum or self.column.formula)


def range_of(name: str, setting: Setting) -> Months:
    """Months of a range's name; the as-of year is clipped to the term."""
    term = setting.term.months
    first, last = term.first or "", term.last or ""
    if name == "term_years":
        return Months(first, month(int(last[:4]), 12))
    if name == "calendar_years":
        return Months(month(int(first[:4]), 1), month(int(last[:4]), 12))
    if name == "as_of_year":
        return clip(year_months(setting.as_of.year), term) or year_months(setting.as_of.year)
    if name == "before_term":
        return Months(None, before(first))
    if name == "always":
        return Months(None, None)
    if name == "after_term":
        return Months(after(last), None)
    return term


def relation(span: Months, as_of: date) -> str:
    """past, current (holds the as-of month) or future."""
    now = month_of(as_of)
    if span.last and span.last < now:
        return "past"
    return "future" if span.first and span.first > now else "current"


def spans(column: Column, setting: Setting) -> Iterator[Months]:
    """The intervals of a column's family, in order; quarters and years are clipped to the range."""
    whole = range_of(column.over, setting)
    if not column.each:
        yield whole
        return
    for year in range(int((whole.first or "")[:4]), int((whole.last or "")[:4]) + 1):
        if column.each == "quarter":
            pieces = [quarter_months(year, quarter) for quarter in (1, 2, 3, 4)]
        elif column.each == "half":
            pieces = [Months(month(year, 1), month(year, 6)), Months(month(year, 7), month(year, 12))]
        else:
            pieces = [year_months(year)]
        yield from (kept for piece in pieces if (kept := clip(piece, whole)))


def expand(block: Block, section: SectionDef | None, form: Form, setting: Setting) -> tuple[Leaf, ...]:
    """The columns of a table block, hidden ones included (their width is 0); the same tuple for every card."""
    return _columns(block, section, form, setting)[0]


def visible(block: Block, section: SectionDef | None, form: Form, setting: Setting) -> tuple[Leaf, ...]:
    """The printed columns of a table block; the same tuple for every card."""
    return _columns(block, section, form, setting)[1]


KEPT = 256
"""Tables whose columns are kept: more than the forms of an office have blocks."""


@lru_cache(maxsize=KEPT)
def _columns(
    block: Block, section: SectionDef | None, form: Form, setting: Setting
) -> tuple[tuple[Leaf, ...], tuple[Leaf, ...]]:
    """(every column, the printed ones)."""
    every = _expand(block, section, form, setting)
    return every, tuple(leaf for leaf in every if not leaf.column.hidden)


def _expand(block: Block, section: SectionDef | None, form: Form, setting: Setting) -> tuple[Leaf, ...]:
    leaves = [leaf for column in block.column for leaf in _leaves(column, block, section, setting)]
    return _fitted(_lettered(leaves), form.page.width)


def _leaves(column: Column, block: Block, section: SectionDef | None, setting: Setting) -> Iterator[Leaf]:
    key = column.key or column.field
    if not column.over:
        names = names_of(setting.term, setting.as_of)
        yield Leaf(
            column, key, _head(column.head, names), column.width, measures=_all_measures(column, block)
        )
        return
    for span in spans(column, setting):
        related = relation(span, setting.as_of)
        if column.when and related not in column.when:
            continue
        measures = column.measures.get(related) or ((block.measure,) if block.measure else ())
        groups = [tuple(measures)] if block.stack or not measures else [(measure,) for measure in measures]
        for group in groups:
            names = _names(span, setting, _measure_label(group, block, section))
            template = _template(column, span)
            width = column.width_last if column.width_last and _cut(span) else column.width
            yield Leaf(column, key, _head(template, names), width, span, group, related)


def _cut(span: Months) -> bool:
    """Whether a year ends before December."""
    return bool(span.last) and not str(span.last).endswith("-12")


def heading_label(block: Block, leaves: tuple[Leaf, ...]) -> str:
    """The block's heading with the first and last year of its columns (`2022년`, not `2022년 ~ 2022년`)."""
    label = block.heading.label if block.heading else ""
    years = [month_[:4] for leaf in leaves if leaf.span for month_ in leaf.span if month_]
    if not years:
        return label
    label = fill(label, {"first": min(years), "last": max(years)})
    return re.sub(r"^(.+?) ~ \1$", r"\1", label)


def screen_paths(leaves: Iterable[Leaf]) -> list[tuple[str, ...]]:
    """Labels over each column of a window's table; one that stands over all columns of several levels is left out."""
    found = list(leaves)
    tall = [leaf.head for leaf in found if len(leaf.head) > 1]
    common = len({head[0] for head in tall}) == 1 and len(tall) > 1
    return [tuple(leaf.head[1:] if common and len(leaf.head) > 1 else leaf.head) for leaf in found]


def _all_measures(column: Column, block: Block) -> tuple[str, ...]:
    own = tuple(dict.fromkeys(m for measures in column.measures.values() for m in measures))
    return own or ((block.measure,) if block.measure else ())


def _measure_label(group: tuple[str, ...], block: Block, section: SectionDef | None) -> str:
    labels = {**(section.labels if section else {}), **block.labels}
    return labels.get(group[0], "") if group else ""


def _template(column: Column, span: Months) -> str:
    if column.each == "year" and span.first and not span.first.endswith("-01") and column.head_first:
        return column.head_first
    if column.each == "year" and span.last and not span.last.endswith("-12") and column.head_last:
        return column.head_last
    return column.head


def _names(span: Months, setting: Setting, measure: str) -> dict[str, str]:
    at = span.first or span.last or ""
    end = span.last or span.first or ""
    if not at:  # of all time: its head can name no month
        return {"measure": measure, **names_of(setting.term, setting.as_of)}
    quarter = str((int(at[5:7]) + 2) // 3)
    return {
        "year": at[:4],
        "yy": at[2:4],
        "quarter": quarter,
        "half": HALVES[0 if int(at[5:7]) < 7 else 1],
        "from": str(int(at[5:7])),
        "to": str(int(end[5:7])),
        "measure": measure,
        **names_of(setting.term, setting.as_of),
    }


def _head(template: str, names: dict[str, str]) -> tuple[str, ...]:
    return tuple(fill(template, names).split("|"))


def _lettered(leaves: list[Leaf]) -> list[Leaf]:
    """Letters (a), (b) ... for the columns that the first sum adds, where the heads ask for `{letter}`."""
    if not any("{letter" in part for leaf in leaves for part in leaf.head):
        return leaves
    added: tuple[Leaf, ...] = ()
    for leaf in leaves:
        if leaf.column.sum and not leaf.span:
            added = tuple(
                summand
                for chosen in formula.summands(leaf.column.sum)
                for summand in chosen_leaves(chosen, leaves)
            )
            break
    lettered = (leaf for leaf in leaves if leaf in added)
    letters = {leaf: chr(ord("a") + at) for at, leaf in enumerate(lettered)}
    last = max(letters.values(), default="a")

    def labelled(leaf: Leaf) -> Leaf:
        letter = letters.get(leaf, "")
        head = tuple(
            fill(p, {"letters": f"a~{last}", "letter": f"({letter})" if letter else ""}).strip("\n")
            for p in leaf.head
        )
        return Leaf(leaf.column, leaf.key, head, leaf.width, leaf.span, leaf.measures, leaf.relation)

    return [labelled(leaf) for leaf in leaves]


def chosen_leaves(chosen: formula.Selector, leaves: list[Leaf] | tuple[Leaf, ...]) -> list[Leaf]:
    """The columns that a selector names: by key, then by relation and measure where it says so."""
    return [
        leaf
        for leaf in leaves
        if leaf.key == chosen.key
        and (not chosen.relation or leaf.relation == chosen.relation)
        and (not chosen.measure or chosen.measure in leaf.measures)
    ]


def _yielding(leaf: Leaf, over: float) -> Leaf:
    """A column that gives way, narrower by what is too much, or down to its least width."""
    if not leaf.column.least or leaf.column.each:
        return leaf
    return replace(leaf, width=max(leaf.column.least, leaf.width - over))


def _fitted(leaves: list[Leaf], width: float) -> tuple[Leaf, ...]:
    """Widths of the families (`each`) scaled so that the table is as wide as the text area."""
    over = sum(leaf.width for leaf in leaves if not leaf.column.hidden) - width
    if over > 0:
        leaves = [_yielding(leaf, over) for leaf in leaves]
    fixed = sum(leaf.width for leaf in leaves if not leaf.column.each and not leaf.column.hidden)
    family = sum(leaf.width for leaf in leaves if leaf.column.each and not leaf.column.hidden)
    scale = (width - fixed) / family if family else 1
    every = (width / fixed) if not family and fixed else 1
    return tuple(
        Leaf(
            leaf.column,
            leaf.key,
            leaf.head,
            0 if leaf.column.hidden else leaf.width * (scale if leaf.column.each else every),
            leaf.span,
            leaf.measures,
            leaf.relation,
        )
        for leaf in leaves
    )
