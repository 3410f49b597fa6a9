"""The sheets of the Suwon form, of an invented city; contents in `cards/suwon/*.toml`, truth in `suwon_truth`."""

from __future__ import annotations

from typing import Any

from openpyxl import Workbook
from sample import prose
from sample.money import grouped, total
from sample.paper import BODY, HEAD, TEXT, UNIT, WIDTH, Cell, Figure, Look, Paper, Span, saved
from sample.suwon_truth import GROUPS, PLACE, SOURCES, SPAN, money_of, need, prove, truth

__all__ = ["PLACE", "make_book", "prove", "truth"]

HEADING = Look(bold=True, size=12, align="left", border=False)
PLAIN = Look(align="left", border=False)
STATE = (
    "사업구분",
    "완료종료",
    "완료지속추진",
    "추진중\n(전체 사업진도율(%))",
    "목표연월",
    "담당부서",
    "비고",
)
MONEY_HEADS = (
    ("2022.7월~12월", ("확보", "집행\n(b)")),
    ("2023년", ("확보\n(c)", "집행")),
    ("2024년", ("계획\n(d)",)),
    ("2025년", ("계획\n(e)",)),
    ("2026.6월\n까지", ("계획\n(f)",)),
    ("2026.7월\n이후", ("계획\n(g)",)),
)
RIGHT = Look(align="right", number="#,##0")
Content = dict[str, Any]


def make_book(cards: list[Content]) -> bytes:
    """A sheet for each card."""
    book = Workbook()
    book.remove(book.worksheets[0])
    for card in cards:
        layout = card["layout"]
        sheet = book.create_sheet(card["sheet"])
        font = layout.get("font", "맑은 고딕")
        paper = Paper(sheet, layout["origin"], layout["widths"], layout["colours"], font)
        draw(paper, card)
        paper.finish(f"{PLACE} 민선8기 시민과의 약속", layout.get("date", ""))
    return saved(book, f"{PLACE} 정책기획과", f"{PLACE} 시민과의 약속 추진현황")


def draw(paper: Paper, card: Content) -> None:
    paper.put(paper.whole, card["title"], Look(bold=True, size=15, border=False))
    paper.need(30)
    paper.next()
    paper.gap()
    draw_state(paper, card)
    heading(paper, "1. 사업개요")
    outline(paper, card, card["overview"])
    heading(paper, "2. 예산투자현황 및 투자계획")
    draw_money(paper, card)
    heading(paper, "3. 연도별 성과지표")
    draw_indicators(paper, card)
    if card.get("reason"):
        line(paper, "【변경사유】")
        outline(paper, card, card["reason"])
    heading(paper, f"4. 성과지표별 추진현황 ({SPAN})")
    draw_progress(paper, card)
    draw_changes(paper, card)
    heading(paper, f"6. 「{card['evaluation']}」 추진실적")
    draw_responses(paper, card)
    heading(paper, "7. 문제점 및 대책")
    for label, key in (("문제점", "problem"), ("대책", "remedy")):
        if card.get(key):
            line(paper, f"【{label}】")
            outline(paper, card, card[key])
    heading(paper, "8. 향후추진계획")
    for step in prose.lines_of(prose.parse(card["steps"])):
        line(paper, step.printed)
    paper.gap()
    draw_people(paper, card)


def heading(paper: Paper, text: str) -> None:
    paper.gap()
    paper.put(paper.whole, text, HEADING)
    paper.need(22)
    paper.next()


def line(paper: Paper, text: str) -> None:
    paper.put(paper.whole, text, PLAIN)
    paper.next()


def outline(paper: Paper, card: Content, text: str) -> None:
    left, right = paper.whole
    place = prose.Place(paper.whole, (left + 1, right - 1), card["layout"].get("lines", 22))
    prose.draw(paper, prose.parse(text), place)


def row(paper: Paper, spans: list[Span], values: list[Cell], look: Look) -> None:
    for span, value in zip(spans, values, strict=True):
        paper.put(span, None if value == "" else value, look)
    paper.next()


def draw_state(paper: Paper, card: Content) -> None:
    spans = paper.columns((0, 24, 48, 76, 108, 130, 156, WIDTH))
    row(paper, spans, list(STATE), HEAD)
    row(paper, spans, card["state"], BODY)


# ---------------------------------------------------------------------------------------------- money


def draw_money(paper: Paper, card: Content) -> None:
    paper.put(paper.whole, "(단위 : 백만원)", UNIT)
    paper.next()
    spans = paper.columns((0, 17, 33, 46, 59, 72, 85, 98, 113, 128, 149, WIDTH))
    for span, text in zip(spans, ("구 분", "소요예산\n(a~g합계)", "기투자\n(a)"), strict=False):
        paper.put(span, text, HEAD, rows=2)
    at = 3
    for head, kinds in MONEY_HEADS:
        paper.put((spans[at][0], spans[at + len(kinds) - 1][1]), head, HEAD)
        at += len(kinds)
    paper.need(32)
    paper.next()
    kinds_ = [kind for _, kinds in MONEY_HEADS for kind in kinds]
    for span, text in zip(spans[3:], kinds_, strict=True):
        paper.put(span, text, HEAD)
    paper.need(32)
    paper.next()
    rows = [(name, money_of(card, name)) for name in SOURCES]
    sums: list[Figure] = [total(column) or 0 for column in zip(*(cells for _, cells in rows), strict=True)]
    for name, cells in [("계", sums), *rows]:
        label = {"국비": "국 비", "도비": "도 비", "시비": "시 비"}.get(name, name)
        paper.put(spans[0], label, HEAD)
        for span, value in zip(spans[1:], [need(cells), *cells], strict=True):
            shown = grouped(value) if card["layout"].get("figures") == "text" else value
            paper.put(span, None if shown == "" else shown, RIGHT)
        paper.next()


# ---------------------------------------------------------------------------------------------- indicators


def draw_indicators(paper: Paper, card: Content) -> None:
    past = [each for each in card["indicators"] if "past" in each]
    later = [each for each in card["indicators"] if "now" in each]
    line(paper, card["layout"].get("past", " ○ 2022년 ~ 2022년"))
    group, name, unit, value = paper.columns((0, 17, 104, 126, WIDTH))
    paper.put((group[0], name[1]), "성 과 지 표", HEAD, rows=2)
    paper.put(unit, "단위", HEAD, rows=2)
    paper.put(value, "성과지표", HEAD)
    paper.next()
    paper.put(value, "2022년", HEAD)
    paper.next()
    draw_groups(paper, (group, name, unit, [value]), past, "past")
    paper.put((group[0], name[1]), "누적 추진율", HEAD)
    row(paper, [unit, value], card["rate"]["past"], BODY)
    paper.gap(6)
    line(paper, " ○ 2023년 이후")
    group, name, unit, *values = paper.columns((0, 17, 58, 70, 82, 94, 106, 118, 131, 144, 157, WIDTH))
    paper.put((group[0], name[1]), "성 과 지 표", HEAD, rows=3)
    paper.put(unit, "단위", HEAD, rows=3)
    paper.put((values[0][0], values[-1][1]), "성과지표", HEAD)
    paper.next()
    paper.put((values[0][0], values[3][1]), "2023년", HEAD)
    for span, text in zip(
        values[4:], ("2024년", "2025년", "2026년\n6월까지", "2026년\n7월이후"), strict=True
    ):
        paper.put(span, text, HEAD, rows=2)
    paper.next()
    for span, quarter in zip(values, range(1, 5), strict=False):
        paper.put(span, card["layout"].get("quarter", "{}분기").format(quarter), HEAD)
    paper.need(24)
    paper.next()
    draw_groups(paper, (group, name, unit, values), later, "now")
    paper.put(group, "누적\n추진율", HEAD, rows=2)
    for label, key in (("목표", "target"), ("현재", "current")):
        paper.put(name, label, HEAD)
        row(paper, [unit, *values], card["rate"][key], BODY)


def draw_groups(
    paper: Paper, spans: tuple[Span, Span, Span, list[Span]], rows: list[Content], key: str
) -> None:
    """Indicators under their groups' merged labels."""
    group, name, unit, values = spans
    for label in GROUPS:
        own = [each for each in rows if each["group"] == label]
        if own:
            paper.put(group, label, HEAD, rows=len(own))
        for each in own:
            paper.put(name, each["name"], TEXT)
            row(paper, [unit, *values], [each["unit"], *each[key]], BODY)


# ---------------------------------------------------------------------------------------------- the rest


def draw_progress(paper: Paper, card: Content) -> None:
    label, body = paper.columns((0, 40, WIDTH))
    row(paper, [label, body], ["성 과 지 표", "추진현황"], HEAD)
    place = prose.Place(body, (body[0] + 1, body[1] - 1), card["layout"].get("cell", 30), framed=True)
    for each in card["progress"]:
        top = paper.row
        prose.draw(paper, prose.parse(each["text"]), place)
        end, paper.row = paper.row, top
        paper.put(label, each["indicator"], BODY, end - top)
        paper.row = end
    for column in range(body[0], body[1] + 1):
        paper.rule_below(column)


def draw_changes(paper: Paper, card: Content) -> None:
    changes = card.get("changes", [])
    heading(paper, f"5. 사업변경내역 ({SPAN})" + ("" if changes else " : 해당없음"))
    if not changes:
        return
    spans = paper.columns((0, 24, 64, 104, 144, WIDTH))
    for at, text in ((0, "변경일"), (3, "변경 사유"), (4, "변경 절차")):
        paper.put(spans[at], text, HEAD, rows=2)
    paper.put((spans[1][0], spans[2][1]), "변경 내용", HEAD)
    paper.next()
    paper.put(spans[1], "당 초", HEAD)
    paper.put(spans[2], "변 경", HEAD)
    paper.next()
    for change in changes:
        row(paper, spans, [change[k] for k in ("date", "before", "after", "reason", "procedure")], TEXT)


def draw_responses(paper: Paper, card: Content) -> None:
    spans = paper.columns((0, 52, WIDTH))
    row(paper, spans, ["개선 및 제안사항", "추진실적(추진계획 포함)"], HEAD)
    for each in card["responses"]:
        row(paper, spans, [each["proposal"].strip("\n"), each["response"].strip("\n")], TEXT)


def draw_people(paper: Paper, card: Content) -> None:
    paper.put(paper.whole, "민선8기 시민과의 약속 정책실명제", HEADING)
    paper.next()
    spans = paper.columns((0, 44, 90, 126, WIDTH))
    row(paper, spans, ["담당부서", "직(직급)", "성명", "전화번호"], HEAD)
    for team in card["people"]:
        paper.put(spans[0], team["department"], BODY, rows=len(team["persons"]))
        for person in team["persons"]:
            row(paper, spans[1:], person, BODY)
