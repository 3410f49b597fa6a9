"""Counts by category: one row of labels, one of figures."""

from __future__ import annotations

from govtracker.export.document import HEAD, Cell, Flow, Grid, Row, plain
from govtracker.export.layout.context import Context, fill
from govtracker.export.layout.frame import headings, note
from govtracker.forms.schema import Block
from govtracker.model.card import Counts
from govtracker.model.place import Place


def counts(context: Context, block: Block) -> list[Flow]:
    """A column per category of the section."""
    section = context.form.section_def(block.section)
    found = context.card.section(block.section)
    values = found if isinstance(found, Counts) else Counts()
    heads, figures = [], []
    for category in section.categories:
        heads.append(
            Cell((plain(category.label, "head", role="head"),), role="head", align="center", fill=HEAD)
        )
        figure, place = values.get(category.key), Place(block.section, field=category.key)
        figures.append(
            Cell((plain(figure.printed(), "figure"),), role="figure", align="center", figure=figure, place=place)
        )  # fmt: skip
    width = context.form.page.width / max(1, len(section.categories))
    grid = Grid(
        (width,) * len(section.categories), (Row(tuple(heads)), Row(tuple(figures))), head=1, role="counts"
    )
    made: list[Flow] = [*headings(context, block, table=True), grid]
    if block.note:
        made.append(note(fill(block.note, context)))
    return made
