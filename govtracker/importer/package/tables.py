"""Reading tables that are text: CSV, web pages and Excel's own XML of 2003 that are called .xls."""

from __future__ import annotations

import csv
import io
import re
from datetime import datetime
from decimal import Decimal, InvalidOperation
from html.parser import HTMLParser
from pathlib import Path
from xml.etree.ElementTree import Element

from govtracker.importer.package import number_formats
from govtracker.importer.package.characters import clean
from govtracker.importer.package.kinds import decoded
from govtracker.importer.package.numbers import digits_of
from govtracker.importer.package.parts import attribute, child, children, local
from govtracker.importer.package.workbook import HIDDEN_ROW, Sheet, SheetCell, Workbook

_SEPARATORS = ",\t;|"
_SIDE = re.compile(r"border-(left|right|top|bottom)\s*:\s*([^;]+)")
_NAMED = {
    "General Number": "General", "Fixed": "0.00", "Standard": "#,##0.00", "Percent": "0.00%", "Currency": "₩#,##0",
    "Short Date": "yyyy-mm-dd", "General Date": "yyyy-mm-dd h:mm", "Long Date": 'yyyy"년" m"월" d"일"',
    "Medium Date": "dd-mmm-yy", "Short Time": "h:mm", "Long Time": "h:mm:ss", "Medium Time": "AM/PM h:mm",
}  # fmt: skip


def read_csv(path: Path) -> Workbook:
    """One sheet of texts; its encoding and its separator are told."""
    text = decoded(path.read_bytes()) or ""
    separator = _separator(text)
    sheet = Sheet(path.stem)
    for row, values in enumerate(csv.reader(io.StringIO(text), delimiter=separator), 1):
        for column, value in enumerate(values, 1):
            shown = clean(value, escaped=False).rstrip()
            if shown:
                sheet.cells.append(SheetCell(row, column, shown))
    named = {"\t": "탭", ",": "쉼표"}.get(separator, separator)
    return Workbook(path.name, [sheet], [f"글자로만 된 파일이라 {named}로 나눈 표로 읽었습니다."])


def _separator(text: str) -> str:
    """The separator that parts most of the first lines into the same number of fields."""
    lines = [line for line in text.splitlines() if line.strip()][:50]

    def regular(separator: str) -> tuple[int, int]:
        counts = [len(row) for row in csv.reader(lines, delimiter=separator)]
        best = max((n for n in counts if n > 1), key=counts.count, default=0)
        return (counts.count(best) if best else 0, best)

    return max(_SEPARATORS, key=regular)


# ---------------------------------------------------------------- web pages


def read_html(path: Path) -> Workbook:
    """A sheet for each heading that tables follow (as programs write a workbook), else one sheet of all tables.

    Tables stand one under the other, with what stands between them.
    """
    data = path.read_bytes()
    charset = re.search(rb"charset=[\"']?([\w-]+)", data[:4096])
    try:
        text = data.decode(charset[1].decode() if charset else "utf-8-sig")
    except (LookupError, UnicodeDecodeError):
        text = decoded(data) or data.decode("cp949", errors="replace")
    parser = _Tables()
    parser.feed(text)
    parser.close()
    what = "엑셀 이름이지만 실제로는 웹 문서(HTML)라" if "xl" in path.suffix.lower() else "웹 문서라"
    remark = f"{what} 표의 값만 읽었습니다."
    return Workbook(path.name, [Sheet(name or path.stem, cells) for name, cells in parser.finish()], [remark])


class _Tables(HTMLParser):
    """Cells of tables at their places; tables within cells are part of the cell's text."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.sheets: list[tuple[str, list[SheetCell]]] = []
        self.name = ""
        self.heading: list[str] | None = None
        self.cells: list[SheetCell] = []
        self.taken: set[tuple[int, int]] = set()
        self.row, self.column, self.depth = 0, 1, 0
        self.cell: SheetCell | None = None
        self.parts: list[str] = []
        self.loose: list[str] = []
        self.silent = 0
        self.ruled = False

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        values = dict(attrs)
        if tag in ("script", "style", "head", "title"):
            self.silent += 1
        elif tag == "table":
            self.depth += 1
            if self.depth == 1:
                self._begin_table()
                self.ruled = (values.get("border") or "0") != "0"
        elif tag == "tr" and self.depth == 1:
            self.finish_cell()
            self.row, self.column = self.row + 1, 1
        elif tag in ("td", "th") and self.depth == 1:
            self.finish_cell()
            while (self.row, self.column) in self.taken:
                self.column += 1
            rows, columns = (_span(values.get(name)) for name in ("rowspan", "colspan"))
            style = values.get("style") or ""
            bold = tag == "th" or "bold" in style
            self.cell = SheetCell(
                self.row, self.column, "", rows, columns, bold=bold, border=self._border(style)
            )
            self.cell.fill = (values.get("bgcolor") or "").lower().removeprefix("#ffffff")
            self.taken |= {
                (self.row + r, self.column + c)
                for r in range(min(rows, 2000))
                for c in range(min(columns, 500))
            }
            self.parts = []
        elif tag in ("h1", "h2") and not self.depth:
            self.heading = []
        elif tag in ("br", "p", "div", "li", "tr"):
            self._text("\n")
        elif tag in ("b", "strong") and self.cell is not None and not "".join(self.parts).strip():
            self.cell.bold = True

    def _border(self, style: str) -> str:
        """Drawn sides of a cell: its own, else those of a ruled table."""
        sides = {
            side[0]: "none" not in line and not line.strip().startswith("0")
            for side, line in _SIDE.findall(style)
        }
        if not sides:
            whole = re.search(r"(?:^|[;\s])border\s*:\s*([^;]+)", style)
            ruled = self.ruled if whole is None else "none" not in whole[1] and not whole[1].startswith("0")
            return "lrtb" if ruled else ""
        return "".join(letter for letter in "lrtb" if sides.get(letter))

    def handle_endtag(self, tag: str) -> None:
        if tag in ("script", "style", "head", "title"):
            self.silent = max(0, self.silent - 1)
        elif tag in ("td", "th") and self.depth == 1:
            self.finish_cell()
        elif tag == "table":
            if self.depth == 1:
                self.finish_cell()
            self.depth = max(0, self.depth - 1)
        elif tag in ("p", "div", "li"):
            self._text("\n")

    def handle_data(self, data: str) -> None:
        if not self.silent:
            self._text(re.sub(r"[ \t\r\n]+", " ", data))

    def _text(self, text: str) -> None:
        if self.cell is None and self.heading is not None and not self.depth:
            self.heading.append(text)
        else:
            (self.parts if self.cell is not None else self.loose).append(text)

    def _begin_table(self) -> None:
        """A table under a heading of its own begins another sheet."""
        if self.heading is not None:
            name = " ".join("".join(self.heading).split())
            if self.cells:
                self._end_sheet()
            self.loose, self.name, self.heading = [], name, None
        self._flush()

    def _end_sheet(self) -> None:
        self.finish_cell()
        self._flush()
        self.sheets.append((self.name, sorted(self.cells, key=lambda cell: (cell.row, cell.column))))
        self.cells, self.taken, self.row, self.column = [], set(), 0, 1

    def finish_cell(self) -> None:
        """The open cell is read."""
        if self.cell is not None:
            self.cell.text = _lines("".join(self.parts))
            self.cells.append(self.cell)
            self.cell = None

    def _flush(self) -> None:
        """What stood before a table, a row for each line."""
        bottom = max((row for row, _ in self.taken), default=0)
        self.row = max(self.row, bottom)
        for line in _lines("".join(self.loose)).split("\n"):
            if line:
                self.row += 1
                self.cells.append(SheetCell(self.row, 1, line))
        self.loose = []

    def finish(self) -> list[tuple[str, list[SheetCell]]]:
        """(name, cells) of every sheet."""
        if self.heading is not None and not self.depth:
            self.loose += self.heading
        self._end_sheet()
        return self.sheets


def _span(text: str | None) -> int:
    return max(1, int(text)) if text and text.isdigit() else 1


def _lines(text: str) -> str:
    lines = [line.rstrip() for line in clean(text, escaped=False).split("\n")]
    lines = [line[1:] if line.startswith(" ") and len(lines) == 1 else line for line in lines]
    return "\n".join(line for line in lines if line.strip())


# ---------------------------------------------------------------- Excel's XML of 2003


def read_xml(path: Path) -> Workbook:
    """The workbook."""
    from defusedxml.ElementTree import fromstring

    root = fromstring(path.read_bytes())
    styles = {attribute(each, "ID"): each for each in children(root, "Style")}
    made = Workbook(path.name, remarks=["엑셀 2003 XML 문서로 읽었습니다. 그림은 이 형식에 없습니다."])
    for source in children(root, "Worksheet"):
        sheet = Sheet(
            attribute(source, "Name"),
            hidden=any(each.text != "SheetVisible" for each in children(source, "Visible")),
        )
        row = 0
        for element in children(source, "Row"):
            row = int(attribute(element, "Index") or row + 1)
            column = 0
            for cell in element:
                if local(cell) == "Cell":
                    column = int(attribute(cell, "Index") or column + 1)
                    one = _xml_cell(cell, styles, row, column, sheet)
                    column = one.right
                    gone = attribute(element, "Hidden") == "1"
                    if gone and (one.text or one.fault):
                        sheet.unseen.append((one, HIDDEN_ROW))
                        sheet.remarks.append((one.place, f"숨긴 행({row}행)의 값은 담지 않았습니다"))
                    elif not gone and (
                        one.text
                        or one.fault
                        or one.fill
                        or one.border
                        or (one.rowspan, one.colspan) != (1, 1)
                    ):
                        sheet.cells.append(one)
        made.sheets.append(sheet)
    return made


def _xml_cell(element: Element, styles: dict[str, Element], row: int, column: int, sheet: Sheet) -> SheetCell:
    style = styles.get(attribute(element, "StyleID"))
    font, interior = child(style, "Font"), child(style, "Interior")
    borders = (
        "".join(attribute(each, "Position")[:1].lower() for each in children(style, "Border"))
        if style is not None
        else ""
    )
    made = SheetCell(
        row, column, "", 1 + int(attribute(element, "MergeDown") or 0), 1 + int(attribute(element, "MergeAcross") or 0),
        (), font is not None and attribute(font, "Bold") == "1",
        attribute(interior, "Color") if interior is not None and attribute(interior, "Pattern") not in ("", "None") else "",
        0, borders,
    )  # fmt: skip
    data = child(element, "Data")
    if data is None:
        return made
    kind, text = attribute(data, "Type"), "".join(data.itertext())
    format_element = child(style, "NumberFormat")
    code = attribute(format_element, "Format") if format_element is not None else "General"
    code = _NAMED.get(code, code or "General")
    if kind == "Error":
        made.raw, made.fault = text, f"오류값입니다: {text}"
        sheet.remarks.append((made.place, made.fault))
    elif kind in ("Number", "DateTime"):
        _xml_number(made, kind, text, code)
    elif kind == "Boolean":
        made.text = "TRUE" if text == "1" else "FALSE"
    else:
        made.text = clean(text, escaped=False).rstrip()
    return made


def _xml_number(made: SheetCell, kind: str, text: str, code: str) -> None:
    try:
        if kind == "DateTime":
            moment = datetime.fromisoformat(text) - datetime(1899, 12, 30)
            number = Decimal(moment.days) + Decimal(moment.seconds) / 86_400
        else:
            number = Decimal(repr(float(text)))
    except (ValueError, InvalidOperation):
        made.text = clean(text, escaped=False)
        return
    made.number, made.text = True, number_formats.show(number, code)
    made.digits = made.text if number_formats.is_date(code) else digits_of(made.text, negative=number < 0)
