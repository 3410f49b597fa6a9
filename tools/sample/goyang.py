"""The sheets of the Goyang form, of an invented city, and their truth; contents in `cards/goyang/*.toml`.

Habits that differ by sheet: raster, start cell, the split of an outline into cells, page breaks with repeated heads,
pairs in one cell or in two rows, figures as text.
"""

from __future__ import annotations

from functools import partial
from typing import Any

from openpyxl import Workbook
from sample import money, prose
from sample.money import Column, Pair
from sample.paper import BODY, HEAD, UNIT, WIDTH, Figure, Look, Paper, Span, saved

PLACE = "새봄시"
COUNTS = ("공약 관련 회의", "설명회, 민생탐방", "전문가 자문", "언론/방송 보도", "기 타")
COUNT_NOTE = "ex) 사업설명회 개최, 전문가 및 단체 자문회의 개최"
SOURCES = ("국비", "도비", "시비", "기타")
COLUMNS = (
    Column("기투자", None, "2022-06", ("secured", "executed")),
    Column("'22.7.", "2022-07", "2022-12", ("secured", "executed")),
    Column("'23", "2023-01", "2023-12", ("secured",)),
    Column("'24", "2024-01", "2024-12", ("secured",)),
    Column("'25", "2025-01", "2025-12", ("secured",)),
    Column("'26.6.", "2026-01", "2026-06", ("secured",)),
    Column("임기후", "2026-07", None, ("secured",)),
)
PERIODS = "추진실적 및 향후 추진계획"
PROBLEMS = "문제점 및 개선대책"
HEADING = Look(bold=True, size=12, align="left", border=False)
RIGHT = Look(align="right", number="#,##0")
Content = dict[str, Any]


def make_book(cards: list[Content]) -> bytes:
    """A sheet for each card."""
    book = Workbook()
    book.remove(book.worksheets[0])
    for card in cards:
        layout = card["layout"]
        paper = Paper(
            book.create_sheet(layout.get("sheet", card["number"])),
            layout["origin"],
            layout["widths"],
            layout["colours"],
            layout.get("font", "맑은 고딕"),
        )
        draw(paper, card)
        paper.finish(f"{PLACE} 민선8기 공약 추진실적", "기준일 : 2023. 12. 31.")
    return saved(book, f"{PLACE} 기획예산과", f"{PLACE} 공약 추진실적 카드")


def draw(paper: Paper, card: Content) -> None:
    number, title = paper.columns(card["layout"].get("title", (0, 28, WIDTH)))
    paper.put(number, card["number"], Look(bold=True, size=14, fill="head"))
    paper.put(title, card["title"], Look(bold=True, size=15, align="left"))
    paper.need(30)
    paper.next()
    draw_people(paper, card)
    paper.gap()
    heading(paper, f"□ {PERIODS}")
    draw_periods(paper, card)
    paper.gap()
    draw_counts(paper, card)
    if card.get("budget"):
        paper.gap()
        draw_money(paper, card)
    paper.gap()
    heading(paper, f"□ {PROBLEMS}")
    for slot in ("문제점", "개선대책"):
        text = "\n".join(line.printed for line in prose.lines_of(problem(card, slot)))
        paper.put(paper.whole, text, Look(align="left"))
        paper.next()


def heading(paper: Paper, text: str) -> None:
    paper.put(paper.whole, text, HEADING)
    paper.next()


def draw_people(paper: Paper, card: Content) -> None:
    """Department over all rows; people one below the other, in cells of their own or all in one cell."""
    label, name, role, person, phone_label, phone = paper.columns((0, 22, 62, 88, 118, 136, WIDTH))
    people, together = card["people"], card["layout"].get("people") == "cell"
    rows = 1 if together else len(people)
    paper.put(label, "소관부서", HEAD, rows)
    paper.put(name, card["department"], BODY, rows)
    paper.put(phone_label, "연락처", HEAD, rows)
    if together:
        for span, at in ((role, 0), (person, 1), (phone, 2)):
            paper.put(span, "\n".join(row[at] for row in people), BODY)
        paper.need(20 * len(people))
        paper.next()
        return
    for row in people:
        for span, text in zip((role, person, phone), row, strict=True):
            paper.put(span, text, BODY)
        paper.need(20)
        paper.next()


# ---------------------------------------------------------------------------------------------- periods


def draw_periods(paper: Paper, card: Content) -> None:
    layout = card["layout"]
    label, body, remark = paper.columns(layout.get("periods", (0, 30, 154, WIDTH)))
    inner = (body[0] + layout.get("inset", 1), body[1] - layout.get("inset_right", 1))
    head = partial(draw_period_head, paper, (label, body, remark))
    head()
    place = prose.Place(body, inner, layout.get("lines", 22), framed=True, repeat=head)
    for period in card["periods"]:
        runs = prose.draw(paper, prose.parse(period["text"]), place)
        end = paper.row
        for at, (top, bottom) in enumerate(runs):
            paper.row = top
            told = period["label"] if not at or layout.get("again") else None
            paper.put(label, told, Look(bold=True), bottom - top + 1)
            paper.put(remark, None if at else period.get("remark"), BODY, bottom - top + 1)
        paper.row = end
    for column in range(body[0], body[1] + 1):
        paper.rule_below(column)


def draw_period_head(paper: Paper, spans: tuple[Span, Span, Span]) -> None:
    for span, text in zip(spans, ("구 분", "추진실적 및 추진계획", "비 고"), strict=True):
        paper.put(span, text, HEAD)
    paper.next()


# ---------------------------------------------------------------------------------------------- tables


def draw_counts(paper: Paper, card: Content) -> None:
    heading(paper, "□ 시민참여(소통) 실적")
    paper.put(paper.whole, "(단위 : 회)", UNIT)
    paper.next()
    spans = paper.columns((0, 34, 68, 102, 136, WIDTH))
    for span, text in zip(spans, COUNTS, strict=True):
        paper.put(span, text, HEAD)
    paper.next()
    for span, value in zip(spans, card["counts"], strict=True):
        paper.put(span, None if value == "" else value, BODY)
    paper.next()
    paper.put(paper.whole, COUNT_NOTE, Look(align="left", size=9, border=False))
    paper.next()


def draw_money(paper: Paper, card: Content) -> None:
    """A cell holds `secured` over `(executed)`, or two rows do; per item a total and its sources."""
    layout = card["layout"]
    heading(paper, "□ 연도별 확보(집행)액")
    paper.put(paper.whole, layout.get("unit", "(단위 : 백만원)"), UNIT)
    paper.next()
    spans = paper.columns((0, 28, 43, 60, 76, 91, 106, 121, 137, 153, WIDTH))
    heads = ["공약사업명", "구분", "계", *(column.name for column in COLUMNS)]
    for span, text in zip(spans, heads, strict=True):
        paper.put(span, text.replace("'", layout.get("quote", "'")), HEAD)
    paper.need(24)
    paper.next()
    for item in card["budget"]:
        start = paper.row
        rows = rows_of(item)
        for name, cells in [("계", total_row(rows)), *rows]:
            draw_money_row(paper, layout, spans[1:], name, cells)
        end, paper.row = paper.row, start
        paper.put(spans[0], item["item"], Look(bold=True), end - start)
        paper.row = end


def rows_of(item: Content) -> list[tuple[str, list[Pair]]]:
    """(source, cells of the columns) of an item, every source."""
    empty = [""] * len(COLUMNS)
    return [(source, [money.pair(text) for text in item.get(source, empty)]) for source in SOURCES]


def total_row(rows: list[tuple[str, list[Pair]]]) -> list[Pair]:
    return [money.total_pair(column) for column in zip(*(cells for _, cells in rows), strict=True)]


def draw_money_row(paper: Paper, layout: Content, spans: list[Span], name: str, cells: list[Pair]) -> None:
    label = f"{name[0]} {name[1]}" if layout.get("spread") and len(name) == 2 else name
    whole = [money.total_pair(cells), *cells]
    if layout.get("pairs") != "rows":
        paper.put(spans[0], label, HEAD)
        for span, cell in zip(spans[1:], whole, strict=True):
            paper.put(span, joined(cell, layout), RIGHT)
        paper.next()
        return
    two = any(cell.second != "" for cell in whole)
    paper.put(spans[0], label, HEAD, 2 if two else 1)
    for span, cell in zip(spans[1:], whole, strict=True):
        paper.put(span, None if cell.first == "" else cell.first, RIGHT)
    paper.next()
    if two:
        for span, cell in zip(spans[1:], whole, strict=True):
            paper.put(span, f"({money.grouped(cell.second)})" if cell.second != "" else None, RIGHT)
        paper.next()


def joined(cell: Pair, layout: Content) -> Figure | None:
    if cell.second == "":
        if layout.get("figures") == "text":
            return money.grouped(cell.first) or None
        return None if cell.first == "" else cell.first
    return f"{money.grouped(cell.first)}{layout.get('break', chr(10))}({money.grouped(cell.second)})"


# ---------------------------------------------------------------------------------------------- truth


def problem(card: Content, slot: str) -> tuple[prose.Piece, ...]:
    """The slot's own heading and its lines."""
    return prose.parse(f" ○ {slot}\n" + card[{"문제점": "problem", "개선대책": "remedy"}[slot]])


def truth(card: Content) -> Content:
    """What an import of the card's sheet must recover."""
    periods = [(" ".join(p["label"].split()), prose.parse(p["text"])) for p in card["periods"]]
    department = card["department"]
    return {
        "number": card["number"],
        "title": card["title"],
        "facts": {"소관부서": department},
        "people": [
            {"role": role, "department": department, "name": name, "phone": phone}
            for role, name, phone in card["people"]
        ],
        "budget": [
            line
            for item in card.get("budget", [])
            for source, cells in rows_of(item)
            for column, cell in zip(COLUMNS, cells, strict=True)
            for line in money.told(item["item"], source, column, (cell.first, cell.second))
        ],
        "indicators": [],
        "schedule": [],
        "events": [],
        "narratives": [prose.told(PERIODS, label, pieces) for label, pieces in periods]
        + [prose.told(PROBLEMS, slot, problem(card, slot)) for slot in ("문제점", "개선대책")],
        "tables": [table for label, pieces in periods for table in prose.told_tables(PERIODS, label, pieces)],
        "pictures": sum(prose.photos(pieces) for _, pieces in periods),
        "counts": {
            label: None if value == "" else 0 if value == "-" else value
            for label, value in zip(COUNTS, card["counts"], strict=True)
        },
        "changes": [],
        "responses": [],
    }


def prove(card: Content) -> None:
    """Executed never exceeds secured, and every row has all columns."""
    for item in card.get("budget", []):
        for source, cells in rows_of(item):
            assert len(cells) == len(COLUMNS), (card["number"], source)
            for column, cell in zip(COLUMNS, cells, strict=True):
                assert cell.second == "" or len(column.kinds) == 2, (card["number"], column.name)
                if isinstance(cell.first, int) and isinstance(cell.second, int):
                    assert cell.second <= cell.first, (card["number"], source, column.name)
