"""What openpyxl does not tell of drawings: the exact sizes of pictures, and the texts of shapes, by sheet."""

from __future__ import annotations

import zipfile
from dataclasses import dataclass, field
from pathlib import Path
from xml.etree.ElementTree import Element

from govtracker.importer.package.parts import relations, sheet_parts, xml_part

_XDR = "{http://schemas.openxmlformats.org/drawingml/2006/spreadsheetDrawing}"
_A = "{http://schemas.openxmlformats.org/drawingml/2006/main}"
EMU_MM = 36_000


@dataclass(slots=True)
class Drawn:
    """`sizes`: (row, column) 1-based -> (width, height) in mm; `texts`: (row, column, text) of shapes."""

    sizes: dict[tuple[int, int], tuple[float, float]] = field(default_factory=dict)
    texts: list[tuple[int, int, str]] = field(default_factory=list)


def drawings(path: Path) -> dict[str, Drawn]:
    """By sheet name; sheets without drawings are left out. Unreadable parts are passed over."""
    found: dict[str, Drawn] = {}
    with zipfile.ZipFile(path) as archive:
        names = set(archive.namelist())
        for sheet, part in sheet_parts(archive):
            for target in relations(archive, part, names).values():
                if "/drawings/drawing" in target:
                    root = xml_part(archive, target, names)
                    if root is not None:
                        found[sheet] = _read(root)
    return found


def _read(root: Element) -> Drawn:
    drawn = Drawn()
    for anchor in root:
        start = anchor.find(f"{_XDR}from")
        row = int(start.findtext(f"{_XDR}row", "0")) + 1 if start is not None else 1
        column = int(start.findtext(f"{_XDR}col", "0")) + 1 if start is not None else 1
        for picture in anchor.iter(f"{_XDR}pic"):
            extent = picture.find(f".//{_A}xfrm/{_A}ext")
            if extent is not None and int(extent.get("cx", "0")) and int(extent.get("cy", "0")):
                drawn.sizes[row, column] = (
                    int(extent.get("cx", "0")) / EMU_MM,
                    int(extent.get("cy", "0")) / EMU_MM,
                )
        for shape in anchor.iter(f"{_XDR}sp"):
            text = " ".join(node.text or "" for node in shape.iter(f"{_A}t")).strip()
            if text:
                drawn.texts.append((row, column, text))
    return drawn
