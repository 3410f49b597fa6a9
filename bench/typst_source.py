"""Documents as typst source, made beforehand: its own tables, blocks, boxes; nothing measured for it.

What typst lacks stays away: it breaks lines between syllables, and the part of a table that ends a page
has a hairline below instead of the outer rule; tab stops are gaps.
"""

from __future__ import annotations

from collections.abc import Iterable

from bench.sheets import Sheet, sheets
from govtracker.export.document import Cell, Choice, Choices, Document, Flow, Grid, Para, Tabbed

FAMILIES = {"myeongjo": "NanumMyeongjo", "gothic": "NanumGothic"}
PRELUDE = """\
#set page(paper: "a4", footer: context align(center, text(font: "NanumMyeongjo", size: 10pt,
  counter(page).display("- 1 -"))), numbering: "- 1 -", header-ascent: 3.2mm, footer-descent: 5mm)
#set text(lang: "ko", fallback: true)
#set par(leading: 0pt, spacing: 0pt)
#set block(above: 0pt, below: 0pt)
#set table(stroke: 0.12mm)
#set table.cell(breakable: false)
#show heading: none
#let box0 = box(width: 2.7mm, height: 2.7mm, stroke: 0.14mm, baseline: 0.3mm)
#let box1 = box(width: 2.7mm, height: 2.7mm, stroke: 0.14mm, baseline: 0.3mm, place(curve(
  stroke: 0.34mm, curve.move((0.54mm, 1.35mm)), curve.line((1.16mm, 2.1mm)), curve.line((2.48mm, -0.35mm)))))
#let num(it) = box(width: 6.6mm, height: 6.6mm, stroke: 0.35mm, fill: rgb("#E7E6E6"), baseline: 1.6mm,
  align(center + horizon, it)) + h(2.4mm)
#let dots = box(width: 1fr, inset: (x: 0.6em), repeat(gap: 0.16em, justify: false)[·])
#let gap = h(0.42em)
#let cell = table.cell
#let part = block
"""
UNTAGGED = """\
#let part(above: 0pt, below: 0pt, sticky: false, inset: 0pt, width: 100%, it) = block(
  above: above, below: below, sticky: sticky, inset: inset, width: width, pdf.artifact(it))
"""


def source(documents: Iterable[Document], *, tagged: bool = True) -> str:
    """One typst file of all the documents, each beginning on a new page; without tags if so wanted."""
    found = list(documents)
    of = sheets(found)
    looks = [line for sheet in dict.fromkeys(of) for line in _styles(sheet)]
    cards = (_document(document, sheet) for document, sheet in zip(found, of, strict=True))
    return "\n".join([PRELUDE if tagged else PRELUDE + UNTAGGED, *looks, *cards])


def _styles(sheet: Sheet) -> list[str]:
    made = []
    for name, style in sheet.styles.items():
        top, bottom = style.leading / 2 + 0.36, style.leading / 2 - 0.36
        weight = "bold" if style.bold else "regular"
        made.append(
            f'#let s_{sheet.name(name)} = text.with(font: ("{FAMILIES[style.family]}", "NanumGothic", "DejaVu Sans"),'
            f" size: {_n(style.size)}pt, "
            f'weight: "{weight}", top-edge: {_n(top)}em, bottom-edge: {_n(-bottom)}em)'
        )
    return made


def _document(document: Document, sheet: Sheet) -> str:
    left, right, top, bottom = (_n(value) for value in document.margins)
    head = (
        f'text(font: "NanumGothic", size: 8.5pt, fill: rgb("#444444"))'
        f"[{escape(document.running_head)}#h(1fr){escape(document.running_date)}]"
    )
    page = f"#set page(margin: (left: {left}mm, right: {right}mm, top: {top}mm, bottom: {bottom}mm), header: {head})"
    items = "\n".join(_item(item, sheet) for item in document.items)
    return f"#[\n{page}\n= {escape(document.title)}\n{items}\n]"


def _item(item: Flow, sheet: Sheet) -> str:
    """A block of its own, with its space above and below."""
    if isinstance(item, Grid):
        inset = f", inset: (left: {_n(item.x)}mm)" if item.x else ""
        return _block(_grid(item, sheet), item.before, item.after, item.keep, inset)
    if isinstance(item, Para):
        return _block(_para(item, sheet), item.before, item.after, item.keep)
    return _block(_inner(item, sheet), 0, 0, keep=False)


def _block(body: str, before: float, after: float, keep: bool, more: str = "") -> str:
    sticky = ", sticky: true" if keep else ""
    space = (f", above: {_n(before)}mm" if before else "") + (f", below: {_n(after)}mm" if after else "")
    return f"#part(width: 100%{space}{sticky}{more})[{body}]"


def _inner(item: Flow, sheet: Sheet) -> str:
    if isinstance(item, Grid):
        return _item(item, sheet)
    if isinstance(item, Para):
        return _para(item, sheet)
    if isinstance(item, Choices):
        return f"#s_{sheet.name(item.style)}[{'#h(2.6mm, weak: true) '.join(_choice(choice) for choice in item.options)}]"
    if isinstance(item, Tabbed):
        lines = (_tabs(line) for line in item.lines)
        return f"#s_{sheet.name(item.style)}[{' #linebreak() '.join(lines)}]"
    return f'#image("{item.sha}.png", width: {_n(item.width)}mm, height: {_n(item.height)}mm)'


def _tabs(line: tuple[tuple[float, str], ...]) -> str:
    return "#h(2.5mm)".join(f"#box[{escape(text)}]" for _, text in line)


def _choice(choice: Choice) -> str:
    inside = "#h(2mm)".join(_choice(inner) for inner in choice.inside)
    label = f"#box{int(choice.ticked)}#h(1mm){escape(choice.label)}"
    return f"{label} ( {inside} )" if inside else label


def _para(para: Para, sheet: Sheet) -> str:
    runs = "".join(f"#strong[{escape(run.text)}]" if run.bold else escape(run.text) for run in para.runs)
    if para.spread:
        runs = "#gap;".join(escape(part) for part in para.text.split(" "))
    if para.number:
        runs = f"#num[{escape(para.number)}]{runs}"
    if para.right:
        style = "body" if para.leader else "caption"
        runs += f"{'#dots' if para.leader else '#h(1fr)'}#s_{sheet.name(style)}[{escape(para.right)}]"
    if para.text_x or para.mark:
        mark = escape(para.mark)
        runs = f"#box(width: {_n(para.text_x)}em)[#h({_n(para.mark_x)}em){mark}]{runs}"
        return f"#s_{sheet.name(para.style)}[#par(hanging-indent: {_n(para.text_x)}em)[{runs}]]"
    if para.clear:
        runs += f"#h({_n(para.clear)}em)"
    return f"#s_{sheet.name(para.style)}[{runs}]"


def _grid(grid: Grid, sheet: Sheet) -> str:
    columns = ", ".join(f"{_n(width)}mm" for width in grid.widths)
    rows = [", ".join(_cell(cell, row.height, row.splits, sheet) for cell in row.cells) for row in grid.rows]
    head = f"table.header({', '.join(rows[: grid.head])}),\n" if grid.head else ""
    body = ",\n".join(rows[grid.head :])
    rule = f"{_n(grid.outer)}mm"
    outer = f"table.hline(y: 0, stroke: {rule}), table.hline(y: {len(rows)}, stroke: {rule}), "
    outer += f"table.vline(x: 0, stroke: {rule}), table.vline(x: {len(grid.widths)}, stroke: {rule}),\n"
    return f"#table(columns: ({columns},),\n{outer}{head}{body})"


def _cell(cell: Cell, height: float, splits: bool, sheet: Sheet) -> str:
    """A cell; the row's least height is kept by the space above and below its first line."""
    first = cell.content[0] if cell.content else None
    line = 0.0
    if isinstance(first, Para | Choices | Tabbed):
        style = sheet.styles[first.style]
        line = style.size * style.leading * 25.4 / 72 * len(cell.content)
    pad = max(cell.pad[1], (height - line) / 2)
    given = [f"inset: (x: {_n(cell.pad[0])}mm, y: {_n(pad)}mm)"]
    vertical = "top" if cell.valign == "top" else "horizon"
    given.append(f"align: {cell.align} + {vertical}")
    given += [f"colspan: {cell.colspan}"] if cell.colspan > 1 else []
    given += [f"rowspan: {cell.rowspan}"] if cell.rowspan > 1 else []
    given += [f'fill: rgb("{cell.fill}")'] if cell.fill else []
    given += ["stroke: (left: 0.25mm, rest: 0.12mm)"] if cell.divider else []
    given += ["breakable: true"] if splits else []
    body = "#linebreak()".join(_inner(item, sheet) for item in cell.content)
    if len(cell.content) > 1:
        body = "".join(f"#block[{_inner(item, sheet)}]" for item in cell.content)
    return f"cell({', '.join(given)})[{body}]"


def escape(text: str) -> str:
    """Text as typst markup."""
    return "".join(f"\\{char}" if char in "\\#$*_`<>@~[]=-+/'\".:" else char for char in text)


def _n(value: float) -> str:
    return f"{value:.4g}"
