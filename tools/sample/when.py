"""Months of the contents' dates."""

from __future__ import annotations

import re


def months(date: str) -> tuple[str, str]:
    """`2024. 3. ~ 10.`, `'23. 5. 18.`, `2023. 11. ~ 2024. 2.` -> first and last month."""
    begin, _, end = date.partition("~")
    numbers = [int(part) for part in re.findall(r"\d+", begin)]
    first = (_year(numbers[0]), numbers[1])
    ending = [int(part) for part in re.findall(r"\d+", end)]
    if not ending:
        last = first
    elif re.match(r"\s*(?:'?\d{2}|\d{4})\s*\.\s*\d{1,2}\s*\.", end) and len(ending) > 1 and ending[0] > 12:
        last = (_year(ending[0]), ending[1])
    else:
        last = (first[0], ending[0])
    return f"{first[0]}-{first[1]:02d}", f"{last[0]}-{last[1]:02d}"


def _year(number: int) -> int:
    return number if number > 100 else 2000 + number
