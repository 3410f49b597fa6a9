"""Quantities written as words: `5개 사업`, `6회 이상`."""

from __future__ import annotations

import re
from collections.abc import Iterable

from govtracker import resources
from govtracker.model.figure import Figure


def unit_of_words(figures: Iterable[Figure]) -> str:
    """The unit that all entered words of a row share ("" where they don't): `5회 이상`, `6회 이상` -> `회`."""
    bounds = "|".join(resources.table("fields.toml")["words"]["bounds"])
    units = set()
    for figure in figures:
        if figure.state == "text":
            found = re.fullmatch(rf"[\d,.]+\s*(?P<unit>[^\d\s].*?)\s*(?:{bounds})?", figure.text)
            units.add(found["unit"] if found else "")
        elif figure and figure.state != "dash":
            units.add("")
    return units.pop() if len(units) == 1 else ""
