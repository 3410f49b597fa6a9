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
from govtracker.model.content import Item, Line, Run
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
    count = len(after.parts)
    own = list(section.parts[:count])
    own += [Part() for _ in range(count - len(own))]
    labels = [
        now.label if _plain(part.label) in ("", _plain(was.label)) else part.label
        for part, was, now in zip(own, before.parts, after.parts, strict=True)
    ]
    *grown, last, planned = own
    made = []
    for at, part in enumerate(own):
        items: tuple[Item, ...] = ()
        remark = ""
        if at < len(grown):
            items = part.items + (last.items if at == len(grown) - 1 else ())
            remark = part.remark
        made.append(replace(after.parts[at], label=labels[at], items=items, remark=remark, id=part.id))
    return Outline((*made, *section.parts[count:])), planned if planned.items else None


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
    return [(head.id, head.text) for head, _ in _families(plan) if isinstance(head, Line)]


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
    text = head.text if isinstance(head, Line) else ""
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
