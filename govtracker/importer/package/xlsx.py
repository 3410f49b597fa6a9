"""Reading an .xlsx: values and styles with openpyxl, what it doesn't tell from the package's own XML."""

from __future__ import annotations

import io
import re
import warnings
import zipfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from decimal import Decimal, InvalidOperation
from pathlib import Path
from typing import IO, Any

from govtracker.importer.package import number_formats
from govtracker.importer.package.characters import clean
from govtracker.importer.package.looks import Seen, Styled, seen
from govtracker.importer.package.numbers import digits_of
from govtracker.importer.package.objects import BOXES, CellPictures, Drawn, drawn_on
from govtracker.importer.package.parts import STRICT, Package
from govtracker.importer.package.sheet_xml import SheetXml, Stored, read_sheet
from govtracker.importer.package.workbook import (
    HIDDEN_COLUMN,
    HIDDEN_ROW,
    OUTSIDE,
    NonCell,
    Sheet,
    SheetCell,
    Workbook,
    column_number,
)

CELL_LIMIT = 400_000
"""Cells of a sheet that are looked at; an officer's largest sheet has some thousands."""
_AREA = re.compile(r"\$?([A-Z]{1,3})\$?(\d+)(?::\$?([A-Z]{1,3})\$?(\d+))?")
_UNSTYLED = "파일의 서식이 깨져 있어 값만 읽었습니다. 숫자와 날짜의 모양이 다를 수 있습니다."
_PLAIN = {
    "xl/styles.xml": b'<styleSheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><fonts count="1"><font/>'
    b'</fonts><fills count="1"><fill><patternFill/></fill></fills><borders count="1"><border/></borders><cellStyleXfs count="1"><xf/>'
    b"</cellStyleXfs><cellXfs>" + b"<xf/>" * 20_000 + b"</cellXfs></styleSheet>",
    "docprops/core.xml": b'<cp:coreProperties xmlns:cp="http://schemas.openxmlformats.org/package/2006/metadata/core-properties"/>',
}
"""Parts in place of broken ones."""
Ends = dict[tuple[str, int, int], int]
"""Number of the border of a merge's last cell, by sheet, row and column of its first."""
Box = tuple[int, int, int, int]
"""Rows and columns of an area: top, left, bottom, right."""


def read(path: Path, *, strict: bool = False, plain: bool = False) -> Workbook:
    """The workbook; `strict` = it is written in the Strict format, `plain` = without its styles, which are broken."""
    import openpyxl

    with warnings.catch_warnings(), _opened(path, strict=strict, plain=plain) as file:
        warnings.simplefilter("ignore")
        with _merges_left_unruled() as ends:
            book = openpyxl.load_workbook(file, data_only=True, rich_text=True)
        package = Package(file)
        made = Workbook(path.name, remarks=[_UNSTYLED] if plain else [])
        parts = {each.name: each.part for each in package.sheets()}
        in_cells = CellPictures(package)
        used: set[str] = set()
        for source in book.worksheets:
            drawn = drawn_on(package, parts[source.title]) if source.title in parts else Drawn()
            xml = read_sheet(package, parts.get(source.title, ""), CELL_LIMIT)
            made.sheets.append(
                _Reader(source, package, xml, drawn, in_cells, ends, epoch_1904=_is_1904(book)).sheet
            )
            used |= drawn.used
        made.remarks += _leftover(package, used | in_cells.used)
        if package.data("xl/vbaProject.bin"):
            made.remarks.append("매크로가 든 파일입니다. 값만 읽었고 매크로는 실행하지 않았습니다.")
        if any(name.startswith("xl/externallinks/") for name in package.names):
            made.remarks.append("다른 파일과 이어진 값이 있습니다. 파일에 저장된 값을 읽었습니다.")
    return made


@contextmanager
def _merges_left_unruled() -> Iterator[Ends]:
    """Without openpyxl's rules around merges, which are most of its work.

    What it gives: by sheet and first cell of a merge the number of its last cell's border, whose right and lower rules
    are the merge's.
    """
    from openpyxl.worksheet.merge import MergedCellRange

    ends: Ends = {}
    of_range: Any = MergedCellRange
    before = of_range.format, of_range._get_borders

    def leave(self: Any) -> None:
        return None

    def first_cell(self: Any) -> None:
        place = self.min_row, self.min_col
        self.start_cell = self.ws._cells.get(place) or self.ws.cell(*place)
        last = self.ws._cells.get((self.max_row, self.max_col))
        if last is not None and last._style is not None:  # none: another merge, over this one, has it
            ends[self.ws.title, *place] = last._style.borderId

    of_range.format, of_range._get_borders = leave, first_cell
    try:
        yield ends
    finally:
        of_range.format, of_range._get_borders = before


def _opened(path: Path, *, strict: bool, plain: bool) -> IO[bytes]:
    """The file; one in the Strict format with the usual names in place of the strict ones, a plain one unstyled."""
    if not strict and not plain:
        return path.open("rb")
    made = io.BytesIO()
    with zipfile.ZipFile(path) as source, zipfile.ZipFile(made, "w") as target:
        for entry in source.infolist():
            data = source.read(entry)
            if plain and entry.filename.lower() in _PLAIN:
                data = _PLAIN[entry.filename.lower()]
            if strict and entry.filename.lower().endswith((".xml", ".rels", ".vml")):
                for old, new in STRICT:
                    data = data.replace(old, new)
            target.writestr(entry.filename, data)
    made.seek(0)
    return made


def _is_1904(book: Any) -> bool:
    return bool(book.epoch.year == 1904)


def _leftover(package: Package, used: set[str]) -> Iterator[str]:
    """Pictures and embedded files of the package that no sheet shows."""
    kept = ("xl/media/", "xl/embeddings/")
    loose = [name for name in package.names if name.startswith(kept) and name not in used]
    if loose:
        names = ", ".join(sorted(name.rpartition("/")[2] for name in loose))
        yield f"파일 안에 있지만 어느 시트에도 보이지 않는 그림·개체가 있습니다: {names}"


@dataclass(frozen=True, slots=True)
class _Look:
    """The style of a cell as far as it means something."""

    bold: bool
    struck: bool
    raised: bool
    font: str
    fill: str
    border: str
    indent: int
    format: str


class _Reader:
    """One worksheet."""

    def __init__(
        self,
        source: Any,
        package: Package,
        xml: SheetXml,
        drawn: Drawn,
        in_cells: CellPictures,
        ends: Ends,
        *,
        epoch_1904: bool,
    ) -> None:
        self.source, self.package, self.ends = source, package, ends
        self.xml, self.drawn, self.in_cells = xml, drawn, in_cells
        self.epoch_1904 = epoch_1904
        self.looks: dict[tuple[int, ...], _Look] = {}
        self.edges: dict[int, frozenset[str]] = {}
        self.sheet = Sheet(source.title, hidden=source.sheet_state != "visible")
        self._cells()
        self._buried()
        self._boxes()
        self.sheet.beside += drawn.items
        self.sheet.beside += [NonCell(what, "", clean(text)) for what, text in xml.headers]
        self._unseen()
        self.sheet.cells.sort(key=lambda cell: (cell.row, cell.column))

    # ------------------------------------------------------------ cells

    def _cells(self) -> None:
        spans, covered = _merges(self.source)
        for count, cell in enumerate(self.source._cells.values()):
            if count > CELL_LIMIT:
                text = f"{CELL_LIMIT}번째 뒤의 칸은 읽지 않았습니다"
                self.sheet.beside.append(NonCell("too many cells", text=text))
                break
            if (cell.row, cell.column) in covered:
                continue
            made = self._cell(cell, spans.get((cell.row, cell.column), (1, 1)))
            if made is not None:
                self.sheet.cells.append(made)
            if cell.comment:
                text = clean(cell.comment.text or "")
                self.sheet.beside.append(NonCell("comment", cell.coordinate, text, cell.row, cell.column))

    def _cell(self, cell: Any, span: tuple[int, int]) -> SheetCell | None:
        look = self._look(cell)
        border = look.border if span == (1, 1) else self._merged_border(cell, look.border)
        made = SheetCell(
            cell.row, cell.column, "", span[0], span[1], (), look.bold, look.fill, look.indent, border
        )
        stored = self.xml.cells.get(cell.coordinate)
        if stored is not None:
            self._value(made, stored, cell, look)
        if not (made.text or made.fault or made.fill or made.border or span != (1, 1)):
            return None
        return made

    def _merged_border(self, cell: Any, own: str) -> str:
        """The drawn sides of a merge: those of its first cell, right and below also those of its last."""
        number = self.ends.get((self.source.title, cell.row, cell.column), 0)
        if number not in self.edges:
            last = self.source.parent._borders[number]
            sides = (("r", last.right), ("b", last.bottom))
            self.edges[number] = frozenset(letter for letter, side in sides if side and side.style)
        drawn = {*own, *self.edges[number]}
        return "".join(letter for letter in "lrtb" if letter in drawn)

    def _value(self, made: SheetCell, stored: Stored, cell: Any, look: _Look) -> None:
        place = cell.coordinate
        picture = self._picture(stored, cell)
        if picture is not None:
            self.sheet.beside.append(picture)
        elif stored.value is None or (stored.kind == "n" and not stored.value.strip()):
            made.fault, made.raw = (
                "계산값이 저장되지 않은 수식입니다",
                f"={stored.formula}" if stored.formula else "=",
            )
            self._remark(place, made.fault + (f": {made.raw}" if stored.formula else ""))
        elif stored.kind == "e":
            made.fault, made.raw = f"오류값입니다: {stored.value}", stored.value
            self._remark(place, made.fault)
        elif stored.kind == "n":
            self._number(made, stored.value, look)
        elif stored.kind == "b":
            made.text = "TRUE" if stored.value in ("1", "true") else "FALSE"
        else:
            value = cell.value if stored.kind in ("s", "inlineStr") else stored.value
            self._words(made, value, look)

    def _picture(self, stored: Stored, cell: Any) -> NonCell | None:
        at = (cell.coordinate, cell.row, cell.column)
        if stored.formula and "DISPIMG" in stored.formula:
            return self.in_cells.of_formula(stored.formula, *at)
        if stored.value and stored.value.startswith("=DISPIMG("):
            return self.in_cells.of_formula(stored.value, *at)
        return self.in_cells.of_rich_value(stored.rich, *at) if stored.rich else None

    def _number(self, made: SheetCell, value: str, look: _Look) -> None:
        try:
            number = Decimal(value.strip())
        except InvalidOperation:
            made.text = clean(value).strip()
            return
        if look.struck:
            self._strike(made, number_formats.show(number, look.format, epoch_1904=self.epoch_1904))
            return
        made.number = True
        number = Decimal(repr(float(number))) if len(number.as_tuple().digits) > 15 else number
        made.text = number_formats.show(number, look.format, epoch_1904=self.epoch_1904)
        made.digits = made.text
        if not number_formats.is_date(look.format):
            made.digits = digits_of(made.text, negative=number < 0)

    def _words(self, made: SheetCell, value: Any, look: _Look) -> None:
        plain = Styled("", look.bold, look.struck, look.raised, False, look.font)
        if value is None:
            return
        if isinstance(value, str) or not hasattr(value, "as_list"):
            pieces = [replace(plain, text=number_formats.show_text(str(value), look.format))]
        else:
            pieces = [
                replace(plain, text=each) if isinstance(each, str) else _styled(each, plain) for each in value
            ]
        found: Seen = seen(pieces)
        made.text, made.runs = found.text, found.runs
        for remark in found.remarks:
            self._remark(made.place, remark)
        if found.struck:
            made.raw = clean("".join(piece.text for piece in pieces)).strip()
            if not made.text.strip():
                made.text, made.fault = "", "취소선으로 지운 글입니다"

    def _strike(self, made: SheetCell, text: str) -> None:
        made.raw, made.fault = text, "취소선으로 지운 글입니다"
        self._remark(made.place, f"취소선으로 지운 글이라 담지 않았습니다: {text}")

    def _remark(self, place: str, text: str) -> None:
        self.sheet.remarks.append((place, text))

    def _look(self, cell: Any) -> _Look:
        key = tuple(cell._style)
        if key not in self.looks:
            font, alignment = cell.font, cell.alignment
            self.looks[key] = _Look(
                bool(font and font.b),
                bool(font and font.strike),
                bool(font and font.vertAlign == "superscript"),
                str(font.name or "") if font else "",
                _fill(cell),
                _border(cell),
                int(alignment.indent or 0) if alignment else 0,
                number_formats.BUILT_IN.get(cell._style.numFmtId, cell.number_format or "General"),
            )
        return self.looks[key]

    # ------------------------------------------------------------ what isn't seen

    def _buried(self) -> None:
        """Values under a merge, which no program shows."""
        places = {cell.place for cell in self.sheet.cells if cell.text or cell.fault}
        covered = _merges(self.source)[1]
        for place, stored in self.xml.cells.items():
            if place in places or not (stored.value or "").strip():
                continue
            address = _AREA.fullmatch(place)
            if address and (int(address[2]), column_number(address[1])) in covered:
                text = self.package.text_of(stored.kind, stored.value or "").strip()
                if text:
                    row, column = int(address[2]), column_number(address[1])
                    self.sheet.beside.append(NonCell("under merge", place, clean(text), row, column))

    def _unseen(self) -> None:
        """Cells in hidden rows and columns and outside of the print area, apart from the rest."""
        rows, columns = self.xml.hidden_rows, self.xml.hidden_columns
        areas = list(_print_areas(self.source))
        kept: list[SheetCell] = []
        found: dict[str, set[str]] = {}
        for cell in self.sheet.cells:
            if all(row in rows for row in range(cell.row, cell.bottom + 1)):
                why, which = HIDDEN_ROW, f"{cell.row}행"
            elif all(column in columns for column in range(cell.column, cell.right + 1)):
                why, which = HIDDEN_COLUMN, f"{cell.place.rstrip('0123456789')}열"
            elif areas and not any(_meets(cell, area) for area in areas):
                why, which = OUTSIDE, cell.place
            else:
                kept.append(cell)
                continue
            if cell.text or cell.fault:
                self.sheet.unseen.append((cell, why))
                found.setdefault(why, set()).add(which)
        self.sheet.cells = kept
        for why, places in found.items():
            names = sorted(places, key=lambda name: (len(name), name))
            listed = ", ".join(names[:12]) + (f" 등 {len(names)}곳" if len(names) > 12 else "")
            self.sheet.remarks.append(("", f"{why}의 값은 담지 않았습니다: {listed}"))

    def _boxes(self) -> None:
        """Check boxes that lie over an empty cell say what is chosen in it."""
        for cell in self.sheet.cells:
            if cell.text or cell.fault:
                continue
            over = [
                (item, control)
                for item, control in self.drawn.controls
                if cell.row <= control.row <= cell.bottom and cell.column <= control.column <= cell.right
            ]
            if not over:
                continue
            over.sort(key=lambda pair: (pair[1].row, pair[1].column))
            cell.text = "  ".join(item.text for item, _ in over)
            self._remark(cell.place, f"칸 위에 놓인 확인란을 읽었습니다: {cell.text}")
            for item, _ in over:
                assert item.what in BOXES
                item.what = "read box"


def _styled(piece: Any, plain: Styled) -> Styled:
    font = piece.font
    if font is None:
        return replace(plain, text=piece.text)
    return Styled(
        piece.text or "",
        bool(font.b),
        bool(font.strike),
        font.vertAlign == "superscript",
        font.vertAlign == "subscript",
        str(font.rFont or ""),
    )


def _merges(source: Any) -> tuple[dict[tuple[int, int], tuple[int, int]], set[tuple[int, int]]]:
    spans, covered = {}, set()
    for area in source.merged_cells.ranges:
        spans[area.min_row, area.min_col] = (area.max_row - area.min_row + 1, area.max_col - area.min_col + 1)
        covered |= {
            (row, column)
            for row in range(area.min_row, area.max_row + 1)
            for column in range(area.min_col, area.max_col + 1)
        } - {(area.min_row, area.min_col)}
    return spans, covered


def _print_areas(source: Any) -> Iterator[Box]:
    """The areas that the sheet prints; none where it prints everything."""
    for part in str(source.print_area or "").split(","):
        for left, top, right, bottom in _AREA.findall(part.rpartition("!")[2]):
            last = (bottom or top, right or left)
            yield int(top), column_number(left), int(last[0]), column_number(last[1])


def _meets(cell: SheetCell, area: Box) -> bool:
    top, left, bottom, right = area
    return cell.row <= bottom and cell.bottom >= top and cell.column <= right and cell.right >= left


def _fill(cell: Any) -> str:
    fill = cell.fill
    if not fill or fill.fill_type != "solid":
        return "" if not fill or not fill.fill_type else f"pattern:{fill.fill_type}"
    color = fill.fgColor
    if color.type == "rgb":
        return "" if str(color.rgb).upper().endswith("FFFFFF") else str(color.rgb)
    if color.type == "theme":
        return "" if color.theme == 0 and not color.tint else f"theme:{color.theme}:{color.tint:.2f}"
    return "" if color.indexed in (9, 65) else f"indexed:{color.indexed}"


def _border(cell: Any) -> str:
    """Drawn sides as letters: l, r, t, b."""
    border = cell.border
    if not border:
        return ""
    sides = (("l", border.left), ("r", border.right), ("t", border.top), ("b", border.bottom))
    return "".join(letter for letter, side in sides if side and side.style)
