"""Reading events written as lines, and counts."""

from __future__ import annotations

import re
from collections.abc import Callable

from govtracker.forms.schema import Block
from govtracker.importer.meaning.money import notes
from govtracker.importer.meaning.outline import read_items
from govtracker.importer.meaning.partial_card import PartialCard
from govtracker.importer.structure.labels import fold, unit_of
from govtracker.importer.structure.segment import Region
from govtracker.model.card import Count, Counts, Event, Events
from govtracker.model.content import Item, Line
from govtracker.model.dates import parse_when
from govtracker.model.figure import parse_figure

_LEADER = re.compile(r"(?P<title>.*?)\s*(?:-{3,}|·{3,}|…+|\.{4,}|\t)\s*(?P<when>\S.*)")
_DATED = re.compile(r"(?P<when>['‘’(]?\d{2,4}\s*[.년][^:：]{0,24}?)\s*[:：]\s*(?P<title>.+)")
_GROUP = re.compile(r"【(?P<when>[^】]+)】\s*(?:-\s+)?(?P<title>.*)")


def leaders(partial: PartialCard, block: Block, region: Region) -> None:
    """`text ----- date` lines; a line without a leader keeps its whole text."""
    _gather(partial, block, region, _leader)


def dated(partial: PartialCard, block: Block, region: Region) -> None:
    """`date : text` lines under `【quarter】 remark` headings."""
    _gather(partial, block, region, _dated)


def _leader(line: Line) -> Event:
    found = _LEADER.fullmatch(line.text)
    if found:
        return Event(found["when"].strip(), "", found["title"].strip())
    return Event("", "", line.text)


def _dated(line: Line) -> Event:
    group = _GROUP.fullmatch(line.text)
    if group:
        return Event(group["when"].strip(), "", group["title"].strip(), heading=True)
    found = _DATED.fullmatch(line.text)
    if found and parse_when(found["when"]):
        return Event(found["when"].strip(), "", found["title"].strip())
    return Event("", "", line.text)


def _gather(partial: PartialCard, block: Block, region: Region, read: Callable[[Line], Event]) -> None:
    section = partial.form.section_def(block.section)
    items = read_items(partial, section, region.top, region.bottom, what=section.label)
    entries: list[Event] = []
    outermost = min((item.level for item in items if isinstance(item, Line)), default=0)
    own: dict[int, list[Item]] = {}
    for item in items:
        deeper = (
            isinstance(item, Line)
            and item.level > outermost
            and not item.text.startswith("【")
            and (not section.marks or item.mark != section.marks[0])
        )
        if entries and (not isinstance(item, Line) or deeper):
            own.setdefault(len(entries) - 1, []).append(item)
        elif isinstance(item, Line):
            entries.append(read(item))
    made = tuple(
        Event(e.when, e.category, e.title, tuple(own.get(at, ())), e.heading) if at in own else e
        for at, e in enumerate(entries)
    )
    if made:
        old = partial.sections.get(section.key) or Events()
        partial.put(section.key, Events(old.entries + made))


def counts(partial: PartialCard, block: Block, region: Region) -> None:
    """A figure under each category's label."""
    section, view = partial.form.section_def(block.section), partial.page
    found: dict[str, Count] = {}
    for row in range(region.top - 1, region.bottom + 1):
        for cell in view.texts(row):
            if unit_of(cell.text) and view.claims.free(cell):
                view.claims.ignore(cell, "단위")
    for row in range(region.top, region.bottom + 1):
        for cell in view.free_texts(row):
            category = next((c for c in section.categories if fold(c.label) == fold(cell.text)), None)
            if category is None or category.key in found:
                continue
            view.claims.ignore(cell, "항목 이름")
            below = view.covering(cell.bottom + 1, cell.column)
            found[category.key] = Count(category.key, parse_figure(below.figure if below else ""))
            if below and below.text:
                view.claims.take(below, f"{section.label}: {category.label}")
    values = tuple(count for count in found.values() if count.figure)
    partial.put(section.key, Counts(values))
    notes(partial, block, region)
