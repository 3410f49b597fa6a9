"""Months, terms of office and dates as Korean reports write them. Precision is kept: a month stays a month."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date
from typing import NamedTuple


class Months(NamedTuple):
    """Inclusive interval of months, "YYYY-MM"; None is an open end."""

    first: str | None
    last: str | None


def month(year: int, number: int) -> str:
    """ "YYYY-MM"."""
    return f"{year:04d}-{number:02d}"


def month_of(day: date) -> str:
    """Month that a day lies in."""
    return month(day.year, day.month)


def year_months(year: int) -> Months:
    """The twelve months of a calendar year."""
    return Months(month(year, 1), month(year, 12))


def quarter_months(year: int, quarter: int) -> Months:
    """The three months of a quarter (1 to 4)."""
    return Months(month(year, quarter * 3 - 2), month(year, quarter * 3))


def quarter_label(span: Months) -> str:
    """ "2022Q3" of a quarter's months."""
    first = span.first or ""
    return f"{first[:4]}Q{(int(first[5:7]) + 2) // 3}"


def quarter_of(day: date) -> str:
    """ "2022Q3" of a day."""
    return f"{day.year}Q{(day.month + 2) // 3}"


def quarter_from_label(label: str) -> Months:
    """Months of "2022Q3"; ValueError for anything else."""
    found = re.fullmatch(r"(\d{4})Q([1-4])", label)
    if not found:
        raise ValueError(f"not a quarter: {label!r}")
    return quarter_months(int(found[1]), int(found[2]))


def before(text: str) -> str:
    """The month before "YYYY-MM"."""
    year, number = int(text[:4]), int(text[5:7])
    return month(year - 1, 12) if number == 1 else month(year, number - 1)


def after(text: str) -> str:
    """The month after "YYYY-MM"."""
    year, number = int(text[:4]), int(text[5:7])
    return month(year + 1, 1) if number == 12 else month(year, number + 1)


def clip(span: Months, within: Months) -> Months | None:
    """Intersection of two intervals, or None."""
    firsts = [m for m in (span.first, within.first) if m]
    lasts = [m for m in (span.last, within.last) if m]
    first, last = max(firsts, default=None), min(lasts, default=None)
    return None if first and last and first > last else Months(first, last)


@dataclass(frozen=True, slots=True)
class Term:
    """A term of office, days inclusive; local terms run from 1 July to 30 June four years later."""

    start: date
    end: date

    @property
    def months(self) -> Months:
        return Months(month_of(self.start), month_of(self.end))

    @property
    def number(self) -> int:
        """민선 N기: the first began in 1995 and lasted three years; the second began on 1998-07-01."""
        return max(1, (self.start.year - 1998) // 4 + 2)

    @property
    def years(self) -> range:
        return range(self.start.year, self.end.year + 1)

    def label(self) -> str:
        return f"{self.start.isoformat()}..{self.end.isoformat()}"


def term_of_year(year: int) -> Term:
    """The term that holds the second half of `year` (a term's last half-year belongs to the one before)."""
    start = 1998 + (year - 1998) // 4 * 4
    return Term(date(start, 7, 1), date(start + 4, 6, 30))


def parse_term(text: str) -> Term:
    """Term of "2022-07-01..2026-06-30"; ValueError when malformed or reversed."""
    start, mark, end = text.partition("..")
    if not mark:
        raise ValueError(text)
    term = Term(date.fromisoformat(start.strip()), date.fromisoformat(end.strip()))
    if term.end <= term.start:
        raise ValueError(text)
    return term


def korean_date(day: date) -> str:
    """`2021. 7. 5.`: no leading zero, a full stop after each part."""
    return f"{day.year}. {day.month}. {day.day}."


_SIDE = re.compile(
    r"\s*(?:(?P<year>(?:19|20)\d{2})|['‘’`](?P<short>\d{2}))?\s*[.년/-]?\s*"
    r"(?P<rest>\d{1,2}(?:\s*[.월/-]\s*\d{1,2})?)?\s*[.월일]?\s*(?:\([월화수목금토일]\))?\s*(?:중|말|초|경)?"
)


_TIME = re.compile(r"\s*\d{1,2}:\d{2}(?:\s*[~∼～〜]\s*\d{1,2}:\d{2})?")


def _side(text: str) -> tuple[int | None, list[int]] | None:
    found = _SIDE.fullmatch(text)
    if not found:
        return None
    year = int(found["year"]) if found["year"] else 2000 + int(found["short"]) if found["short"] else None
    return year, [int(n) for n in re.findall(r"\d+", found["rest"] or "")]


def parse_when(text: str) -> Months | None:
    """Months of a date, month or range as typed (`2021. 7. 5.`, `'21. 7.`, `2023. 6.~7.`), else None.

    The right side of a range takes what it leaves out from the left: `2021. 7. 5. ~ 7. 25.`. Times are left aside.
    """
    sides = [_side(part) for part in re.split(r"[~∼～〜]", _TIME.sub("", text).strip())]
    if not 1 <= len(sides) <= 2 or sides[0] is None or sides[-1] is None:
        return None
    (year, left), (right_year, right) = sides[0], sides[-1]
    if year is None or any(not 1 <= n <= 12 for n in left[:1]):
        return None
    first = month(year, left[0]) if left else month(year, 1)
    if len(sides) == 1:
        return Months(first, first if left else month(year, 12))
    if right_year is None and len(right) == 1 and len(left) == 2:
        return Months(first, first)
    if not right and right_year is None:
        return None
    number = right[0] if right else 12
    last = month(right_year or year, number) if 1 <= number <= 12 else None
    return Months(first, last) if last and last >= first else None


# ---------------------------------------------------------------- what people type

_YEAR = r"['‘’`]?(?P<year>\d{4}|\d{2})"
_SEP = r"\s*[.년/-]\s*"
_TYPED_DAY = re.compile(rf"{_YEAR}{_SEP}(?P<month>\d{{1,2}})\s*[.월/-]\s*(?P<day>\d{{1,2}})\s*[.일]?")
_TYPED_MONTH = re.compile(rf"{_YEAR}{_SEP}(?P<month>\d{{1,2}})\s*[.월]?")
_DIGITS = re.compile(r"(?P<year>\d{4})(?P<month>\d{2})(?P<day>\d{2})")
_MONTH_DAY = re.compile(
    r"(?P<month>\d{1,2})\s*[./-]\s*(?P<day>\d{1,2})\s*\.?|(?P<month2>\d{1,2})월\s*(?P<day2>\d{1,2})일?"
)
_MONTH_ALONE = re.compile(r"(?P<month>\d{1,2})월\s*(?P<part>중|말|초|경)?")
_MONTHS_ALONE = re.compile(r"(?P<month>\d{1,2})월?\s*[~∼～〜-]\s*(?P<last>\d{1,2})월")
_QUARTER_ALONE = re.compile(rf"(?:{_YEAR}\s*년?\s*)?(?P<quarter>[1-4])\s*(?:/4)?\s*분기")


def written_when(typed: str, as_of: date, *, ahead: bool = False, short: bool = False) -> str:
    """A date as it was typed (`24.1.5`, `1.5.`, `20231207`, `12월 중`, `3~5월`, `2분기`) in the printed style.

    A month without a year is the last one up to the as-of date, where it lies `ahead` the next one after it. `short` =
    the years as `'24`. What isn't understood stays as it was typed.
    """
    text = " ".join(typed.split())
    found = _DIGITS.fullmatch(text) or _TYPED_DAY.fullmatch(text)
    if found and _is_day(_full(found["year"]), int(found["month"]), int(found["day"])):
        return _printed(_full(found["year"]), int(found["month"]), int(found["day"]), short=short)
    found = _TYPED_MONTH.fullmatch(text)
    if found and 1 <= int(found["month"]) <= 12 and (len(found["year"]) == 4 or int(found["year"]) > 12):
        return _printed(_full(found["year"]), int(found["month"]), short=short)
    found = _MONTH_DAY.fullmatch(text)
    if found:
        number, day = int(found["month"] or found["month2"]), int(found["day"] or found["day2"])
        year = _year_near(number, as_of, ahead=ahead)
        if _is_day(year, number, day):
            return _printed(year, number, day, short=short)
    return _written_months(text, as_of, ahead=ahead, short=short) or typed


def _written_months(text: str, as_of: date, *, ahead: bool, short: bool) -> str:
    found = _MONTH_ALONE.fullmatch(text)
    if found and 1 <= int(found["month"]) <= 12:
        number = int(found["month"])
        made = _printed(_year_near(number, as_of, ahead=ahead), number, short=short)
        return f"{made} {found['part']}" if found["part"] else made
    found = _MONTHS_ALONE.fullmatch(text)
    if found and 1 <= int(found["month"]) < int(found["last"]) <= 12:
        first, last = int(found["month"]), int(found["last"])
        return f"{_printed(_year_near(first, as_of, ahead=ahead), first, short=short)}~{last}."
    found = _QUARTER_ALONE.fullmatch(text)
    if found:
        first = int(found["quarter"]) * 3 - 2
        year = _full(found["year"]) if found["year"] else _year_near(first, as_of, ahead=ahead)
        return f"{_printed(year, first, short=short)}~{first + 2}."
    return ""


def _full(year: str) -> int:
    return int(year) if len(year) == 4 else 2000 + int(year)


def _year_near(number: int, as_of: date, *, ahead: bool) -> int:
    if ahead:
        return as_of.year + (number <= as_of.month)
    return as_of.year - (number > as_of.month)


def _is_day(year: int, number: int, day: int) -> bool:
    try:
        date(year, number, day)
    except ValueError:
        return False
    return True


def _printed(year: int, number: int, day: int = 0, *, short: bool) -> str:
    begin = f"'{year % 100:02d}" if short else str(year)
    return f"{begin}. {number}. {day}." if day else f"{begin}. {number}."
