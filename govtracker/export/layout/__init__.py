"""Form + card -> Document: one module per kind of block, one registry."""

from __future__ import annotations

from collections.abc import Callable

from govtracker.export.document import Document, Flow
from govtracker.export.layout import budget, counts, events, facts, frame, outline, records
from govtracker.export.layout.context import Context, fill, running_head, running_title, styles
from govtracker.forms.columns import Setting
from govtracker.forms.schema import Block, Form
from govtracker.model.card import Card
from govtracker.model.emptiness import card_without_blanks

LAYOUTS: dict[str, Callable[[Context, Block], list[Flow]]] = {
    "title": frame.title,
    "heading": frame.alone,
    "grid": facts.grid,
    "box": outline.box,
    "outline": outline.outline,
    "leaders": events.leaders,
    "lines": events.lines,
    "counts": counts.counts,
    "money": budget.money,
    "table": records.table,
}


def document(form: Form, card: Card, setting: Setting, municipality: str) -> Document:
    """The card as its form prints it in the given term and at the given as-of date."""
    card = card_without_blanks(card)
    context = Context(form, card, setting, municipality)
    items = [item for block in form.block for item in LAYOUTS[block.kind](context, block)]
    page = form.page
    return Document(
        title=f"{card.pledge.number} {card.pledge.title}".strip(),
        name=form.name,
        items=tuple(items),
        styles=styles(form.type),
        margins=(page.left, page.right, page.top, page.bottom),
        running_head=running_head(context),
        running_date=fill(form.running_date, context),
        running_title=running_title(context),
    )
