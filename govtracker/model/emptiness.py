"""What counts as empty: a section that holds nothing an officer entered."""

from __future__ import annotations

from dataclasses import fields, is_dataclass

from govtracker.model.card import Section
from govtracker.model.figure import Figure

_STRUCTURE = frozenset({"id", "key", "slot", "source", "span", "measure", "group", "mark"})
"""Fields that say where a value belongs: they hold nothing that an officer entered."""


def is_empty(section: Section) -> bool:
    """Whether a section holds nothing that an officer entered."""
    return not _holds(section)


def _holds(value: object) -> bool:
    if isinstance(value, tuple):
        return any(_holds(item) for item in value)
    if isinstance(value, Figure):
        return bool(value)
    if is_dataclass(value):
        return any(_holds(getattr(value, f.name)) for f in fields(value) if f.name not in _STRUCTURE)
    return isinstance(value, str) and bool(value)
