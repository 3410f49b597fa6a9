"""Hypothesis strategies for the small parts of a card: text, dates, figures, lines, tables, pictures."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from datetime import date

from hypothesis import strategies as st

from govtracker.model.content import Item, Line, Picture, Run, Table, TableCell, merge_runs
from govtracker.model.dates import korean_date
from govtracker.model.figure import BLANK, DASH, Figure, value

# ---------------------------------------------------------------- text

_LETTERS = "가각나다라마바사아자차카타파하힣공약청년구민도서관福祉區民計劃ABCxyz"
_INNER = _LETTERS + "0123456789 ()%·,.:~/&+-'\"=<>☎√㎡→😀🏛"
_SAMPLES = (
    "청년창업허브 조성",
    "區民 福祉 계획",
    "도서관 3개소 확충(예산 1,200백만 원)",
    "주민설명회 😀 개최 👨‍👩‍👧",
    "MOU 체결: 서울대학교",
    "A&B <구역> 정비",
)


def texts(longest: int = 30) -> st.SearchStrategy[str]:
    """One line of Korean, Hanja, emoji and ASCII: begins with a letter, ends in no blank, single blanks inside."""
    words = st.text(_INNER, max_size=longest - 1).map(lambda text: " ".join(text.split()).replace(" ,", ","))
    made = st.builds(lambda first, rest: f"{first}{rest}", st.sampled_from(_LETTERS), words)
    calm = made.filter(lambda text: not any(run in text for run in ("···", "--", "..", "...", " ( ", "::")))
    samples = [text for text in _SAMPLES if len(text) <= longest]
    return st.sampled_from(samples) | calm if samples else calm


def words(longest: int = 8) -> st.SearchStrategy[str]:
    """Letters only: names, roles, units."""
    return st.text(_LETTERS[:24], min_size=2, max_size=longest)


def names() -> st.SearchStrategy[str]:
    return st.text("가나다라마김이박최정수민지영", min_size=2, max_size=4)


def phones() -> st.SearchStrategy[str]:
    return st.integers(0, 9999).map(lambda number: f"02-000-{number:04d}")


def whens() -> st.SearchStrategy[str]:
    """Dates, months and ranges as Korean reports write them."""
    days = st.dates(date(2018, 7, 1), date(2026, 6, 30))
    return st.one_of(
        days.map(korean_date),
        days.map(lambda day: f"{day.year}. {day.month}."),
        days.map(lambda day: f"'{day:%y}. {day.month}. {day.day}."),
        days.map(lambda day: f"{day.year}. {day.month}. ~ {day.year + 1}. {day.month}."),
        days.map(lambda day: f"{day.year}. {day.month}. 5. ~ {day.month}. 25."),
    )


# ---------------------------------------------------------------- figures

_WORDS = ("미정", "추후 확정", "별도 협의", "완료")


def numbers(places: int = 2, most: int = 999_999) -> st.SearchStrategy[Figure]:
    """Values with up to `places` decimals, none negative."""
    whole = st.integers(0, most).map(value)
    return whole | st.decimals(0, most, allow_nan=False, places=places).map(value)


def figures(blank: bool = True, places: int = 2) -> st.SearchStrategy[Figure]:
    """Blank, dash, value or text that is no number."""
    found = st.one_of(
        numbers(places), st.just(DASH), st.sampled_from(_WORDS).map(lambda t: Figure("text", None, t))
    )
    return st.just(BLANK) | found if blank else found


def won(unit: int, blank: bool = True) -> st.SearchStrategy[Figure]:
    """Figures of money: a value is a whole number of won, mostly of the unit, else of a thousandth of it."""
    step = max(1, unit // 1000)
    money = st.integers(0, 99_999).map(lambda n: value(n * unit)) | st.integers(0, 9_999_999).map(
        lambda n: value(n * step)
    )
    found = st.one_of(
        money, money, st.just(DASH), st.sampled_from(_WORDS).map(lambda t: Figure("text", None, t))
    )
    return st.just(BLANK) | found if blank else found


# ---------------------------------------------------------------- lines and tables


@st.composite
def runs(draw: st.DrawFn, longest: int = 40) -> tuple[Run, ...]:
    """Text in one to three stretches of bold and plain, merged as the model keeps them."""
    pieces = draw(st.lists(st.builds(Run, texts(longest), st.booleans()), min_size=1, max_size=3))
    return tuple(merge_runs(pieces))


def marks_of(marks: Iterable[str]) -> st.SearchStrategy[str]:
    return st.sampled_from((*marks, "※", "①", ""))


def wild_lines(marks: Iterable[str] = ("□", "○", "-", "·")) -> st.SearchStrategy[Line]:
    """Any level from 0 to 5 with any mark."""
    return st.builds(Line, st.integers(0, 5), marks_of(marks), runs() | st.just(()))


@st.composite
def outlined(
    draw: st.DrawFn, marks: tuple[str, ...], base: int = 0, most: int = 8, deepest: int = 5
) -> tuple[Line, ...]:
    """Lines that a reader can understand: the first stands outermost, each at most one level below the one before.

    The mark of a level is the form's, deeper than the form's marks it is ※, ① or none.
    """
    made: list[Line] = []
    level = base
    for _ in range(draw(st.integers(1, most))):
        mark = marks[level] if level < len(marks) else draw(st.sampled_from(("※", "①", "")))
        made.append(Line(level, mark, draw(runs())))
        level = draw(st.integers(base, min(level + 1, deepest)))
    return tuple(made)


@st.composite
def tables(draw: st.DrawFn) -> Table:
    """Rectangular, every cell with a text, None where a span covers; a span never leaves the head or fills a row."""
    height, width = draw(st.integers(2, 5)), draw(st.integers(2, 5))
    head = draw(st.integers(1, min(2, height - 1)))
    content = st.one_of(texts(12), st.integers(0, 99_999).map(lambda n: f"{n:,}"), st.just("-"))
    grid: list[list[TableCell | None]] = [
        [TableCell(draw(content)) for _ in range(width)] for _ in range(height)
    ]
    for _ in range(draw(st.integers(0, 3))):
        top, left = draw(st.integers(0, height - 1)), draw(st.integers(0, width - 1))
        down = draw(st.integers(1, (head if top < head else height) - top))
        across = draw(st.integers(1, min(width - 1, width - left)))
        _merge(grid, top, left, down, across)
    return Table(tuple(tuple(row) for row in grid), head)


def _merge(grid: list[list[TableCell | None]], top: int, left: int, down: int, across: int) -> None:
    """Merge a rectangle of plain cells, if every row and column keeps two cells that begin in it."""
    wanted = [(r, c) for r in range(top, top + down) for c in range(left, left + across)]
    if any(grid[r][c] is None or grid[r][c] != TableCell(grid[r][c].text) for r, c in wanted):  # type: ignore[union-attr]
        return
    trial = [list(row) for row in grid]
    for r, c in wanted:
        trial[r][c] = None
    trial[top][left] = replace(grid[top][left], rowspan=down, colspan=across)  # type: ignore[type-var]
    rows_hold = all(sum(cell is not None for cell in row) >= 2 for row in trial)
    columns_hold = all(
        any(row[c] is not None and row[c].colspan == 1 for row in trial) for c in range(len(grid[0]))
    )  # type: ignore[union-attr]
    if rows_hold and columns_hold:
        grid[:] = trial


def pictures() -> st.SearchStrategy[Picture]:
    shas = st.binary(min_size=32, max_size=32).map(bytes.hex)
    sides = st.integers(50, 1500).map(lambda n: n / 10)
    return st.builds(Picture, shas, sides, sides, st.just("") | texts())


def wild_items() -> st.SearchStrategy[tuple[Item, ...]]:
    """Lines, tables and pictures in any order."""
    return st.lists(wild_lines() | wild_lines() | tables() | pictures(), max_size=5).map(tuple)


@st.composite
def printable_items(
    draw: st.DrawFn, marks: tuple[str, ...], base: int = 0, table: bool = True
) -> tuple[Item, ...]:
    """Lines, now and then with one table between two of them."""
    lines: tuple[Item, ...] = draw(outlined(marks, base))
    if table and len(lines) > 1 and draw(st.integers(0, 3)) == 0:
        at = draw(st.integers(1, len(lines) - 1))
        return (*lines[:at], draw(tables()), *lines[at:])
    return lines
