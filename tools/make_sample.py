"""Draw the bundled sample workbook of last year (`지난해 공약 실적.xlsx`) and the truth beside it.

Duty: one sheet per pledge of `tools/sample/`, in the printed order of the Gwanak form but with the habits of
another officer (raster, start cell, check marks, heads, outlines, dates). The same bytes come out every time.
Boundary: what the sheets say stands in `tools/sample/*.toml`; nothing is invented here.

usage: python tools/make_sample.py
"""

from __future__ import annotations

import io
import json
import math
import re
import unicodedata
import zipfile
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from itertools import accumulate, pairwise
from pathlib import Path

from openpyxl import Workbook
from openpyxl.comments import Comment
from openpyxl.drawing.image import Image as SheetImage
from openpyxl.drawing.spreadsheet_drawing import AnchorMarker, OneCellAnchor
from openpyxl.drawing.xdr import XDRPositiveSize2D
from openpyxl.styles import Alignment, Border, Font, PatternFill, Side
from openpyxl.utils import get_column_letter
from openpyxl.utils.cell import column_index_from_string as column_index
from openpyxl.utils.cell import coordinate_from_string
from openpyxl.utils.units import pixels_to_EMU
from openpyxl.worksheet.pagebreak import Break
from openpyxl.worksheet.worksheet import Worksheet
from PIL import Image, ImageDraw
from sample import content
from sample.content import Event, Figure, Layout, Narrative, Pledge

FOLDER = Path(__file__).resolve().parent.parent / "resources" / "sample"
BOOK = "지난해 공약 실적.xlsx"
TRUTH = "지난해 공약 실적.expected.json"
STAMP = datetime(2024, 1, 15, 9, 0, 0)
FONT = "맑은 고딕"
WIDTH = 170.0
"""Width of the form in mm; all column borders below are counted from its left edge."""
PAGE_PIXELS = 585
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
Span = tuple[int, int]
"""First and last sheet column, both counted from 1 and both in."""
HAIR = Side(style="thin", color="7F7F7F")


@dataclass(frozen=True)
class Look:
    """How a cell looks; `fill` names a colour of the sheet's layout."""

    bold: bool = False
    size: float = 10
    align: str = "center"
    vertical: str = "center"
    fill: str = ""
    colour: str = "000000"
    border: bool = True
    number: str = "General"
    rotation: int = 0
    indent: int = 0


TEXT = Look(align="left")
PLAIN = Look(align="left", border=False)
BODY = Look()
MONEY = Look(align="right", number="#,##0")
RATE = Look(align="right", number="0.0")
HEAD = Look(bold=True, fill="head")
SMALL_HEAD = Look(bold=True, fill="head", size=8)
STACKED_HEAD = Look(bold=True, fill="head", size=8, rotation=255)
CAPTION = Look(bold=True, align="left", size=10.5, border=False)
SECTION = Look(bold=True, size=12, align="left", border=False, indent=1)
UNIT = Look(align="right", size=9, border=False)


@dataclass
class Canvas:
    """A sheet that is written from top to bottom on a raster of columns."""

    sheet: Worksheet
    layout: Layout
    row: int = 0
    first: int = 0
    widths: list[float] = field(default_factory=list)
    heights: dict[int, float] = field(default_factory=dict)

    def __post_init__(self) -> None:
        letters, self.row = coordinate_from_string(self.layout.origin)
        self.first = column_index(letters)
        self.widths = [*self.layout.lead, *[self.layout.quarter] * len(content.QUARTERS), *self.layout.tail]
        for column in range(1, self.first):
            self.sheet.column_dimensions[get_column_letter(column)].width = 1.8
        for offset, width in enumerate(self.widths):
            self.sheet.column_dimensions[get_column_letter(self.first + offset)].width = width

    @property
    def last(self) -> int:
        return self.first + len(self.widths) - 1

    def columns(self, edges: Sequence[float]) -> list[Span]:
        """First and last sheet column between each two edges (mm), snapped to the raster."""
        scale = WIDTH / sum(self.widths)
        marks = [0.0, *accumulate(width * scale for width in self.widths)]
        snapped: list[int] = []
        for edge in edges:
            near = min(range(len(marks)), key=lambda i: abs(marks[i] - edge))
            snapped.append(max(near, snapped[-1] + 1) if snapped else near)
        return [(self.first + a, self.first + b - 1) for a, b in pairwise(snapped)]

    def put(self, span: Span, value: content.Cell | float, look: Look, rows: int = 1) -> None:
        """Write a value over the columns of `span` and `rows` rows from the current one, merged where needed."""
        left, right = span
        for row in range(self.row, self.row + rows):
            for column in range(left, right + 1):
                self._dress(row, column, look)
        self.sheet.cell(self.row, left).value = value
        if right > left or rows > 1:
            self.sheet.merge_cells(None, self.row, left, self.row + rows - 1, right)
        if rows == 1 and not look.rotation:
            self.need(self.height_of(str(value or ""), span, look.size))

    def _dress(self, row: int, column: int, look: Look) -> None:
        cell = self.sheet.cell(row, column)
        cell.font = Font(name=FONT, size=look.size, bold=look.bold, color=look.colour)
        cell.alignment = Alignment(
            look.align, look.vertical, look.rotation, wrap_text=True, indent=look.indent
        )
        cell.number_format = look.number
        if look.border:
            cell.border = Border(HAIR, HAIR, HAIR, HAIR)
        if look.fill:
            cell.fill = PatternFill("solid", fgColor=self.layout.colours[look.fill])

    def room(self, span: Span) -> float:
        return sum(self.widths[column - self.first] for column in range(span[0], span[1] + 1))

    def height_of(self, text: str, span: Span, size: float) -> float:
        """Height in points that the text needs when it wraps within the span."""
        room = max(self.room(span) - 1.5, 1.5) * 10 / size
        lines = sum(max(1, math.ceil(text_width(line) / room)) for line in text.split("\n"))
        return lines * size * 1.5 + 4

    def need(self, height: float) -> None:
        self.heights[self.row] = max(self.heights.get(self.row, 18.0), height)

    def next(self, rows: int = 1) -> None:
        self.row += rows

    def gap(self, height: float = 9) -> None:
        self.heights[self.row] = height
        self.next()

    @property
    def whole(self) -> Span:
        return self.first, self.last


def text_width(text: str) -> float:
    """Width of a line in column units: a wide character counts two."""
    return sum(1.95 if unicodedata.east_asian_width(char) in "WFA" else 1.05 for char in text)


# ---------------------------------------------------------------------------------------------- the form


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


def caption(canvas: Canvas, text: str) -> None:
    canvas.put(canvas.whole, text, CAPTION)
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


def draw_nested(canvas: Canvas, part: Narrative) -> None:
    count = len(part.table[0]) - 1
    spans = canvas.columns((0, 42, *(42 + 112 * n / count for n in range(1, count + 1))))
    heads = content.head_rows(part)
    for y, row in enumerate(part.table):
        for x, value in enumerate(row):
            if value not in ("<", "^"):
                right = x + sum(1 for _ in covered(row[x + 1 :], "<"))
                rows = 1 + sum(1 for _ in covered([below[x] for below in part.table[y + 1 :]], "^"))
                look = HEAD if y < heads else MONEY if is_figure(value) else BODY
                canvas.put((spans[x][0], spans[right][1]), value, look, rows)
        canvas.need(18)
        canvas.next()
    canvas.gap(6)


def covered(cells: Sequence[Figure], mark: str) -> Iterator[Figure]:
    for cell in cells:
        if cell != mark:
            return
        yield cell


def is_figure(value: Figure) -> bool:
    return isinstance(value, int) or value == "-" or bool(re.fullmatch(r"[\d,.]+", value))


# ---------------------------------------------------------------------------------------------- tables


def draw_gantt(canvas: Canvas, pledge: Pledge) -> None:
    lead = len(canvas.layout.lead)
    start = canvas.first + lead
    remark = (start + len(content.QUARTERS), canvas.last)
    canvas.put((canvas.first, start - 1), label(canvas.layout, "구 분"), HEAD, rows=2)
    canvas.put(remark, label(canvas.layout, "비 고"), HEAD, rows=2)
    for year in content.YEARS:
        places = [start + i for i, quarter in enumerate(content.QUARTERS) if quarter.startswith(str(year))]
        canvas.put((places[0], places[-1]), year_head(canvas.layout, year), HEAD)
    canvas.next()
    stacked = canvas.layout.gantt_quarter == "1분기"
    for i, quarter in enumerate(content.QUARTERS):
        text = quarter_head(canvas.layout.gantt_quarter, int(quarter[-1]))
        canvas.put((start + i, start + i), text, STACKED_HEAD if stacked else SMALL_HEAD)
    canvas.need(50 if stacked else 18)
    canvas.next()
    for no, task in enumerate(pledge.tasks, start=1):
        canvas.put((canvas.first, canvas.first), no, BODY)
        canvas.put((canvas.first + 1, start - 1), task.name, TEXT)
        for i, quarter in enumerate(content.QUARTERS):
            canvas.put((start + i, start + i), None, Look(fill="gantt" if quarter in task.quarters else ""))
        canvas.put(remark, None, BODY)
        canvas.need(20)
        canvas.next()


def draw_money(canvas: Canvas, money: dict[str, tuple[Figure, ...]], corner: str) -> None:
    canvas.put(canvas.whole, canvas.layout.unit, UNIT)
    canvas.next()
    draw_money_head(canvas, corner)
    columns = [tuple(column) for column in zip(*money.values(), strict=True)]
    sums: tuple[Figure, ...] = tuple(content.total(column) or "-" for column in columns)
    for name, figures in (("총 계", sums), *((f"{s[0]} {s[1]}", figures) for s, figures in money.items())):
        draw_money_row(canvas, name if canvas.layout.spread else name.replace(" ", ""), figures)


def draw_money_head(canvas: Canvas, corner: str) -> None:
    spans = canvas.columns(MONEY_EDGES)
    canvas.put(spans[0], corner, HEAD, rows=2)
    canvas.put(spans[1], "계", HEAD, rows=2)
    canvas.put((spans[2][0], spans[7][1]), "임기 내", HEAD)
    canvas.put(spans[8], "임기 후", HEAD, rows=2)
    canvas.next()
    years = [year_head(canvas.layout, year) for year in content.YEARS]
    for span, head in zip(spans[2:8], ("소계", *years), strict=True):
        canvas.put(span, head, HEAD)
    canvas.next()


def draw_money_row(canvas: Canvas, name: str, figures: tuple[Figure, ...]) -> None:
    """계 and 소계 follow from the columns; executed figures have no column after the term, so it stays blank."""
    spans = canvas.columns(MONEY_EDGES)
    canvas.put(spans[0], name, HEAD)
    whole = [content.total(figures) or "-", content.total(figures[:5]) or "-", *figures]
    for span, figure in zip(spans[1:], [*whole, ""], strict=False):
        canvas.put(span, shown(canvas.layout, figure), MONEY)
    canvas.next()


def draw_yearly(canvas: Canvas, pledge: Pledge) -> None:
    spans = canvas.columns((0, 6.5, 52, 80, 91, 104, 117.2, 130.4, 143.6, 156.8, WIDTH))
    heads = ("확인지표", "단위", "목표", *(year_head(canvas.layout, year) for year in content.YEARS))
    canvas.put((spans[0][0], spans[1][1]), label(canvas.layout, "구 분"), HEAD)
    for span, head in zip(spans[2:], heads, strict=True):
        canvas.put(span, head, HEAD)
    canvas.next()
    for no, task in enumerate(pledge.tasks, start=1):
        draw_named(canvas, spans, no, (task.name, task.indicator, task.unit))
        for span, figure in zip(spans[4:], (task.target_total, *task.targets), strict=True):
            canvas.put(span, shown(canvas.layout, figure), MONEY)
        canvas.next()


def draw_quarterly(canvas: Canvas, pledge: Pledge) -> None:
    spans = canvas.columns((0, 6.5, 56, 86, 99, 114, 128, 142, 156, WIDTH))
    canvas.gap(5)
    caption(canvas, f"{canvas.layout.subhead}{content.AS_OF_YEAR}년 분기별 목표")
    canvas.put((spans[0][0], spans[1][1]), label(canvas.layout, "구 분"), HEAD, rows=2)
    canvas.put(spans[2], "확인지표", HEAD, rows=2)
    canvas.put(spans[3], "단위", HEAD, rows=2)
    canvas.put((spans[4][0], spans[8][1]), f"{content.AS_OF_YEAR}년 목표", HEAD)
    canvas.next()
    quarters = [quarter_head(canvas.layout.target_quarter, quarter) for quarter in range(1, 5)]
    for span, head in zip(spans[4:], ("계", *quarters), strict=True):
        canvas.put(span, head, HEAD)
    canvas.next()
    for no, task in enumerate(pledge.tasks, start=1):
        draw_named(canvas, spans, no, (task.name, task.indicator, task.unit))
        for span, figure in zip(
            spans[4:], (content.total(task.quarterly) or "-", *task.quarterly), strict=True
        ):
            canvas.put(span, shown(canvas.layout, figure), MONEY)
        canvas.next()


def draw_named(canvas: Canvas, spans: list[Span], no: int, texts: tuple[str, str, str]) -> None:
    """The first cells of an indicator's row: number, task, indicator, unit."""
    canvas.put(spans[0], no, BODY)
    canvas.put(spans[1], texts[0], TEXT)
    canvas.put(spans[2], texts[1], BODY)
    canvas.put(spans[3], texts[2], BODY)


def draw_results(canvas: Canvas, pledge: Pledge) -> None:
    spans = canvas.columns((0, 6.5, 52, 72, 99, 109, 122, 135, 154, WIDTH))
    caption(canvas, f"{canvas.layout.subhead}추진실적 총괄")
    canvas.put((spans[0][0], spans[1][1]), "구분", HEAD)
    heads = ("전체사업\n대비비율(%)", "확인지표", "단위", "목표", "실적", "사업\n이행률(%)", "비고")
    for span, head in zip(spans[2:], heads, strict=True):
        canvas.put(span, head, HEAD)
    canvas.next()
    for no, task in enumerate(pledge.tasks, start=1):
        canvas.put(spans[0], no, BODY)
        canvas.put(spans[1], task.name, TEXT)
        canvas.put(spans[2], task.weight, BODY)
        canvas.put(spans[3], task.indicator, BODY)
        canvas.put(spans[4], task.unit, BODY)
        canvas.put(spans[5], shown(canvas.layout, task.target_total), MONEY)
        canvas.put(spans[6], shown(canvas.layout, task.actual), MONEY)
        canvas.put(spans[7], content.one_decimal(task.rate), RATE)
        canvas.put(spans[8], None, BODY)
        canvas.next()
    canvas.put((spans[0][0], spans[6][1]), "총 이행률(%)", HEAD)
    canvas.put(spans[7], pledge.total_rate, Look(bold=True, align="right", number="0.0"))
    canvas.put(spans[8], None, BODY)
    canvas.next()
    canvas.gap(5)


def draw_spent(canvas: Canvas, pledge: Pledge) -> None:
    caption(canvas, f"{canvas.layout.subhead}예산 집행액")
    draw_money(canvas, pledge.executed, "구분")
    canvas.gap(5)


# ---------------------------------------------------------------------------------------------- events


def draw_timeline(canvas: Canvas, pledge: Pledge) -> None:
    spans = canvas.columns((0, 10, 31, 85, WIDTH))
    caption(canvas, f"{canvas.layout.subhead}일정별 추진실적")
    draw_heads(canvas, spans, ("연번", "일자", "추진사항", "세부내용"))
    for run in runs(pledge.events, canvas.layout):
        draw_date(canvas, spans[1], run)
        for event in run.events:
            canvas.put(spans[0], event.no, BODY)
            canvas.put(spans[2], event.title, TEXT)
            canvas.put(spans[3], "\n".join(line.printed for line in event.details), TEXT)
            canvas.next()
        if run.ends_page:
            canvas.sheet.row_breaks.append(Break(id=canvas.row - 1))
            spread = "세 부 내 용" if canvas.layout.spread else "세부내용"
            draw_heads(canvas, spans, ("연번", "일자", "추진사항", spread))
    canvas.gap(5)


@dataclass
class Run:
    """Events that share one date cell; `dated` is false where the date stands on the page before."""

    events: list[Event]
    dated: bool = True
    ends_page: bool = False


def runs(events: Sequence[Event], layout: Layout) -> list[Run]:
    """Neighbours of one date, joined where the officer merges that date; a page head always parts them."""
    found: list[Run] = []
    for event in events:
        previous = found[-1] if found else None
        joins = previous is not None and previous.events[0].date == event.date and merges(layout, event.date)
        if previous is not None and event.no in layout.repeat_head:
            previous.ends_page = True
            found.append(Run([event], dated=not joins))
        elif previous is not None and joins:
            previous.events.append(event)
        else:
            found.append(Run([event]))
    return found


def merges(layout: Layout, date: str) -> bool:
    return layout.merged_dates == "all" or date in layout.merged_dates


def draw_date(canvas: Canvas, span: Span, run: Run) -> None:
    """A date merged over its events, or written once with blank cells below; rows are left to the caller."""
    date = run.events[0].date if run.dated else None
    if not canvas.layout.blank_dates:
        canvas.put(span, date, BODY, rows=len(run.events))
        return
    start = canvas.row
    for offset in range(len(run.events)):
        canvas.row = start + offset
        canvas.put(span, None if offset else date, BODY)
    canvas.row = start


def draw_participation(canvas: Canvas, pledge: Pledge) -> None:
    spans = canvas.columns((0, 10, 31, 60, WIDTH))
    caption(canvas, f"{canvas.layout.subhead}주민 참여(소통) 실적")
    draw_heads(canvas, spans, ("연번", "일자", "구분", "세부내용"))
    for event in pledge.participation:
        canvas.put(spans[0], event.no, BODY)
        canvas.put(spans[1], event.date, BODY)
        canvas.put(spans[2], event.kind, BODY)
        canvas.put(spans[3], "\n".join([event.title, *(line.printed for line in event.details)]), TEXT)
        if event.photo:
            hang_photo(canvas, spans[3])
        canvas.next()


def draw_heads(canvas: Canvas, spans: list[Span], heads: Sequence[str]) -> None:
    for span, head in zip(spans, heads, strict=True):
        canvas.put(span, head, HEAD)
    canvas.need(20)
    canvas.next()


def hang_photo(canvas: Canvas, span: Span) -> None:
    """Anchor the photograph at the right end of the cell, and make its row high enough."""
    width, height = PHOTO_PIXELS
    column, taken = span[1] + 1, 0.0
    while taken < width + 6:
        column -= 1
        taken += canvas.widths[column - canvas.first] * 7 + 5
    start = AnchorMarker(column - 1, pixels_to_EMU(int(taken - width - 3)), canvas.row - 1, pixels_to_EMU(6))
    picture = SheetImage(io.BytesIO(photo()))
    picture.anchor = OneCellAnchor(start, XDRPositiveSize2D(pixels_to_EMU(width), pixels_to_EMU(height)))
    canvas.sheet.add_image(picture)
    canvas.need((height + 12) * 0.75)


# ---------------------------------------------------------------------------------------------- spelling


def label(layout: Layout, text: str) -> str:
    return text if layout.spread else text.replace(" ", "")


def year_head(layout: Layout, year: int) -> Figure:
    return f"{year}년" if layout.year == "2023년" else year


def quarter_head(style: str, quarter: int) -> Figure:
    return {"1/4": f"{quarter}/4", "1분기": f"{quarter}분기"}.get(style, quarter)


def shown(layout: Layout, figure: Figure) -> Figure | None:
    if figure == "":
        return None
    return f"{figure:,}" if layout.figures == "text" and isinstance(figure, int) else figure


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


# ---------------------------------------------------------------------------------------------- picture


def photo() -> bytes:
    """A meeting hall seen from the back rows: a lit screen, a speaker, three rows of listeners (PNG)."""
    scale, size = 2, (640, 420)
    image = Image.new("RGB", (size[0] * scale, size[1] * scale), "#E9EEF4")
    pen = ImageDraw.Draw(image)
    paint_room(pen, scale)
    for row, (top, shade) in enumerate(((232, 0.82), (284, 0.92), (346, 1.0))):
        paint_row(pen, scale, row, top, shade)
    small = image.resize(size, Image.Resampling.LANCZOS).quantize(96, Image.Quantize.MEDIANCUT)
    file = io.BytesIO()
    small.save(file, "PNG", optimize=True)
    return file.getvalue()


def paint_room(pen: ImageDraw.ImageDraw, k: int) -> None:
    def area(*points: tuple[int, int], fill: str) -> None:
        pen.polygon([(x * k, y * k) for x, y in points], fill=fill)

    area((0, 0), (640, 0), (540, 60), (100, 60), fill="#F6F8FB")
    area((0, 0), (100, 60), (100, 215), (0, 270), fill="#D5DEE9")
    area((640, 0), (540, 60), (540, 215), (640, 270), fill="#CBD6E3")
    area((0, 270), (100, 215), (540, 215), (640, 270), (640, 420), (0, 420), fill="#C9B79C")
    for x in (200, 320, 440):
        area((x - 42, 18), (x + 42, 18), (x + 34, 32), (x - 34, 32), fill="#FFFBE6")
    for x in (22, 60):
        area(
            (x, 60 + x // 3), (x + 26, 64 + x // 3), (x + 26, 196 - x // 4), (x, 212 - x // 4), fill="#A9CCE3"
        )
    area((195, 76), (445, 76), (445, 190), (195, 190), fill="#2F5597")
    area((201, 82), (439, 82), (439, 184), (201, 184), fill="#F4F9FF")
    for i, height in enumerate((22, 36, 30, 52, 64)):
        area(
            (228 + i * 22, 168),
            (242 + i * 22, 168),
            (242 + i * 22, 168 - height),
            (228 + i * 22, 168 - height),
            fill=("#9DC3E6", "#70AD47", "#FFC000", "#5B9BD5", "#ED7D31")[i],
        )
    for i, length in enumerate((68, 52, 60, 40)):
        area(
            (352, 100 + i * 18),
            (352 + length, 100 + i * 18),
            (352 + length, 106 + i * 18),
            (352, 106 + i * 18),
            fill="#B4C7E7",
        )
    area((474, 168), (512, 168), (508, 222), (478, 222), fill="#8B6B4A")
    paint_person(pen, k, 493, 142, 0.62, "#44546A", "#F1C9A5")


def paint_row(pen: ImageDraw.ImageDraw, k: int, row: int, top: int, shade: float) -> None:
    """A row of people from behind, larger and lower the nearer it is."""
    coats = ("#5B9BD5", "#C55A5A", "#70AD47", "#7F6BB3", "#D79B3E", "#4E8F8B", "#8497B0", "#B5657D")
    hair = ("#2B2B2B", "#4A3728", "#3A3A3A", "#6B5B4D", "#8A8A8A")
    count, size = 8 - row, 0.72 + row * 0.2
    step = 600 / count
    for i in range(count):
        x = int(20 + step * (i + 0.5) + (row % 2) * 6)
        coat = dimmed(coats[(i * 3 + row * 2) % len(coats)], shade)
        paint_person(pen, k, x, top + (i % 3) * 3, size, coat, hair[(i * 2 + row) % len(hair)])


def paint_person(pen: ImageDraw.ImageDraw, k: int, x: int, y: int, size: float, coat: str, head: str) -> None:
    r, half, deep = 17 * size, 33 * size, 74 * size
    shoulders = (x - half, y + r * 0.9, x + half, y + r + deep * 1.3)
    pen.rounded_rectangle([v * k for v in shoulders], radius=int(26 * size * k), fill=coat)
    pen.ellipse([v * k for v in (x - r, y - r, x + r, y + r * 1.1)], fill=head)


def dimmed(colour: str, shade: float) -> str:
    parts = (int(colour[i : i + 2], 16) for i in (1, 3, 5))
    return "#" + "".join(f"{int(part * shade + 233 * (1 - shade)):02X}" for part in parts)


# ---------------------------------------------------------------------------------------------- the book


def make_book(pledges: Sequence[Pledge]) -> bytes:
    book = Workbook()
    book.remove(book.worksheets[0])
    for pledge in pledges:
        canvas = Canvas(book.create_sheet(pledge.sheet), pledge.layout)
        draw(canvas, pledge)
        finish(canvas)
    add_lists(book.create_sheet("목록"))
    book.properties.creator = f"{content.MUNICIPALITY} 기획조정과"
    book.properties.title = f"{content.MUNICIPALITY} 민선8기 공약 추진실적"
    book.properties.created = STAMP
    file = io.BytesIO()
    book.save(file)
    return steady(file.getvalue())


def finish(canvas: Canvas) -> None:
    """Row heights, print area and paper of a drawn sheet."""
    sheet = canvas.sheet
    for row, height in canvas.heights.items():
        sheet.row_dimensions[row].height = round(height, 1)
    top = coordinate_from_string(canvas.layout.origin)[1]
    first, last = get_column_letter(canvas.first), get_column_letter(canvas.last)
    sheet.print_area = f"{first}{top}:{last}{canvas.row - 1}"
    sheet.page_setup.orientation = "portrait"
    sheet.page_setup.paperSize = 9
    sheet.page_setup.scale = int(100 * PAGE_PIXELS / sum(width * 7 + 5 for width in canvas.widths))
    sheet.page_margins.left = sheet.page_margins.right = 0.47
    sheet.page_margins.top, sheet.page_margins.bottom = 0.75, 0.65
    sheet.print_options.horizontalCentered = True
    sheet.oddHeader.left.text = f"{content.MUNICIPALITY} 민선8기 공약"
    sheet.oddHeader.right.text = "기준일: 2023. 12. 31."
    sheet.oddFooter.center.text = "- &P -"
    sheet.sheet_view.showGridLines = False
    sheet.sheet_view.zoomScale = 90


def add_lists(sheet: Worksheet) -> None:
    """The officer's hidden lists of choices."""
    for column, (name, values) in enumerate(LISTS.items(), start=1):
        sheet.column_dimensions[get_column_letter(column)].width = 18
        for row, value in enumerate((name, *values), start=1):
            cell = sheet.cell(row, column, value)
            cell.font = Font(name=FONT, size=10, bold=row == 1)
    sheet.sheet_state = "hidden"


def steady(data: bytes) -> bytes:
    """The same workbook with fixed time stamps, so that the same content gives the same bytes."""
    file = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as new:
        for name in old.namelist():
            info = zipfile.ZipInfo(name, STAMP.timetuple()[:6])
            info.compress_type, info.external_attr, info.create_system = zipfile.ZIP_DEFLATED, 0o600 << 16, 0
            body = old.read(name)
            new.writestr(info, stamped(body) if name == "docProps/core.xml" else body, compresslevel=9)
    return file.getvalue()


def stamped(core: bytes) -> bytes:
    stamp = f"{STAMP:%Y-%m-%dT%H:%M:%SZ}".encode()
    return re.sub(rb"(<dcterms:modified[^>]*>)[^<]*", rb"\g<1>" + stamp, core)


def main() -> None:
    pledges = content.load()
    FOLDER.mkdir(parents=True, exist_ok=True)
    (FOLDER / BOOK).write_bytes(make_book(pledges))
    told = json.dumps(content.truth(pledges, BOOK), ensure_ascii=False, indent=1) + "\n"
    (FOLDER / TRUTH).write_text(told, encoding="utf-8", newline="\n")


if __name__ == "__main__":
    main()
