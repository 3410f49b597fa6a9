"""세부현황: every pledge by field, the counts of each field above its pledges."""

from __future__ import annotations

from govtracker.arithmetic.summary import Entry, StatusTable, Tally
from govtracker.export.document import Cell, Document, Flow, Grid, Para, Row, plain
from govtracker.export.summary.parts import (
    Plan,
    figure,
    framed,
    head,
    label,
    notes,
    place_of,
    run,
    shaded,
    status_label,
    summed,
)
from govtracker.forms import template
from govtracker.forms.summary import DetailsForm

ROWS = "rows"
TITLE = 1
"""The column that is parted into three, so that a field's name and count have edges of their own."""
PARTS = 3


def details(plan: Plan) -> Document:
    """The whole form."""
    form, table, groups = plan.form.details, plan.summary.fields, plan.summary.groups
    heads = tuple(head(text, PARTS if at == TITLE else 1) for at, text in enumerate(form.heads))
    added = summed(f"{ROWS}|{at}" for at in range(len(groups)))
    rows = [
        Row(heads, form.row_height),
        _counts(plan, plan.form.total, table.total, table, f"{ROWS}|*", added),
    ]
    for at, group in enumerate(groups):
        name, last = f"{ROWS}|{at}", len(group.entries) - 1
        lines = run("ROWS", f"{name}|0", f"{name}|{last}")
        rows.append(_counts(plan, group.tally.label or plan.form.unsorted, group.tally, table, name, lines))
        rows += [_pledge(plan, entry, f"{name}|{number}") for number, entry in enumerate(group.entries)]
    unit = Para((), "caption", right=form.caption, role="caption", after=0.6, keep=True)
    items: list[Flow] = [unit, Grid(_widths(form), tuple(rows), head=1)]
    return framed(plan, form.title, [*items, *_words(plan)])


def _words(plan: Plan) -> list[Flow]:
    """How the forms' own words count, where they differ from the common ones."""
    form = plan.form.details
    pairs = [
        template.fill(form.word, {"own": word.own, "common": status_label(plan, word.status)})
        for word in plan.summary.words
    ]
    return notes(plan, [template.fill(form.words_note, {"words": ", ".join(pairs)})]) if pairs else []


def _widths(form: DetailsForm) -> tuple[float, ...]:
    number, title, *rest = form.widths
    name, count = form.counts
    return (number, name - number, count, title - (name - number) - count, *rest)


def _counts(plan: Plan, name: str, tally: Tally, table: StatusTable, cell: str, formula: str) -> Row:
    """A shaded row: the name, the count, and the count of every status that there is."""
    form, fill = plan.form.details, shaded(total=True)
    parts = [
        template.fill(form.part, {"label": status_label(plan, column), "count": f"{count:,}"})
        for column, count in zip(table.columns, tally.counts, strict=True)
        if count
    ]
    counted = template.fill(form.count, {"count": f"{tally.count:,}"})
    return Row(
        (
            Cell((plain(name, "total", "left"),), 2, 1, "label", "left", fill=fill, pad=(1.8, 0.8)),
            figure(plan, tally.count, cell, formula, pad=1.2, fill=fill, text=counted),
            Cell((plain(", ".join(parts), "caption", "left"),), 4, align="left", fill=fill, pad=(1.8, 0.8)),
        ),
        form.row_height,
    )


def _pledge(plan: Plan, entry: Entry, name: str) -> Row:
    """A pledge; its status as its own form calls it."""
    status = entry.status_label or (status_label(plan, entry.status) if entry.status else plan.form.none)
    cells = (
        label(entry.number),
        _text(entry.title, "left", PARTS, name),
        _text(status, "center"),
        figure(plan, entry.fulfilment, f"{name}|%", pad=4.0),
        _text(entry.department or plan.form.none, "center"),
    )
    return Row(cells, plan.form.details.row_height)


def _text(text: str, align: str, colspan: int = 1, name: str = "") -> Cell:
    pad = 1.8 if align == "left" else 1.0
    return Cell(
        (plain(text, "cell", align),),
        colspan,
        align=align,
        pad=(pad, 1.0),
        place=place_of(name) if name else None,
    )
