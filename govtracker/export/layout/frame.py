"""Title bar and headings."""

from __future__ import annotations

from dataclasses import replace

from govtracker.export.document import HEAD, Cell, Flow, Grid, Para, Row, plain
from govtracker.export.layout.context import Context, fill
from govtracker.forms.schema import Block, Heading
from govtracker.model.content import Run
from govtracker.model.place import PLEDGE, Place

TITLE, NUMBER = Place(PLEDGE, field="title"), Place(PLEDGE, field="number")

ATTACHED_HEIGHT = 6.2
"""Height of a title that is a row on top of the next table, mm."""


def title(context: Context, block: Block) -> list[Flow]:
    """Control number and title in a bar; the title alone where the form has no numbers."""
    name = _title_cell(context, block)
    height, after = (ATTACHED_HEIGHT, 0.0) if block.attached else (13.0, 3.4)
    if not block.number_width:
        return [Grid((context.form.page.width,), (Row((name,), height),), after=after, role="title")]
    number = Cell(
        (plain(context.card.pledge.number, "number", place=NUMBER),),
        role="number",
        align="center",
        fill=HEAD,
        place=NUMBER,
    )
    widths = (block.number_width, context.form.page.width - block.number_width)
    return [Grid(widths, (Row((number, name), height),), after=after, role="title")]


def _title_cell(context: Context, block: Block) -> Cell:
    style, pad = ("heading", (5.0, 0.3)) if block.attached else ("title", (5.0, 1.0))
    align = "left" if block.number_width else "center"
    text = plain(context.card.pledge.title, style, align, TITLE)
    return Cell((text,), role="title", align=align, pad=pad, place=TITLE)


def alone(context: Context, block: Block) -> list[Flow]:
    """A heading that stands by itself, before other blocks."""
    return headings(context, block, table=False)


def headings(context: Context, block: Block, *, table: bool) -> list[Flow]:
    """The block's heading, and its unit on the same baseline (or alone, right above a table)."""
    caption = fill(block.caption, context)
    if block.heading and block.heading.style != "row":
        return [heading(context, block.heading, caption, table=table)]
    if not caption:
        return []
    return [Para((), "caption", right=caption, role="caption", after=0.6, keep=True)]


def heading(context: Context, head: Heading, right: str = "", *, table: bool = False) -> Para:
    """Heading paragraph in its style; it stays with what follows."""
    label = fill(head.label, context)
    if head.style == "boxed":
        return Para(
            (Run(label),),
            "heading",
            number=head.number,
            right=right,
            role="heading",
            before=5.6,
            after=2.2,
            keep=True,
        )
    if head.style == "major":
        return Para(
            (Run(label),), "heading", mark="□", mark_x=0.1, text_x=1.3, right=right, role="heading",
            before=context.form.type.above, after=1.8, keep=True,
        )  # fmt: skip
    if head.style == "square":
        return mark_heading("□", label, right=right, table=table)
    if head.style == "bracket":
        return Para(
            (Run(f"【 {label} 】"),),
            "group",
            mark_x=0.1,
            text_x=0.1,
            right=right,
            role="heading",
            before=1.2,
            after=0.3,
            keep=True,
        )
    if head.style == "circle":
        return Para(
            (Run(label),),
            "body",
            mark="○",
            level=1,
            mark_x=0.15,
            text_x=1.4,
            right=right,
            role="heading",
            before=1.5,
            after=0.8,
            keep=True,
        )
    text = f"{head.number}. {label}" if head.number else label
    above = context.form.type.above
    return Para((Run(text),), "heading", right=right, role="heading", before=above, after=1.8, keep=True)


def instead(context: Context, block: Block) -> list[Flow]:
    """The heading and the block's word for an empty section: behind a colon if `inline`, else under it."""
    made = headings(context, block, table=False)
    empty, first = fill(block.empty, context), made[0] if made else None
    if block.inline and isinstance(first, Para):
        runs = (Run(f"{first.text} :", True), Run(f" {empty}"))
        return [replace(first, runs=runs, style="heading_open", keep=False)]
    return [*made, plain(empty, "body", "left", Place(block.section))]


def note(text: str) -> Para:
    """A note under a table."""
    return replace(plain(text, "caption", "left", role="note"), before=1.0)


def mark_heading(
    mark: str, label: str, *, right: str = "", table: bool = False, place: Place | None = None
) -> Para:
    """A `□` heading, nearer to text than to a table."""
    before, after = (4.8, 1.7) if table else (2.6, 0.8)
    return Para(
        (Run(label),), "subheading", mark=mark, mark_x=0.1, text_x=1.3, right=right, role="heading",
        before=before, after=after, keep=True, place=place,
    )  # fmt: skip
