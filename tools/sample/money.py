"""Money of the contents: figures as written in a cell, their sums, and their lines of truth."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from sample.paper import Figure

UNIT = "백만원"


@dataclass(frozen=True)
class Column:
    """Months of a fiscal column and the measures of its cells, first to last."""

    name: str
    first: str | None
    last: str | None
    kinds: tuple[str, ...]


@dataclass(frozen=True)
class Pair:
    """Figures of one cell: the first and the one in brackets behind it; `""` for blank."""

    first: Figure = ""
    second: Figure = ""


def pair(text: Figure) -> Pair:
    """`607 (334)`, `257`, `-` or nothing."""
    first, _, second = str(text).partition("(")
    return Pair(figure(first), figure(second.rstrip(")")))


def figure(text: Figure) -> Figure:
    """A number, or the text as it stands."""
    plain = str(text).replace(",", "").strip()
    return int(plain) if plain.isdigit() else plain


def total(figures: Sequence[Figure]) -> Figure:
    """Sum of the numbers; a dash where there are only dashes and blanks."""
    found = [each for each in figures if isinstance(each, int)]
    return sum(found) if found else "-" if "-" in figures else ""


def total_pair(pairs: Sequence[Pair]) -> Pair:
    return Pair(total([p.first for p in pairs]), total([p.second for p in pairs]))


def grouped(value: Figure) -> str:
    return f"{value:,}" if isinstance(value, int) else value


def told(item: str, source: str, column: Column, figures: Sequence[Figure]) -> list[dict[str, Any]]:
    """Lines of one cell's figures; blank ones have none."""
    return [
        {
            "item": item,
            "source": source,
            "column": column.name,
            "from": column.first,
            "to": column.last,
            "kind": kind,
            "amount": value if isinstance(value, int) else 0,
            "unit": UNIT,
            **({"printed": "-"} if value == "-" else {}),
        }
        for kind, value in zip(column.kinds, figures, strict=False)
        if value != ""
    ]
