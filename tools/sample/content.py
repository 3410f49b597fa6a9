"""The invented pledges of the Gwanak form's sample, read from `cards/gwanak/*.toml`: one typed value per pledge."""

from __future__ import annotations

import re
import tomllib
from dataclasses import dataclass, field
from fractions import Fraction
from pathlib import Path
from typing import Any

MUNICIPALITY = "한빛구"
ORDER = ("1-1", "1-2", "2-1", "3-1", "4-2", "5-1", "6-1", "6-2")
YEARS = (2022, 2023, 2024, 2025, 2026)
AS_OF = "2023-12"
AS_OF_YEAR = 2023
TASK_SECTION = "추진계획 [정책개요]"
SUMMARY_SECTION = "개요"
SOURCES = {"national": "국비", "metropolitan": "시비", "own": "구비", "other": "기타"}
COLUMNS = (
    ("2022", "2022-07", "2022-12"),
    ("2023", "2023-01", "2023-12"),
    ("2024", "2024-01", "2024-12"),
    ("2025", "2025-01", "2025-12"),
    ("2026", "2026-01", "2026-06"),
    ("임기 후", "2026-07", None),
)
QUARTERS = tuple(f"{year}Q{q}" for year in YEARS for q in range(1, 5) if (year, q) >= (2022, 3))

Figure = int | str
"""A figure as it stands in a cell: a number, `-` for none, or an empty string for a blank cell."""
Cell = int | str | None


@dataclass(frozen=True)
class Line:
    """A line of an outline; its level is the number of blanks before its mark."""

    level: int
    marker: str
    text: str

    @property
    def printed(self) -> str:
        return f"{' ' * self.level}{self.marker} {self.text}"


@dataclass(frozen=True)
class Narrative:
    section: str
    slot: str | None
    lines: tuple[Line, ...]
    table: tuple[tuple[Figure, ...], ...] = ()
    after_line: int = -1


@dataclass(frozen=True)
class Task:
    name: str
    quarters: tuple[str, ...]
    plan: Narrative
    indicator: str
    unit: str
    weight: int
    targets: tuple[Figure, ...]
    quarterly: tuple[Figure, ...]
    actual: int

    @property
    def target_total(self) -> int:
        return total(self.targets)

    @property
    def rate(self) -> Fraction:
        """Fulfilment rate in percent, unrounded."""
        return Fraction(self.actual * 100, self.target_total)


@dataclass(frozen=True)
class Event:
    category: str
    no: int
    date: str
    title: str
    details: tuple[Line, ...]
    kind: str | None = None
    photo: bool = False


@dataclass(frozen=True)
class Person:
    role: str
    department: str
    name: str
    phone: str


@dataclass(frozen=True)
class Layout:
    """How the officer of this sheet keeps the form: the raster, the spelling of heads, the habits."""

    origin: str
    lead: list[float]
    quarter: float
    tail: list[float]
    check: str
    heading: str
    year: str
    gantt_quarter: str
    target_quarter: str
    outline: str
    subhead: str
    spread: bool
    unit: str
    merged_dates: list[str] | str
    repeat_head: list[int]
    pages: list[int]
    colours: dict[str, str]
    figures: str = "number"
    blank_dates: bool = False


@dataclass(frozen=True)
class Pledge:
    number: str
    title: str
    sheet: str
    facts: dict[str, str]
    people: tuple[str, ...]
    summary: tuple[Line, ...]
    layout: Layout
    narratives: tuple[Narrative, ...]
    tasks: tuple[Task, ...]
    planned: dict[str, tuple[Figure, ...]]
    executed: dict[str, tuple[Figure, ...]]
    events: tuple[Event, ...]
    participation: tuple[Event, ...]
    comment: str = field(default="")

    def parts(self, section: str) -> tuple[Narrative, ...]:
        return tuple(part for part in self.narratives if part.section == section)

    @property
    def total_cost(self) -> int:
        return sum(total(figures) for figures in self.planned.values())

    @property
    def total_rate(self) -> float:
        return one_decimal(sum((task.weight * task.rate for task in self.tasks), Fraction()) / 100)


def total(figures: tuple[Figure, ...] | list[Figure]) -> int:
    """Sum of the numbers among the figures; dashes and blanks count for nothing."""
    return sum(figure for figure in figures if isinstance(figure, int))


def one_decimal(value: Fraction) -> float:
    """Round half up to one decimal, from the exact value."""
    return int(value * 10 + Fraction(1, 2)) / 10


def head_rows(part: Narrative) -> int:
    """Rows of a nested table's head: the first one, and those below that its first cell covers."""
    return 1 + sum(row[0] == "^" for row in part.table[1:])


def months(date: str) -> tuple[str, str]:
    """`2023. 6.~7.` -> ("2023-06", "2023-07"); a single month is its own end."""
    begin, _, end = date.partition("~")
    year, month = (int(part) for part in re.findall(r"\d+", begin))
    numbers = [int(part) for part in re.findall(r"\d+", end)]
    last_year, last = (
        (year, month) if not numbers else (year, numbers[0]) if len(numbers) == 1 else (*numbers,)
    )
    return f"{year}-{month:02d}", f"{last_year}-{last:02d}"


# ---------------------------------------------------------------------------------------------- reading


def load(folder: Path | None = None) -> tuple[Pledge, ...]:
    """The eight pledges in the order of their control numbers, each read from its file."""
    folder = folder or Path(__file__).parent / "cards" / "gwanak"
    return tuple(_pledge(tomllib.loads((folder / f"{n}.toml").read_text(encoding="utf-8"))) for n in ORDER)


def _pledge(data: dict[str, Any]) -> Pledge:
    facts = {
        "사업성격": data["nature"],
        "완료시기": data["finish"],
        "사업기간": data["period"],
        "중앙정부 도움필요성": data["help"],
        "사업주체": data["owner"],
        "추진상황": data["status"],
    }
    return Pledge(
        number=data["number"],
        title=data["title"],
        sheet=data["sheet"],
        facts=facts,
        people=tuple(data["people"]),
        summary=_lines(data["summary"]),
        layout=Layout(**data["layout"]),
        narratives=tuple(_narrative(part) for part in data["narratives"]),
        tasks=tuple(_task(task) for task in data["tasks"]),
        planned=_money(data["planned"], ("-",) * 6),
        executed=_money(data["executed"], ("-",) * 5),
        events=_events(data["events"], "일정별 추진실적"),
        participation=_events(data["participation"], "주민 참여(소통) 실적"),
        comment=data.get("comment", ""),
    )


def _lines(text: str) -> tuple[Line, ...]:
    return tuple(_line(raw) for raw in text.splitlines() if raw.strip() and raw != "@table")


def _line(raw: str) -> Line:
    marker, text = raw.strip().split(" ", 1)
    return Line(len(raw) - len(raw.lstrip()), marker, text)


def _narrative(data: dict[str, Any]) -> Narrative:
    rows = [raw for raw in data["text"].splitlines() if raw.strip()]
    table = tuple(tuple(row) for row in data.get("table", []))
    after = rows.index("@table") - 1 if table else -1
    return Narrative(data["section"], data.get("slot"), _lines(data["text"]), table, after)


def _task(data: dict[str, Any]) -> Task:
    plan = Narrative(TASK_SECTION, data["name"], _lines(data["plan"]))
    lists = {key: tuple(data[key]) for key in ("targets", "quarterly")}
    return Task(**{**data, **lists, "plan": plan, "quarters": _quarters(data["quarters"])})


def _quarters(text: str) -> tuple[str, ...]:
    """`2022Q4,2023Q2-2023Q4` -> every quarter in those spans."""
    spans = [part.partition("-") for part in text.split(",")]
    return tuple(q for first, _, last in spans for q in QUARTERS if first <= q <= (last or first))


def _money(data: dict[str, list[Figure]], none: tuple[Figure, ...]) -> dict[str, tuple[Figure, ...]]:
    return {label: tuple(data.get(key, none)) for key, label in SOURCES.items()}


def _events(data: list[dict[str, Any]], category: str) -> tuple[Event, ...]:
    return tuple(
        Event(category=category, no=no, **{**row, "details": _lines(row["details"])})
        for no, row in enumerate(data, start=1)
    )
