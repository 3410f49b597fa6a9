"""A figure's cell: blank, dash, value, or text that doesn't parse. Blank, `-` and `0` are three things."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal
from typing import Literal

State = Literal["blank", "dash", "value", "text"]
_DASHES = frozenset("-–—−―")
_MOST_DIGITS = 18
"""More digits than any office's money has; sums and units stay exact within Decimal's 28."""
_NUMBER = re.compile(r"(?P<sign>[-△▲−]?)\s*(?P<digits>\d{1,3}(?:,\d{3})+|\d+)(?P<fraction>\.\d+)?")


@dataclass(frozen=True, slots=True)
class Figure:
    """One cell: `value` is set for state "value" only, `text` for state "text" only (as typed)."""

    state: State = "blank"
    value: Decimal | None = None
    text: str = ""

    def printed(self) -> str:
        """As it prints: thousands separators, decimals as entered, `-` for a dash, "" for blank."""
        if self.value is not None:
            return f"{self.value:,f}"
        return "-" if self.state == "dash" else self.text

    def __bool__(self) -> bool:
        return self.state != "blank"


BLANK = Figure()
DASH = Figure("dash")


def value(number: Decimal | int | str) -> Figure:
    """Figure of a number; a float is refused by Decimal's own rule of exactness being lost silently."""
    return Figure("value", Decimal(number))


def parse_figure(typed: str) -> Figure:
    """Figure of what was typed. Nothing is lost: what is no number stays as text."""
    text = typed.strip()
    if not text:
        return BLANK
    if text in _DASHES:
        return DASH
    found = _NUMBER.fullmatch(text)
    if not found:
        return Figure("text", None, text)
    digits = found["digits"].replace(",", "") + (found["fraction"] or "")
    if len(digits) > _MOST_DIGITS:
        return Figure("text", None, text)
    return value(Decimal(f"-{digits}" if found["sign"] else digits))


def total(figures: Iterable[Figure]) -> Figure:
    """Sum of the values; a dash when there are only dashes and blanks; blank when there is nothing.

    Text stands outside of sums (a finding says so).
    """
    seen, amount, dash = False, Decimal(0), False
    for figure in figures:
        if figure.value is not None:
            seen, amount = True, amount + figure.value
        dash = dash or figure.state == "dash"
    if seen:
        return value(amount)
    return DASH if dash else BLANK


def scaled(figure: Figure, factor: Decimal | int) -> Figure:
    """Figure in another unit: value x factor, plain decimals; other states unchanged."""
    if figure.value is None:
        return figure
    number = figure.value * factor
    return value(number.quantize(Decimal(1)) if number == number.to_integral() else number.normalize())
