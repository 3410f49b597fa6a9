"""The card: one pledge's report in one reporting period, an immutable value of sections.

The list of section kinds is closed (`KINDS`): everything in the official reports is one of these.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, fields, is_dataclass, replace
from dataclasses import field as made
from datetime import date
from typing import ClassVar

from govtracker.model.content import Item, Picture
from govtracker.model.dates import Months
from govtracker.model.figure import BLANK, Figure
from govtracker.model.ids import new_id


@dataclass(frozen=True, slots=True)
class Fact:
    """A named value: text as typed, or the keys of the chosen options (`help`, `help.system`)."""

    key: str
    text: str = ""
    chosen: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Facts:
    kind: ClassVar[str] = "facts"
    values: tuple[Fact, ...] = ()

    def get(self, key: str) -> Fact:
        """The fact under `key`, empty where it isn't set."""
        return next((fact for fact in self.values if fact.key == key), Fact(key))


@dataclass(frozen=True, slots=True)
class Person:
    role: str = ""
    department: str = ""
    rank: str = ""
    name: str = ""
    phone: str = ""
    id: str = made(default_factory=new_id, compare=False)


@dataclass(frozen=True, slots=True)
class People:
    kind: ClassVar[str] = "people"
    persons: tuple[Person, ...] = ()


@dataclass(frozen=True, slots=True)
class Part:
    """One slot of an outline: `slot` is the form's key ("" for a free one), `label` its printed heading."""

    slot: str = ""
    label: str = ""
    items: tuple[Item, ...] = ()
    remark: str = ""
    id: str = made(default_factory=new_id, compare=False)


@dataclass(frozen=True, slots=True)
class Outline:
    kind: ClassVar[str] = "outline"
    parts: tuple[Part, ...] = ()


@dataclass(frozen=True, slots=True)
class BudgetItem:
    name: str = ""
    id: str = made(default_factory=new_id, compare=False)


@dataclass(frozen=True, slots=True)
class Amount:
    """Money of one item (its position), source and measure (secured, executed, planned) in an interval.

    The figure's value is in won, exact; text that doesn't parse stays text.
    """

    item: int
    source: str
    span: Months
    measure: str
    figure: Figure


@dataclass(frozen=True, slots=True)
class Budget:
    """`unit` is the number of won that one printed unit stands for (백만원 = 1,000,000)."""

    kind: ClassVar[str] = "budget"
    unit: int = 1_000_000
    items: tuple[BudgetItem, ...] = ()
    amounts: tuple[Amount, ...] = ()


@dataclass(frozen=True, slots=True)
class Timed:
    """A figure of an interval of months."""

    span: Months
    figure: Figure


@dataclass(frozen=True, slots=True)
class Indicator:
    """`group` is the form's row group (original, changed, ...); `weight` in percent."""

    name: str = ""
    indicator: str = ""
    unit: str = ""
    group: str = ""
    weight: Figure = BLANK
    actual: Figure = BLANK
    targets: tuple[Timed, ...] = ()
    note: str = ""
    id: str = made(default_factory=new_id, compare=False)

    def target(self, span: Months) -> Figure:
        return next((timed.figure for timed in self.targets if timed.span == span), BLANK)


@dataclass(frozen=True, slots=True)
class Indicators:
    kind: ClassVar[str] = "indicators"
    rows: tuple[Indicator, ...] = ()


@dataclass(frozen=True, slots=True)
class Task:
    """A task of the schedule and the quarters ("2022Q3") in which it runs."""

    name: str = ""
    quarters: tuple[str, ...] = ()
    note: str = ""
    id: str = made(default_factory=new_id, compare=False)


@dataclass(frozen=True, slots=True)
class Schedule:
    kind: ClassVar[str] = "schedule"
    tasks: tuple[Task, ...] = ()


@dataclass(frozen=True, slots=True)
class Event:
    """A dated entry. `when` is the date as typed (parse with `dates.parse_when`); `heading` groups what follows."""

    when: str = ""
    category: str = ""
    title: str = ""
    details: tuple[Item, ...] = ()
    heading: bool = False
    counts_for: str = ""
    id: str = made(default_factory=new_id, compare=False)


@dataclass(frozen=True, slots=True)
class Events:
    kind: ClassVar[str] = "events"
    entries: tuple[Event, ...] = ()


@dataclass(frozen=True, slots=True)
class Count:
    key: str
    figure: Figure


@dataclass(frozen=True, slots=True)
class Counts:
    kind: ClassVar[str] = "counts"
    values: tuple[Count, ...] = ()

    def get(self, key: str) -> Figure:
        return next((count.figure for count in self.values if count.key == key), BLANK)


@dataclass(frozen=True, slots=True)
class Change:
    when: str = ""
    what: str = ""
    before: str = ""
    after: str = ""
    reason: str = ""
    procedure: str = ""
    id: str = made(default_factory=new_id, compare=False)


@dataclass(frozen=True, slots=True)
class Changes:
    kind: ClassVar[str] = "changes"
    entries: tuple[Change, ...] = ()


@dataclass(frozen=True, slots=True)
class Response:
    proposal: tuple[Item, ...] = ()
    response: tuple[Item, ...] = ()
    id: str = made(default_factory=new_id, compare=False)


@dataclass(frozen=True, slots=True)
class Responses:
    kind: ClassVar[str] = "responses"
    entries: tuple[Response, ...] = ()


Section = Facts | People | Outline | Budget | Indicators | Schedule | Events | Counts | Changes | Responses
KINDS: dict[str, type[Section]] = {
    kind.kind: kind
    for kind in (Facts, People, Outline, Budget, Indicators, Schedule, Events, Counts, Changes, Responses)
}


def emptied(section: Section) -> Section:
    """A section of the same kind (and unit) without its contents."""
    return Budget(section.unit) if isinstance(section, Budget) else type(section)()


@dataclass(frozen=True, slots=True)
class Pledge:
    """Identity that lasts across periods. `number` is the control number ("" where a form has none)."""

    title: str
    number: str = ""
    field: str = ""
    id: str = made(default_factory=new_id, compare=False)


@dataclass(frozen=True, slots=True)
class Period:
    """A reporting period; `as_of` is its reference date (기준일)."""

    label: str
    as_of: date
    frozen: bool = False
    id: str = made(default_factory=new_id, compare=False)


@dataclass(frozen=True, slots=True)
class Card:
    """Pledge x period, in the form named by its key: the sections by the form's section keys."""

    pledge: Pledge
    period: Period
    form: str
    sections: tuple[tuple[str, Section], ...] = ()

    def section(self, key: str) -> Section | None:
        return next((section for name, section in self.sections if name == key), None)

    def with_section(self, key: str, section: Section) -> Card:
        """The card with one section replaced or added."""
        if self.section(key) is None:
            return replace(self, sections=(*self.sections, (key, section)))
        return replace(self, sections=tuple((k, section if k == key else s) for k, s in self.sections))


def pictures_of(card: Card) -> tuple[str, ...]:
    """Keys (sha-256) of all pictures of a card, each once, in order."""
    return tuple(dict.fromkeys(_pictures(card.sections)))


def _pictures(value: object) -> Iterator[str]:
    if isinstance(value, Picture):
        yield value.sha
    elif isinstance(value, tuple):
        for inner in value:
            yield from _pictures(inner)
    elif is_dataclass(value):
        for each in fields(value):
            yield from _pictures(getattr(value, each.name))
