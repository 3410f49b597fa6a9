"""What an import of the Suwon form's sheets must recover."""

from __future__ import annotations

from typing import Any

from sample import money, prose
from sample.money import Column
from sample.paper import Figure
from sample.when import months

PLACE = "한솔시"
SPAN = "2022. 7. ~ 2023. 12. 31."
SOURCES = ("국비", "도비", "시비", "민간자본")
GROUPS = ("당초", "변경")
MONEY = (
    Column("기투자(a)", None, "2022-06", ("executed",)),
    Column("2022.7월~12월 확보", "2022-07", "2022-12", ("secured",)),
    Column("2022.7월~12월 집행(b)", "2022-07", "2022-12", ("executed",)),
    Column("2023년 확보(c)", "2023-01", "2023-12", ("secured",)),
    Column("2023년 집행", "2023-01", "2023-12", ("executed",)),
    Column("2024년 계획(d)", "2024-01", "2024-12", ("planned",)),
    Column("2025년 계획(e)", "2025-01", "2025-12", ("planned",)),
    Column("2026.6월까지 계획(f)", "2026-01", "2026-06", ("planned",)),
    Column("2026.7월이후 계획(g)", "2026-07", None, ("planned",)),
)
NEED = (True, False, True, True, False, True, True, True, True)
"""Which of the columns 소요예산 adds."""
NOW = ((2023, 1), (2023, 2), (2023, 3), (2023, 4), (2024, None), (2025, None), (2026, None), (2026, None))
STEP = " ----- "
Content = dict[str, Any]


def money_of(card: Content, source: str) -> list[Figure]:
    return [money.figure(text) for text in card["budget"].get(source, [""] * len(MONEY))]


def need(cells: list[Figure]) -> Figure:
    """소요예산: what the columns a to g add up to."""
    return money.total([cell for cell, added in zip(cells, NEED, strict=True) if added]) or 0


def prove(card: Content) -> None:
    """Every row has all its columns; nothing is executed beyond what was secured."""
    for source, texts in card["budget"].items():
        cells = [money.figure(text) for text in texts]
        assert len(cells) == len(MONEY), (card["title"], source)
        for secured, executed in ((1, 2), (3, 4)):
            pair = cells[secured], cells[executed]
            if all(isinstance(each, int) for each in pair):
                assert money.total([pair[1]]) <= money.total([pair[0]]), (card["title"], source)  # type: ignore[operator]
    for each in card["indicators"]:
        assert len(each.get("now", NOW)) == len(NOW), each["name"]
    whole = money.total([need(money_of(card, source)) for source in SOURCES])
    assert f"{whole:,}백만원" in card["overview"], (card["title"], whole)
    names = {each["name"] for each in card["indicators"]}
    assert {each["indicator"] for each in card["progress"]} <= names, card["title"]


def truth(card: Content) -> Content:
    """One card."""
    overview = prose.parse(card["overview"])
    progress = [(each["indicator"], prose.parse(each["text"])) for each in card["progress"]]
    section = f"4. 성과지표별 추진현황 ({SPAN})"
    return {
        "number": None,
        "title": card["title"],
        "facts": facts(card),
        "people": [
            {"role": role, "department": team["department"], "name": name, "phone": phone}
            for team in card["people"]
            for role, name, phone in team["persons"]
        ],
        "budget": [
            line
            for source in SOURCES
            for column, text in zip(MONEY, card["budget"].get(source, [""] * len(MONEY)), strict=True)
            for line in money.told(card["title"], source, column, [money.figure(text)])
        ],
        "indicators": [indicator(each) for each in card["indicators"]],
        "schedule": [],
        "events": [event(line.text) for line in prose.lines_of(prose.parse(card["steps"]))],
        "narratives": [prose.told("1. 사업개요", None, overview)]
        + [
            prose.told("3. 연도별 성과지표", "변경사유", prose.parse(card[key]))
            for key in ("reason",)
            if card.get(key)
        ]
        + [prose.told(section, label, pieces) for label, pieces in progress]
        + [
            prose.told("7. 문제점 및 대책", label, prose.parse(card[key]))
            for label, key in (("문제점", "problem"), ("대책", "remedy"))
            if card.get(key)
        ],
        "tables": rates(card)
        + [table for label, pieces in progress for table in prose.told_tables(section, label, pieces)],
        "pictures": sum(prose.photos(pieces) for _, pieces in progress),
        "counts": {},
        "changes": card.get("changes", []),
        "responses": [
            {key: [vars(line) for line in prose.lines_of(prose.parse(each[key]))] for key in ("proposal", "response")}
            for each in card["responses"]
        ],
    }  # fmt: skip


def facts(card: Content) -> Content:
    category, done, continued, progress, month, department, remark = card["state"]
    status = "완료종료" if done == "○" else "완료지속추진" if continued == "○" else "추진중"
    found = {
        "사업구분": category,
        "추진상황": status,
        "전체 사업진도율(%)": progress,
        "목표연월": month,
        "담당부서": department,
        "비고": remark,
        **({} if card.get("changes") else {"사업변경내역": "해당없음"}),
    }
    return {label: value for label, value in found.items() if value != ""}


def indicator(each: Content) -> Content:
    places: list[tuple[tuple[int, int | None], Figure]] = [
        ((2022, None), value) for value in each.get("past", [])
    ]
    places += list(zip(NOW, each.get("now", []), strict=False))
    return {
        "name": each["name"],
        "indicator": each["name"],
        "unit": each["unit"],
        "group": each["group"],
        "targets": [target(year, quarter, value) for (year, quarter), value in places if value != ""],
    }


def target(year: int, quarter: int | None, value: Figure) -> Content:
    dash = {"value": None, "printed": "-"}
    return {
        "year": year,
        "quarter": quarter,
        **(dash if value == "-" else {"value": value, "printed": value}),
    }


def rates(card: Content) -> list[Content]:
    """The rows of cumulative rates, as tables of one row."""
    titles = (("past", "누적 추진율"), ("target", "누적 추진율 목표"), ("current", "누적 추진율 현재"))
    return [
        {"section": "3. 연도별 성과지표", "slot": None, "title": title, "rows": [card["rate"][key]], "optional": True}
        for key, title in titles
    ]  # fmt: skip


def event(text: str) -> Content:
    title, _, date = text.partition(STEP)
    first, last = months(date)
    return {
        "category": "8. 향후추진계획",
        "date_text": date,
        "from": first,
        "to": last,
        "title": title,
        "details": [],
    }
