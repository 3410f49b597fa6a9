"""총괄현황: counts by status, kinds, money by source, the chart."""

from __future__ import annotations

from decimal import Decimal

from govtracker.arithmetic.summary import FLOWS, PLACES, StatusTable, Tally, ratio
from govtracker.export.document import Bar, Bars, Cell, Document, Flow, Grid, Row, Series
from govtracker.export.summary.parts import (
    Plan,
    figure,
    framed,
    head,
    heading,
    inset,
    label,
    notes,
    place_of,
    run,
    shaded,
    status_label,
    summed,
)
from govtracker.forms import template
from govtracker.forms.summary import UNSORTED, StatusForm
from govtracker.model.figure import Figure, scaled

FIELDS, DEPARTMENTS, KINDS, MONEY = "fields", "departments", "kinds", "money"
ALL = "*"


def overall(plan: Plan) -> Document:
    """The whole form."""
    form, summary = plan.form.overall, plan.summary
    items: list[Flow] = [
        *status_table(plan, form.fields, summary.fields, FIELDS),
        *kinds(plan),
        *finance(plan),
        *chart(plan),
        *status_table(plan, form.departments, summary.departments, DEPARTMENTS),
    ]
    return framed(plan, form.title, items)


# ------------------------------------------------------------------------ counts by status


def status_table(plan: Plan, form: StatusForm, table: StatusTable, key: str) -> list[Flow]:
    """Count and ratio of all and of every status; the total row on top."""
    pairs = len(table.columns)
    room = plan.form.page.width - form.label_width
    wanted = (*form.total_widths, *(form.widths * pairs))
    widths = tuple(width * room / sum(wanted) for width in wanted)
    pads = (
        inset([f"{table.total.count:,}"], min(widths[0], widths[2])),
        min(1.2, inset(["100.0"], widths[3])),
    )
    last = len(table.rows)
    body = [_tally(plan, table, row, f"{key}|{at}", pads) for at, row in enumerate(table.rows)]
    total = _total(plan, table, key, pads, last)
    rows = [*_head(plan, form, table), *(Row(cells, form.row_height) for cells in (total, *body))]
    grid = Grid((form.label_width, *widths), tuple(rows), head=2)
    return [heading(form.heading, form.caption), grid, *notes(plan, form.notes)]


def _head(plan: Plan, form: StatusForm, table: StatusTable) -> list[Row]:
    labels = [plan.form.total, *(status_label(plan, column, short=True) for column in table.columns)]
    upper = (head(form.label, 1, 2), *(head(text, 2) for text in labels))
    lower = tuple(head(text) for _ in labels for text in form.heads)
    return [Row(upper, form.head_height[0]), Row(lower, form.head_height[1])]


def _names(row: str, columns: tuple[str, ...]) -> list[str]:
    """Names of a row's counts, without the count of all."""
    return [f"{row}|{column}" for column in columns]


def _share(part: str, whole: str) -> str:
    return f"ROUND({{{part}}}*100/{{{whole}}},{PLACES})"


def _tally(
    plan: Plan, table: StatusTable, row: Tally, name: str, pads: tuple[float, float]
) -> tuple[Cell, ...]:
    """A row under the total: its ratios are over its own count, that of the count over all."""
    names = _names(name, table.columns)
    every, everything = f"{name}|{ALL}", f"{name.split('|')[0]}|{ALL}|{ALL}"
    cells = [
        label(row.label or plan.form.unsorted, name=f"{name}|label"),
        _count(plan, row.count, every, summed(names), pads[0]),
        _ratio(plan, table.share(row), every, _share(every, everything), pads[1]),
    ]
    for count, own in zip(row.counts, names, strict=True):
        cells.append(_count(plan, count, own, "", pads[0]))
        cells.append(_ratio(plan, ratio(count, row.count), own, _share(own, every), pads[1]))
    return tuple(cells)


def _total(
    plan: Plan, table: StatusTable, key: str, pads: tuple[float, float], rows: int
) -> tuple[Cell, ...]:
    """Sums of the rows; all ratios are over N."""
    total, everything = table.total, f"{key}|{ALL}|{ALL}"
    cells = [label(plan.form.total, bold=True, fill=shaded(total=True))]
    pairs = [(ALL, total.count), *zip(table.columns, total.counts, strict=True)]
    for column, count in pairs:
        own = f"{key}|{ALL}|{column}"
        added = run("SUM", f"{key}|0|{column}", f"{key}|{rows - 1}|{column}") if rows else ""
        cells.append(_count(plan, count, own, added, pads[0], total=True))
        share = ratio(count, total.count)
        cells.append(_ratio(plan, share, own, _share(own, everything), pads[1], total=True))
    return tuple(cells)


def _count(plan: Plan, count: int, name: str, formula: str, pad: float, *, total: bool = False) -> Cell:
    return figure(plan, count, name, formula, pad=pad, fill=shaded(total=total), zero=True)


def _ratio(
    plan: Plan, found: Decimal | None, of: str, formula: str, pad: float, *, total: bool = False
) -> Cell:
    return figure(plan, found, f"{of}|%", formula, pad=pad, fill=shaded(total=total), zero=True)


# ------------------------------------------------------------------------ kinds


def kinds(plan: Plan) -> list[Flow]:
    """New or continuing, within or after the term, with or without money."""
    form, found = plan.form.overall.kinds, plan.summary.kinds
    options = [(kind.key, option, count) for kind in found for option, count in kind.counts]
    width = (plan.form.page.width - form.label_width) / len(options)
    upper = (
        head(plan.form.total, 1, 2),
        *(head(str(getattr(form.labels, kind.key)), len(kind.counts)) for kind in found),
    )
    lower = tuple(
        head(str(getattr(form.options, option)) if option else plan.form.unsorted) for _, option, _ in options
    )
    names = [f"{KINDS}|{key}|{option}" for key, option, _ in options]
    first = names[: len(found[0].counts)]
    cells = [
        figure(plan, plan.summary.count, f"{KINDS}|{ALL}", summed(first), align="center", zero=True),
        *(
            figure(plan, count, name, align="center", zero=True)
            for name, (_, _, count) in zip(names, options, strict=True)
        ),
    ]
    rows = (Row(upper, form.row_height), Row(lower, form.row_height), Row(tuple(cells), form.row_height))
    grid = Grid((form.label_width, *(width for _ in options)), rows, head=2)
    return [heading(form.heading, form.caption), grid]


# ------------------------------------------------------------------------ money


def finance(plan: Plan) -> list[Flow]:
    """Total cost, secured, executed by source, and the execution rate."""
    form, table = plan.form.overall.finance, plan.summary.finance
    columns = table.columns
    width = (plan.form.page.width - form.label_width) / (len(columns) + 1)
    heads = [
        form.label,
        plan.form.total,
        *(str(getattr(form.sources, column)) if column else plan.form.unsorted for column in columns),
    ]
    rows = [Row(tuple(head(text) for text in heads), form.row_height)]
    for key, figures in table.rows:
        names = [f"{MONEY}|{key}|{column}" for column in columns]
        cells = [
            label(str(getattr(form.labels, key))),
            figure(plan, _unit(plan, table.all(key)), f"{MONEY}|{key}|{ALL}", summed(names), fill=shaded(total=True)),
            *(
                figure(plan, _unit(plan, found), name) for name, found in zip(names, figures, strict=True)
            ),
        ]  # fmt: skip
        rows.append(Row(tuple(cells), form.row_height))
    rows.append(Row(_rates(plan), form.row_height))
    grid = Grid((form.label_width, *(width for _ in heads[1:])), tuple(rows), head=1)
    return [heading(form.heading, form.caption), grid, *_rate_notes(plan)]


def _rate_notes(plan: Plan) -> list[Flow]:
    """Over which cards and sums the execution rate is, and how many cards it leaves out."""
    form, table = plan.form.overall.finance, plan.summary.finance
    secured, executed = (_unit(plan, table.flow(key)).printed() or plan.form.none for key in FLOWS)
    names = {
        "matched": f"{table.matched:,}",
        "left_out": f"{table.left_out:,}",
        "secured": secured,
        "executed": executed,
    }
    texts = (form.rate_note, form.left_out_note) if table.left_out else (form.rate_note,)
    return notes(plan, (template.fill(text, names) for text in texts))


def _unit(plan: Plan, found: Figure) -> Figure:
    return scaled(found, Decimal(1) / plan.form.overall.finance.unit)


def _rates(plan: Plan) -> tuple[Cell, ...]:
    """The execution rate of all sources and of each: what it divides stands in its formula."""
    table, fill = plan.summary.finance, shaded(total=True)
    places = [(ALL, None), *((column, at) for at, column in enumerate(table.columns))]
    return (
        label(plan.form.overall.finance.execution_rate, bold=True, fill=fill),
        *(
            figure(
                plan,
                table.execution_rate(at),
                f"{MONEY}|rate|{column}",
                _divided(plan, at, column),
                fill=fill,
            )
            for column, at in places
        ),
    )


def _divided(plan: Plan, column: int | None, name: str) -> str:
    """Formula of an execution rate: over the cells above, or over the figures themselves where those sum other cards, too."""
    table = plan.summary.finance
    flows = [table.flow(key, column) for key in FLOWS]
    if flows == [table.all(key) if column is None else table.figures(key)[column] for key in FLOWS]:
        secured, executed = (f"{MONEY}|{key}|{name}" for key in FLOWS)
        return _share(executed, secured)
    divisor, dividend = (_unit(plan, flow).value for flow in flows)
    return f"ROUND({dividend:f}*100/{divisor:f},{PLACES})" if divisor and dividend is not None else ""


# ------------------------------------------------------------------------ chart


def chart(plan: Plan) -> list[Flow]:
    """Stacked bars of the counts by field; in a sheet fed by the cells of the first table."""
    form, table = plan.form.overall.chart, plan.summary.fields
    series = tuple(
        Series(
            status_label(plan, column),
            form.fills[column or UNSORTED],
            form.hatches.get(column or UNSORTED, ""),
        )
        for column in table.columns
    )
    bars = tuple(
        Bar(
            row.label or plan.form.unsorted,
            row.counts,
            tuple(map(place_of, _names(f"{FIELDS}|{at}", table.columns))),
            place_of(f"{FIELDS}|{at}|label"),
        )
        for at, row in enumerate(table.rows)
    )
    return [heading(form.heading, form.caption), Bars(bars, series, form.left, form.width)]
