"""Documents as HTML and CSS for WeasyPrint, made beforehand: paged media, tables with heads, inline boxes."""

from __future__ import annotations

from collections.abc import Iterable
from html import escape

from bench.sheets import Sheet, sheets
from govtracker.export.document import Cell, Choice, Choices, Document, Flow, Grid, Para, Tabbed

FAMILIES = {"myeongjo": "NanumMyeongjo, NanumGothic, 'DejaVu Sans'", "gothic": "NanumGothic, 'DejaVu Sans'"}
SHEET = """\
html { word-break: keep-all }
* { margin: 0; padding: 0 }
.card { break-before: page }
h1 { height: 0; overflow: hidden; font-size: 1pt; color: transparent; bookmark-level: 1 }
table { border-collapse: collapse; table-layout: fixed; border-style: solid }
td { border: .12mm solid; vertical-align: middle }
tr { break-inside: avoid }
tr.splits { break-inside: auto }
.keep { break-after: avoid }
.hang { text-indent: calc(-1 * var(--hang)); padding-left: var(--hang) }
.mark { display: inline-block; text-indent: 0; white-space: pre }
.num { display: inline-block; box-sizing: border-box; width: 6.6mm; height: 6.6mm; line-height: 5.9mm;
  border: .35mm solid; background: #e7e6e6; text-align: center; margin-right: 2.4mm }
.right { float: right }
.spread { word-spacing: .2em }
.whole { white-space: nowrap }
i { display: inline-block; box-sizing: border-box; width: 2.7mm; height: 2.7mm; border: .14mm solid;
  margin: 0 1mm -.3mm 0 }
i.on { background: url("data:image/svg+xml,%3Csvg xmlns='http://www.w3.org/2000/svg' viewBox='0 0 27 27'%3E\
%3Cpath d='M5 13 12 21 25 1' fill='none' stroke='black' stroke-width='3.4'/%3E%3C/svg%3E") }
.choice { margin-right: 2.6mm; white-space: nowrap }
.choice:last-child { margin-right: 0 }
.tab { display: inline-block }
img { display: block; margin: 1mm 0 }
"""


def source(documents: Iterable[Document]) -> str:
    """One HTML file of all the documents, each beginning on a new page."""
    found = list(documents)
    of = sheets(found)
    looks = dict(zip(of, found, strict=True))
    pages = "\n".join(_page(document, sheet) for sheet, document in looks.items())
    styles = "\n".join(_style(name, sheet) for sheet in looks for name in sheet.styles)
    cards = "\n".join(_document(document, sheet) for document, sheet in zip(found, of, strict=True))
    return (
        f'<!doctype html><html lang="ko"><head><meta charset="utf-8"><title>{escape(found[0].name)}</title>'
        f"<style>{pages}\n{SHEET}\n{styles}</style></head><body>{cards}</body></html>"
    )


def _page(document: Document, sheet: Sheet) -> str:
    left, right, top, bottom = (f"{_n(margin)}mm" for margin in document.margins)
    head = "font: 8.5pt NanumGothic; color: #444; vertical-align: bottom; padding-bottom: 3.2mm"
    return (
        f".{sheet.name('card')} {{ page: {sheet.name('page')} }}\n"
        f"@page {sheet.name('page')} {{ size: A4; margin: {top} {right} {bottom} {left};"
        f" @top-left {{ content: {_css(document.running_head)}; {head} }}"
        f" @top-right {{ content: {_css(document.running_date)}; {head} }}"
        " @bottom-center { content: '- ' counter(page) ' -'; font: 10pt NanumMyeongjo } }"
    )


def _style(name: str, sheet: Sheet) -> str:
    style = sheet.styles[name]
    font = f"{_n(style.size)}pt/{_n(style.leading)} {FAMILIES[style.family]}"
    return f".{sheet.name(name)} {{ font: {'bold' if style.bold else 'normal'} {font} }}"


def _document(document: Document, sheet: Sheet) -> str:
    items = "\n".join(_item(item, sheet) for item in document.items)
    look = sheet.name("card")
    return f'<section class="card {look}"><h1>{escape(document.title)}</h1>{items}</section>'


def _item(item: Flow, sheet: Sheet) -> str:
    if isinstance(item, Grid):
        return _grid(item, sheet)
    if isinstance(item, Para):
        return _para(item, sheet)
    if isinstance(item, Choices):
        return (
            f'<p class="{sheet.name(item.style)}">{" ".join(_choice(choice) for choice in item.options)}</p>'
        )
    if isinstance(item, Tabbed):
        return "".join(f'<p class="{sheet.name(item.style)}">{_tabs(line)}</p>' for line in item.lines)
    return f'<img src="{item.sha}.png" style="width:{_n(item.width)}mm;height:{_n(item.height)}mm">'


def _tabs(line: tuple[tuple[float, str], ...]) -> str:
    made = []
    for at, (stop, text) in enumerate(line):
        room = line[at + 1][0] - stop if at + 1 < len(line) else 0
        made.append(f'<span class="tab" style="min-width:{_n(room)}mm">{escape(text)}</span>')
    return " ".join(made)


def _choice(choice: Choice) -> str:
    inside = f" ( {' '.join(_choice(inner) for inner in choice.inside)} )" if choice.inside else ""
    box = '<i class="on"></i>' if choice.ticked else "<i></i>"
    return f'<span class="choice">{box}{escape(choice.label)}{inside}</span>'


def _para(para: Para, sheet: Sheet) -> str:
    text = "".join(f"<b>{escape(run.text)}</b>" if run.bold else escape(run.text) for run in para.runs)
    classes = [sheet.name(para.style)]
    classes += [name for name in ("keep", "spread", "whole") if getattr(para, name)]
    css = f"text-align:{para.align}" if para.align != "left" else ""
    if para.before or para.after:
        css += f";margin:{_n(para.before)}mm 0 {_n(para.after)}mm"
    if para.clear:
        css += f";padding-right:{_n(para.clear)}em"
    if para.number:
        text = f'<span class="num">{escape(para.number)}</span>{text}'
    if para.right:
        style = "body" if para.leader else "caption"
        text = f'<span class="right {sheet.name(style)}">{escape(para.right)}</span>{text}'
    if para.text_x or para.mark:
        classes.append("hang")
        css += f";--hang:{_n(para.text_x)}em"
        room = f"width:{_n(para.text_x - para.mark_x)}em;margin-left:{_n(para.mark_x)}em"
        text = f'<span class="mark" style="{room}">{escape(para.mark)}</span>{text}'
    styled = f' style="{css.strip(";")}"' if css else ""
    return f'<p class="{" ".join(classes)}"{styled}>{text}</p>'


def _grid(grid: Grid, sheet: Sheet) -> str:
    columns = "".join(f'<col style="width:{_n(width)}mm">' for width in grid.widths)
    rows = [
        f'<tr style="height:{_n(row.height)}mm"{" class=splits" if row.splits else ""}>'
        f"{''.join(_cell(cell, sheet) for cell in row.cells)}</tr>"
        for row in grid.rows
    ]
    head = f"<thead>{''.join(rows[: grid.head])}</thead>" if grid.head else ""
    css = f"width:{_n(sum(grid.widths))}mm;border-width:{_n(grid.outer)}mm"
    css += f";margin:{_n(grid.before)}mm 0 {_n(grid.after)}mm {_n(grid.x)}mm"
    kept = ' class="keep"' if grid.keep else ""
    body = "".join(rows[grid.head :])
    return f'<table{kept} style="{css}">{columns}{head}<tbody>{body}</tbody></table>'


def _cell(cell: Cell, sheet: Sheet) -> str:
    css = f"padding:{_n(cell.pad[1])}mm {_n(cell.pad[0])}mm"
    css += f";background:{cell.fill}" if cell.fill else ""
    css += ";border-left-width:.25mm" if cell.divider else ""
    css += ";vertical-align:top" if cell.valign == "top" else ""
    span = f' colspan="{cell.colspan}"' if cell.colspan > 1 else ""
    span += f' rowspan="{cell.rowspan}"' if cell.rowspan > 1 else ""
    inside = "".join(_item(item, sheet) for item in cell.content)
    return f'<td{span} style="{css}">{inside}</td>'


def _css(text: str) -> str:
    return '"' + text.replace("\\", "\\\\").replace('"', '\\"') + '"'


def _n(value: float) -> str:
    return f"{value:.4g}"
