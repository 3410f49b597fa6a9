"""The finished workbook's parts: our cells put into XlsxWriter's sheets, pictures that keep their size.

XlsxWriter only writes two-cell anchors; other programs recompute a picture's size from them by their own
column widths. One-cell anchors have an extent.
"""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Callable, Mapping

_DATA = re.compile(r"<sheetData\s*/>|<sheetData>.*?</sheetData>", re.S)
_DIMENSION = re.compile(r"<dimension [^>]*/>")
_FORMAT = re.compile(r'<c r="[A-Z]+1" s="(\d+)"/>')
_USED = re.compile(r'(<c r="[A-Z]+\d+" s=")(\d+)')
_ANCHOR = re.compile(
    r"<xdr:twoCellAnchor[^>]*>(?P<start><xdr:from>.*?</xdr:from>)<xdr:to>.*?</xdr:to>(?P<body>.*?)</xdr:twoCellAnchor>",
    re.S,
)
_EXTENT = re.compile(r'<a:ext cx="([1-9]\d*)" cy="([1-9]\d*)"/>')
FIRST = "xl/worksheets/sheet1.xml"
"""The sheet whose first row holds a blank cell of every format, in order: so the file itself says their numbers."""


def completed(data: bytes, cells: Mapping[str, str]) -> bytes:
    """The workbook with the cells by part name; the same bytes for the same workbook."""
    target = io.BytesIO()
    with (
        zipfile.ZipFile(io.BytesIO(data)) as source,
        zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as finished,
    ):
        numbered = _numbered(source.read(FIRST).decode())
        for entry in source.infolist():
            part = source.read(entry)
            if entry.filename in cells:
                part = _filled(part.decode(), numbered(cells[entry.filename])).encode()
            elif entry.filename.startswith("xl/drawings/drawing"):
                part = _ANCHOR.sub(_one_cell, part.decode()).encode()
            finished.writestr(entry, part, zipfile.ZIP_DEFLATED)
    return target.getvalue()


def _filled(sheet: str, cells: str) -> str:
    """A sheet with other cells; its range is left out, as it may be."""
    return _DATA.sub(lambda _: cells, _DIMENSION.sub("", sheet, count=1), count=1)


def _numbered(first: str) -> Callable[[str], str]:
    """Cells with our numbers of formats -> with those of the workbook; they are the same unless XlsxWriter changes."""
    numbers = _FORMAT.findall(first)
    if numbers == [str(number) for number in range(1, len(numbers) + 1)]:
        return lambda cells: cells
    return lambda cells: _USED.sub(lambda match: match[1] + numbers[int(match[2]) - 1], cells)


def _one_cell(match: re.Match[str]) -> str:
    extent = _EXTENT.search(match["body"])
    if extent is None:
        return match[0]
    size = f'<xdr:ext cx="{extent[1]}" cy="{extent[2]}"/>'
    return f"<xdr:oneCellAnchor>{match['start']}{size}{match['body']}</xdr:oneCellAnchor>"
