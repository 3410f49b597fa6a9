"""Reading events written as lines, and counts."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import replace

from govtracker.forms.schema import Block
from govtracker.importer.meaning.money import notes
from govtracker.importer.meaning.outline import read_items
from govtracker.importer.meaning.partial_card import PartialCard
from govtracker.importer.package.characters import figure_text
from govtracker.importer.package.workbook import SheetCell
from govtracker.importer.structure.labels import fold
from govtracker.importer.structure.segment import Region
from govtracker.importer.structure.units import caption
from govtracker.model.card import Count, Counts, Event, Events
from govtracker.model.content import Item, Line, Table, one_line
from govtracker.model.dates import parse_when
from govtracker.model.figure import parse_figure
from govtracker.model.place import Place

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
        return Event(found["when"].strip(), "", found["title"].strip(), id=line.id)
    return Event("", "", line.text, id=line.id)


def _dated(line: Line) -> Event:
    group = _GROUP.fullmatch(line.text)
    if group:
        return Event(group["when"].strip(), "", group["title"].strip(), heading=True, id=line.id)
    found = _DATED.fullmatch(line.text)
    if found and parse_when(found["when"]):
        return Event(found["when"].strip(), "", found["title"].strip(), id=line.id)
    return Event("", "", line.text, id=line.id)


def _dated_row(cells: list[SheetCell]) -> str:
    """`date : text` of a row that has the date in one cell and the text in the next."""
    if len(cells) != 2 or "\n" in cells[0].text.strip():
        return ""
    when = one_line(cells[0].text).strip(":： ")
    return f"{when} : {one_line(cells[1].text)}" if parse_when(when) else ""


def _gather(partial: PartialCard, block: Block, region: Region, read: Callable[[Line], Event]) -> None:
    section = partial.form.section_def(block.section)
    items = read_items(
        partial, section, region.top, region.bottom, what=section.label, as_line=_dated_row, tabs=True
    )
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
        if isinstance(item, Table):
            head = " ".join(cell.text for cell in item.rows[0] if cell is not None)
            partial.note("", f"{section.label}에 글줄이 아니라 표로 담은 것이 있습니다: {one_line(head)}")
        if entries and (not isinstance(item, Line) or deeper):
            own.setdefault(len(entries) - 1, []).append(item)
        elif isinstance(item, Line):
            entries.append(read(item))
    made = tuple(
        replace(event, details=tuple(own[at])) if at in own else event for at, event in enumerate(entries)
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
            if caption(cell.text) is not None and view.claims.free(cell):
                view.claims.ignore(cell, "단위")
    for row in range(region.top, region.bottom + 1):
        for cell in view.free_texts(row):
            category = next((c for c in section.categories if fold(c.label) == fold(cell.text)), None)
            if category is None or category.key in found:
                continue
            view.claims.ignore(cell, "항목 이름")
            below = view.covering(cell.bottom + 1, cell.column)
            found[category.key] = Count(
                category.key, parse_figure(figure_text(below.figure) if below else "")
            )
            if below and below.text:
                view.claims.take(below, f"{section.label}: {category.label}")
                partial.came(Place(section.key, field=category.key), below)
    values = tuple(count for count in found.values() if count.figure)
    partial.put(section.key, Counts(values))
    notes(partial, block, region)
