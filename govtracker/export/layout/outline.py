"""Outlines: bullet text under headings, the box of ◆ lines."""

from __future__ import annotations

from govtracker.arithmetic.records import parts, record_id
from govtracker.export.document import Cell, Flow, Grid, Para, Row
from govtracker.export.layout.context import Context
from govtracker.export.layout.frame import headings, mark_heading
from govtracker.export.layout.items import flow
from govtracker.forms.schema import Block
from govtracker.model.card import Part
from govtracker.model.content import Run
from govtracker.model.place import Place


def part_heading(part: Part, style: str, place: Place) -> list[Flow]:
    """Heading paragraph of a part, if it has one."""
    if not part.label or not style:
        return []
    if style.startswith("【"):
        return [
            Para(
                (Run(f"{style[0]}{style[1:-1]}{part.label}{style[1:-1]}{style[-1]}"),),
                "group",
                mark_x=0.1,
                text_x=0.1,
                role="slot",
                before=1.2,
                after=0.3,
                keep=True,
                place=place,
            )
        ]
    if style == "□":
        return [mark_heading("□", part.label, place=place)]
    runs = (Run(part.label, True),)
    return [
        Para(runs, "group_open", mark=style, mark_x=0.15, text_x=1.4, role="slot", keep=True, place=place)
    ]


def outline(context: Context, block: Block) -> list[Flow]:
    """Heading, then every part under its own heading."""
    section, found = parts(context.form, context.card, block.section)
    if block.optional and not any(part.items for part, _ in found):
        return []
    made = headings(context, block, table=False)
    optional = {slot.key for slot in section.slots if slot.optional}
    for part, style in found:
        if part.slot in optional and not part.items:
            continue
        made += part_heading(part, style, Place(block.section, record_id(part), "label"))
        made += flow(part.items, section.marks, "body", block.section, context.form.page.width)
    return made


def box(context: Context, block: Block) -> list[Flow]:
    """The lines in a frame."""
    section, found = parts(context.form, context.card, block.section)
    content = [
        item for part, _ in found for item in flow(part.items, section.marks, "summary", block.section, 160)
    ]
    cell = Cell(tuple(content), role="box", valign="middle", pad=(3.5, 2.2), place=Place(block.section))
    return [
        *headings(context, block, table=True),
        Grid((context.form.page.width,), (Row((cell,), 10, splits=True),), before=3.6, role="box"),
    ]
