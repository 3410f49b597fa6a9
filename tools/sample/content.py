"""The invented pledges of the bundled sample: read from the TOML files here, proved, told as truth.

Duty: one typed value per pledge, every sum in it proved, and the cards that an import of the sample workbook
must recover. Boundary: nothing here knows a workbook; `tools/make_sample.py` draws the sheets.
"""

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
    """The eight pledges in the order of their control numbers, each proved by `prove`."""
    folder = folder or Path(__file__).parent
    pledges = tuple(_pledge(tomllib.loads((folder / f"{n}.toml").read_text(encoding="utf-8"))) for n in ORDER)
    for pledge in pledges:
        prove(pledge)
    return pledges


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


# ---------------------------------------------------------------------------------------------- proving


def prove(pledge: Pledge) -> None:
    """Raise AssertionError where a sum, a weight, a date or the order of a pledge does not hold."""
    _prove_money(pledge)
    _prove_indicators(pledge)
    _prove_events(pledge)
    assert pledge.facts["완료시기"] == ("임기 후" if any(_after_term(pledge)) else "임기 내"), pledge.number


def _after_term(pledge: Pledge) -> list[int]:
    return [amount for *_, amount in pledge.planned.values() if isinstance(amount, int)]


def _prove_money(pledge: Pledge) -> None:
    costs = dict.fromkeys(pledge.planned, 0)
    lines = [
        line.text for task in pledge.tasks for line in task.plan.lines if line.text.startswith("사 업 비")
    ]
    assert len(lines) == len(pledge.tasks), f"{pledge.number}: 사업비 줄이 과제마다 하나가 아님"
    for text in lines:
        _add_cost(text, costs)
    for source, figures in pledge.planned.items():
        spent = pledge.executed[source]
        assert len(figures) == 6 and len(spent) == 5, f"{pledge.number} {source}: 열 수"
        assert costs[source] == total(figures), (
            f"{pledge.number} {source}: {costs[source]} != {total(figures)}"
        )
        assert all(total([s]) <= total([p]) for s, p in zip(spent, figures, strict=False)), (
            f"{pledge.number} {source}"
        )
        assert total(spent[2:]) == 0, f"{pledge.number}: 기준일 뒤의 집행액"
    assert sum(costs.values()) == pledge.total_cost


def _add_cost(text: str, costs: dict[str, int]) -> None:
    """Add a line such as `사 업 비: 240백만 원(시비 120, 구비 120)` to the costs by source."""
    if text.endswith("비예산"):
        return
    found = re.fullmatch(r"사 업 비: ([\d,]+)백만 원\((.+)\)", text)
    assert found, text
    whole = int(found[1].replace(",", ""))
    shares = re.findall(r"(국비|시비|구비|기타)(?: ([\d,]+))?", found[2].replace(", ", " / "))
    amounts = {source: int(amount.replace(",", "")) if amount else whole for source, amount in shares}
    assert sum(amounts.values()) == whole, text
    for source, amount in amounts.items():
        costs[source] += amount


def _prove_indicators(pledge: Pledge) -> None:
    assert 2 <= len(pledge.tasks) <= 5, pledge.number
    assert sum(task.weight for task in pledge.tasks) == 100, f"{pledge.number}: 대비비율"
    assert len({task.name for task in pledge.tasks}) == len(pledge.tasks), pledge.number
    for task in pledge.tasks:
        assert len(task.targets) == 5 and len(task.quarterly) == 4, task.name
        assert total(task.quarterly) == total(task.targets[1:2]), f"{task.name}: 분기별 목표"
        assert 0 <= task.actual <= task.target_total, task.name
        assert list(task.quarters) == sorted(set(task.quarters)) and task.quarters, task.name
    done = pledge.facts["추진상황"] in ("완료", "이행 후 지속추진")
    assert done == (pledge.total_rate == 100), f"{pledge.number}: 추진상황과 이행률"


def _prove_events(pledge: Pledge) -> None:
    for events in (pledge.events, pledge.participation):
        spans = [months(event.date) for event in events]
        assert spans == sorted(spans, key=lambda span: span[0]), f"{pledge.number}: 날짜 순서"
        assert all("2022-07" <= begin <= end <= AS_OF for begin, end in spans), pledge.number
    for task in pledge.tasks:
        if "개최 횟수" in task.indicator:
            kind = task.name.removesuffix(" 운영")
            assert sum(kind in event.title for event in pledge.events) == task.actual, task.name


# ---------------------------------------------------------------------------------------------- truth


def truth(pledges: tuple[Pledge, ...], file: str) -> dict[str, Any]:
    """What an import must recover, in the shape of the `*.expected.json` of the real cases."""
    return {"file": file, "municipality": MUNICIPALITY, "cards": [card(pledge) for pledge in pledges]}


def card(pledge: Pledge) -> dict[str, Any]:
    return {
        "number": pledge.number,
        "title": pledge.title,
        "facts": {**pledge.facts, "총 이행률(%)": pledge.total_rate},
        "people": [vars(person) for person in people(pledge)],
        "budget": _budget(pledge.planned, "투자계획", "planned")
        + _budget(pledge.executed, "예산 집행액", "executed"),
        "indicators": [_indicator(no, task) for no, task in enumerate(pledge.tasks, start=1)],
        "schedule": [
            {"no": no, "task": task.name, "quarters": list(task.quarters)}
            for no, task in enumerate(pledge.tasks, start=1)
        ],
        "events": [_event(event) for event in (*pledge.events, *pledge.participation)],
        "narratives": [_outline(part) for part in told_narratives(pledge)],
        "tables": [_table(part) for part in pledge.narratives if part.table],
        "counts": {},
        "changes": [],
        "responses": [],
    }


def people(pledge: Pledge) -> list[Person]:
    """The people of the header rows; their department is read from the head's title (…과장)."""
    found: list[Person] = []
    for row in pledge.people:
        persons = re.findall(r"(\S+): (\S+)\(☎([\d-]+)\)", row)
        department = persons[0][0].removesuffix("장")
        found += [Person(role, department, name, phone) for role, name, phone in persons]
    return found


def told_narratives(pledge: Pledge) -> list[Narrative]:
    """All outlines in printed order."""
    first = [part for part in pledge.narratives if part.section == "현황 및 정책목표"]
    rest = [part for part in pledge.narratives if part.section != "현황 및 정책목표"]
    plans = [task.plan for task in pledge.tasks]
    return [Narrative(SUMMARY_SECTION, None, pledge.summary), *first, *plans, *rest]


def _budget(money: dict[str, tuple[Figure, ...]], item: str, kind: str) -> list[dict[str, Any]]:
    lines: list[dict[str, Any]] = []
    for source, figures in money.items():
        for (column, begin, end), figure in zip(COLUMNS, figures, strict=False):
            line = {"item": item, "source": source, "column": column, "from": begin, "to": end, "kind": kind}
            dash = {"printed": "-"} if figure == "-" else {}
            lines.append({**line, "amount": total([figure]), "unit": "백만원", **dash})
    return lines


def _indicator(no: int, task: Task) -> dict[str, Any]:
    yearly = [(year, None, figure) for year, figure in zip(YEARS, task.targets, strict=True)]
    quarterly = [(AS_OF_YEAR, q, figure) for q, figure in enumerate(task.quarterly, start=1)]
    return {
        "no": no,
        "name": task.name,
        "indicator": task.indicator,
        "unit": task.unit,
        "weight": task.weight,
        "target_total": task.target_total,
        "actual": task.actual,
        "rate": one_decimal(task.rate),
        "targets": [
            {"year": year, "quarter": quarter, "value": total([figure]), "printed": figure}
            for year, quarter, figure in (*yearly, *quarterly)
        ],
    }


def _event(event: Event) -> dict[str, Any]:
    begin, end = months(event.date)
    return {
        "category": event.category,
        "no": event.no,
        "date_text": event.date,
        "from": begin,
        "to": end,
        **({"kind": event.kind} if event.kind else {}),
        "title": event.title,
        "details": [vars(line) for line in event.details],
    }


def _outline(part: Narrative) -> dict[str, Any]:
    return {"section": part.section, "slot": part.slot, "lines": [vars(line) for line in part.lines]}


def _table(part: Narrative) -> dict[str, Any]:
    rows: list[list[Cell]] = [
        [None if cell in ("<", "^", "") else cell for cell in row] for row in part.table
    ]
    return {
        "section": part.section,
        "slot": part.slot,
        "title": part.lines[part.after_line].text,
        "rows": rows,
        "header_rows": head_rows(part),
        "after_line": part.after_line,
    }


def head_rows(part: Narrative) -> int:
    """Rows of a nested table's head: the first one, and those below that its first cell covers."""
    return 1 + sum(row[0] == "^" for row in part.table[1:])
