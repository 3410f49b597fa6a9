"""The sheets of the Geumcheon form, of an invented district, and their truth; contents in `cards/geumcheon/*.toml`."""

from __future__ import annotations

import re
from typing import Any

from openpyxl import Workbook
from sample import money, prose
from sample.money import Column, grouped, total
from sample.paper import BODY, HEAD, TEXT, UNIT, WIDTH, Cell, Figure, Look, Paper, Span, saved
from sample.when import months

PLACE = "가람구"
YEARS = (2022, 2023, 2024, 2025, 2026)
NOW = 2023
COLUMNS = tuple(
    Column(f"{year}년 {name}", f"{year}-01", f"{year}-12", (kind,))
    for year in YEARS
    for name, kind in (
        ("확보액", "secured") if year <= NOW else ("투자수요", "planned"),
        ("집행액", "executed"),
    )
)
SECTIONS = {"goal": "정책목표", "overview": "사업개요"}
EVENTS = {"results": "추진실적", "steps": "향후계획"}
HEADING = Look(bold=True, size=12, align="left", border=False)
PLAIN = Look(align="left", border=False)
RIGHT = Look(align="right", number="#,##0")
Content = dict[str, Any]


def make_book(cards: list[Content]) -> bytes:
    """A sheet for each card."""
    book = Workbook()
    book.remove(book.worksheets[0])
    for card in cards:
        layout = card["layout"]
        sheet = book.create_sheet(card["number"])
        font = layout.get("font", "맑은 고딕")
        paper = Paper(sheet, layout["origin"], layout["widths"], layout["colours"], font)
        draw(paper, card)
        paper.finish(f"{PLACE} 민선8기 공약사업", "기준일: 2023. 12. 31.")
    return saved(book, f"{PLACE} 기획예산과", f"{PLACE} 공약사업 추진현황")


def draw(paper: Paper, card: Content) -> None:
    number, title = paper.columns((0, 30, WIDTH))
    paper.put(number, card["number"], Look(bold=True, size=13, fill="head"))
    paper.put(title, card["title"], Look(bold=True, size=15))
    paper.need(30)
    paper.next()
    draw_header(paper, card)
    for key, label in SECTIONS.items():
        heading(paper, label)
        left, right = paper.whole
        place = prose.Place(paper.whole, (left + 1, right - 1), card["layout"].get("lines", 22))
        prose.draw(paper, prose.parse(card[key]), place)
    heading(paper, "연차별 추진계획")
    draw_plan(paper, card)
    heading(paper, "연차별 투자수요 및 집행액")
    draw_money(paper, card)
    for key, label in EVENTS.items():
        heading(paper, label)
        draw_events(paper, card, card[key])
    paper.gap()
    draw_footer(paper, card)


def heading(paper: Paper, text: str) -> None:
    paper.gap()
    paper.put(paper.whole, f"□ {text}", HEADING)
    paper.next()


def row(paper: Paper, spans: list[Span], values: list[Cell], look: Look) -> None:
    for span, value in zip(spans, values, strict=True):
        paper.put(span, None if value == "" else value, look)
    paper.next()


def draw_header(paper: Paper, card: Content) -> None:
    spans = paper.columns((0, 24, 57, 79, 114, 138, WIDTH))
    cost = f"{cost_of(card):,}백만원"
    for labels, values in (
        (
            ("추진현황", "이행률(%)", "완료시기\n(완료연도)"),
            (card["status"], card["rate"], card["completion"]),
        ),
        (("총사업비", "사업유형", "추진부서"), (cost, card["kind"], card["department"])),
    ):
        for span, label in zip(spans[::2], labels, strict=True):
            paper.put(span, label, HEAD)
        for span, value in zip(spans[1::2], values, strict=True):
            paper.put(span, value, BODY)
        paper.next()


def draw_plan(paper: Paper, card: Content) -> None:
    spans = paper.columns((0, 50, 74, 98, 122, 146, WIDTH))
    style = card["layout"].get("year", "{}년")
    heads: list[Cell] = [int(text) if text.isdigit() else text for text in (style.format(y) for y in YEARS)]
    row(paper, spans, ["구 분", *heads], HEAD)
    for name, *values in card["plan"]:
        paper.put(spans[0], name, TEXT)
        row(paper, spans[1:], values, BODY)


# ---------------------------------------------------------------------------------------------- money


def figures(item: Content) -> list[Figure]:
    return [money.figure(text) for text in item["figures"]]


def whole(cells: list[Figure]) -> list[Figure]:
    """합계: what was secured or is wanted, and what was executed."""
    return [total(cells[::2]), total(cells[1::2])]


def sums(card: Content) -> list[Figure]:
    return [total(column) for column in zip(*(figures(item) for item in card["budget"]), strict=True)]


def cost_of(card: Content) -> int:
    cost = whole(sums(card))[0]
    assert isinstance(cost, int)
    return cost


def draw_money(paper: Paper, card: Content) -> None:
    layout = card["layout"]
    paper.put(paper.whole, layout.get("unit", "(단위 : 백만원)"), UNIT)
    paper.next()
    edges = (0, 24, 36, 50, 62, 73, 84, 95, 106, 117, 128, 139, 150, 160, WIDTH)
    spans = paper.columns(edges)
    paper.put(spans[0], "구 분", HEAD, rows=3)
    paper.put(spans[1], "재원별", HEAD, rows=3)
    paper.put((spans[2][0], spans[-1][1]), "연차별 투자수요 및 집행액", HEAD)
    paper.next()
    for at, text in enumerate(("합 계", *(f"{year}년" for year in YEARS))):
        paper.put((spans[2 + at * 2][0], spans[3 + at * 2][1]), text, HEAD)
    paper.next()
    for at, span in enumerate(spans[2:]):
        first = "확보액 및\n투자수요" if at == 0 else "확보액" if at < 6 else "투자\n수요"
        paper.put(span, "집행액" if at % 2 else first, HEAD)
    paper.need(34)
    paper.next()
    paper.put((spans[0][0], spans[1][1]) if layout.get("total") == "wide" else spans[0], "계", HEAD)
    if layout.get("total") != "wide":
        paper.put(spans[1], None, HEAD)
    money_cells(paper, spans[2:], sums(card), layout)
    at = 0
    while at < len(card["budget"]):
        item = card["budget"][at]["item"]
        own = [each for each in card["budget"] if each["item"] == item]
        paper.put(spans[0], item, BODY, rows=len(own))
        for each in own:
            paper.put(spans[1], each["source"], BODY)
            money_cells(paper, spans[2:], figures(each), layout)
        at += len(own)


def money_cells(paper: Paper, spans: list[Span], cells: list[Figure], layout: Content) -> None:
    for span, value in zip(spans, [*whole(cells), *cells], strict=True):
        shown = grouped(value) if layout.get("figures") == "text" else value
        paper.put(span, None if shown == "" else shown, RIGHT)
    paper.need(22)
    paper.next()


# ---------------------------------------------------------------------------------------------- the rest


def draw_events(paper: Paper, card: Content, text: str) -> None:
    """A line per row, or a quarter in one cell."""
    block: list[str] = []
    for line in [*prose.lines_of(prose.parse(text)), None]:
        ends = line is None or line.text.startswith("【") or card["layout"].get("events") != "cell"
        if block and ends:
            paper.put(paper.whole, "\n".join(block), PLAIN)
            paper.next()
            block = []
        if line is not None:
            block.append(line.printed)


def draw_footer(paper: Paper, card: Content) -> None:
    label, value, label2, value2 = paper.columns((0, 24, 78, 102, WIDTH))
    writers = "  ".join(f"{role} : {name} ({phone})" for role, name, phone in card["people"])
    paper.put(label, card["layout"].get("writer", "작성자"), HEAD)
    paper.put((value[0], value2[1]), writers, TEXT)
    paper.next()
    partners = card["partners"]
    for first, second in (("협업부서", "협업내용"), ("중앙정부", "서울시")):
        paper.put(label, first, HEAD)
        paper.put(value, partners.get(first), BODY)
        paper.put(label2, second, HEAD)
        paper.put(value2, partners.get(second), BODY)
        paper.next()


# ---------------------------------------------------------------------------------------------- truth


def truth(card: Content) -> Content:
    """What an import of the card's sheet must recover."""
    head = next(role for role, _, _ in card["people"] if role.endswith("과장"))
    return {
        "number": card["number"],
        "title": card["title"],
        "facts": {
            "추진현황": card["status"],
            "이행률(%)": card["rate"],
            "완료시기": " ".join(card["completion"].split()),
            "총사업비": f"{cost_of(card):,}백만원",
            "사업유형": card["kind"],
            "추진부서": card["department"],
            **card["partners"],
        },
        "people": [
            {"role": role, "department": head.removesuffix("장"), "name": name, "phone": phone}
            for role, name, phone in card["people"]
        ],
        "budget": [
            line
            for item in card["budget"]
            for column, cell in zip(COLUMNS, figures(item), strict=True)
            for line in money.told(item["item"], item["source"], column, [cell])
        ],
        "indicators": [indicator(name, values) for name, *values in card["plan"]],
        "schedule": [],
        "events": [event for key, label in EVENTS.items() for event in events(label, card[key])],
        "narratives": [
            prose.told(label, None, prose.parse(card[key])) for key, label in SECTIONS.items()
        ],
        "tables": [
            table
            for key, label in SECTIONS.items()
            for table in prose.told_tables(label, None, prose.parse(card[key]))
        ],
        "pictures": 0,
        "counts": {},
        "changes": [],
        "responses": [],
    }  # fmt: skip


def indicator(name: str, values: list[Figure]) -> Content:
    """Words as values; a unit that all of them name is the indicator's."""
    name = " ".join(name.split())
    found = [re.match(r"[\d,]+([^\d\s]+)", str(value)) for value in values if value not in ("", "-")]
    units = {match[1] if match else "" for match in found}
    targets = [
        {"year": year, "quarter": None, "value": value, **({"printed": "-"} if value == "-" else {})}
        for year, value in zip(YEARS, values, strict=True)
        if value != ""
    ]
    return {
        "name": name,
        "indicator": None,
        "unit": (units.pop() or None) if len(units) == 1 else None,
        "targets": targets,
    }


def events(category: str, text: str) -> list[Content]:
    """`- date : title` with `·` details below, under `【quarter】 - remark` headings."""
    found: list[Content] = []
    for line in prose.lines_of(prose.parse(text)):
        group = re.fullmatch(r"【(.+?)】\s*(?:- )?(.*)", line.text)
        if group:
            found.append({"category": category, "date_text": group[1], "from": None, "to": None,
                          "title": group[2], "details": [], "heading": True})  # fmt: skip
        elif line.marker == "·":
            found[-1]["details"].append(vars(line))
        else:
            date, _, title = line.text.partition(" : ")
            first, last = months(date)
            found.append({"category": category, "date_text": date, "from": first, "to": last, "title": title,
                          "details": []})  # fmt: skip
    return found


def prove(card: Content) -> None:
    """All columns are there, nothing is executed beyond what was secured, the overview names the total cost."""
    for item in card["budget"]:
        cells = figures(item)
        assert len(cells) == len(COLUMNS), (card["number"], item["item"])
        for secured, executed in zip(cells[::2], cells[1::2], strict=True):
            if isinstance(secured, int) and isinstance(executed, int):
                assert executed <= secured, (card["number"], item["item"], secured, executed)
    assert f"{cost_of(card):,}백만원" in card["overview"], (card["number"], cost_of(card))
