"""The number in what a numeric cell shows."""

from __future__ import annotations

import re

_DIGITS = re.compile(r"(?:\d{1,3}(?:,\d{3})+|\d+)(?:\.\d*)?|\.\d+")


def digits_of(shown: str, *, negative: bool) -> str:
    """The one number in what a numeric cell shows, with its own sign; all of it where there isn't just one."""
    found = _DIGITS.findall(shown)
    if len(found) != 1:
        return shown
    digits = found[0].removesuffix(".")
    digits = f"0{digits}" if digits.startswith(".") else digits
    if "%" in shown:
        digits += "%"
    return f"-{digits}" if negative and re.search(r"[1-9]", digits) else digits
