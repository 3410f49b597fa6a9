"""The sheets of the Gwanak form, with the habits of another officer (raster, check marks, heads, outlines, dates).

Boundary: what the sheets say stands in `cards/gwanak/*.toml`; nothing is invented here.
"""

from __future__ import annotations

from collections.abc import Sequence

from openpyxl import Workbook
from openpyxl.comments import Comment
from openpyxl.styles import Font
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.pagebreak import Break
from openpyxl.worksheet.worksheet import Worksheet
from sample import content
from sample.content import Layout, Narrative, Pledge
from sample.gwanak_tables import (
    Canvas,
    caption,
    draw_gantt,
    draw_money,
    draw_nested,
    draw_participation,
    draw_quarterly,
    draw_results,
    draw_spent,
    draw_timeline,
    draw_yearly,
    label,
    shown,
)
from sample.paper import HEAD, MONEY, PLAIN, TEXT, WIDTH, Look, saved

COST_EDGES = (0, 21, 37.4, 53.8, 70.2, 86.6, 103, 119, 170)
"""Printable width of the paper; short of the true 703 since other programs draw wider columns."""
PHOTO_PIXELS = (224, 147)
MONEY_EDGES = (0, 24, 43, 62, 79, 96, 113, 130, 147, 170)
COST_EDGES = (0, 21, 37.4, 53.8, 70.2, 86.6, 103, 119, 170)
BOXES = {
    "사업성격": ("신규", "계속"),
    "완료시기": ("임기 내", "임기 후"),
    "사업주체": ("국가", "서울시", "자치구"),
    "추진상황": ("완료", "이행 후 지속추진", "정상추진", "부진"),
}
HELP = ("제도", "재정", "권한")
LISTS = {
    "추진상황": BOXES["추진상황"],
    "사업성격": BOXES["사업성격"],
    "완료시기": BOXES["완료시기"],
    "분야": ("경제·일자리", "복지·돌봄", "교육·문화", "안전·교통", "환경·공원", "소통·협치"),
    "단위": ("회", "명", "개소", "건", "대", "%", "m"),
}


def draw(canvas: Canvas, pledge: Pledge) -> None:
    draw_title(canvas, pledge)
    draw_header(canvas, pledge)
    draw_box(canvas, pledge)
    draw_section(canvas, 1, "현황 및 정책목표")
    draw_outlines(canvas, pledge.parts("현황 및 정책목표"))
    draw_section(canvas, 2, content.TASK_SECTION)
    for task in pledge.tasks:
        caption(canvas, f"□ {task.name}")
        draw_outline(canvas, task.plan)
    draw_section(canvas, 3, "추진일정")
    draw_gantt(canvas, pledge)
    draw_outlines(canvas, pledge.parts("추진일정"))
    draw_section(canvas, 4, "투자계획")
    draw_money(canvas, pledge.planned, label(canvas.layout, "구 분"))
    draw_section(canvas, 5, "공약달성 확인지표")
    draw_yearly(canvas, pledge)
    draw_quarterly(canvas, pledge)
    draw_section(canvas, 6, "추진실적")
    draw_results(canvas, pledge)
    draw_spent(canvas, pledge)
    draw_timeline(canvas, pledge)
    draw_participation(canvas, pledge)
    for number, section in ((7, "향후계획"), (8, "협력사항"), (9, "기대효과")):
        draw_section(canvas, number, section)
        draw_outlines(canvas, pledge.parts(section))


def draw_title(canvas: Canvas, pledge: Pledge) -> None:
    number, title = canvas.columns((0, 21, WIDTH))
    canvas.put(number, pledge.number, Look(bold=True, size=14, fill="title"))
    canvas.put(title, pledge.title, Look(bold=True, size=15, align="left"))
    canvas.need(30)
    canvas.next()
    canvas.gap()


def draw_header(canvas: Canvas, pledge: Pledge) -> None:
    first = canvas.columns((0, 21, 48, 63, 103, 119, WIDTH))
    values = (choice(canvas.layout, pledge, "사업성격"), choice(canvas.layout, pledge, "완료시기"))
    for span, name in zip(first[::2], ("사업성격", "완료시기", "사업기간"), strict=True):
        canvas.put(span, name, HEAD)
    for span, value in zip(first[1::2], (*values, pledge.facts["사업기간"]), strict=True):
        canvas.put(span, value, TEXT)
    canvas.next()
    second = canvas.columns((0, 21, 103, 119, WIDTH))
    canvas.put(second[0], "중앙정부\n도움필요성", HEAD)
    canvas.put(second[1], help_boxes(canvas.layout, pledge.facts["중앙정부 도움필요성"]), TEXT)
    canvas.put(second[2], "사업주체", HEAD)
    canvas.put(second[3], choice(canvas.layout, pledge, "사업주체"), TEXT)
    canvas.next()
    draw_cost(canvas, pledge)
    draw_people(canvas, pledge)
    canvas.gap()


def draw_cost(canvas: Canvas, pledge: Pledge) -> None:
    name, *cells, status, boxes = canvas.columns(COST_EDGES)
    canvas.put(name, "총사업비\n(백만 원)", HEAD, rows=2)
    canvas.put(status, "추진상황", HEAD, rows=2)
    for span, head in zip(cells, ("계", *pledge.planned), strict=True):
        canvas.put(span, head, HEAD)
    above, below = status_boxes(canvas.layout, pledge)
    canvas.put(boxes, above, TEXT)
    canvas.next()
    costs = [pledge.total_cost, *(content.total(figures) for figures in pledge.planned.values())]
    for span, cost in zip(cells, costs, strict=True):
        canvas.put(span, shown(canvas.layout, cost or "-"), MONEY)
    if pledge.comment:
        canvas.sheet.cell(canvas.row, cells[0][0]).comment = Comment(pledge.comment, "담당자", 60, 220)
    canvas.put(boxes, below, TEXT)
    canvas.next()


def draw_people(canvas: Canvas, pledge: Pledge) -> None:
    name, rest = canvas.columns((0, 21, WIDTH))
    canvas.put(name, "사업담당", HEAD, rows=len(pledge.people))
    for row in pledge.people:
        canvas.put(rest, row, TEXT)
        canvas.need(20)
        canvas.next()


def draw_box(canvas: Canvas, pledge: Pledge) -> None:
    lines = "\n".join(line.printed for line in pledge.summary)
    canvas.put(canvas.whole, lines, Look(bold=True, align="left", fill="box"))
    canvas.need(18 * len(pledge.summary) + 10)
    canvas.next()


def draw_section(canvas: Canvas, number: int, title: str) -> None:
    if number in canvas.layout.pages:
        canvas.sheet.row_breaks.append(Break(id=canvas.row - 1))
    canvas.gap()
    if canvas.layout.heading == "joined":
        look = Look(bold=True, size=12, align="left", fill="head", border=False)
        canvas.put(canvas.whole, f"{number}. {title}", look)
    else:
        box = Look(bold=True, size=12, fill="number", colour="FFFFFF")
        canvas.put((canvas.first, canvas.first), number, box)
        canvas.put(
            (canvas.first + 1, canvas.last), title, Look(bold=True, size=12, align="left", border=False)
        )
    canvas.need(22)
    canvas.next()


# ---------------------------------------------------------------------------------------------- outlines


def draw_outlines(canvas: Canvas, parts: Sequence[Narrative]) -> None:
    for part in parts:
        if part.slot in ("주민참여", "주요 추진실적"):
            caption(canvas, f"【 {part.slot} 】")
        elif part.slot:
            caption(canvas, canvas.layout.subhead + part.slot)
        draw_outline(canvas, part)


def draw_outline(canvas: Canvas, part: Narrative) -> None:
    """The lines of an outline, with its table after the line where it belongs."""
    if not part.table:
        draw_lines(canvas, [line.printed for line in part.lines])
        return
    lines = [line.printed for line in part.lines]
    draw_lines(canvas, lines[: part.after_line + 1])
    draw_nested(canvas, part)
    draw_lines(canvas, lines[part.after_line + 1 :])


def draw_lines(canvas: Canvas, lines: list[str]) -> None:
    """One line per row, or all of them in one cell, as the officer of this sheet does."""
    whole = lines if canvas.layout.outline == "rows" else ["\n".join(lines)] if lines else []
    for text in whole:
        canvas.put(canvas.whole, text, PLAIN)
        canvas.next()


def boxes(layout: Layout, options: Sequence[str], chosen: str) -> str:
    return "  ".join(f"{layout.check if option == chosen else '□'} {option}" for option in options)


def choice(layout: Layout, pledge: Pledge, fact: str) -> str:
    return boxes(layout, BOXES[fact], pledge.facts[fact])


def status_boxes(layout: Layout, pledge: Pledge) -> tuple[str, str]:
    options, chosen = BOXES["추진상황"], pledge.facts["추진상황"]
    return boxes(layout, options[:2], chosen), boxes(layout, options[2:], chosen)


def help_boxes(layout: Layout, fact: str) -> str:
    """`도움필요(재정)` -> `□ 해당없음  ■ 도움필요 (□ 제도  ■ 재정  □ 권한)`."""
    need, _, kind = fact.rstrip(")").partition("(")
    return f"{boxes(layout, ('해당없음', '도움필요'), need)} ({boxes(layout, HELP, kind)})"


# ---------------------------------------------------------------------------------------------- the book


def make_book(pledges: Sequence[Pledge]) -> bytes:
    """All pledges, a sheet each, and the officer's hidden lists."""
    book = Workbook()
    book.remove(book.worksheets[0])
    for pledge in pledges:
        layout = pledge.layout
        widths = [*layout.lead, *[layout.quarter] * len(content.QUARTERS), *layout.tail]
        canvas = Canvas(book.create_sheet(pledge.sheet), layout.origin, widths, layout.colours, layout=layout)
        draw(canvas, pledge)
        canvas.finish(f"{content.MUNICIPALITY} 민선8기 공약", "기준일: 2023. 12. 31.", fit=False)
    add_lists(book.create_sheet("목록"))
    name = content.MUNICIPALITY
    return saved(book, f"{name} 기획조정과", f"{name} 민선8기 공약 추진실적")


def add_lists(sheet: Worksheet) -> None:
    """The officer's hidden lists of choices."""
    for column, (name, values) in enumerate(LISTS.items(), start=1):
        sheet.column_dimensions[get_column_letter(column)].width = 18
        for row, value in enumerate((name, *values), start=1):
            cell = sheet.cell(row, column, value)
            cell.font = Font(name="맑은 고딕", size=10, bold=row == 1)
    sheet.sheet_state = "hidden"
