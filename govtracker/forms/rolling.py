"""The next period's card out of the last one's, by the form's rules.

What stays stays as it is, the columns follow the new as-of date by themselves. What was planned is no result yet: it is
handed out apart, to be confirmed line by line.
"""

from __future__ import annotations

import re
from calendar import monthrange
from dataclasses import dataclass, replace
from datetime import date

from govtracker.forms.columns import Setting
from govtracker.forms.empty import empty_section, fresh_section
from govtracker.forms.schema import CLEAR, SHIFT, Form, SectionDef
from govtracker.model.card import Card, Event, Events, Outline, Part, Period, Section
from govtracker.model.content import Item, Line, Run, Table
from govtracker.model.dates import parse_when
from govtracker.model.emptiness import is_empty

_DATED = re.compile(r"(?P<when>['‘’]?\d{2,4}\s*[.년][^:：]{0,24}?)\s*[:：]\s*(?P<title>.+)")


@dataclass(frozen=True, slots=True)
class Rolled:
    """A card of the new period: `kept` are the keys of the sections that stand as they stood, `plans` by the key of the
    section of results what was planned for it and waits to be confirmed.
    """

    card: Card
    kept: tuple[str, ...]
    plans: dict[str, Section]


def roll_card(form: Form, card: Card, old: Setting, new: Setting, period: Period) -> Rolled:
    """The card in the new period; `old` and `new` are the settings of both."""
    sections: list[tuple[str, Section]] = []
    kept: list[str] = []
    plans: dict[str, Section] = {}
    for definition in form.section:
        section = card.section(definition.key) or empty_section(definition)
        made: Section
        if definition.roll == SHIFT and isinstance(section, Outline):
            made, planned = _shifted(form, definition, section, old, new)
            if planned:
                plans[definition.key] = Outline((planned,))
        elif definition.becomes:
            made = empty_section(definition)
            if not is_empty(section):
                plans[definition.becomes] = section
        elif definition.roll == CLEAR:
            made = fresh_section(form, definition, new)
        else:
            made = section
            kept += [] if is_empty(section) else [definition.key]
        sections.append((definition.key, made))
    return Rolled(Card(card.pledge, period, card.form, tuple(sections)), tuple(kept), plans)


def _shifted(
    form: Form, definition: SectionDef, section: Outline, old: Setting, new: Setting
) -> tuple[Outline, Part | None]:
    """Parts of an outline by periods: the first grows by the second, the second begins anew, the third is the plan.

    Labels that say what the form says are written for the new as-of date, others stay; further parts stay behind.
    """
    before = fresh_section(form, definition, old)
    after = fresh_section(form, definition, new)
    assert isinstance(before, Outline)
    assert isinstance(after, Outline)
    own, others = _by_label(section.parts, before.parts)
    labels = [
        now.label if _plain(part.label) in ("", _plain(was.label)) else part.label
        for part, was, now in zip(own, before.parts, after.parts, strict=True)
    ]
    *grown, last, planned = own
    made = []
    for at, part in enumerate(own):
        items: tuple[Item, ...] = ()
        remarks = [planned.remark] if part is last else []
        if at < len(grown):
            more = at == len(grown) - 1
            items = part.items + (last.items if more else ())
            remarks = [part.remark, last.remark if more else ""]
        remark = " ".join(filter(None, remarks))
        made.append(replace(after.parts[at], label=labels[at], items=items, remark=remark, id=part.id))
    return Outline((*made, *others)), planned if planned.items else None


def _by_label(parts: tuple[Part, ...], slots: tuple[Part, ...]) -> tuple[list[Part], list[Part]]:
    """(the part of each of the form's slots, the parts of none): by their labels, else by their place.

    A part stands in a slot by its place only where its label is no other slot's; a slot without one has a blank part.
    """
    left = list(parts)
    found: dict[int, Part] = {}
    for same in (_plain, _first_line):
        for at, slot in enumerate(slots):
            part = next(
                (each for each in left if at not in found and same(each.label) == same(slot.label)), None
            )
            if part is not None:
                found[at] = part
                left.remove(part)
    for at, part in enumerate(parts[: len(slots)]):
        if at not in found and part in left:
            found[at] = part
            left.remove(part)
    return [found.get(at) or Part() for at in range(len(slots))], left


def _first_line(label: str) -> str:
    return _plain(label.split("\n")[0])


def _plain(label: str) -> str:
    return "".join(label.split())


# ---------------------------------------------------------------- plans that became results


def as_results(plan: Section, chosen: frozenset[str], target: Section, place: int = 1) -> Section:
    """The section of results with the chosen entries of a plan (their ids) behind its own; `place` = in which part."""
    if isinstance(target, Events):
        return Events((*target.entries, *_events(plan, chosen)))
    if isinstance(target, Outline):
        items = _items(plan, chosen)
        parts = list(target.parts) or [Part()]
        at = min(place, len(parts) - 1)
        parts[at] = replace(parts[at], items=(*parts[at].items, *items))
        return Outline(tuple(parts))
    return target


def entries_of(plan: Section) -> list[tuple[str, str]]:
    """(id, text) of every entry of a plan: an event, or a line with those below it."""
    if isinstance(plan, Events):
        return [(event.id, f"{event.when} {event.title}".strip()) for event in plan.entries]
    return [(head.id, _text(head)) for head, _ in _families(plan)]


def _text(item: Item) -> str:
    """What an entry is called: a line's text, a table's first row, a picture's caption."""
    if isinstance(item, Line):
        return item.text
    if isinstance(item, Table):
        return "표: " + " · ".join(cell.text for cell in item.rows[0] if cell is not None and cell.text)
    return f"그림: {item.caption}" if item.caption else "그림"


def ids_of(section: Section | None) -> frozenset[str]:
    """Ids of everything that may have been a plan's entry in a section of results."""
    if isinstance(section, Events):
        return frozenset(event.id for event in section.entries)
    if isinstance(section, Outline):
        return frozenset(item.id for part in section.parts for item in part.items)
    return frozenset()


def joined(first: Section, second: Section) -> Section:
    """Two plans that wait in one section, the older one before."""
    if isinstance(first, Events) and isinstance(second, Events):
        return Events((*first.entries, *second.entries))
    assert isinstance(first, Outline)
    assert isinstance(second, Outline)
    items = tuple(item for plan in (first, second) for part in plan.parts for item in part.items)
    part = second.parts[0] if second.parts else first.parts[0]
    return Outline((replace(part, items=items),))


def without_entries(plan: Section, gone: frozenset[str]) -> Section:
    """A plan without some of its entries."""
    if isinstance(plan, Events):
        return Events(tuple(event for event in plan.entries if event.id not in gone))
    if isinstance(plan, Outline):
        kept = [item for head, rest in _families(plan) if head.id not in gone for item in (head, *rest)]
        return Outline((replace(plan.parts[0], items=tuple(kept)),) if kept else ())
    return plan


def _families(plan: Section) -> list[tuple[Item, list[Item]]]:
    """The outermost lines, each with the deeper ones, tables and pictures that follow it."""
    items = [item for part in getattr(plan, "parts", ()) for item in part.items]
    outermost = min((item.level for item in items if isinstance(item, Line)), default=0)
    found: list[tuple[Item, list[Item]]] = []
    for item in items:
        if (isinstance(item, Line) and item.level <= outermost) or not found:
            found.append((item, []))
        else:
            found[-1][1].append(item)
    return found


def _events(plan: Section, chosen: frozenset[str]) -> list[Event]:
    if isinstance(plan, Events):
        return [event for event in plan.entries if event.id in chosen]
    return [_event(head, rest) for head, rest in _families(plan) if head.id in chosen]


def _event(head: Item, rest: list[Item]) -> Event:
    """A line as an event; a date before its colon is the event's."""
    if not isinstance(head, Line):
        return Event("", "", _text(head), (head, *rest), id=head.id)
    text = head.text
    found = _DATED.fullmatch(text)
    if found and parse_when(found["when"]):
        return Event(found["when"].strip(), "", found["title"].strip(), tuple(rest), id=head.id)
    return Event("", "", text, tuple(rest), id=head.id)


def _items(plan: Section, chosen: frozenset[str]) -> list[Item]:
    if not isinstance(plan, Events):
        return [item for head, rest in _families(plan) if head.id in chosen for item in (head, *rest)]
    made: list[Item] = []
    for event in plan.entries:
        if event.id in chosen:
            text = f"{event.title}({event.when})" if event.when else event.title
            made += [Line(0, "", (Run(text),), event.id), *event.details]
    return made


# ---------------------------------------------------------------- which period comes next


def next_period(label: str, as_of: date) -> tuple[str, date]:
    """(label, as-of date) of the period after one: the next quarter or half-year where the label says one."""
    quarter = re.fullmatch(r"(\d{4})년\s*([1-4])\s*(?:/4)?\s*분기", label.strip())
    if quarter:
        year, number = int(quarter[1]), int(quarter[2])
        year, number = (year + 1, 1) if number == 4 else (year, number + 1)
        return f"{year}년 {number}분기", _month_end(year, number * 3)
    half = re.fullmatch(r"(\d{4})년\s*(상|하)반기", label.strip())
    first = half[2] == "하" if half else as_of.month > 6
    year = (int(half[1]) if half else as_of.year) + first
    return f"{year}년 {'상' if first else '하'}반기", _month_end(year, 6 if first else 12)


def _month_end(year: int, month: int) -> date:
    return date(year, month, monthrange(year, month)[1])
