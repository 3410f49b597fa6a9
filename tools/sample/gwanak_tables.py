"""The tables of the Gwanak form's sheets: schedule, money, indicators, events."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from openpyxl.worksheet.pagebreak import Break
from sample import content
from sample.content import Event, Figure, Layout, Narrative, Pledge
from sample.paper import (
    BODY,
    HEAD,
    MONEY,
    RATE,
    TEXT,
    UNIT,
    WIDTH,
    Look,
    Paper,
    Span,
    covered,
    is_figure,
)
from sample.photo import PHOTO_PIXELS, photo

MONEY_EDGES = (0, 24, 43, 62, 79, 96, 113, 130, 147, 170)
CAPTION = Look(bold=True, align="left", size=10.5, border=False)
SMALL_HEAD = Look(bold=True, fill="head", size=8)
STACKED_HEAD = Look(bold=True, fill="head", size=8, rotation=255)


@dataclass(kw_only=True)
class Canvas(Paper):
    """Paper with the habits of the officer of this sheet."""

    layout: Layout


def caption(canvas: Canvas, text: str) -> None:
    canvas.put(canvas.whole, text, CAPTION)
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
            canvas.hang(photo(), spans[3], PHOTO_PIXELS)
        canvas.next()


def draw_heads(canvas: Canvas, spans: list[Span], heads: Sequence[str]) -> None:
    for span, head in zip(spans, heads, strict=True):
        canvas.put(span, head, HEAD)
    canvas.need(20)
    canvas.next()


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
