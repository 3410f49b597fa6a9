"""Where an import says that values came from, held against the values: none without a cell, no cell of another value."""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import Decimal
from typing import Any

from govtracker.forms.schema import Form
from govtracker.merging.rows import values
from govtracker.model.card import Card, Fact
from govtracker.model.figure import Figure
from govtracker.model.origin import Origin
from govtracker.model.place import Place

DERIVED = ("slot", "label", "heading", "group", "quarters", "department", "category")
"""Fields that a form or a table's place may say instead of a cell."""


def faults(form: Form, card: Card, origins: list[Origin]) -> list[str]:
    """A sentence for every value without a cell, and for every one whose cells don't show it.

    A choice that has no column is what no column's mark says: it has no cell.
    """
    unsaid = {cell.fact for block in form.block for row in block.rows for cell in row if cell.option}
    known: dict[Place, list[Origin]] = {}
    for origin in origins:
        known.setdefault(origin.place, []).append(origin)
    found = []
    for place, value in _values(card):
        own = known.get(place) or known.get(Place(place.section, place.id)) if place.id else known.get(place)
        if not own and place.field in unsaid and isinstance(value, Fact) and not value.text:
            continue
        if not own:
            found.append(f"{place}: {value!r} came from nowhere")
        elif not shows([each.text for each in own], value):
            found.append(f"{place}: {value!r} isn't in {[(each.cell, each.text) for each in own]}")
    return found


def _values(card: Card) -> Iterator[tuple[Place, Any]]:
    """What must have come from a cell."""
    for key, section in card.sections:
        for place, value in values(key, section):
            if place.field not in DERIVED:
                yield place, value


def shows(texts: list[str], value: Any) -> bool:
    """Whether the texts of some cells show a value."""
    shown = _plain("".join(texts))
    if isinstance(value, Figure):
        return value.value is None or _digits(value.value) in re.sub(
            r"[^0-9]", " ", re.sub(r"[,.]", "", shown)
        )
    if isinstance(value, Fact):
        return not value.text or _plain(value.text) in shown
    return not isinstance(value, str) or _plain(value) in shown


def _plain(text: str) -> str:
    return re.sub(r"[\s【】]", "", text)


def _digits(value: Decimal) -> str:
    """The digits of a figure that stand in it in any unit."""
    return f"{abs(value):f}".replace(".", "").strip("0")
