"""What openpyxl doesn't tell of a worksheet: stored values as they are written, formulas, page headers, hidden columns."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import Any

from govtracker.importer.package.parts import Package, attribute, local
from govtracker.importer.package.workbook import column_letters, column_number

_ADDRESS = re.compile(r"\$?([A-Za-z]{1,3})\$?(\d+)")
_ROWS = 1_048_576
_HEADERS = {
    "oddHeader": "page header",
    "evenHeader": "page header",
    "firstHeader": "page header",
    "oddFooter": "page footer",
    "evenFooter": "page footer",
    "firstFooter": "page footer",
}
_CODES = re.compile(r'&"[^"]*"|&K(?:[0-9A-Fa-f]{6}|\d\d[+-]\d{3})|&\d+|&[LCRBIUESXYOHZFATDG]|(&P|&N)')


@dataclass(slots=True)
class Stored:
    """A stored cell: its type (`n`, `s`, `str`, `b`, `e`, `d`, `inlineStr`), its value as written (None = none), its formula
    (None = none, "" = shared with another cell), and the number of its rich value (0 = none).
    """

    kind: str
    value: str | None = None
    formula: str | None = None
    rich: int = 0


@dataclass(slots=True)
class SheetXml:
    """`cells` by address; hidden rows and columns; (what, text) of the page headers and footers."""

    cells: dict[str, Stored] = field(default_factory=dict)
    hidden_rows: set[int] = field(default_factory=set)
    hidden_columns: set[int] = field(default_factory=set)
    headers: list[tuple[str, str]] = field(default_factory=list)


def read_sheet(package: Package, part: str, limit: int) -> SheetXml:
    """At most `limit` cells of a worksheet; an unreadable rest is passed over."""
    from defusedxml.ElementTree import ParseError, iterparse

    made = SheetXml()
    stream = package.open(part)
    if stream is None:
        return made
    position = [0, 0]
    with stream:
        try:
            for event, element in iterparse(stream, events=("start", "end")):
                _take(made, event, element, position)
                if len(made.cells) > limit:
                    break
        except ParseError:
            return made
    return made


def _take(made: SheetXml, event: str, element: Any, position: list[int]) -> None:
    name = local(element)
    if event == "start":
        if name == "row":
            position[0] = _int(element.get("r"), position[0] + 1)
            position[1] = 0
            if _true(element.get("hidden")) or element.get("ht") == "0":
                made.hidden_rows.add(position[0])
        return
    if name == "c":
        _cell(made, element, position)
        element.clear()
    elif name == "row":
        element.clear()
    elif name == "col":
        if _true(element.get("hidden")) or (
            _true(element.get("customWidth")) and element.get("width") == "0"
        ):
            first, last = _int(element.get("min"), 1), _int(element.get("max"), 0)
            made.hidden_columns |= set(range(first, min(last, 16_384) + 1))
    elif name in _HEADERS and element.text:
        text = header_text(element.text)
        if text and (_HEADERS[name], text) not in made.headers:
            made.headers.append((_HEADERS[name], text))


def _cell(made: SheetXml, element: Any, position: list[int]) -> None:
    address = _ADDRESS.fullmatch(element.get("r") or "")
    if address:
        position[0], position[1] = int(address[2]), column_number(address[1])
    else:
        position[1] += 1
    value = formula = None
    for each in element:
        inner = local(each)
        if inner == "v":
            value = each.text or ""
        elif inner == "f":
            formula = each.text or ""
        elif inner == "is":
            value = "".join(part.text or "" for part in each.iter() if local(part) == "t")
    if formula is None and not value:
        return
    place = f"{column_letters(position[1])}{position[0]}"
    made.cells[place] = Stored(element.get("t", "n"), value, formula, _int(attribute(element, "vm"), 0))


def header_text(code: str) -> str:
    """Text of a page header's code, without fonts, sizes and parts (`&C&"굴림"&10한빛구` is 한빛구)."""
    text = _CODES.sub(lambda found: found[1] or " ", code.replace("&&", "\0"))
    return " ".join(text.replace("\0", "&").split())


def _int(text: str | None, otherwise: int) -> int:
    try:
        return int(text or "")
    except ValueError:
        return otherwise


def _true(text: str | None) -> bool:
    return text in ("1", "true")
