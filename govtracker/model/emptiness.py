"""What counts as empty: a section that holds nothing an officer entered."""

from __future__ import annotations

from dataclasses import fields, is_dataclass, replace
from typing import Any

from govtracker.model.card import Budget, Card, Facts, Outline, Section
from govtracker.model.figure import Figure

_STRUCTURE = frozenset({"id", "key", "slot", "source", "span", "measure", "group", "mark"})
"""Fields that say where a value belongs: they hold nothing that an officer entered."""


def is_empty(section: Section) -> bool:
    """Whether a section holds nothing that an officer entered."""
    return not _holds(section)


def without_blanks(section: Section) -> Section:
    """The section without the records in which nobody entered anything; the same one where it has none.

    Items of money stay as long as they are the only one; a named slot of an outline without lines is none.
    """
    if isinstance(section, Budget):
        return _without_items(section)
    name = next((f.name for f in fields(section) if f.name in _RECORDS), "")
    if isinstance(section, Facts) or not name:
        return section
    records: tuple[Any, ...] = getattr(section, name)
    kept = tuple(record for record in records if _holds(record) and not _only_named(section, record))
    changed: Any = {name: kept}
    return section if len(kept) == len(records) else replace(section, **changed)


_RECORDS = frozenset({"persons", "parts", "rows", "tasks", "entries"})
"""Attributes of sections that hold records which an officer adds."""


def _only_named(section: Section, record: Any) -> bool:
    """Whether a part of an outline has nothing but the label of the form's slot."""
    return isinstance(section, Outline) and bool(record.slot) and not (record.items or record.remark)


def _without_items(section: Budget) -> Budget:
    used = {amount.item for amount in section.amounts}
    kept = [at for at, item in enumerate(section.items) if item.name or at in used]
    kept = kept or list(range(min(1, len(section.items))))
    if len(kept) == len(section.items):
        return section
    places = {old: new for new, old in enumerate(kept)}
    amounts = tuple(replace(amount, item=places.get(amount.item, amount.item)) for amount in section.amounts)
    return replace(section, items=tuple(section.items[at] for at in kept), amounts=amounts)


def card_without_blanks(card: Card) -> Card:
    """The card as it is printed: without blank records."""
    sections = tuple((key, without_blanks(section)) for key, section in card.sections)
    same = all(one is other for (_, one), (_, other) in zip(sections, card.sections, strict=True))
    return card if same else replace(card, sections=sections)


def _holds(value: object) -> bool:
    if isinstance(value, tuple):
        return any(_holds(item) for item in value)
    if isinstance(value, Figure):
        return bool(value)
    if is_dataclass(value):
        return any(_holds(getattr(value, f.name)) for f in fields(value) if f.name not in _STRUCTURE)
    return isinstance(value, str) and bool(value)
