"""Events as lines: a text with leaders to its date, or dated lines under the headings of their quarters."""

from __future__ import annotations

from dataclasses import replace

from govtracker.export.document import Flow, Para
from govtracker.export.layout.context import Context
from govtracker.export.layout.frame import headings
from govtracker.export.layout.items import flow
from govtracker.forms.schema import Block
from govtracker.model.card import Event, Events
from govtracker.model.content import Run
from govtracker.model.place import Place

TEXT_X = 5.75
"""Where the text of a dated line stands, em."""


def _entries(context: Context, key: str) -> tuple[Event, ...]:
    found = context.card.section(key)
    return found.entries if isinstance(found, Events) else ()


def _begins(entries: tuple[Event, ...], at: int) -> bool:
    """Whether an entry is the first of several under a heading: the heading keeps two lines."""
    more = at + 1 < len(entries) and not entries[at + 1].heading
    return at > 0 and entries[at - 1].heading and more and not entries[at].details


def leaders(context: Context, block: Block) -> list[Flow]:
    """`- text ····· 2021. 4. ~ 10.`: the date flush right."""
    marks = context.form.section_def(block.section).marks
    mark = marks[0] if marks else "-"
    made = headings(context, block, table=False)
    for event in _entries(context, block.section):
        place = Place(block.section, event.id, "title")
        made.append(
            Para((Run(event.title),), "body", mark=mark, mark_x=0.2, text_x=1.1, right=event.when, leader=bool(event.when),
                 role="event", place=place)
        )  # fmt: skip
        made += flow(event.details, marks[1:], "body", block.section, context.form.page.width)
    return made


def lines(context: Context, block: Block) -> list[Flow]:
    """`- '19. 5. : text`, under `【19년 1분기】 remark` where a heading stands."""
    marks = context.form.section_def(block.section).marks
    mark = marks[0] if marks else "-"
    made = headings(context, block, table=False)
    entries = _entries(context, block.section)
    for at, event in enumerate(entries):
        place = Place(block.section, event.id, "title")
        if event.heading:
            label = (Run(f"【{event.when}】", True),)
            made.append(
                Para(
                    (*label, Run(f" - {event.title}")) if event.title else label,
                    "group_open",
                    mark_x=0.1,
                    text_x=0.1,
                    role="group",
                    before=1.2,
                    after=0.3,
                    keep=True,
                    place=place,
                )
            )
            continue
        made.append(
            Para((Run(event.title),), "body", mark=mark, mark_x=0.7, text_x=TEXT_X if event.when else 1.55,
                 date=event.when, role="event", keep=_begins(entries, at), place=place)
        )  # fmt: skip
        details = flow(event.details, marks[1:], "body", block.section, context.form.page.width)
        made += [_under(item, TEXT_X - 0.62) if event.when else item for item in details]
    return made


def _under(item: Flow, by: float) -> Flow:
    """A line of details moved (em) under the text of its event."""
    if not isinstance(item, Para):
        return item
    return replace(item, mark_x=item.mark_x + by, text_x=item.text_x + by)
