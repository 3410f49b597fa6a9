"""Pictures that keep their size: drawings anchored at one cell with an extent, not stretched between two cells.

XlsxWriter only writes two-cell anchors; other programs recompute a picture's size from them by their own
column widths.
"""

from __future__ import annotations

import io
import re
import zipfile

_ANCHOR = re.compile(
    r"<xdr:twoCellAnchor[^>]*>(?P<start><xdr:from>.*?</xdr:from>)<xdr:to>.*?</xdr:to>(?P<body>.*?)</xdr:twoCellAnchor>",
    re.S,
)
_EXTENT = re.compile(r'<a:ext cx="([1-9]\d*)" cy="([1-9]\d*)"/>')


def anchored_at_one_cell(data: bytes) -> bytes:
    """The workbook with every picture's anchor replaced; the same bytes for the same workbook."""
    target = io.BytesIO()
    with (
        zipfile.ZipFile(io.BytesIO(data)) as source,
        zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as made,
    ):
        for entry in source.infolist():
            part = source.read(entry)
            if entry.filename.startswith("xl/drawings/drawing"):
                part = _ANCHOR.sub(_one_cell, part.decode()).encode()
            made.writestr(entry, part, zipfile.ZIP_DEFLATED)
    return target.getvalue()


def _one_cell(match: re.Match[str]) -> str:
    extent = _EXTENT.search(match["body"])
    if extent is None:
        return match[0]
    size = f'<xdr:ext cx="{extent[1]}" cy="{extent[2]}"/>'
    return f"<xdr:oneCellAnchor>{match['start']}{size}{match['body']}</xdr:oneCellAnchor>"
