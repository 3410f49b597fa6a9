"""Proofs of the Gwanak form's pledges, and the cards that an import of their workbook must recover."""

from __future__ import annotations

import re
from typing import Any

from sample.content import (
    AS_OF,
    AS_OF_YEAR,
    COLUMNS,
    MUNICIPALITY,
    SUMMARY_SECTION,
    YEARS,
    Cell,
    Event,
    Figure,
    Narrative,
    Person,
    Pledge,
    Task,
    head_rows,
    months,
    one_decimal,
    total,
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
