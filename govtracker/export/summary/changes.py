"""공약변경: what was changed in which pledge, before and after, why and how. Long texts go on on the next page."""

from __future__ import annotations

from govtracker.arithmetic.summary import Changed
from govtracker.export.document import Cell, Document, Flow, Grid, Para, Row, plain
from govtracker.export.summary.parts import Plan, framed, head
from govtracker.model.content import Run


def changes(plan: Plan) -> Document:
    """The whole form; a sentence where nothing was changed."""
    form = plan.form.changes
    rows = [Row(tuple(head(text) for text in form.heads), form.row_height)]
    rows += [_change(plan, changed) for changed in plan.summary.changes]
    if not plan.summary.changes:
        rows.append(
            Row((Cell((plain(form.empty, "cell"),), len(form.heads), align="center"),), 2 * form.row_height)
        )
    return framed(plan, form.title, [Grid(form.widths, tuple(rows), head=1)])


def _change(plan: Plan, changed: Changed) -> Row:
    change = changed.change
    cells = (
        _text(changed.number, "center", repeat=True),
        _text(changed.title, "left", repeat=True),
        _text(change.when, "center", repeat=True),
        _items(
            (
                *_lines(change.what),
                *_lines(change.before, plan.form.changes.before),
                *_lines(change.after, plan.form.changes.after),
            )
        ),
        _items(_lines(change.reason)),
        _items(_lines(change.procedure)),
    )
    return Row(cells, plan.form.changes.row_height, splits=True)


def _lines(text: str, mark: str = "") -> list[Flow]:
    """A paragraph per line of the text; the first one carries the mark."""
    indent = 2.1 if mark else 0
    return [
        Para((Run(line.strip()),), "detail", mark="" if at else mark, text_x=indent, role="note")
        for at, line in enumerate(text.split("\n"))
        if line.strip()
    ]


def _items(content: tuple[Flow, ...] | list[Flow]) -> Cell:
    return Cell(tuple(content), role="items", pad=(1.5, 1.15))


def _text(text: str, align: str, *, repeat: bool = False) -> Cell:
    lines = tuple(plain(part, "cell", align) for part in text.split("\n"))
    return Cell(lines, align=align, pad=(1.0, 1.0), repeat=repeat)
