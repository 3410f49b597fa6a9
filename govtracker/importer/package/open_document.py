"""Reading an .ods: what its cells show, as the program that wrote it put it down (OpenDocument 1.3, part 3)."""

from __future__ import annotations

import zipfile
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from pathlib import Path
from xml.etree.ElementTree import Element

from govtracker.importer.package.characters import clean
from govtracker.importer.package.looks import Styled, seen
from govtracker.importer.package.numbers import digits_of
from govtracker.importer.package.parts import attribute, child, children, local
from govtracker.importer.package.pictures_xml import Placing, finished
from govtracker.importer.package.workbook import (
    HIDDEN_COLUMN,
    HIDDEN_ROW,
    NonCell,
    Sheet,
    SheetCell,
    Workbook,
    column_letters,
)

_MM = {"mm": 1.0, "cm": 10.0, "in": 25.4, "pt": 25.4 / 72, "px": 25.4 / 96}
_ROWS, _COLUMNS = 20_000, 2_000
"""Places beyond them hold nothing but formats repeated to the sheet's end."""
_ERRORS = ("#REF!", "#DIV/0!", "#N/A", "#NAME?", "#VALUE!", "#NUM!", "#NULL!", "Err:")


@dataclass(slots=True)
class _Style:
    """What a style says, its parents' included."""

    bold: bool = False
    struck: bool = False
    raised: bool = False
    lowered: bool = False
    font: str = ""
    fill: str = ""
    border: str = ""


@dataclass(slots=True)
class _Source:
    archive: zipfile.ZipFile
    styles: dict[str, _Style] = field(default_factory=dict)


def read(path: Path) -> Workbook:
    """The workbook."""
    from defusedxml.ElementTree import fromstring

    made = Workbook(path.name)
    with zipfile.ZipFile(path) as archive:
        root = fromstring(archive.read("content.xml"))
        source = _Source(archive)
        for name in ("styles.xml", "content.xml"):
            if name in archive.namelist():
                _styles(fromstring(archive.read(name)), source)
        hidden = {
            each.get(key, "")
            for each in children(root, "style")
            for key in each.attrib
            if key.endswith("}name") and _hides(each)
        }
        body = next(children(root, "spreadsheet"), None)
        for table in body if body is not None else ():
            if local(table) == "table":
                made.sheets.append(_sheet(source, table, hidden))
    return made


def _hides(style: Element) -> bool:
    return any(attribute(each, "display") == "false" for each in children(style, "table-properties"))


def _styles(root: Element, source: _Source) -> None:
    for element in children(root, "style"):
        name = attribute(element, "name")
        style = replace(source.styles.get(attribute(element, "parent-style-name"), _Style()))
        for each in element:
            if local(each) == "text-properties":
                _text_style(style, each)
            elif local(each) == "table-cell-properties":
                _cell_style(style, each)
        source.styles[name] = style


def _text_style(style: _Style, element: Element) -> None:
    weight, position = attribute(element, "font-weight"), attribute(element, "text-position")
    style.bold = weight in ("bold", "600", "700", "800", "900") if weight else style.bold
    struck = attribute(element, "text-line-through-style")
    style.struck = struck not in ("", "none") if struck else style.struck
    if position:
        style.raised = position.startswith("super") or (
            position[0].isdigit() and not position.startswith("0")
        )
        style.lowered = position.startswith(("sub", "-"))
    style.font = attribute(element, "font-name") or attribute(element, "font-family") or style.font


def _cell_style(style: _Style, element: Element) -> None:
    color = attribute(element, "background-color")
    if color:
        style.fill = "" if color.lower() in ("transparent", "#ffffff") else color
    whole = attribute(element, "border")
    if whole:
        style.border = "" if whole == "none" else "lrtb"
    for side, letter in (("left", "l"), ("right", "r"), ("top", "t"), ("bottom", "b")):
        line = attribute(element, f"border-{side}")
        if line:
            style.border = style.border.replace(letter, "") + ("" if line == "none" else letter)


# ---------------------------------------------------------------- sheets


def _sheet(source: _Source, table: Element, hidden: set[str]) -> Sheet:
    sheet = Sheet(attribute(table, "name"), hidden=attribute(table, "style-name") in hidden)
    hidden_columns = set(_hidden_columns(table))
    row = 0
    for element, gone in _rows(table):
        count = _count(element, "number-rows-repeated")
        for at in range(row + 1, min(row + count, _ROWS) + 1):
            if count > 1 and not any(True for _ in children(element, "p")):
                break
            _row(source, sheet, element, at, hidden_columns, gone=gone)
        row += count
    for frame in children(table, "shapes"):
        for each in children(frame, "frame"):
            _frame(source, sheet, each, 1, 1)
    return sheet


def _hidden_columns(table: Element) -> Iterator[int]:
    at = 0
    for element in children(table, "table-column"):
        count = _count(element, "number-columns-repeated")
        if attribute(element, "visibility") in ("collapse", "filter"):
            yield from range(at + 1, min(at + count, _COLUMNS) + 1)
        at += count


def _rows(table: Element, *, gone: bool = False) -> Iterator[tuple[Element, bool]]:
    """The rows of a table in order, those in groups and heads too, with whether they are hidden."""
    for element in table:
        name = local(element)
        if name == "table-row":
            yield element, gone or attribute(element, "visibility") in ("collapse", "filter")
        elif name in ("table-row-group", "table-header-rows", "table-rows"):
            yield from _rows(element, gone=gone)


def _count(element: Element, name: str) -> int:
    text = attribute(element, name)
    return int(text) if text.isdigit() else 1


def _row(source: _Source, sheet: Sheet, element: Element, row: int, hidden: set[int], *, gone: bool) -> None:
    column = 0
    for cell in element:
        if local(cell) not in ("table-cell", "covered-table-cell"):
            continue
        count = _count(cell, "number-columns-repeated")
        for at in range(column + 1, min(column + count, _COLUMNS) + 1):
            if local(cell) == "covered-table-cell":
                break
            made = _cell(source, sheet, cell, row, at)
            if made is None:
                if count > 1 and not any(True for _ in children(cell, "p")):
                    break
                continue
            why = HIDDEN_ROW if gone else HIDDEN_COLUMN if set(range(at, made.right + 1)) <= hidden else ""
            if not why:
                sheet.cells.append(made)
            elif made.text or made.fault:
                where = f"{row}행" if gone else f"{column_letters(at)}열"
                sheet.unseen.append((made, why))
                sheet.remarks.append((made.place, f"{why}({where})의 값은 담지 않았습니다"))
        column += count


def _cell(source: _Source, sheet: Sheet, element: Element, row: int, column: int) -> SheetCell | None:
    style = source.styles.get(attribute(element, "style-name"), _Style())
    span = _count(element, "number-rows-spanned"), _count(element, "number-columns-spanned")
    made = SheetCell(row, column, "", *span, (), style.bold, style.fill, 0, style.border)
    pieces = list(_pieces(source, element, style))
    found = seen(pieces)
    made.text, made.runs = found.text, found.runs
    sheet.remarks += [(made.place, remark) for remark in found.remarks]
    if found.struck:
        made.raw = clean("".join(piece.text for piece in pieces), escaped=False).strip()
        made.fault = "" if made.text.strip() else "취소선으로 지운 글입니다"
    kind = attribute(element, "value-type")
    if made.text.startswith(_ERRORS) and attribute(element, "formula"):
        made.raw, made.text, made.fault = made.text, "", f"오류값입니다: {made.text}"
        sheet.remarks.append((made.place, made.fault))
    elif kind in ("float", "percentage", "currency") and made.text:
        made.number = True
        made.digits = digits_of(made.text, negative=attribute(element, "value").startswith("-"))
    for note in children(element, "annotation"):
        text = clean("\n".join("".join(p.itertext()) for p in children(note, "p")), escaped=False)
        sheet.beside.append(NonCell("comment", made.place, text, row, column))
    for frame in children(element, "frame"):
        _frame(source, sheet, frame, row, column)
    return made if made.text or made.fault or made.fill or made.border or span != (1, 1) else None


def _pieces(source: _Source, cell: Element, style: _Style) -> Iterator[Styled]:
    first = True
    for paragraph in cell:
        if local(paragraph) != "p":
            continue
        if not first:
            yield _styled("\n", style)
        first = False
        yield from _inside(source, paragraph, style)


def _inside(source: _Source, element: Element, style: _Style) -> Iterator[Styled]:
    if element.text:
        yield _styled(element.text, style)
    for each in element:
        name = local(each)
        if name == "s":
            yield _styled(" " * _count(each, "c"), style)
        elif name == "tab":
            yield _styled("\t", style)
        elif name == "line-break":
            yield _styled("\n", style)
        elif name not in ("annotation", "frame", "note"):
            own = source.styles.get(attribute(each, "style-name"))
            yield from _inside(source, each, own or style)
        if each.tail:
            yield _styled(each.tail, style)


def _styled(text: str, style: _Style) -> Styled:
    return Styled(text, style.bold, style.struck, style.raised, style.lowered, style.font)


def _frame(source: _Source, sheet: Sheet, frame: Element, row: int, column: int) -> None:
    place = f"{column_letters(column)}{row}"
    size = _length(attribute(frame, "width")), _length(attribute(frame, "height"))
    image = child(frame, "image")
    if image is None or child(frame, "object") is not None:
        what = "object" if image is None and child(frame, "text-box") is None else "text box"
        what = "chart" if child(frame, "object") is not None else what
        words = clean("\n".join("".join(p.itertext()) for p in children(frame, "p")), escaped=False)
        sheet.beside.append(NonCell(what, place, words, row, column))
        return
    item = NonCell("picture", place, "", row, column)
    target = attribute(image, "href").removeprefix("./")
    if target not in source.archive.namelist():
        item.what, item.text = "linked picture", target
    else:
        item = finished(item, source.archive.read(target), Placing(size if all(size) else None))
    sheet.beside.append(item)


def _length(text: str) -> float:
    """Millimetres of `12.3cm`, 0 where it is no length."""
    number, unit = text.rstrip("abcdefghijklmnopqrstuvwxyz%"), text.lstrip("-0123456789.")
    try:
        return float(number) * _MM.get(unit, 0.0)
    except ValueError:
        return 0.0
